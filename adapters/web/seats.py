"""How many walls may be open: a few for an address, and always some for screens that are known by the PIN.

Whoever opens many from one place takes no room from others, and nobody takes that of the booth's own screen.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.office.pin_lock import Caller

MOST_AN_ADDRESS = 4  # or a known screen: a reload opens its second before the first is seen to end
MOST_STRANGERS = 24  # each looks into the store by itself
MOST_KNOWN = 8


class Seats:
    """Counts streams in this process's memory, by who watches."""

    def __init__(self) -> None:
        """Nobody watches yet."""
        self._taken: Counter[Caller] = Counter()

    def is_free(self, caller: Caller) -> bool:
        """Whether they may open one more."""
        alike = sum(count for other, count in self._taken.items() if other.known == caller.known)
        most = MOST_KNOWN if caller.known else MOST_STRANGERS
        return self._taken[caller] < MOST_AN_ADDRESS and alike < most

    @contextmanager
    def taken(self, caller: Caller) -> Iterator[None]:
        """One seat is theirs while the block lasts."""
        self._taken[caller] += 1
        try:
            yield
        finally:
            self._taken[caller] -= 1
            self._taken += Counter()  # forgets who has none
