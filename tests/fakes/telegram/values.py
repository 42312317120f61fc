"""The nouns of a chat, frozen: users, files, buttons, messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object as it travels."""


@dataclass(frozen=True, slots=True)
class User:
    """A guest, or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on Telegram's side: ``file_id`` is reusable, ``path`` is where it is downloaded."""

    file_id: str
    file_unique_id: str
    path: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class PhotoSize:
    """One of the sizes in which Telegram keeps a photo, a JPEG; lengths in pixels."""

    file: StoredFile
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document, sticker, video, voice …; ``fields`` as the Bot API names them."""

    kind: str
    file: StoredFile
    fields: Mapping[str, Any]
    thumbnail: PhotoSize | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; ``data`` is what a press sends, ``fields`` is the button as the bot gave it."""

    text: str
    data: str | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a message: words (a caption where there is media), media, and an inline keyboard."""

    words: str = ""
    entities: tuple[JsonObject, ...] = ()
    photo: tuple[PhotoSize, ...] = ()
    attachment: Attachment | None = None
    keyboard: JsonObject | None = None

    @property
    def has_media(self) -> bool:
        """Whether the words are a caption."""
        return bool(self.photo) or self.attachment is not None


@dataclass(frozen=True, slots=True)
class Message:
    """One version of a message: an edit makes the next one.

    Attributes:
        thread: ``message_thread_id``: a forum topic's, or a reply chain's in a plain supergroup.
        service: The fields of a service message ("Ann joined"), else None.
        album: ``media_group_id``, equal in all messages of an album.
        origin: ``forward_origin`` of a forwarded message.
        protected: It can't be forwarded.
        silent: The phone did not ring (an edit never rings).
        reactions: Emoji by user.
    """

    chat: int
    id: int
    date: int
    sender: User
    content: Content = Content()
    reply_to: int | None = None
    thread: int | None = None
    in_topic: bool = False
    edited: int | None = None
    service: JsonObject | None = None
    album: str | None = None
    origin: JsonObject | None = None
    via_bot: User | None = None
    inline_id: str | None = None
    protected: bool = False
    silent: bool = False
    reactions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it (not a guest through inline mode)."""
        return self.sender.is_bot

    @property
    def words(self) -> str:
        """The text or the caption."""
        return self.content.words

    @property
    def text(self) -> str | None:
        """The text; None of a media message."""
        return None if self.content.has_media or self.service is not None else self.content.words

    @property
    def caption(self) -> str | None:
        """The caption; None of a text message."""
        return self.content.words if self.content.has_media else None

    @property
    def photo(self) -> tuple[PhotoSize, ...]:
        """The photo's sizes, smallest first; empty where there is none."""
        return self.content.photo

    @property
    def attachment(self) -> Attachment | None:
        """The document, sticker, video or voice."""
        return self.content.attachment

    @property
    def picture(self) -> bytes:
        """The bytes of the largest size, or of the attachment; empty in a message without media."""
        if self.photo:
            return self.photo[-1].file.content
        return self.attachment.file.content if self.attachment else b""

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        """The inline keyboard."""
        rows = (self.content.keyboard or {}).get("inline_keyboard", [])
        return tuple(tuple(Button(b["text"], b.get("callback_data"), b) for b in row) for row in rows)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All inline buttons, row after row."""
        return tuple(button for row in self.rows for button in row)
