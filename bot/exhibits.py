"""What is shown to others: pictures that their guests share, and the feeds in which they hang."""

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NewType

from bot.cards import Address
from bot.nouns import ChatKey, GuestKey, JobId, Picture, StyleId

ShareId = NewType("ShareId", str)
"""A hyphenated UUID of the share's own: whoever sees it on the wall learns nothing of the job."""


_UNFRIENDLY = frozenset("👎💩🤮🤬🤡🥱🖕😡")
_WORD_JOINER = "\u2060"
_LINKING = re.compile(r"(?<=[.:/@#])(?=\S)")


def is_vote(sign: str) -> bool:
    """Whether this reaction is a vote for a picture; those that are none aren't counted against it either.

    Args:
        sign: An emoji, in any colour of skin.
    """
    return sign[:1] not in _UNFRIENDLY


def unlinked(name: str) -> str:
    """A guest's name that no chat makes a link or a mention of; it looks the same."""
    return _LINKING.sub(_WORD_JOINER, name)


class ShareState(StrEnum):
    """Whether others see a shared picture; the value is what the database holds."""

    SHOWN = "shown"
    HELD = "held"  # until a maintainer says yes
    HIDDEN = "hidden"  # by a maintainer, for good


@dataclass(frozen=True, slots=True)
class Share:
    """A picture that its guest shares.

    Attributes:
        number: Grows with each share: the order on the wall.
        guest: Whose photo it was, who alone may share it and take it back.
        name: What the guest wants to be called beside it; ``""`` is nothing.
        at: Seconds since the epoch.
        votes: Reactions in all feeds together.
    """

    id: ShareId
    number: int
    job: JobId
    guest: GuestKey
    style: StyleId
    state: ShareState
    at: float
    name: str = field(default="", repr=False)
    votes: int = 0

    @property
    def name_mark(self) -> str:
        """Sixteen characters that say which name was looked at, without saying it; ``""`` for none."""
        return hashlib.sha256(self.name.encode()).hexdigest()[:16] if self.name else ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A shared picture as it hangs in a feed.

    Attributes:
        words: The line below it, in the feed's language.
        picture: None while the message is only opened: its id is known before a face is in it.
        picture_ref: The same platform's own id of the picture, where it has one: nothing is uploaded again.
        key: Names the message, the same at every try: a platform that can makes one message of them.
        unnames: A name is taken off what hangs already: that comes before what is to be hung.
    """

    share: ShareId
    style: StyleId
    language: str
    words: str = field(repr=False)
    picture: Picture | None = None
    picture_ref: str | None = field(default=None, repr=False)
    key: str = ""
    unnames: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """Where shared pictures are posted; ``context`` is the adapter's own words (a topic, a thread)."""

    id: int
    chat: ChatKey
    context: str
    language: str


Kind = Literal["feed", "inline", "collage", "keepsake", "crew"]
"""Why a picture stands in a message beside its job's own; ``crew``: a maintainer has looked at it."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A message that shows a guest's picture, or is to show it; ``withdrawn`` ones come down again."""

    number: int
    kind: Kind
    share: ShareId | None
    job: JobId
    address: Address
    language: str
    attempt: int = 0
    withdrawn: bool = False

    @property
    def key(self) -> str:
        """Its name in a worker."""
        return str(self.number)


class TakenBack(StrEnum):
    """What became of a message that was to be taken back."""

    DELETED = "deleted"
    REPLACED = "replaced"  # by a neutral picture, where the platform deletes it no more
    GONE = "gone"  # it was no more, or its chat isn't ours any more
    REFUSED = "refused"  # the platform does neither


@dataclass(frozen=True, slots=True)
class Recall:
    """A message that is to be taken back. It outlives its guest's rows, and is erased when it is done.

    Attributes:
        tell: Whom to tell when the platform refuses; None where there is nobody to tell.
    """

    number: int
    address: Address
    language: str
    tell: GuestKey | None = None
    attempt: int = 0

    @property
    def key(self) -> str:
        """Its name in a worker."""
        return str(self.number)
