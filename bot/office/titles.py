"""What people call the chats that the booth is in: asked for when a maintainer reads it, kept nowhere."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from bot.errors import DeliveryError
from bot.nouns import ChatKey
from bot.ports import Chat

ASK_S = 3.0  # for all of them side by side: a maintainer waits

log = logging.getLogger(__name__)


class Titles:
    """Asks the platforms."""

    def __init__(self, chats: Sequence[Chat]) -> None:
        """Ask these."""
        self._chats: Mapping[str, Chat] = {chat.name: chat for chat in chats}

    async def of(self, keys: Sequence[ChatKey]) -> Mapping[ChatKey, str]:
        """The titles of those that have one and can be asked just now."""
        found = await asyncio.gather(*(self._title(key) for key in keys))
        return {key: title for key, title in zip(keys, found, strict=True) if title}

    async def _title(self, key: ChatKey) -> str | None:
        chat = self._chats.get(key.partition(":")[0])
        if chat is None:
            return None
        try:
            async with asyncio.timeout(ASK_S):
                return await chat.title(key)
        except (DeliveryError, TimeoutError) as error:
            log.info("a chat's title is not known: %s", type(error).__name__)
            return None
