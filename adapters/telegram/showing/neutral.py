"""The neutral picture of each language: drawn once, uploaded once, afterwards known to Telegram by its id."""

import asyncio
import hashlib

from adapters.neutral import draw_neutral
from adapters.telegram.showing.sheets import Memory
from bot.words import Words

SENTENCE = "telegram-taken-back"


class Neutral:
    """Neutral pictures of one bot."""

    def __init__(self, bot: int, words: Words, memory: Memory) -> None:
        """Ids of pictures belong to one bot."""
        self._bot = bot
        self._words = words
        self._memory = memory

    async def id(self, language: str) -> str | None:
        """Telegram's id of the picture; None where it was never sent."""
        return await self._memory.recall(self._key(language)) or None

    async def picture(self, language: str) -> bytes | str:
        """Telegram's id of the picture, or its bytes."""
        return await self.id(language) or await self.bytes(language)

    async def bytes(self, language: str) -> bytes:
        """The picture as it is drawn."""
        # Our own words, a few hundredths of a second: a thread is bounded enough.
        return await asyncio.to_thread(draw_neutral, self._words.say(language, SENTENCE))

    async def sent(self, language: str, picture: str | None) -> None:
        """Telegram has given the picture an id."""
        if picture is not None and picture != await self.id(language):
            await self._memory.remember(self._key(language), picture)

    async def refused(self, language: str) -> None:
        """Telegram doesn't know the id any more."""
        await self._memory.remember(self._key(language), "")

    def _key(self, language: str) -> str:
        words = self._words.say(language, SENTENCE)
        digest = hashlib.sha256(f"{self._bot}\0{words}".encode()).hexdigest()[:24]
        return f"telegram-neutral-{digest}"
