"""What a rehearsal has shown, as one frozen value. Pure."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """All times in seconds.

    Attributes:
        guests: How many were to come.
        served: How many have their picture.
        failed: How many got an apology, or were not let in.
        seconds: From the first guest's arrival to the last picture, or to the end.
        waits: Of each who was served, from the arrival to the picture.
        busy: Of each renderer's processors or servers the share of ``seconds`` that they were at work.
        retries: Renders that had to be done again.
        causes: How often renders ended otherwise than with a picture, by the reason's code.
        stopped: Whether it was ended before all guests were done.
    """

    guests: int
    served: int
    failed: int
    seconds: float
    waits: Sequence[float]
    busy: Mapping[str, float]
    retries: int
    causes: Mapping[str, int]
    stopped: bool

    @property
    def unfinished(self) -> int:
        """Guests who still waited, or had not come, at the end."""
        return self.guests - self.served - self.failed

    @property
    def per_hour(self) -> float:
        """Guests an hour at this pace."""
        return 3600 * self.served / self.seconds if self.seconds else 0.0

    def wait_s(self, percent: int) -> float | None:
        """The wait that so many percent of those who were served didn't exceed; None for nobody."""
        if len(self.waits) < 2:
            return self.waits[0] if self.waits else None
        return statistics.quantiles(self.waits, n=100, method="inclusive")[percent - 1]

    def plain(self) -> dict[str, object]:
        """For JSON."""
        return {
            "guests": self.guests,
            "served": self.served,
            "failed": self.failed,
            "unfinished": self.unfinished,
            "stopped": self.stopped,
            "seconds": round(self.seconds, 3),
            "guests_per_hour": round(self.per_hour, 1),
            "wait_p50_s": _rounded(self.wait_s(50)),
            "wait_p95_s": _rounded(self.wait_s(95)),
            "wait_most_s": _rounded(max(self.waits, default=None)),
            "busy": {name: round(share, 4) for name, share in self.busy.items()},
            "retries": self.retries,
            "causes": dict(self.causes),
        }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
