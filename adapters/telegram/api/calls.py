"""Every call to Telegram goes through here: its turn is waited for, its error translated, a flood obeyed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import TelegramError

from adapters.telegram.api.budget import Budget, Rank
from adapters.telegram.api.errors import Flooded, Reason, Refused, TokenRefused, Unreachable, translated
from adapters.telegram.api.patience import Patience
from bot.errors import DeliveryError

Answer = TypeVar("Answer")
LONGEST_WAIT_S = 5.0  # a longer wait is left to whoever keeps the work: a busy group holds no worker


class Calls:
    """Calls within one budget."""

    def __init__(self, budget: Budget, patience: Patience) -> None:
        """Take the budget of this bot, and how long to wait."""
        self.budget = budget
        self.patience = patience
        self.off = False  # the token is refused: nobody is asked any more
        self.introduced = False  # the token is known to be good: 404 is a method that the server doesn't know

    async def __call__(
        self, chat: int | None, call: Callable[[], Awaitable[Answer]], rank: Rank = Rank.ORDINARY
    ) -> Answer:
        """Call when it is this chat's turn; None is a call in no chat.

        Args:
            chat: Telegram's id.
            call: Makes the request; called once.
            rank: Whom it comes before.

        Raises:
            DeliveryError: as :mod:`adapters.telegram.api.errors` translates it.
        """
        if self.off:
            raise TokenRefused
        await self._turn(chat, rank)
        try:
            return await call()
        except TelegramError as error:
            mine = self._understood(error)
            if chat is not None and isinstance(mine, Flooded) and mine.retry_after_s is not None:
                self.budget.hold(chat, mine.retry_after_s)
            raise mine from None  # the library's error may quote an address with the token

    def _understood(self, error: TelegramError) -> DeliveryError:
        mine = translated(error)
        if isinstance(mine, TokenRefused) and self.introduced and not mine.surely:
            return Refused(Reason.UNKNOWN)
        return mine

    async def _turn(self, chat: int | None, rank: Rank) -> None:
        held_s = self.budget.held_s(chat)
        if held_s > LONGEST_WAIT_S:
            raise Flooded(held_s)
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                await self.budget.turn(chat, rank)
        except TimeoutError:
            raise Flooded(self.budget.wait_s(chat, rank)) from None

    async def repeated(
        self, chat: int | None, call: Callable[[], Awaitable[Answer]], rank: Rank = Rank.ORDINARY
    ) -> Answer:
        """As a call, for what may be done twice: a lost answer is asked for again at once.

        Raises:
            DeliveryError: after the last try.
        """
        for pause_s in self.patience.pauses_s:
            try:
                return await self(chat, call, rank)
            except Unreachable:
                await asyncio.sleep(pause_s)
        return await self(chat, call, rank)


async def unless_refused(call: Awaitable[object]) -> bool:
    """Whether the call was done; what Telegram refuses for good, or doesn't know, is no trouble here."""
    try:
        await call
    except Refused:
        return False
    return True


async def courtesy(call: Awaitable[object]) -> bool:
    """Whether the call was done; it is not worth a second try."""
    try:
        await call
    except DeliveryError:
        return False
    return True
