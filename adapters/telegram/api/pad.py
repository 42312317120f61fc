"""Edits messages: one edit at a time a message, what is newest wins, and what is promised is waited for."""

import asyncio
import itertools
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NewType
from weakref import WeakValueDictionary

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputMediaAnimation,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    MessageEntity,
)
from telegram.constants import MessageEntityDateTimeFormats

from adapters.telegram.api.budget import Rank
from adapters.telegram.api.calls import Calls
from adapters.telegram.api.errors import Reason, Refused
from bot.errors import DeliveryError

REMEMBERED_KINDS = 4096
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
GIF_FILE = "petaflop.gif"  # by its end Telegram knows what moves

MessageKey = NewType("MessageKey", str)
"""``chat/message``: a group that became a supergroup has messages under both ids."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, in seconds since the epoch, and the words for it where an app or a server is too old."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a message shows: words, buttons, and a picture: its bytes, or Telegram's id of it.

    Where it ``moves`` it is a GIF, which Telegram plays silently for ever; with a ``file`` name it goes as
    one, byte for byte. ``moment`` is what the words name at their end; guests see it in their own time.
    """

    words: str
    keyboard: InlineKeyboardMarkup | None = None
    picture: bytes | str | None = field(default=None, repr=False)
    moves: bool = False
    file: str = ""
    moment: Moment | None = None
    rank: Rank = Rank.ORDINARY


def message_key(chat: int, message: int) -> MessageKey:
    """How a message is named towards the core."""
    return MessageKey(f"{chat}/{message}")


def parts_of(key: str) -> tuple[int, int]:
    """Chat and message of a key."""
    chat, _, message = key.partition("/")
    return int(chat), int(message)


class _Slot:
    """One message: who edits it, and the newest status that waits."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting: Sheet | None = None
        self.next_at = 0.0
        self.task: asyncio.Task[None] | None = None


class Pad:
    """Edits the messages of one bot."""

    def __init__(self, bot: Bot, calls: Calls) -> None:
        """Edit through this bot."""
        self._bot = bot
        self._calls = calls
        self._slots: WeakValueDictionary[str, _Slot] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._texts: OrderedDict[str, bool] = OrderedDict()  # whether a message is text only

    def jot(self, key: MessageKey, sheet: Sheet, gap_s: float) -> None:
        """Show a status when the budget has room; a newer one, or a promise, takes its place.

        Args:
            key: The message.
            sheet: What it shall show.
            gap_s: Seconds after it in which no other status is shown there.
        """
        slot = self._slots.setdefault(key, _Slot())
        slot.waiting = sheet
        if slot.task is None or slot.task.done():
            slot.task = asyncio.create_task(self._write(key, slot, gap_s), name=f"status {key}")
            self._tasks.add(slot.task)
            slot.task.add_done_callback(self._tasks.discard)

    async def edit(self, key: MessageKey, sheet: Sheet) -> str | None:
        """Show this for sure; return Telegram's id of the picture, where a new one was sent.

        Raises:
            DeliveryError: it may not be shown; repeating it is harmless.
        """
        slot = self._slots.setdefault(key, _Slot())
        slot.waiting = None
        async with slot.lock:
            slot.waiting = None
            return await self._put(key, sheet)

    async def keyboard(self, key: MessageKey, keyboard: InlineKeyboardMarkup | None) -> None:
        """Change a message's buttons only.

        Raises:
            DeliveryError: they may be the old ones.
        """
        chat, message = parts_of(key)
        async with self._slots.setdefault(key, _Slot()).lock:
            await _unchanged_is_fine(
                self._calls.repeated(
                    chat,
                    lambda: self._bot.edit_message_reply_markup(chat, message, reply_markup=keyboard),
                )
            )

    def note_text(self, key: MessageKey) -> None:
        """This message is text only, so far."""
        self._note(key, text=True)

    async def close(self) -> None:
        """End what waits."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _write(self, key: MessageKey, slot: _Slot, gap_s: float) -> None:
        chat, _ = parts_of(key)
        while slot.waiting is not None:
            await asyncio.sleep(slot.next_at - time.monotonic())
            await self._calls.budget.plenty(chat)
            async with slot.lock:
                sheet, slot.waiting = slot.waiting, None
                if sheet is not None:
                    slot.next_at = time.monotonic() + gap_s
                    await self._try(key, sheet)

    async def _try(self, key: MessageKey, sheet: Sheet) -> None:
        try:
            await self._put(key, sheet)
        except DeliveryError as error:
            log.info("a status was not shown: %s", type(error).__name__)

    async def _put(self, key: MessageKey, sheet: Sheet) -> str | None:
        if sheet.picture is not None:
            return await self._media(key, sheet)
        try:
            await self._words(key, sheet, text=self._texts.get(key, False))
        except Refused as error:
            if error.reason is Reason.OTHER and sheet.moment is not None:
                await self._put(key, replace(sheet, moment=None))
                return None
            if error.reason not in (Reason.NO_CAPTION, Reason.NO_TEXT):
                raise
            await self._words(key, sheet, text=error.reason is Reason.NO_CAPTION)
        return None

    async def _media(self, key: MessageKey, sheet: Sheet) -> str | None:
        chat, message = parts_of(key)
        tries, patience = itertools.count(), self._calls.patience
        media = _media_of(sheet)
        edited = await _unchanged_is_fine(
            self._calls.repeated(
                chat,
                lambda: self._bot.edit_message_media(
                    media,
                    chat,
                    message,
                    reply_markup=sheet.keyboard,
                    write_timeout=patience.write_s,
                    read_timeout=patience.processing_s(next(tries)),
                ),
                sheet.rank,
            )
        )
        self._note(key, text=False)
        return picture_of(edited)

    async def _words(self, key: MessageKey, sheet: Sheet, *, text: bool) -> None:
        chat, message = parts_of(key)
        if text:
            await _unchanged_is_fine(
                self._calls.repeated(
                    chat,
                    lambda: self._bot.edit_message_text(
                        sheet.words[:TEXT_LIMIT],
                        chat,
                        message,
                        reply_markup=sheet.keyboard,
                        entities=_entities(sheet),
                    ),
                    sheet.rank,
                )
            )
        else:
            await _unchanged_is_fine(
                self._calls.repeated(
                    chat,
                    lambda: self._bot.edit_message_caption(
                        chat,
                        message,
                        caption=sheet.words[:CAPTION_LIMIT],
                        reply_markup=sheet.keyboard,
                        caption_entities=_entities(sheet),
                    ),
                    sheet.rank,
                )
            )
        self._note(key, text=text)

    def _note(self, key: MessageKey, *, text: bool) -> None:
        self._texts[key] = text
        self._texts.move_to_end(key)
        if len(self._texts) > REMEMBERED_KINDS:
            self._texts.popitem(last=False)


def picture_of(message: object) -> str | None:
    """Telegram's id of a message's picture in its largest size."""
    if isinstance(message, Message) and message.photo:
        return message.photo[-1].file_id
    return None


def _entities(sheet: Sheet) -> list[MessageEntity] | None:
    """The moment at the words' end as an entity (Bot API 9.5): each app writes it in its own zone."""
    moment = sheet.moment
    if moment is None or not sheet.words.endswith(moment.words):
        return None
    before, inside = (_units(words) for words in (sheet.words.removesuffix(moment.words), moment.words))
    when = datetime.fromtimestamp(moment.at, UTC)
    kind, short_time = MessageEntity.DATE_TIME, MessageEntityDateTimeFormats.SHORT_TIME
    return [MessageEntity(kind, before, inside, unix_time=when, date_time_format=short_time)]


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _media_of(sheet: Sheet) -> InputMediaAnimation | InputMediaDocument | InputMediaPhoto:
    picture, caption = sheet.picture or b"", sheet.words[:CAPTION_LIMIT]
    if sheet.file:
        return InputMediaDocument(
            picture, caption=caption, filename=sheet.file, disable_content_type_detection=True
        )
    if sheet.moves:
        return InputMediaAnimation(picture, caption=caption, filename=GIF_FILE)
    return InputMediaPhoto(picture, caption=caption)


async def _unchanged_is_fine(call: Awaitable[Message | bool]) -> Message | bool:
    try:
        return await call
    except Refused as error:
        if error.reason is Reason.UNCHANGED:
            return True
        raise
