"""Shows the console's replies: keys as buttons, pictures as photos, documents as files, menus in place."""

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardMarkup, InputFile

from adapters.telegram.api.errors import Refused
from adapters.telegram.api.pad import CAPTION_LIMIT, MessageKey, Sheet, message_key
from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Press, Spot
from adapters.telegram.showing.answers import Answers
from adapters.telegram.showing.hands import Hands
from adapters.telegram.showing.keyboards import of_console
from adapters.telegram.where import Where
from bot.nouns import JobId
from bot.replies import Document, Reply

Note = Callable[[JobId, MessageKey], Awaitable[None]]


class Presenter:
    """Draws replies in one bot's chats."""

    def __init__(self, hands: Hands, answers: Answers, note: Note) -> None:
        """Send and edit with these; ``note`` is told in which message a guest's picture stands."""
        self._hands = hands
        self._answers = answers
        self._note = note

    async def answer(self, spot: Spot, reply: Reply) -> bool:
        """Show a reply as a message of its own; False where a file may be lost.

        Raises:
            DeliveryError: it may be shown later.
        """
        if reply.document is not None:
            return await self._send_file(spot, reply.document, reply.words)
        keyboard = of_console(reply.rows)
        if reply.picture is None:
            await self._answers.say(spot, Letter(reply.words, keyboard))
        else:
            await self._show_picture(spot, reply, reply.picture.data, keyboard)
        return True

    async def instead(self, press: Press, reply: Reply) -> bool:
        """Show a reply in place of the message whose key was pressed, where that can hold it.

        A text stays a text and a picture a picture: what was one can't become the other in every app.

        Raises:
            DeliveryError: it may be shown later.
        """
        fits = len(reply.words) <= CAPTION_LIMIT or reply.picture is None
        if reply.document is not None or press.picture != (reply.picture is not None) or not fits:
            return await self.answer(press.spot, reply)
        key = message_key(press.spot.chat, press.spot.message)
        if reply.picture is None:
            self._hands.pad.note_text(key)
        picture = None if reply.picture is None else reply.picture.data
        if reply.shows is not None:
            await self._note(reply.shows, key)
        try:
            await self._hands.pad.edit(key, Sheet(reply.words, of_console(reply.rows), picture))
        except Refused:  # the message is gone, or too old
            return await self.answer(press.spot, reply)
        return True

    async def _show_picture(
        self, spot: Spot, reply: Reply, picture: bytes, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        if len(reply.words) <= CAPTION_LIMIT:
            sent = await self._answers.say(spot, Letter(reply.words, keyboard, picture))
            if reply.shows is not None and sent is not None:
                await self._note(reply.shows, sent.key)
            return
        where, sender = Where(spot.message, spot.thread), self._hands.sender
        await self._answers.once(spot, lambda: sender.send(spot.chat, where, Letter("", None, picture)))
        await self._answers.say(spot, Letter(reply.words, keyboard))

    async def _send_file(self, spot: Spot, document: Document, words: str) -> bool:
        file = InputFile(document.data, document.name, read_file_handle=False)
        where, sender = Where(0 if spot.private else spot.message, spot.thread), self._hands.sender
        return await self._answers.once(spot, lambda: sender.send_file(spot.chat, where, file, words))
