"""The card: what the core asks a chat to show. Words, at most one picture, rows of buttons.

An adapter draws it in its platform's best way; the figures stand beside the words, so that a platform
that can count down or draw a bar by itself may do so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from bot.nouns import SOMEBODY, ChatKey, Job, JobId, Picture, Place, Progress
from bot.states import JobState
from bot.words import Words


class Action(StrEnum):
    """What a button does with its job; the last three belong to a maintainer's trial, and to its draft.

    ``share``, ``unshare``, ``name`` and ``unname`` are for the person in the picture alone, whoever made it.
    """

    CANCEL = "cancel"
    AGAIN = "again"
    OTHER_STYLE = "other-style"
    KEEPSAKE = "keepsake"
    SHARE = "share"
    UNSHARE = "unshare"
    NAME = "name"
    UNNAME = "unname"
    DELETE = "delete"
    PUBLISH = "publish"
    ADJUST = "adjust"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its words in the guest's language, and what it does."""

    words: str
    action: Action


@dataclass(frozen=True, slots=True)
class Card:
    """One job, told to its guest.

    Attributes:
        words: Plain text in the guest's language.
        picture: The finished picture, or a preview while the job renders.
        position: Place in the line, 1 is next; 0 when it isn't waiting.
        eta_s: Seconds until the picture is there, as far as is known.
        progress: Share of the render that is done, 0..1.
        away: Nobody paints this style just now; ``eta_s`` counts from when somebody is back.
        of_another: It is made of somebody else's photo: its guest can't show it to others.
    """

    job: JobId
    state: JobState
    words: str
    picture: Picture | None = None
    position: int = 0
    eta_s: float = 0.0
    progress: float = 0.0
    away: bool = False
    of_another: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a job's one message is: its chat, the message's id once it is shown, the adapter's own words."""

    chat: ChatKey
    message: str | None = None
    context: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chat says of a card that it has shown.

    Attributes:
        message: The platform's id of the message.
        picture_ref: The platform's own id of the picture in it, where it has one.
    """

    message: str
    picture_ref: str | None = None


_BUTTONS: Mapping[JobState, tuple[tuple[Action, ...], ...]] = MappingProxyType(
    {
        JobState.CHOOSING: ((Action.CANCEL,),),
        JobState.WAITING: ((Action.CANCEL,),),
        JobState.RENDERING: ((Action.CANCEL,),),
        JobState.FAILED: ((Action.AGAIN, Action.OTHER_STYLE), (Action.DELETE,)),
        JobState.CANCELLED: (),
    }
)


_PAINTED = frozenset({JobState.DELIVERING, JobState.DONE})

_TRIAL_BUTTONS: Mapping[JobState, tuple[tuple[Action, ...], ...]] = MappingProxyType(
    {
        JobState.WAITING: ((Action.CANCEL,),),
        JobState.RENDERING: ((Action.CANCEL,),),
        JobState.DELIVERING: ((Action.PUBLISH,), (Action.ADJUST, Action.DROP)),
        JobState.DONE: ((Action.PUBLISH,), (Action.ADJUST, Action.DROP)),
        JobState.FAILED: ((Action.ADJUST, Action.DROP),),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a card is made of besides the job: its place, its style's name, and how the render goes."""

    place: Place
    style_name: str = ""
    away: bool = False
    progress: Progress | None = None
    picture: Picture | None = None


def make_card(job: Job, told: Told, words: Words) -> Card:
    """Put a job into words, in its guest's language."""
    progress = told.progress
    return Card(
        job=job.id,
        state=job.state,
        words=_sentence(job, told, words),
        picture=told.picture or (progress.preview if progress else None),
        position=told.place.position,
        eta_s=told.place.eta_s,
        progress=progress.fraction if progress else 0.0,
        away=told.away and job.state is JobState.WAITING,
        of_another=job.owner_of_face != job.guest,
        buttons=tuple(
            tuple(Button(words.say(job.language, f"button-{action}"), action) for action in row)
            for row in _buttons(job)
        ),
    )


def _buttons(job: Job) -> tuple[tuple[Action, ...], ...]:
    if job.kind == "trial":
        return _TRIAL_BUTTONS.get(job.state, ())
    if job.state is JobState.FAILED and (job.failure or "").startswith("photo-"):
        return ((Action.DELETE,),)  # no style can be made of a photo that is of no use
    if job.state in _PAINTED:
        return ((Action.AGAIN, Action.OTHER_STYLE), *_sharing(job), (Action.KEEPSAKE, Action.DELETE))
    return _BUTTONS[job.state]


def _sharing(job: Job) -> tuple[tuple[Action, ...], ...]:
    """What the person in the picture may do with it before others."""
    if job.subject == SOMEBODY or job.shared == "hidden":
        return ()
    if job.shared is None:
        return ((Action.SHARE,),)
    return ((Action.UNSHARE, Action.UNNAME if job.named else Action.NAME),)


def _sentence(job: Job, told: Told, words: Words) -> str:
    language = job.language
    match job.state:
        case JobState.WAITING if told.away:
            return words.say(language, "card-away", position=told.place.position)
        case JobState.WAITING:
            seconds = max(1, round(told.place.eta_s))
            return words.say(language, "card-waiting", position=told.place.position, seconds=seconds)
        case JobState.DELIVERING | JobState.DONE:
            if job.kind == "trial":
                return words.say(language, "card-trial", style=told.style_name)
            return _done(job, told, words)
        case JobState.FAILED:
            return _apology(job, words)
        case _:
            return words.say(language, f"card-{job.state}")


def _done(job: Job, told: Told, words: Words) -> str:
    done = words.say(job.language, "card-done", style=told.style_name)
    return (
        done
        if job.shared is None
        else f"{done}\n{words.say(job.language, standing(job.shared, named=job.named))}"
    )


def standing(shared: str, *, named: bool) -> str:
    """The key of the sentence that says how a shared picture stands with others: a name waits with it."""
    return "card-share-held-named" if named and shared == "held" else f"card-share-{shared}"


def _apology(job: Job, words: Words) -> str:
    """A render's failure has a sentence for cards; a photo's is the sentence of its error."""
    key = f"card-failed-{job.failure}"
    return words.say(job.language, key if words.has(key) else str(job.failure), **job.failure_values)
