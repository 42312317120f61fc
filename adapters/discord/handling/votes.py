"""Reactions under a feed's pictures are votes: the wall crowns the one that most people like."""

from adapters.discord.api.doors import message_key
from adapters.discord.events import Reacted
from adapters.discord.handling.foyer import Foyer
from adapters.discord.where import chat_key, guest_key


class Votes:
    """Handles :class:`~adapters.discord.events.Reacted`; the core knows which messages hang in a feed."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def handle(self, reacted: Reacted) -> None:
        """Somebody likes a message, or doesn't any more."""
        channel = reacted.where.channel
        key, voter = message_key(channel, reacted.message), guest_key(reacted.guest.user)
        await self._foyer.booth.sharing.vote(voter, chat_key(channel), key, likes=reacted.likes)
