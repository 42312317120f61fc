"""Reactions under a feed's pictures are votes: the wall crowns the one that most people like."""

from adapters.telegram.api.pad import message_key
from adapters.telegram.events import Counted, Reacted, Spot
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.where import chat_key, guest_key
from bot.nouns import ChatKey


class Votes:
    """Counts reactions; the core knows which messages hang in a feed."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def changed(self, reacted: Reacted) -> None:
        """Somebody likes a message, or doesn't any more."""
        sharing, voter = self._foyer.booth.sharing, guest_key(reacted.sender.user)
        for chat in self._chats(reacted.spot):
            await sharing.vote(voter, chat, _key(reacted.spot), likes=reacted.likes)

    async def counted(self, counted: Counted) -> None:
        """So many like a message, where Telegram doesn't say who."""
        for chat in self._chats(counted.spot):
            await self._foyer.booth.sharing.count_votes(chat, _key(counted.spot), counted.number)

    def _chats(self, spot: Spot) -> list[ChatKey]:
        """The chat, and what it was before it became a supergroup: a feed is known by that."""
        return [chat_key(chat) for chat in (spot.chat, *self._foyer.hands.sender.formerly(spot.chat))]


def _key(spot: Spot) -> str:
    return message_key(spot.chat, spot.message)
