"""Every call to Discord goes through here: its silence is bounded, its error translated."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from adapters.discord.api.errors import TRANSLATED, Refused, TokenRefused, Unreachable, translated
from adapters.discord.api.wire import Wire
from bot.errors import DeliveryError

Answer = TypeVar("Answer")
PAUSES_S = (0.25, 1.0)  # a dropped connection or a 503 is most often over by then


class Calls:
    """Calls of one client.

    Attributes:
        ready: Whether the client has a session to call with; the platform says so.
        off: The token is refused: nobody is asked any more.
    """

    def __init__(self, wire: Wire) -> None:
        """Take the client's wire."""
        self._wire = wire
        self.ready = False
        self.off = False

    async def __call__(
        self, call: Callable[[], Awaitable[Answer]], stale: Callable[[], bool] = lambda: False
    ) -> Answer:
        """Make one call; what has become ``stale`` is not tried again.

        Raises:
            DeliveryError: as :mod:`adapters.discord.api.errors` translates it.
        """
        if self.off:
            raise TokenRefused
        if not self.ready:
            raise Unreachable(unsent=True)
        try:
            return await self._wire.patiently(call, stale)
        except TRANSLATED as error:
            raise translated(error) from None  # the library's error may quote an address with a token

    async def repeated(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """As a call, for what may be done twice: a lost answer is asked for again at once.

        Raises:
            DeliveryError: after the last try.
        """
        for pause_s in PAUSES_S:
            try:
                return await self(call)
            except Unreachable:
                await asyncio.sleep(pause_s)
        return await self(call)


async def courtesy(call: Awaitable[object]) -> bool:
    """Whether the call was done; it is not worth a second try."""
    try:
        await call
    except DeliveryError:
        return False
    return True


async def unless_refused(call: Awaitable[object]) -> bool:
    """Whether the call was done; what Discord refuses for good is no trouble here."""
    try:
        await call
    except Refused:
        return False
    return True
