"""What a button carries: a verb, its job and an argument, in Telegram's 64 bytes."""

import base64
import binascii
import uuid
from dataclasses import dataclass
from enum import StrEnum, unique

from bot.nouns import JobId

LIMIT_BYTES = 64
MOST_STYLE = 22  # characters beside a verb, a job and a user's id


@unique
class Verb(StrEnum):
    """What a press asks for. The letters stand in messages in chats: they are never given a new meaning."""

    CHOOSE = "s"  # this style, for a photo that waits for one
    PAGE = "p"  # another page of styles
    SURPRISE = "r"
    CANCEL = "c"
    AGAIN = "a"  # the same style once more
    OTHER = "o"  # show the styles under a picture
    MAKE = "n"  # a new picture of the same photo in this style
    BACK = "b"
    KEEPSAKE = "t"  # shows the kinds; with one of them, gives it
    DELETE = "d"  # asks first
    ERASE = "e"
    FORGET = "f"
    KEEP = "k"
    SPEAK = "l"  # a language
    STYLES = "y"  # a page of styles that belongs to no photo
    SHARE = "h"  # these four are for the person in the picture
    UNSHARE = "u"
    NAME = "g"
    UNNAME = "i"
    REPORT = "q"  # under a feed's picture: the id is its share's
    LIKEWISE = "w"  # under a picture sent inline; the argument is who has sent it
    MAINTAIN = "m"  # the argument is a key of the maintainers' console
    PUBLISH = "v"  # these three stand under a maintainer's trial
    ADJUST = "j"
    DROP = "x"


@dataclass(frozen=True, slots=True)
class Wish:
    """A press taken apart; ``job`` is None where it is about no picture."""

    verb: Verb
    job: JobId | None = None
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a button under a picture that was sent inline remembers: who has sent it, and its style."""

    sender: int
    style: str = ""

    @property
    def written(self) -> str:
        """The argument of the button's data; a style's name that is too long is left out."""
        return f"{self.sender}.{self.style if len(self.style) <= MOST_STYLE else ''}"

    @staticmethod
    def read(argument: str) -> "Likeness | None":
        """What a button remembers; None for what we never wrote."""
        sender, _, style = argument.partition(".")
        return Likeness(int(sender), style) if sender.isdecimal() else None


def packed(verb: Verb, job: JobId | None = None, argument: str = "") -> str:
    """The data of a button.

    Raises:
        ValueError: over Telegram's 64 bytes.
    """
    short = "" if job is None else base64.urlsafe_b64encode(uuid.UUID(job).bytes).decode().rstrip("=")
    data = f"{verb}:{short}:{argument}"
    if len(data.encode()) > LIMIT_BYTES:
        raise ValueError(f"{len(data.encode())} bytes for a button, {LIMIT_BYTES} are allowed")
    return data


def unpacked(data: str) -> Wish | None:
    """What a button means; None for data that we never made."""
    verb, _, rest = data.partition(":")
    short, _, argument = rest.partition(":")
    try:
        job = None if not short else JobId(str(uuid.UUID(bytes=base64.urlsafe_b64decode(short + "=="))))
        return Wish(Verb(verb), job, argument)
    except (ValueError, binascii.Error):
        return None
