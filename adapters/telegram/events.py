"""What a guest did, in our own words: the few facts of an update that are needed, and no name of a person.

This is what lies in the inbox until it is handled, so it is as small as it can be: a caption is cut to what
may name a style, and a text is kept only where it is a command. Of maintainers more is kept: what they write
may be a style's words.
"""

from dataclasses import field
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

WISH_CHARACTERS = 64  # more names no style
MOST_CHARACTERS = 4096  # a message has no more
NOBODY_KNOWS = 0  # in place of a user's id


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it happened.

    Attributes:
        chat: Telegram's id of the chat.
        message: The id of the guest's message; of ours, where a button under it was pressed.
        thread: The forum topic, if it is one.
        private: Whether guest and bot are alone.
    """

    chat: int
    message: int
    thread: int | None = None
    private: bool = True


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it: Telegram's id, their app's language (an IETF tag, may be empty).

    Their first name is told where they ask that it be shown, and nowhere else.
    """

    user: int
    language: str = ""
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """A picture for the booth: a photo, an image as a file, or somebody's photo that was replied to.

    Attributes:
        file: Telegram's ``file_id`` of the smallest size that is large enough.
        size: Bytes, 0 where Telegram doesn't say.
        wish: What the caption or the command says, to find a style in.
        album: Common to all photos of an album.
        subject: Whose photo it is, where that isn't the sender: Telegram's id, or :data:`NOBODY_KNOWS`.
        asked: False in a group where nothing says that it is for us.
    """

    spot: Spot
    sender: Sender
    file: str
    size: int = 0
    wish: str = ""
    album: str | None = None
    subject: int | None = None
    asked: bool = True
    kind: Literal["photo"] = "photo"


@dataclass(frozen=True, slots=True)
class NoPhoto:
    """No picture; ``what`` is ``text``, ``sticker``, ``moving``, ``sound``, ``file`` or ``other``."""

    spot: Spot
    sender: Sender
    what: str
    kind: Literal["nophoto"] = "nophoto"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is no picture: its ``file_id``, its bytes as far as Telegram says, its name."""

    file: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what follows it.

    Attributes:
        replied: The message that it answers.
        writer: Whose message that is, where a person has written it; of a forwarded one, its first author.
        paper: The file that it stands under.
        channel: The channel whose forwarded post that message is.
    """

    spot: Spot
    sender: Sender
    name: str
    words: str = ""
    replied: int | None = None
    writer: int | None = None
    paper: Paper | None = None
    channel: int | None = None
    kind: Literal["command"] = "command"


@dataclass(frozen=True, slots=True)
class Said:
    """A maintainer's words in private: perhaps the answer to a question of ours."""

    spot: Spot
    sender: Sender
    words: str
    kind: Literal["said"] = "said"


@dataclass(frozen=True, slots=True)
class PaperSent:
    """A maintainer's file in private: a workflow, or a set of styles; with what stands below it."""

    spot: Spot
    sender: Sender
    paper: Paper
    words: str = ""
    kind: Literal["paper"] = "paper"


@dataclass(frozen=True, slots=True)
class Press:
    """A button under our message ``spot.message``, which may be a picture; ``id`` is the callback query's."""

    spot: Spot
    sender: Sender
    id: str
    data: str
    picture: bool = False
    kind: Literal["press"] = "press"


@dataclass(frozen=True, slots=True)
class PressedInline:
    """A button under a picture that somebody has sent inline: ``message`` is all that is known of where."""

    sender: Sender
    id: str
    data: str
    message: str
    kind: Literal["pressed-inline"] = "pressed-inline"


@dataclass(frozen=True, slots=True)
class Asked:
    """An inline query: somebody looks for a picture of theirs to send somewhere."""

    sender: Sender
    id: str
    query: str
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A result of an inline query was sent: ``message`` is the inline message's id."""

    sender: Sender
    result: str
    message: str
    kind: Literal["chosen"] = "chosen"


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody's reactions to a message have changed; ``likes``: one that is left is friendly."""

    spot: Spot
    sender: Sender
    likes: bool
    kind: Literal["reacted"] = "reacted"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many friendly reactions a message has, where Telegram doesn't say whose."""

    spot: Spot
    number: int
    kind: Literal["counted"] = "counted"


@dataclass(frozen=True, slots=True)
class Standing:
    """Our own standing in a chat has changed: ``joined``, ``left`` (also: blocked) or ``changed``."""

    spot: Spot
    sender: Sender
    now: Literal["joined", "left", "changed"]
    kind: Literal["standing"] = "standing"


Event = Annotated[
    PhotoSent
    | NoPhoto
    | Command
    | Said
    | PaperSent
    | Press
    | PressedInline
    | Asked
    | Chosen
    | Reacted
    | Counted
    | Standing,
    Field(discriminator="kind"),
]

_adapter: TypeAdapter[Event] = TypeAdapter(Event)


def written(event: Event) -> str:
    """The event as the inbox keeps it."""
    return _adapter.dump_json(event, exclude_defaults=False).decode()


def read(payload: str) -> Event:
    """The event of a kept payload."""
    return _adapter.validate_json(payload)
