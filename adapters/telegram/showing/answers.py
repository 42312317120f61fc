"""Answers that no job owns: said once as far as can be known, and never lost without a word.

After a doubtful answer the message is looked for. A sentence that isn't found is said again: at worst it
stands there twice. A picture is not sent again; its guest is told to ask once more should it be missing.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import TypeVar

from telegram import InlineKeyboardMarkup

from adapters.telegram.api.errors import Refused, Unreachable
from adapters.telegram.api.sender import Letter, Sent
from adapters.telegram.events import Spot
from adapters.telegram.showing.hands import Hands
from adapters.telegram.showing.sheets import Page
from adapters.telegram.where import Where

REMEMBERED = 1024

Value = TypeVar("Value")


class _Kind(Enum):
    WORDS = auto()
    PICTURES = auto()


_Doubt = tuple[Spot, _Kind]


class Answers:
    """Answers guests' messages. An event that is handled again looks for what its first try has sent."""

    def __init__(self, hands: Hands) -> None:
        """Answer with these."""
        self._hands = hands
        self._doubtful: OrderedDict[_Doubt, None] = OrderedDict()

    async def say(self, spot: Spot, letter: Letter) -> Sent | None:
        """Send a message, once more where it was lost; None where Telegram won't, or it is there already.

        Raises:
            DeliveryError: it may be said later.
        """
        doubt = (spot, _Kind.WORDS)
        if await self._is_there(doubt, letter.keyboard):
            return None
        try:
            return await self._tried(doubt, lambda: self._send(spot, letter))
        except Unreachable as error:
            if error.unsent:
                raise
        if await self._is_there(doubt, letter.keyboard):
            return None
        return await self._tried(doubt, lambda: self._send(spot, letter))

    async def show(self, spot: Spot, page: Page, words: str, keyboard: InlineKeyboardMarkup | None) -> None:
        """Answer with a page of styles that belongs to no photo.

        Raises:
            DeliveryError: it may be shown later.
        """
        sheets = self._hands.sheets
        async with sheets.turn(page) as ready:
            sent = await self.say(spot, Letter(words, keyboard, ready.picture))
            if sent is not None:
                await sheets.sent(ready, sent.picture)

    async def once(self, spot: Spot, send: Callable[[], Awaitable[object]]) -> bool:
        """Send pictures without buttons, at most once; False where they may be lost, or were refused.

        Raises:
            DeliveryError: they surely haven't, and may be sent later.
        """
        doubt = (spot, _Kind.PICTURES)
        if doubt in self._doubtful:
            return await self._is_there(doubt, None)
        try:
            return await self._tried(doubt, send) is not None
        except Unreachable as error:
            if error.unsent:
                raise
            return await self._is_there(doubt, None)

    async def _tried(self, doubt: _Doubt, send: Callable[[], Awaitable[Value]]) -> Value | None:
        try:
            sent = await send()
        except Refused:
            return None
        except Unreachable as error:
            if not error.unsent:
                self._remember(doubt)
            raise
        self._doubtful.pop(doubt, None)
        return sent

    async def _is_there(self, doubt: _Doubt, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Whether what a doubtful send has sent is there."""
        if doubt not in self._doubtful:
            return False
        spot = doubt[0]
        found = await self._hands.lost.after(self._hands.sender.here(spot.chat), spot.message, keyboard)
        if found is not None:
            self._doubtful.pop(doubt, None)
        return found is not None

    async def _send(self, spot: Spot, letter: Letter) -> Sent:
        reply = 0 if spot.private else spot.message
        return await self._hands.sender.send(spot.chat, Where(reply, spot.thread), letter)

    def _remember(self, doubt: _Doubt) -> None:
        self._doubtful[doubt] = None
        if len(self._doubtful) > REMEMBERED:
            self._doubtful.popitem(last=False)
