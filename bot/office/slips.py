"""A maintainer's errors: what was wrong with a command, and what to do about it.

::

    MaintainerError (a GuestError: `key` names the sentence, `values` fill it)
    ├── NotAMaintainer         answered like a command that doesn't exist
    ├── WrongCode              `tries` are left; no code, an old one and a used one look the same
    ├── NoSuchGuest            nobody is known by this key
    ├── LastMaintainer         somebody has to stay
    ├── SetByOwner             named in PETAFLOP_MAINTAINERS: only the owner removes them
    ├── UnknownDraft           not theirs, published or dropped
    ├── NoSuchStyle            there is no style of that id
    ├── NoSuchVersion          the style has none of that number
    ├── NoSuchFeed             no feed has that number
    ├── NoFeedHere             nobody else reads this chat
    ├── NoSuchShare            it was unshared, or stands as it should already
    ├── CloseFromOutside       only the command line closes an event that replicas share
    ├── WrongPin               not the wall's
    ├── PinLocked              too many wrong ones: `retry_after_s` and `minutes` say when to try again
    ├── StyleExists            a new style can't take an id that is taken: edit it
    ├── WrongField             `field` can't be what was given
    ├── WrongLine              a one-line command that can't be read
    ├── Untested               its test render has not given a picture yet
    ├── NoPhoto                there is no photo of the maintainer's own
    ├── NotDrawable            no renderer can draw it: `complaints` say why
    ├── UnusableWorkflow       the file is no workflow that can be used: `complaints` say why
    └── UnusableSet            an imported set is left out whole: `complaints` by style
"""

import math
from collections.abc import Mapping, Sequence

from bot.bench import Complaint
from bot.errors import Busy, MaintainerError
from bot.nouns import StyleId


class NotAMaintainer(MaintainerError):
    """Whoever asks is no maintainer: the answer is that of a command that doesn't exist."""

    key = "slip-unknown-command"


class WrongCode(MaintainerError):
    """The code isn't the one that is open, if one is."""

    key = "slip-wrong-code"


class NoSuchGuest(MaintainerError):
    """The text is no guest's key."""

    key = "slip-no-such-guest"


class LastMaintainer(MaintainerError):
    """Without this one there would be none."""

    key = "slip-last-maintainer"


class SetByOwner(MaintainerError):
    """The settings name this one."""

    key = "slip-set-by-owner"


class UnknownDraft(MaintainerError):
    """Not this maintainer's draft, or not open any more."""

    key = "slip-unknown-draft"


class NoSuchStyle(MaintainerError):
    """No style has this id."""

    key = "slip-no-such-style"


class NoSuchVersion(MaintainerError):
    """The style has no such version; value ``latest``."""

    key = "slip-no-such-version"


class NoFeedHere(MaintainerError):
    """Nobody else reads this chat, or the bot itself isn't in it."""

    key = "slip-no-feed-here"


class NoSuchFeed(MaintainerError):
    """No feed has this number."""

    key = "slip-no-such-feed"


class NoSuchShare(MaintainerError):
    """It was unshared meanwhile, or stands already as it should."""

    key = "slip-no-such-share"


class NameNotSeen(MaintainerError):
    """Beside the picture stands a name that whoever lets it be shown hasn't looked at."""

    key = "slip-name-not-seen"


class CloseFromOutside(MaintainerError):
    """Replicas share the database: the owner closes the event from the command line."""

    key = "slip-close-from-outside"


class WrongPin(MaintainerError):
    """Not the wall's PIN."""

    key = "slip-wrong-pin"


class PinLocked(MaintainerError, Busy):
    """There were too many wrong PINs; value ``minutes``, rounded up."""

    key = "slip-pin-locked"

    def __init__(self, retry_after_s: float) -> None:
        """Take the seconds after which one more is looked at."""
        super().__init__(retry_after_s, minutes=math.ceil(retry_after_s / 60))


class StyleExists(MaintainerError):
    """The id is taken by a style that is there already; value ``style``."""

    key = "slip-style-exists"


class WrongField(MaintainerError):
    """A field can't be what was given; value ``field``."""

    key = "slip-wrong-field"


class WrongLine(MaintainerError):
    """A one-line command can't be read; value ``part`` is what it stumbled over."""

    key = "slip-wrong-line"


class Untested(MaintainerError):
    """What is to be published has not been rendered yet as it is now."""

    key = "slip-untested"


class NoPhoto(MaintainerError):
    """The maintainer has no photo that is still kept."""

    key = "slip-no-photo"


class _Complained(MaintainerError):
    def __init__(self, complaints: Sequence[Complaint] = (), **values: str | int | float) -> None:
        super().__init__(number=len(complaints), **values)
        self.complaints = tuple(complaints)


class NotDrawable(_Complained):
    """No renderer can draw it as it is; ``complaints`` say why. Value ``number`` counts them."""

    key = "slip-not-drawable"


class UnusableWorkflow(_Complained):
    """The uploaded file is of no use; ``complaints`` say why and what to do. Value ``number`` counts them."""

    key = "slip-unusable-workflow"


class UnusableSet(MaintainerError):
    """Nothing of the set was taken; ``complaints`` by style, under ``""`` those about the file itself."""

    key = "slip-unusable-set"

    def __init__(self, complaints: Mapping[StyleId, Sequence[Complaint]] | None = None) -> None:
        """Take what is wrong, by style."""
        self.complaints = complaints or {}
        super().__init__(number=len(self.complaints))
