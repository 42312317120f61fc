"""Pictures beside their job's own message: words are sent, written down, and only then become the picture.

So no face is ever in a message in which we couldn't take it back. An answer that is lost leaves words alone,
and makes no second picture.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace

from adapters.telegram.api.errors import Reason, Refused, Unreachable
from adapters.telegram.api.pad import MessageKey, Pad, Sheet
from adapters.telegram.api.sender import Letter, Sender
from adapters.telegram.where import Where

REMEMBERED = 1024

WriteDown = Callable[[MessageKey], Awaitable[None]]
"""Told of the message before the picture is in it; what it raises keeps the picture out."""


class Unveiling:
    """Shows pictures with one bot."""

    def __init__(self, sender: Sender, pad: Pad) -> None:
        """Send and edit with these."""
        self._sender = sender
        self._pad = pad
        self._opened: OrderedDict[str, MessageKey] = OrderedDict()

    async def open(self, name: str, chat: int, where: Where, letter: Letter) -> MessageKey | None:
        """The message that ``name`` stands for, in words; a repeated call gives it again.

        Returns:
            None where it may be there, without anything in it: its answer was lost.

        Raises:
            DeliveryError: it surely isn't there, and may be sent later.
        """
        if (known := self._opened.get(name)) is not None:
            return known
        try:
            key = (await self._sender.send(chat, where, letter)).key
        except Unreachable as error:
            if error.unsent:
                raise
            return None
        self._pad.note_text(key)
        self._opened[name] = key
        if len(self._opened) > REMEMBERED:
            self._opened.popitem(last=False)
        return key

    async def fill(
        self, key: MessageKey, sheet: Sheet, write_down: WriteDown, spare: bytes | None = None
    ) -> None:
        """Have the message written down, and put the picture into it.

        Args:
            key: From :meth:`open`, or a message of ours that is turned into another one.
            sheet: What it shall show.
            write_down: Writes down that the picture stands there.
            spare: The picture itself, where Telegram may not know its id any more.

        Raises:
            DeliveryError: it may not be there; repeating it is harmless.
        """
        await write_down(key)
        try:
            await self._pad.edit(key, sheet)
        except Refused as error:
            if error.reason is not Reason.WRONG_FILE or spare is None:
                raise
            await self._pad.edit(key, replace(sheet, picture=spare))
