"""Changed permissions in feeds are written down: what waits for one there is tried at once."""

import uuid
from collections.abc import Awaitable, Callable, Collection, Sequence

from adapters.discord.events import Permitted
from adapters.discord.incoming.intake import Intake
from adapters.discord.where import PLATFORM, Where, chat_key
from bot.exhibits import Feed


class Permits:
    """Has changes in feeds written down."""

    def __init__(self, intake: Intake, feeds: Callable[[], Awaitable[Sequence[Feed]]]) -> None:
        """Write through this intake; ``feeds`` are those of all platforms."""
        self._intake = intake
        self._feeds = feeds

    async def hear(self, guild: int, channels: Collection[int]) -> None:
        """What the bot may do in these channels of a server may be more than before."""
        feeds = {feed.chat for feed in await self._feeds()}
        for channel in channels:
            if chat_key(channel) in feeds:
                key = f"{PLATFORM}:p:{channel}:{uuid.uuid4()}"
                await self._intake.keep_surely(Permitted(key, Where(channel, guild)))
