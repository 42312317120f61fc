"""The error tree, split by who can act on it. Errors carry data; sentences come from the catalogue of words.

::

    PetaflopError
    ├── GuestError                 the guest can act: `key` names the sentence, `values` fill it
    │   ├── PhotoError             … by sending another photo
    │   │   ├── NotAPicture            unknown or disallowed format
    │   │   ├── PhotoDamaged           recognised, but it can't be read
    │   │   ├── PhotoTakesTooLong      reading it takes longer than a photo may
    │   │   ├── PhotoTooManyBytes      over the byte limit
    │   │   ├── PhotoTooManyPixels     over 64 megapixels, or more than memory allows
    │   │   ├── PhotoTooSmall          a side under 64 pixels
    │   │   ├── PhotoOddShape          longer than 5:1
    │   │   └── PhotoOutOfReach        its platform won't give it
    │   ├── UnknownStyle           … by choosing a style that is offered
    │   ├── UnknownJob             not theirs, not there, or erased
    │   ├── PhotoErased            the picture is still there, its photo isn't
    │   ├── NotPossibleNow         the job's state doesn't allow it
    │   ├── NotYourPhoto           only the person in the picture may share it
    │   ├── Banned                 a maintainer doesn't want them here
    │   ├── TooFewPictures         a collage needs two of the last hour
    │   ├── NoCollageNow           it could not be drawn
    │   ├── MaintainerError        a maintainer can act; the branch is in :mod:`bot.office.slips`
    │   └── Busy                   … by waiting `retry_after_s`
    │       ├── TooManyUnfinished      the guest's own limit
    │       ├── LineFull               everybody's limit
    │       ├── StorageFull            no room for another photo
    │       ├── Paused                 a maintainer has paused the booth
    │       ├── Closing                a maintainer lets the line run dry
    │       ├── KeepsakeFailed         a keepsake didn't work out this time
    │       ├── CollageSoon            the chat had a collage just now
    │       └── StoreAway              the database is out of reach
    ├── RenderError                a worker acts
    │   ├── RendererAway               the server is out of reach: wait and try again, it costs no retry
    │   ├── RenderCrashed              the child or the server broke on it: one more try, then an apology
    │   └── StyleBroken                this style can't work: apologise at once, tell the maintainers
    ├── ChildLost                  a child process broke on its work: `cause` is crashed, timeout or memory
    ├── DeliveryError              the chat could not be reached: repeat the edit later
    │   ├── RightsMissing              the chat doesn't let us: somebody there has to give us the right
    │   └── ChatGone                   the guest has blocked us, or the chat is no more: don't repeat it
    ├── DiskFull                   the store acts: retention first, then the ballast
    └── SetupError                 the owner acts: `hint` is one readable line, `exit_code` is a sysexit
"""

import os
from collections.abc import Mapping


class PetaflopError(Exception):
    """Root of all errors of ours; they cross process borders whole."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by attributes: the constructors take data, not ``args``."""
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(
    kind: type[PetaflopError], args: tuple[object, ...], attributes: dict[str, object]
) -> PetaflopError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class GuestError(PetaflopError):
    """Something the guest can act on.

    Attributes:
        key: Key of the sentence in the catalogue of words.
        values: What fills the sentence's placeholders; never a name or a file.
    """

    key = "error-unexpected"

    def __init__(self, **values: str | int | float) -> None:
        """Take the values of the sentence's placeholders."""
        super().__init__(self.key)
        self.values: Mapping[str, str | int | float] = values


class PhotoError(GuestError):
    """The photo can't be used; another one may."""


class NotAPicture(PhotoError):
    """The bytes are no picture of a format that we take."""

    key = "photo-not-a-picture"


class PhotoDamaged(PhotoError):
    """The format is known, but the bytes are truncated or corrupt."""

    key = "photo-damaged"


class PhotoTakesTooLong(PhotoError):
    """Reading it took longer than a photo may."""

    key = "photo-takes-too-long"


class PhotoTooManyBytes(PhotoError):
    """Over the byte limit; value ``limit_mib``."""

    key = "photo-too-many-bytes"


class PhotoTooManyPixels(PhotoError):
    """Over the pixel limit; value ``limit_mp``."""

    key = "photo-too-many-pixels"


class PhotoTooSmall(PhotoError):
    """A side is shorter than ``limit_px`` pixels."""

    key = "photo-too-small"


class PhotoOddShape(PhotoError):
    """Longer than ``limit`` times its width."""

    key = "photo-odd-shape"


class PhotoOutOfReach(PhotoError):
    """The platform that the photo was sent on won't give it to us, now or later."""

    key = "photo-out-of-reach"


class UnknownStyle(GuestError):
    """No such style is offered."""

    key = "style-unknown"


class UnknownJob(GuestError):
    """Not this guest's job, never there, or erased: the three can't be told apart from outside."""

    key = "job-unknown"


class PhotoErased(GuestError):
    """The picture is there, but the photo that it was made of is erased already."""

    key = "keepsake-photo-erased"


class NotYourPhoto(GuestError):
    """The picture was made of somebody else's photo: only they may share it."""

    key = "job-not-your-photo"


class NotPossibleNow(GuestError):
    """The job's state doesn't allow what was asked."""

    key = "job-not-possible-now"


class Banned(GuestError):
    """A maintainer doesn't want this guest's photos."""

    key = "guest-banned"


class TooFewPictures(GuestError):
    """Fewer than two pictures were made in this chat in the last hour."""

    key = "collage-too-few"


class NoCollageNow(GuestError):
    """A collage could not be drawn."""

    key = "collage-not-now"


class MaintainerError(GuestError):
    """Something that a maintainer can act on."""


class Busy(GuestError):
    """Not now: ask again in ``retry_after_s`` seconds."""

    def __init__(self, retry_after_s: float, **values: str | int | float) -> None:
        """Take the seconds to wait, and the sentence's other values."""
        super().__init__(**values)
        self.retry_after_s = retry_after_s


class TooManyUnfinished(Busy):
    """The guest has ``limit`` unfinished jobs already."""

    key = "limit-guest"


class LineFull(Busy):
    """The line holds as many photos as it may."""

    key = "line-full"


class StoreAway(Busy):
    """The database is out of reach."""

    key = "store-away"


class StorageFull(Busy):
    """There is no room for another photo, even after retention."""

    key = "storage-full"


class KeepsakeFailed(Busy):
    """The child that draws keepsakes broke on this one."""

    key = "error-unexpected"


class Paused(Busy):
    """A maintainer has paused the booth; values ``given`` (``yes``, ``no``) and their own ``words``."""

    key = "booth-paused"


class Closing(Busy):
    """The line runs dry before a shutdown: no photo is taken any more."""

    key = "booth-closing"


class CollageSoon(Busy):
    """There was a collage in this chat within the last minute."""

    key = "collage-soon"


class RenderError(PetaflopError):
    """A render did not give a picture; ``cause`` is a short code for the log and the metrics."""

    def __init__(self, cause: str) -> None:
        """Take the cause's code, e.g. ``timeout``."""
        super().__init__(cause)
        self.cause = cause


class RendererAway(RenderError):
    """The server can't be reached: the job waits for it and loses no try."""


class RenderCrashed(RenderError):
    """The child process or the server broke on this job."""


class StyleBroken(RenderError):
    """The style can't work on any connected server."""


class ChildLost(PetaflopError):
    """A child process broke on its work; ``cause`` is ``crashed``, ``timeout`` or ``memory``."""

    def __init__(self, cause: str) -> None:
        """Take the cause's code."""
        super().__init__(cause)
        self.cause = cause


class DeliveryError(PetaflopError):
    """The chat could not be reached, or its answer was ambiguous; repeating the edit is harmless.

    Attributes:
        retry_after_s: How long the chat has asked to be left alone, in seconds; None when it hasn't said.
        unsent: Whether what was asked of the chat surely had no effect.
    """

    def __init__(self, retry_after_s: float | None = None, *, unsent: bool = False) -> None:
        """Take the seconds that the chat has asked for, if it has."""
        super().__init__()
        self.retry_after_s = retry_after_s
        self.unsent = unsent


class ChatGone(DeliveryError):
    """The guest has blocked us, or the chat is no more: repeating is useless."""


class RightsMissing(DeliveryError):
    """The chat doesn't let us do this just now: somebody there has to give us the right to."""


class DiskFull(PetaflopError):
    """A write found no space left on the device."""


class SetupError(PetaflopError):
    """The owner has to act.

    Attributes:
        hint: One readable line: what is wrong and what to do.
        exit_code: A code of ``sysexits.h``.
    """

    def __init__(self, hint: str, exit_code: int = os.EX_CONFIG) -> None:
        """Take the line and the code."""
        super().__init__(hint)
        self.hint = hint
        self.exit_code = exit_code
