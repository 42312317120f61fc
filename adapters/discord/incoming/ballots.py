"""Which reactions are votes: those in feeds, and they are written down.

Discord tells of every reaction in every channel that we see; what doesn't stand in a feed is dropped at once.
"""

import time
from collections.abc import Awaitable, Callable, Sequence

import discord

from adapters.discord.incoming import translate
from adapters.discord.incoming.intake import Intake
from adapters.discord.where import chat_key
from bot.exhibits import Feed
from bot.nouns import ChatKey
from bot.store.trouble import STORE_TROUBLE

KNOWN_S = 5.0  # for so long it is not looked up again what is a feed


class Ballots:
    """Has reactions in feeds written down."""

    def __init__(self, intake: Intake, feeds: Callable[[], Awaitable[Sequence[Feed]]]) -> None:
        """Write through this intake; ``feeds`` are those of all platforms."""
        self._intake = intake
        self._feeds = feeds
        self._chats: frozenset[ChatKey] = frozenset()
        self._known_at = float("-inf")

    async def hear(self, reaction: discord.RawReactionActionEvent, me: int) -> None:
        """Keep a reaction that is a vote; ``me`` is the bot's own id."""
        event = translate.reacted(reaction, me)
        if event is not None and chat_key(event.where.channel) in await self._here():
            await self._intake.keep_surely(event)

    async def _here(self) -> frozenset[ChatKey]:
        """The feeds; the last known ones while the store is away."""
        if time.monotonic() - self._known_at > KNOWN_S:
            try:
                self._chats = frozenset(feed.chat for feed in await self._feeds())
            except STORE_TROUBLE:
                return self._chats
            self._known_at = time.monotonic()
        return self._chats
