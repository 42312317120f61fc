"""How often a PIN may be guessed: counts wrong tries by who makes them, and those of all strangers together.

Whoever floods it locks their own address. Many addresses together can lock strangers out for a while, never
a device that has typed the right PIN before: that one is counted by itself.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TRIES = 5
TRIES_WINDOW_S = 600.0
"""One address, or one known device: 30 guesses an hour at one of a million PINs, a chance of 0.003 %."""
STRANGERS_TRIES = 120
STRANGERS_WINDOW_S = 3600.0
"""All addresses together: a chance of 0.012 % an hour, however many there are."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who types a PIN.

    Attributes:
        key: Names them for counting: where they are, or which device. Kept in memory only.
        known: Whether this device has typed the right PIN before.
    """

    key: str = field(repr=False)
    known: bool = False


class PinLock:
    """Counts in this process's memory, at most :data:`STRANGERS_TRIES` strangers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Count by this clock, in seconds."""
        self._clock = clock
        self._strangers: list[tuple[float, str]] = []
        self._known: dict[str, list[float]] = {}

    def wait_s(self, caller: Caller) -> float:
        """Seconds until this caller may try; 0 is now."""
        if caller.known:
            return self._left_s(self._known.get(caller.key, []), TRIES, TRIES_WINDOW_S)
        own = [at for at, key in self._strangers if key == caller.key]
        everybody = [at for at, _ in self._strangers]
        return max(
            self._left_s(own, TRIES, TRIES_WINDOW_S),
            self._left_s(everybody, STRANGERS_TRIES, STRANGERS_WINDOW_S),
        )

    def wrong(self, caller: Caller) -> None:
        """Count a wrong try; one that had to wait is none."""
        now = self._clock()
        self._strangers = [one for one in self._strangers if one[0] > now - STRANGERS_WINDOW_S]
        recent = {
            key: [at for at in tries if at > now - TRIES_WINDOW_S] for key, tries in self._known.items()
        }
        self._known = {key: tries for key, tries in recent.items() if tries}
        if caller.known:
            self._known[caller.key] = [*self._known.get(caller.key, []), now][-TRIES:]
        else:
            self._strangers.append((now, caller.key))

    def _left_s(self, tries: Sequence[float], most: int, window_s: float) -> float:
        """Until fewer than ``most`` of these times, in order, are within the window."""
        if len(tries) < most:
            return 0.0
        return max(0.0, tries[-most] + window_s - self._clock())
