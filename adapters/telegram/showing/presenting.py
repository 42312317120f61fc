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
from bot.words import Words

Note = Callable[[JobId, MessageKey], Awaitable[None]]
"""Writes down in which message a guest's picture is about to stand.

Raises:
    UnknownJob: it was erased or unshared meanwhile; the message is taken back.
"""


class Presenter:
    """Draws replies in one bot's chats."""

    def __init__(self, hands: Hands, answers: Answers, words: Words, note: Note) -> None:
        """Send and edit with these; ``note`` is told in which message a guest's picture is about to stand."""
        self._hands = hands
        self._answers = answers
        self._words = words
        self._note = note

    async def answer(self, spot: Spot, reply: Reply, language: str, event: str = "") -> bool:
        """Show a reply as a message of its own; False where a file or a guest's picture may be lost.

        Args:
            spot: What is answered.
            reply: What is shown.
            language: The maintainer's.
            event: The press that is answered, if it is one.

        Raises:
            DeliveryError: it may be shown later.
            UnknownJob: the guest has taken the picture back.
        """
        if reply.document is not None:
            return await self._send_file(spot, reply.document, reply.words)
        if reply.shows is not None:
            return await self._unveil(spot, reply, reply.shows, language, event)
        keyboard = of_console(reply.rows)
        if reply.picture is None:
            await self._answers.say(spot, Letter(reply.words, keyboard))
        else:
            await self._show_picture(spot, reply, reply.picture.data, keyboard)
        return True

    async def instead(self, press: Press, reply: Reply, language: str) -> bool:
        """Show a reply in place of the message whose key was pressed, where that can hold it.

        A text stays a text and a picture a picture: what was one can't become the other in every app.

        Raises:
            DeliveryError: it may be shown later.
            UnknownJob: the guest has taken the picture back.
        """
        fits = len(reply.words) <= CAPTION_LIMIT or reply.picture is None
        if reply.document is not None or press.picture != (reply.picture is not None) or not fits:
            return await self.answer(press.spot, reply, language, press.id)
        key = message_key(press.spot.chat, press.spot.message)
        if reply.picture is None:
            self._hands.pad.note_text(key)
        try:
            await self._turn(key, reply)
        except Refused:  # the message is gone, or too old
            return await self.answer(press.spot, reply, language, press.id)
        return True

    async def _turn(self, key: MessageKey, reply: Reply) -> None:
        if reply.shows is not None:
            await self._fill(key, reply, reply.shows)
            return
        picture = None if reply.picture is None else reply.picture.data
        await self._hands.pad.edit(key, Sheet(reply.words, of_console(reply.rows), picture))

    async def _unveil(self, spot: Spot, reply: Reply, job: JobId, language: str, event: str) -> bool:
        """A guest's picture, and perhaps their name: both stand in no message that nobody knows of."""
        where = Where(0 if spot.private else spot.message, spot.thread)
        letter = Letter(self._words.say(language, "telegram-one-moment"))
        name = f"look {event or message_key(spot.chat, spot.message)}"
        key = await self._hands.unveiling.open(name, spot.chat, where, letter)
        if key is None:
            return False
        await self._fill(key, reply, job)
        return True

    async def _fill(self, key: MessageKey, reply: Reply, job: JobId) -> None:
        data = None if reply.picture is None else reply.picture.data
        sheet = Sheet(reply.words, of_console(reply.rows), reply.picture_ref or data)
        await self._hands.unveiling.fill(key, sheet, lambda message: self._note(job, message), data)

    async def _show_picture(
        self, spot: Spot, reply: Reply, picture: bytes, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        if len(reply.words) <= CAPTION_LIMIT:
            await self._answers.say(spot, Letter(reply.words, keyboard, picture))
            return
        where, sender = Where(spot.message, spot.thread), self._hands.sender
        await self._answers.once(spot, lambda: sender.send(spot.chat, where, Letter("", None, picture)))
        await self._answers.say(spot, Letter(reply.words, keyboard))

    async def _send_file(self, spot: Spot, document: Document, words: str) -> bool:
        file = InputFile(document.data, document.name, read_file_handle=False)
        where, sender = Where(0 if spot.private else spot.message, spot.thread), self._hands.sender
        return await self._answers.once(spot, lambda: sender.send_file(spot.chat, where, file, words))
