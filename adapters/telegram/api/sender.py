"""Sends new messages, once each; what may be done after a doubtful answer stands in ``lost``."""

from collections import OrderedDict
from dataclasses import dataclass, field

from telegram import Bot, InlineKeyboardMarkup, InputFile, Message, ReplyParameters

from adapters.telegram.api.calls import Calls
from adapters.telegram.api.errors import Moved
from adapters.telegram.api.pad import CAPTION_LIMIT, TEXT_LIMIT, MessageKey, message_key, picture_of
from adapters.telegram.where import Where

REMEMBERED = 4096  # messages


@dataclass(frozen=True, slots=True)
class Letter:
    """A new message.

    Attributes:
        words: Its text or caption.
        keyboard: Its buttons.
        picture: Bytes, or Telegram's id of the picture.
        silent: No phone rings.
    """

    words: str
    keyboard: InlineKeyboardMarkup | None = None
    picture: bytes | str | None = field(default=None, repr=False)
    silent: bool = False


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
        self._sent: OrderedDict[MessageKey, None] = OrderedDict()

    def here(self, chat: int) -> int:
        """The chat's id as it is now, as far as is known."""
        return self._moved.get(chat, chat)

    def moved(self, old: int, new: int) -> None:
        """A group has become a supergroup."""
        self._moved[old] = new

    def formerly(self, chat: int) -> list[int]:
        """The ids that a supergroup had as a group, as far as is known."""
        return [old for old, new in self._moved.items() if new == chat]

    def has_sent(self, message: MessageKey) -> bool:
        """Whether this is one of the last messages whose answer was heard: it is where it belongs."""
        return message in self._sent

    async def send(self, chat: int, where: Where, letter: Letter) -> Sent:
        """Send a message, as an answer where the guest's message is still there.

        Raises:
            DeliveryError: it may have been sent; :class:`~adapters.telegram.api.errors.Unreachable` knows.
        """
        if chat in self._moved:  # messages and topics of the old group are not the new one's
            return await self._send(self._moved[chat], Where(), letter)
        try:
            return await self._send(chat, where, letter)
        except Moved as error:
            self.moved(chat, error.chat)
            return await self._send(error.chat, Where(), letter)

    async def send_file(self, chat: int, where: Where, file: InputFile, caption: str) -> MessageKey:
        """Send a file as it is, as an answer where the message is still there.

        Raises:
            DeliveryError: as :meth:`send`.
        """
        patience = self.calls.patience
        reply = ReplyParameters(where.reply, allow_sending_without_reply=True) if where.reply else None
        message = await self.calls(
            chat,
            lambda: self.bot.send_document(
                chat,
                file,
                caption[:CAPTION_LIMIT],
                message_thread_id=where.thread,
                reply_parameters=reply,
                disable_content_type_detection=True,
                write_timeout=patience.write_s,
                read_timeout=patience.process_most_s,
            ),
        )
        return self._heard(chat, message)

    def _heard(self, chat: int, message: Message) -> MessageKey:
        key = message_key(chat, message.message_id)
        self._sent[key] = None
        if len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)
        return key

    async def _send(self, chat: int, where: Where, letter: Letter) -> Sent:
        patience = self.calls.patience
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
                    disable_notification=letter.silent or None,
                    read_timeout=patience.send_s,
                ),
            )
            return Sent(self._heard(chat, message), text=True)
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
                disable_notification=letter.silent or None,
                write_timeout=patience.write_s,
                read_timeout=patience.send_s if isinstance(picture, str) else patience.process_s,
            ),
        )
        return Sent(self._heard(chat, message), picture_of(message))
