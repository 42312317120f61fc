"""A chat without anybody in it: it only notes when each job came to its end."""

import asyncio
from collections.abc import Callable

from bot.cards import Address, Card, Shown
from bot.nouns import JobId
from bot.secluded import Secluded
from bot.states import JobState

_DELIVERED = {JobState.DELIVERING, JobState.DONE}
_LOST = {JobState.FAILED, JobState.CANCELLED}


class CountingChat(Secluded):
    """Implements :class:`bot.ports.Chat`.

    Attributes:
        served: When each job's picture was shown, on the event loop's clock.
        lost: When each other job's apology was shown.
    """

    name = "rehearsal"

    def __init__(self, ended: Callable[[], None]) -> None:
        """Take whom to call whenever a job has come to its end."""
        self.served: dict[JobId, float] = {}
        self.lost: dict[JobId, float] = {}
        self._ended = ended

    async def show(self, address: Address, card: Card) -> Shown:
        """Note a card; its message is its job's."""
        now = asyncio.get_running_loop().time()
        if card.state in _DELIVERED and card.picture is not None:
            self._note(self.served, card.job, now)
        elif card.state in _LOST:
            self._note(self.lost, card.job, now)
        return Shown(address.message or str(card.job))

    def _note(self, ends: dict[JobId, float], job: JobId, now: float) -> None:
        if job not in ends:
            ends[job] = now
            self._ended()
