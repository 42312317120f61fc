"""The shipped portrait, cleaned like any photo: the model for test renders and previews."""

import asyncio
from collections.abc import Callable

from bot.pixels.cleaning import Cleaner


class Model:
    """Sits still; the portrait is cleaned once."""

    def __init__(self, portrait: Callable[[], bytes], cleaner: Cleaner) -> None:
        """Take the portrait's JPEG."""
        self._portrait = portrait
        self._cleaner = cleaner
        self._cleaned: bytes | None = None
        self._once = asyncio.Lock()

    async def jpeg(self) -> bytes:
        """The portrait as :class:`~bot.nouns.Clean` JPEG."""
        async with self._once:
            if self._cleaned is None:
                self._cleaned = await self._cleaner.clean(self._portrait())
            return self._cleaned
