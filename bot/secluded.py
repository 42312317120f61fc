"""A chat in which nothing stands but jobs: nobody is reached there otherwise, and no feed hangs there."""

from collections.abc import Sequence

from bot.cards import Address, Shown
from bot.errors import ChatGone, PhotoOutOfReach
from bot.exhibits import Exhibit, TakenBack
from bot.nouns import ChatKey, GuestKey, PhotoRef
from bot.replies import Key


class Secluded:
    """All of :class:`bot.ports.Chat` but its name and how a card is shown."""

    async def nudge(self, address: Address, words: str, key: str) -> None:
        """Nobody's phone rings."""

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:
        """Nobody has a chat of their own here."""

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:  # noqa: ARG002 # the port's
        """There is no feed here."""
        raise ChatGone

    async def take_back(self, address: Address, language: str) -> TakenBack:  # noqa: ARG002 # the port's
        """Nothing stays here of what was shown."""
        return TakenBack.GONE

    async def title(self, chat: ChatKey) -> str | None:  # noqa: ARG002 # the port's signature
        """Nobody calls it anything."""
        return None

    async def fetch(self, ref: PhotoRef) -> bytes:  # noqa: ARG002 # the port's signature
        """Photos are there with their job."""
        raise PhotoOutOfReach
