"""One connection to a platform, as the platform's adapter counts it: what was answered, heard and lost.

It is read by whoever watches; it decides nothing.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from bot.watch import UplinkReport

Via = Literal["api", "webhook", "polling", "gateway"]


@dataclass(slots=True)
class Uplink:
    """Times are seconds since the epoch; 0 is never.

    Attributes:
        via: ``api`` is what we ask of the platform, the others are the ways in which it tells us something.
        up: Whether the last thing that happened was good.
        good_at: When something was last answered, or came in.
        errors: How often what went wrong, by a short code.
        trouble: The code of what went wrong last.
    """

    platform: str
    via: Via
    up: bool = False
    good_at: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)
    trouble: str = ""

    def good(self) -> None:
        """It was answered, or something came in."""
        self.up = True
        self.good_at = time.time()

    def lost(self, code: str) -> None:
        """Nothing came back, or the connection broke."""
        self.up = False
        self._note(code)

    def refused(self, code: str) -> None:
        """There was an answer, but no good one: the connection itself is up."""
        self.good()
        self._note(code)

    def report(self) -> UplinkReport:
        """How it stands, for a maintainer."""
        heard_s = max(0.0, time.time() - self.good_at) if self.good_at else None
        return UplinkReport(self.platform, self.via, self.up, heard_s, trouble=self.trouble)

    def _note(self, code: str) -> None:
        self.errors[code] += 1
        self.trouble = code
