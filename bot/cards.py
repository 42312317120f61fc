"""The card: what the core asks a chat to show. Words, at most one picture, rows of buttons.

An adapter draws it in its platform's best way; the figures stand beside the words, so that a platform
that can count down or draw a bar by itself may do so.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.nouns import ChatKey, JobId, Picture
from bot.states import JobState


class Action(StrEnum):
    """What a button does with its job."""

    CANCEL = "cancel"
    AGAIN = "again"
    OTHER_STYLE = "other-style"
    DELETE = "delete"


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
    """

    job: JobId
    state: JobState
    words: str
    picture: Picture | None = None
    position: int = 0
    eta_s: float = 0.0
    progress: float = 0.0
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a job's one message is: its chat, and the message's id once it is shown."""

    chat: ChatKey
    message: str | None = field(default=None)
