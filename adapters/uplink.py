"""One connection to a platform, as the platform's adapter counts it: what was answered, heard and lost.

It is read by whoever watches, the metrics as it stands and maintainers as a report; it decides nothing.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from bot.office.watch import UplinkReport

Via = Literal["api", "webhook", "polling", "gateway"]


@dataclass(slots=True)
class Uplink:
    """Times are seconds since the epoch; 0 is never.

    Attributes:
        via: ``api`` is what we ask of the platform, the others are the ways in which it tells us something.
        up: Whether the last thing that happened was good.
        good_at: When something was last answered, or came in.
        heard_at: When something came in that somebody has sent.
        trouble: The code of what went wrong last; empty once something was good.
        errors: How often what went wrong, by a short code.
    """

    platform: str
    via: Via
    up: bool = False
    good_at: float = 0.0
    heard_at: float = 0.0
    trouble: str = ""
    errors: Counter[str] = field(default_factory=Counter)

    def good(self) -> None:
        """It was answered, or something came in."""
        self.up, self.trouble = True, ""
        self.good_at = time.time()

    def heard(self) -> None:
        """Somebody has sent something, and it came in."""
        self.heard_at = time.time()

    def lost(self, code: str) -> None:
        """Nothing came back, or the connection broke."""
        self.up, self.trouble = False, code
        self.errors[code] += 1

    def refused(self, code: str) -> None:
        """There was an answer, but no good one: the connection itself is up."""
        self.good()
        self.trouble = code
        self.errors[code] += 1

    def report(
        self, *, up: bool, trouble: str, backlog: int | None = None, answers: bool = True
    ) -> UplinkReport:
        """What maintainers read of it, with what the adapter knows besides."""
        heard_s = max(0.0, time.time() - self.heard_at) if self.heard_at else None
        return UplinkReport(self.platform, self.via, up, heard_s, backlog, trouble, answers)
