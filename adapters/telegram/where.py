"""Where in a chat a job's message belongs: kept in the job's row, in this adapter's own notation."""

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot.nouns import ChatKey, GuestKey

PLATFORM = "telegram"


@dataclass(frozen=True, slots=True)
class Where:
    """What the row remembers beside chat and message.

    Attributes:
        reply: The message that the job's message answers.
        thread: The forum topic.
        language: Of the guest, for words that are no card's.
        album: Common to all photos of an album.
        unasked: A group's style for all has taken the photo, which hadn't asked.
        home: Of a picture that was sent inline: its guest's own chat, for what has to be uploaded.
    """

    reply: int = 0
    thread: int | None = None
    language: str = "en"
    album: str | None = None
    home: int = 0
    unasked: bool = False


_adapter = TypeAdapter(Where)


def written(where: Where) -> str:
    """The context of a job."""
    return _adapter.dump_json(where).decode()


def read(context: str) -> Where:
    """The place of a kept context; one that can't be read is an empty one."""
    try:
        return _adapter.validate_json(context)
    except ValidationError:
        return Where()


def guest_key(user: int) -> GuestKey:
    """A guest, by Telegram's id."""
    return GuestKey(f"{PLATFORM}:{user}")


def chat_key(chat: int) -> ChatKey:
    """A chat, by Telegram's id."""
    return ChatKey(f"{PLATFORM}:{chat}")


def chat_id(key: str) -> int:
    """Telegram's id of a chat's key."""
    return int(key.partition(":")[2])
