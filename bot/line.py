"""The waiting line, as plain arithmetic: whose turn it is, who stands where, and how long it takes.

Round-robin over guests, then over chats: a job's *turn* counts its guest's jobs, its *chat turn* counts its
chat's jobs within that turn, and the line is ordered by (priority, turn, chat turn, arrival). A guest with
forty photos stands in turns 0 … 39 and never makes a guest with one photo wait for more than the turn that is
being served.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.nouns import JobId, Place, StyleId

FIRST_GUESS_S = (
    3.0  # a style that nobody has rendered yet; an instant filter takes 1 to 2 s, a graph 3 to 15 s
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One job in a line: its style, and how long it has been rendering (None while it waits)."""

    job: JobId
    style: StyleId
    rendering_for_s: float | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """Mean seconds of recent renders by style."""

    seconds: Mapping[StyleId, float]

    def of(self, style: StyleId) -> float:
        """Seconds that one render of this style takes; a new style takes the mean of the known ones."""
        known = self.seconds.get(style)
        if known is not None:
            return known
        return sum(self.seconds.values()) / len(self.seconds) if self.seconds else FIRST_GUESS_S


def next_turn(own_last: int | None, lowest_waiting: int | None) -> int:
    """The turn of a job that enters the line.

    Args:
        own_last: The last turn of the same guest (or chat) among unfinished jobs.
        lowest_waiting: The turn being served; who comes anew joins it and not the past.
    """
    after_own = 0 if own_last is None else own_last + 1
    return max(after_own, lowest_waiting or 0)


def places(line: Sequence[Standing], pace: Pace, slots: int) -> dict[JobId, Place]:
    """Everybody's place and time.

    Args:
        line: Rendering jobs and waiting ones, the waiting in the order in which they will be taken.
        slots: Renders at once; with 0 (nobody to render) the times are as with one.
    """
    hands = max(1, slots)
    found: dict[JobId, Place] = {}
    ahead_s = 0.0
    for standing in _rendering(line):
        left_s = max(0.0, pace.of(standing.style) - (standing.rendering_for_s or 0.0))
        found[standing.job] = Place(0, left_s)
        ahead_s += left_s
    for position, standing in enumerate(_waiting(line), start=1):
        own_s = pace.of(standing.style)
        found[standing.job] = Place(position, ahead_s / hands + own_s)
        ahead_s += own_s
    return found


def newcomer_eta_s(line: Sequence[Standing], style: StyleId, pace: Pace, slots: int) -> float:
    """Seconds until a job that enters at the end of the line now has its picture."""
    newcomer = Standing(JobId(""), style)
    return places([*line, newcomer], pace, slots)[newcomer.job].eta_s


def _rendering(line: Iterable[Standing]) -> Iterable[Standing]:
    return (standing for standing in line if standing.rendering_for_s is not None)


def _waiting(line: Iterable[Standing]) -> Iterable[Standing]:
    return (standing for standing in line if standing.rendering_for_s is None)
