"""Sends new messages. A send can't be repeated safely, so after a doubtful one the message is looked for.

Telegram has no key for a send. But every first message of a job carries buttons with the job's own id, and
editing a message's buttons to the very same ones answers "message is not modified": an exact, harmless proof
that the message is there. So after an ambiguous answer, or a restart in between, the ids that follow the
guest's message are asked, and only when none of them is ours the message is sent again. What remains is one
orphan whose id lay farther away: it never becomes a picture.
"""

from dataclasses import dataclass, field

from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters

from adapters.telegram.calls import Calls
from adapters.telegram.errors import Moved, Reason, Refused
from adapters.telegram.pad import (
    CAPTION_LIMIT,
    PROCESS_S,
    TEXT_LIMIT,
    UPLOAD_S,
    MessageKey,
    message_key,
    picture_of,
)
from adapters.telegram.where import Where
from bot.errors import DeliveryError

LOOK_AHEAD = 6  # messages after the guest's own; other chats' messages share the count in private chats


@dataclass(frozen=True, slots=True)
class Letter:
    """A new message.

    Attributes:
        words: Its text or caption.
        keyboard: Its buttons.
        picture: Bytes, or Telegram's id of the picture.
    """

    words: str
    keyboard: InlineKeyboardMarkup | None = None
    picture: bytes | str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours; ``picture`` is Telegram's id of its picture, ``text`` says that it has none."""

    key: MessageKey
    picture: str | None = None
    text: bool = False


class Sender:
    """Sends through one bot; remembers which groups have moved."""

    def __init__(self, bot: Bot, calls: Calls) -> None:
        """Send through this bot."""
        self.bot = bot
        self.calls = calls
        self._moved: dict[int, int] = {}

    def here(self, chat: int) -> int:
        """The chat's id as it is now, as far as is known."""
        return self._moved.get(chat, chat)

    def moved(self, old: int, new: int) -> None:
        """A group has become a supergroup."""
        self._moved[old] = new

    async def send(self, chat: int, where: Where, letter: Letter) -> Sent:
        """Send a message, as an answer where the guest's message is still there.

        Raises:
            DeliveryError: it may have been sent; :class:`~adapters.telegram.errors.Unreachable` knows.
        """
        if chat in self._moved:  # messages and topics of the old group are not the new one's
            return await self._send(self._moved[chat], Where(), letter)
        try:
            return await self._send(chat, where, letter)
        except Moved as error:
            self.moved(chat, error.chat)
            return await self._send(error.chat, Where(), letter)

    async def find(self, chat: int, where: Where, keyboard: InlineKeyboardMarkup) -> MessageKey | None:
        """Our message with exactly these buttons, among those that follow the guest's own.

        Raises:
            DeliveryError: it isn't known.
        """
        chat = self.here(chat)
        for message in range(where.reply + 1, where.reply + 1 + LOOK_AHEAD):
            if await self._has(chat, message, where, keyboard):
                return message_key(chat, message)
        return None

    async def _has(self, chat: int, message: int, where: Where, keyboard: InlineKeyboardMarkup) -> bool:
        try:
            edited = await self.calls.repeated(
                chat, lambda: self.bot.edit_message_reply_markup(chat, message, reply_markup=keyboard)
            )
        except Refused as error:
            return error.reason is Reason.UNCHANGED
        if _answers(edited, where.reply):
            return True
        # Another message of ours: it had no buttons, as those with buttons belong to jobs and are known.
        await self._clear(chat, message)
        return False

    async def _clear(self, chat: int, message: int) -> None:
        try:
            await self.calls(chat, lambda: self.bot.edit_message_reply_markup(chat, message))
        except DeliveryError:
            return

    async def _send(self, chat: int, where: Where, letter: Letter) -> Sent:
        reply = ReplyParameters(where.reply, allow_sending_without_reply=True) if where.reply else None
        if letter.picture is None:
            message = await self.calls(
                chat,
                lambda: self.bot.send_message(
                    chat,
                    letter.words[:TEXT_LIMIT],
                    reply_markup=letter.keyboard,
                    message_thread_id=where.thread,
                    reply_parameters=reply,
                ),
            )
            return Sent(message_key(chat, message.message_id), text=True)
        picture = letter.picture
        message = await self.calls(
            chat,
            lambda: self.bot.send_photo(
                chat,
                picture,
                letter.words[:CAPTION_LIMIT],
                reply_markup=letter.keyboard,
                message_thread_id=where.thread,
                reply_parameters=reply,
                write_timeout=UPLOAD_S,
                read_timeout=PROCESS_S,
            ),
        )
        return Sent(message_key(chat, message.message_id), picture_of(message))


def _answers(edited: Message | bool, guest_message: int) -> bool:
    replied = edited.reply_to_message if isinstance(edited, Message) else None
    return replied is not None and replied.message_id == guest_message
