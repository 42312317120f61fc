"""What a guest did, in our own words: the few facts of an interaction or a message, and no name of a person.

This is what lies in the inbox until it is handled, so it is as small as it can be: what was said is cut to
what may name a style. Tokens and addresses of pictures are in it, and are erased with it.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from adapters.discord.where import Where

NOBODY_KNOWS = 0  # whose photo it is: surely not the sender's
WISH_CHARACTERS = 64  # more names no style

Nothing = Literal["text", "sticker", "moving", "sound", "file", "message"]
"""What came instead of a picture; ``message`` is one without a picture that a context menu was opened on."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who did it.

    Attributes:
        user: Discord's id.
        locales: IETF tags, the best first: of the guest's app, then of the server. Messages carry only the
            server's, and direct messages none.
        name: What they are called here, only where they want it shown; else empty.
    """

    user: int
    locales: tuple[str, ...] = ()
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture on Discord.

    Attributes:
        id: Of the attachment; 0 for an avatar.
        url: Where it lies; signed, and valid for about a day.
        size: Bytes, 0 where Discord doesn't say.
        channel: With ``message``, where it can be looked up anew when the address is over; 0 where it can't.
        message: The message that it is attached to.
    """

    id: int
    url: str = field(repr=False)
    size: int = 0
    channel: int = 0
    message: int = 0


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """Pictures for the booth, at least one.

    Attributes:
        key: The event's own name, unique and stable: a repeated event has the same one.
        wish: What the command or the message says, to find a style in; the id where one was picked.
        subject: Whose photos they are, where that isn't the sender: Discord's id, or :data:`NOBODY_KNOWS`.
    """

    key: str
    where: Where
    guest: Guest
    pictures: tuple[Attached, ...]
    wish: str = ""
    subject: int | None = None
    kind: Literal["photo"] = "photo"


@dataclass(frozen=True, slots=True)
class NoPhoto:
    """Something came that holds no picture; interactions are already deferred for their guest's eyes only."""

    key: str
    where: Where
    guest: Guest
    what: Nothing
    kind: Literal["nophoto"] = "nophoto"


@dataclass(frozen=True, slots=True)
class Command:
    """A command without a photo, such as ``styles`` or ``help``; ``rest`` is what was filled in."""

    key: str
    where: Where
    guest: Guest
    name: str
    rest: str = ""
    kind: Literal["command"] = "command"


@dataclass(frozen=True, slots=True)
class Press:
    """A button or a menu under our message ``message``; ``values`` are what was picked in the menu."""

    key: str
    where: Where
    guest: Guest
    message: int
    custom_id: str
    values: tuple[str, ...] = ()
    kind: Literal["press"] = "press"


@dataclass(frozen=True, slots=True)
class Maintained:
    """A command of the maintainers' console, or a file for it.

    Attributes:
        name: Of the command; empty for a file that came without one.
        rest: What follows the command.
        file: Its name and where it lies, where one came.
        what: How a guest's message is answered; None for a slash command, which guests don't know.
        about: Our message whose guest is meant; 0 where somebody is named.
    """

    key: str
    where: Where
    guest: Guest
    name: str
    rest: str = ""
    file: tuple[str, Attached] | None = None
    what: Nothing | None = None
    about: int = 0
    kind: Literal["maintained"] = "maintained"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form of the maintainers' console, filled in; ``message`` is where it was opened, 0 for nowhere."""

    key: str
    where: Where
    guest: Guest
    custom_id: str
    answers: Mapping[str, str]
    message: int = 0
    kind: Literal["filled"] = "filled"


@dataclass(frozen=True, slots=True)
class Reacted:
    """A reaction under a message in a feed was added, or taken back."""

    key: str
    where: Where
    guest: Guest
    message: int
    likes: bool
    kind: Literal["reacted"] = "reacted"


@dataclass(frozen=True, slots=True)
class Permitted:
    """What the bot may do in a feed has changed; nobody is its guest."""

    key: str
    where: Where
    guest: Guest = Guest(0)
    kind: Literal["permitted"] = "permitted"


Event = Annotated[
    PhotoSent | NoPhoto | Command | Press | Maintained | Filled | Reacted | Permitted,
    Field(discriminator="kind"),
]

_adapter: TypeAdapter[Event] = TypeAdapter(Event)


def written(event: Event) -> str:
    """The event as the inbox keeps it."""
    return _adapter.dump_json(event).decode()


def read(payload: str) -> Event:
    """The event of a kept payload."""
    return _adapter.validate_json(payload)


def lane(event: Event) -> str:
    """Events of one lane are handled in their order: a guest's in a channel. Nobody waits for others."""
    return f"channel:{event.where.channel}:{event.guest.user}"
