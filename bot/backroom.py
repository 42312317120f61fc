"""The chat of the house's own jobs: nobody is in it."""

from bot.cards import Address, Card, Shown
from bot.errors import PhotoOutOfReach
from bot.nouns import ChatKey, GuestKey, PhotoRef
from bot.previews import BACKROOM


class Backroom:
    """Implements :class:`bot.ports.Chat`."""

    name = BACKROOM

    async def show(self, address: Address, card: Card) -> Shown:
        """Nobody looks; what came of a job is kept before it is shown."""
        return Shown(address.message or card.job)

    async def nudge(self, address: Address, words: str, key: str) -> None:
        """Nobody waits."""

    async def notify(self, guest: GuestKey, words: str, key: str) -> None:
        """Nobody reads."""

    async def title(self, chat: ChatKey) -> str | None:  # noqa: ARG002 # the port's signature
        """The house knows its own room."""
        return None

    async def fetch(self, ref: PhotoRef) -> bytes:  # noqa: ARG002 # the port's signature
        """The house's photos are there from the start."""
        raise PhotoOutOfReach
