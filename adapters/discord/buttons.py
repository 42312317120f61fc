"""What a button or a select carries: a verb, its job, whose it is, and a value, in Discord's 100 characters.

Whose it is stands in it so that a press can be deferred in the right way before any store is asked; the core
decides on rights all the same.
"""

import re
import uuid
from dataclasses import dataclass
from enum import StrEnum, unique

from bot.nouns import JobId

LIMIT_CHARACTERS = 100
PATTERN = r"pf:(?P<verb>[a-z]+):(?P<job>[0-9a-f-]{0,36}):(?P<owner>\d{0,20}):(?P<value>[^\n]*)"
"""Every ``custom_id`` of ours, as a regular expression."""

_ID = re.compile(PATTERN)


@unique
class Verb(StrEnum):
    """What a press asks for. The words stand in messages in channels: they never get a new meaning."""

    CHOOSE = "choose"  # this style, for a photo that waits for one; a select gives the style
    PAGE = "page"  # another page of styles, in the same message
    SURPRISE = "surprise"
    CANCEL = "cancel"
    AGAIN = "again"  # the same style once more
    OTHER = "other"  # show the styles
    MAKE = "make"  # a new picture of the same photo; a select gives the style
    LUCKY = "lucky"  # the same, the style is a surprise
    KEEPSAKE = "keepsake"  # asks which one
    TAKE = "take"  # a keepsake; the value is its kind
    FRAME = "frame"  # with one or without; the value says which
    SHARE = "share"  # these four are for the person in the picture
    UNSHARE = "unshare"
    NAME = "name"
    UNNAME = "unname"
    REPORT = "report"  # these two stand under what hangs in a feed, for everybody; this one's job is a share
    YOURS = "yours"  # the value is its style
    DELETE = "delete"  # asks first
    ERASE = "erase"
    FORGET = "forget"
    KEEP = "keep"
    STYLES = "styles"  # a page of styles that belongs to no photo
    PUBLISH = "publish"  # these three stand under a maintainer's trial
    ADJUST = "adjust"  # is answered with a form
    DROP = "drop"


class Deferral(StrEnum):
    """How a press is acknowledged."""

    UPDATE = "update"  # the message that it stands under will change
    MESSAGE = "message"  # a new message for everybody, a picture to be
    EPHEMERAL = "ephemeral"  # a new message for who has pressed


@dataclass(frozen=True, slots=True)
class Wish:
    """A press taken apart.

    Attributes:
        job: None where it is about no picture.
        owner: Discord's id of the guest; 0 where it is anybody's.
    """

    verb: Verb
    job: JobId | None = None
    owner: int = 0
    value: str = ""


def packed(wish: Wish) -> str:
    """The ``custom_id`` of a button.

    Raises:
        ValueError: over Discord's 100 characters.
    """
    data = f"pf:{wish.verb}:{wish.job or ''}:{wish.owner or ''}:{wish.value}"
    if len(data) > LIMIT_CHARACTERS:
        raise ValueError(f"{len(data)} characters for a button, {LIMIT_CHARACTERS} are allowed")
    return data


def unpacked(custom_id: str) -> Wish | None:
    """What a button means; None for one that we never made."""
    found = _ID.fullmatch(custom_id)
    if found is None:
        return None
    try:
        job = JobId(str(uuid.UUID(found["job"]))) if found["job"] else None
        return Wish(Verb(found["verb"]), job, int(found["owner"] or 0), found["value"])
    except ValueError:
        return None


OF_SHARING = frozenset({Verb.SHARE, Verb.UNSHARE, Verb.NAME, Verb.UNNAME})
"""What the person in a picture presses; that may be somebody else than whose button it is."""

_NEW_MESSAGE = frozenset({Verb.AGAIN, Verb.MAKE, Verb.LUCKY})
_ASKS_ALONE = frozenset(
    {
        Verb.OTHER,
        Verb.KEEPSAKE,
        Verb.REPORT,
        Verb.YOURS,
        Verb.DELETE,
        Verb.PUBLISH,
        Verb.ADJUST,
        Verb.DROP,
    }
)


def deferral(wish: Wish, presser: int) -> Deferral:
    """How a press by this user (Discord's id) is acknowledged at once, before anybody is asked."""
    if wish.verb in OF_SHARING:
        return Deferral.UPDATE
    if wish.verb in _ASKS_ALONE or wish.owner not in (0, presser):
        return Deferral.EPHEMERAL
    return Deferral.MESSAGE if wish.verb in _NEW_MESSAGE else Deferral.UPDATE
