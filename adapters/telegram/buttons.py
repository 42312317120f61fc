"""What a button carries: a verb, its job and an argument, in Telegram's 64 bytes."""

import base64
import binascii
import uuid
from dataclasses import dataclass
from enum import StrEnum, unique

from bot.nouns import JobId

LIMIT_BYTES = 64


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
