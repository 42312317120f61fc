"""A chat without anybody in it: it only notes when each job came to its end."""

import asyncio
from collections.abc import Callable, Sequence

from bot.cards import Address, Card, Shown
from bot.errors import ChatGone, PhotoOutOfReach
from bot.exhibits import Exhibit, TakenBack
from bot.nouns import ChatKey, GuestKey, JobId, PhotoRef
from bot.replies import Key
from bot.states import JobState

_DELIVERED = {JobState.DELIVERING, JobState.DONE}
_LOST = {JobState.FAILED, JobState.CANCELLED}


class CountingChat:
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

    async def nudge(self, address: Address, words: str, key: str) -> None:
        """Nobody's phone rings."""

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:
        """Made-up guests read nothing."""

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:  # noqa: ARG002 # the port's
        """There is no feed here."""
        raise ChatGone

    async def take_back(self, address: Address, language: str) -> TakenBack:  # noqa: ARG002 # the port's
        """Nothing stays here of what was shown."""
        return TakenBack.GONE

    async def title(self, chat: ChatKey) -> str | None:  # noqa: ARG002 # the port's signature
        """Made-up guests meet in no group."""
        return None

    async def fetch(self, ref: PhotoRef) -> bytes:  # noqa: ARG002 # the port's signature
        """Made-up guests bring their photos along."""
        raise PhotoOutOfReach

    def _note(self, ends: dict[JobId, float], job: JobId, now: float) -> None:
        if job not in ends:
            ends[job] = now
            self._ended()
