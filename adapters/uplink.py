"""One connection to a platform, as the platform's adapter counts it: what was answered, heard and lost.

It is read by whoever watches; it decides nothing.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Via = Literal["api", "webhook", "polling", "gateway"]


@dataclass(slots=True)
class Uplink:
    """Times are seconds since the epoch; 0 is never.

    Attributes:
        via: ``api`` is what we ask of the platform, the others are the ways in which it tells us something.
        up: Whether the last thing that happened was good.
        good_at: When something was last answered, or came in.
        errors: How often what went wrong, by a short code.
    """

    platform: str
    via: Via
    up: bool = False
    good_at: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)

    def good(self) -> None:
        """It was answered, or something came in."""
        self.up = True
        self.good_at = time.time()

    def lost(self, code: str) -> None:
        """Nothing came back, or the connection broke."""
        self.up = False
        self.errors[code] += 1

    def refused(self, code: str) -> None:
        """There was an answer, but no good one: the connection itself is up."""
        self.good()
        self.errors[code] += 1
