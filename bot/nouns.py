"""The core's nouns: frozen values that every layer shares.

Keys of guests and chats begin with their platform (``web:…``, ``telegram:…``, ``discord:…``), so that two
platforms can never collide. None of them holds a person's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

from bot.states import JobState

GuestKey = NewType("GuestKey", str)
"""Who posts, e.g. ``telegram:4711``."""

ChatKey = NewType("ChatKey", str)
"""Where the answer is shown, e.g. ``discord:1234``; for the guest page the same as the guest."""

JobId = NewType("JobId", str)
"""A lower-case hyphenated UUID; ComfyUI takes it as ``prompt_id`` as it is."""

StyleId = NewType("StyleId", str)

PhotoRef = NewType("PhotoRef", str)
"""A photo on its own platform, in the platform's words; only its adapter reads it. It is never logged."""

SOMEBODY = GuestKey("somebody:else")
"""Whose photo it is when it is surely another's, and nobody knows whose: it can't be shared at all."""

StyleKind = Literal["filter", "graph"]

JobKind = Literal["guest", "trial", "preview"]
"""Whose job it is: a guest's, a maintainer's who tries a draft, or the house's own for the style sheet."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a guest can choose.

    Attributes:
        id: Short lower-case name, also the key of its words (``style-<id>``).
        emoji: One emoji.
        kind: ``filter`` runs in our own child processes, ``graph`` on ComfyUI.
        renderer: Name of the renderer that draws it.
        uses_model: Whether an AI model has a hand in it; each picture's footer says so.
        offered: False for the model-free preflight styles, which only maintainers use by name.
        names: Its name by language code, for styles that the catalogue of words doesn't know.
    """

    id: StyleId
    emoji: str
    kind: StyleKind
    renderer: str
    uses_model: bool = False
    offered: bool = True
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A style as it stands just now: ``available`` is False while its server is merely away."""

    style: Style
    available: bool


@dataclass(frozen=True, slots=True)
class Clean:
    """A photo after intake: an upright sRGB JPEG without metadata, sides multiples of 16 pixels."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What goes out, or a preview of it: encoded bytes and their media type."""

    data: bytes = field(repr=False)
    media_type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Order:
    """All that a renderer needs for one picture.

    Attributes:
        job: Every name on a server (upload, prompt, prefix) is made from it.
        attempt: Counts claims from 1. Above 1 an earlier submit may have happened: look it up first.
        photo: The cleaned photo's JPEG bytes.
        seed: 0 … 2³¹-1; the same photo, style and seed give the same picture.
        previews: Whether somebody would like to see it grow.
    """

    job: JobId
    attempt: int
    style: StyleId
    photo: bytes = field(repr=False)
    seed: int
    previews: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a render is: ``fraction`` in 0..1, and at times a small preview."""

    fraction: float
    preview: Picture | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A guest's photo with the wish for a style.

    Attributes:
        event: Unique key of the inbound event; the same key never makes a second job.
        photo: The bytes, or where they are fetched from while the guest chooses and waits.
        style: None while the guest still chooses (chats); the guest page always names one.
        message: The platform's id of the status message, once there is one.
        context: The adapter's own words on where in the chat it belongs (a thread, what it replies to); they
            are kept in the row and given back in every :class:`~bot.cards.Address`.
        subject: Whose photo it is, where that is not who sends it: another's message, or avatar. Only they
            may share what is made of it, and their *forget* erases it.
    """

    event: str
    guest: GuestKey
    chat: ChatKey
    language: str
    photo: bytes | PhotoRef = field(repr=False)
    style: StyleId | None = None
    message: str | None = None
    seed: int | None = None
    context: str = field(default="", repr=False)
    subject: GuestKey | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the store, as the core sees it. Times are seconds since the epoch.

    Attributes:
        source: Where the photo is fetched from, until it is here.
        context: The adapter's own words, from the :class:`Post`.
        failure: Names the sentence of what went wrong, which ``failure_values`` fill.
        picture_ref: The platform's own id of the delivered picture: it is shared again without an upload.
        nudged: The guest had waited long and is told of the picture by a message of its own.
        entered: When it entered the line; None while the guest still chooses.
        subject: Whose photo it is, where that is not the guest.
        shared: How it stands with others, one of :class:`~bot.exhibits.ShareState`; None: nobody sees it.
        named: Whether it is shared with the guest's name.
    """

    id: JobId
    event: str
    guest: GuestKey
    chat: ChatKey
    language: str
    state: JobState
    style: StyleId | None
    renderer: str | None
    seed: int
    attempt: int
    crashes: int
    failure: str | None
    failure_values: Mapping[str, str | int | float]
    message: str | None
    context: str = field(repr=False)
    source: PhotoRef | None = field(repr=False)
    picture_ref: str | None
    nudged: bool
    created: float
    changed: float
    has_photo: bool
    has_picture: bool
    entered: float | None = None
    kind: JobKind = "guest"
    subject: GuestKey | None = None
    shared: str | None = None
    named: bool = False

    @property
    def owner_of_face(self) -> GuestKey:
        """Who alone may share the picture."""
        return self.subject or self.guest


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to one job: every later write is fenced by it."""

    job: Job
    owner: str
    attempt: int

    @property
    def key(self) -> str:
        """The job's id."""
        return self.job.id


@dataclass(frozen=True, slots=True)
class Inbound:
    """What a platform has sent us, as it came.

    Attributes:
        key: Unique name of the event, beginning with its platform; the same key is handled once.
        platform: Name of the :class:`~bot.ports.Listener` that understands the payload.
        payload: The platform's own text; erased as soon as it is handled.
        lane: Events of one lane (a chat) are handled one after the other, those of others meanwhile.
        guest: Who sent it, so that *forget* finds it.
    """

    key: str
    platform: str
    payload: str = field(repr=False)
    lane: str
    guest: GuestKey | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody has come by a code that hangs somewhere; it says nothing of who it was.

    Attributes:
        key: Unique name of the event that told us, without a guest in it: the same key counts once.
        platform: Where the code has led to, e.g. ``telegram``.
        event: The event that the code names, ``""`` where it names none.
        place: Where the code hangs.
    """

    key: str
    platform: str
    event: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Scans:
    """How often the codes of one place were scanned on one day, written as ``2026-11-23`` (UTC)."""

    platform: str
    event: str
    place: str
    day: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """A waiting job's place (1 is next) and the seconds until its picture is there; 0 once it is rendered."""

    position: int
    eta_s: float


@dataclass(frozen=True, slots=True)
class JobView:
    """A job with its place: what a guest is told."""

    job: Job
    place: Place


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a guest's *forget* erased, and what could not be reached yet (by kind, counted)."""

    erased: Mapping[str, int]
    pending: Mapping[str, int]
