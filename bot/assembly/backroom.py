"""The chat of the house's own jobs: nobody is in it."""

from collections.abc import Sequence

from bot.cards import Address, Card, Shown
from bot.errors import ChatGone, PhotoOutOfReach
from bot.exhibits import Exhibit, TakenBack
from bot.nouns import ChatKey, GuestKey, PhotoRef
from bot.office.previews import BACKROOM
from bot.replies import Key


class Backroom:
    """Implements :class:`bot.ports.Chat`."""

    name = BACKROOM

    async def show(self, address: Address, card: Card) -> Shown:
        """Nobody looks; what came of a job is kept before it is shown."""
        return Shown(address.message or card.job)

    async def nudge(self, address: Address, words: str, key: str) -> None:
        """Nobody waits."""

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:
        """Nobody reads."""

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:  # noqa: ARG002 # the port's
        """There is no feed here."""
        raise ChatGone

    async def take_back(self, address: Address, language: str) -> TakenBack:  # noqa: ARG002 # the port's
        """Nothing stays here of what was shown."""
        return TakenBack.GONE

    async def title(self, chat: ChatKey) -> str | None:  # noqa: ARG002 # the port's signature
        """The house knows its own room."""
        return None

    async def fetch(self, ref: PhotoRef) -> bytes:  # noqa: ARG002 # the port's signature
        """The house's photos are there from the start."""
        raise PhotoOutOfReach
