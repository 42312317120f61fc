"""Which updates are asked for. Each costs a request through the tunnel: reactions only where they vote."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Update

from adapters.telegram.where import PLATFORM
from bot.exhibits import Feed
from bot.store.trouble import STORE_TROUBLE

ALWAYS = (
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.MY_CHAT_MEMBER,
)
VOTES = (Update.MESSAGE_REACTION, Update.MESSAGE_REACTION_COUNT)


class Wanted:
    """Knows what is wanted just now. Telegram sends reactions only where the bot runs the chat."""

    def __init__(self, feeds: Callable[[], Awaitable[Sequence[Feed]]]) -> None:
        """Ask for the feeds of all platforms."""
        self._feeds = feeds
        self._last: tuple[str, ...] = ALWAYS

    async def now(self) -> tuple[str, ...]:
        """Kinds of updates; the last known ones while the store is away."""
        try:
            feeds = await self._feeds()
        except STORE_TROUBLE:
            return self._last
        here = any(feed.chat.startswith(f"{PLATFORM}:") for feed in feeds)
        self._last = ALWAYS + VOTES if here else ALWAYS
        return self._last
