"""What passes between the console and a chat's rim: who sits there, and what they are shown or asked.

The rims draw replies in their platform's best way and hand back what was typed, pressed, filled in or sent;
what it means is decided here in the core, once for all chats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.nouns import ChatKey, GuestKey, JobId, Picture

MOST_KEY = (
    40  # ASCII characters of a key's data: Telegram's buttons carry 64 bytes, with the rim's own prefix
)
MOST_ROWS, MOST_IN_ROW = 5, 5  # Discord's buttons
MOST_WORDS = 3500  # characters: Telegram's messages hold 4096, Discord's texts 4000
MOST_FIELDS = 5  # of a form: Discord's modals
MOST_LABEL = 45  # characters of a field's label: Discord's modals

FieldKind = Literal["text", "long", "choice"]


@dataclass(frozen=True, slots=True)
class Seat:
    """Who works at the console, and where.

    Attributes:
        event: Unique name of the inbound event: the same event does nothing twice.
        private: Whether nobody else reads the chat.
        message: The platform's id of the message that a pressed key belongs to.
        context: The adapter's own words, as in :class:`~bot.nouns.Post`.
        replied_to: Who sent, or asked for, the message that this one answers.
        answered: The platform's id of that message, in this chat.
        feed: Where shared pictures would be posted if this place became a feed; None where nobody else reads.
    """

    actor: GuestKey
    chat: ChatKey
    language: str
    event: str
    private: bool
    message: str | None = None
    context: str = field(default="", repr=False)
    replied_to: GuestKey | None = None
    answered: str | None = None
    feed: "Place | None" = None

    @property
    def trial(self) -> str:
        """The event of the trial that this one may begin: a rim opens the message of its job."""
        return f"{self.event}:trial"


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, and the adapter's own words on where in it (a topic, a thread): the same for whoever asks."""

    chat: ChatKey
    context: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Key:
    """One button: its words, and what comes back when it is pressed. It works after a restart as well."""

    words: str
    data: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be sent."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Attributes:
        name: What :meth:`~bot.console.Console.submit` gets the answer under.
        label: The question, in a few words.
        hint: How to answer it well, in a sentence or two.
        follows: The field before it whose answer says more.
        hints: By that answer, the hint in place of ``hint``.
        options: Of a choice: value and words of each, at most 25.
        value: What stands there already.
        limit: Characters at most.
    """

    name: str
    label: str
    hint: str = ""
    kind: FieldKind = "text"
    options: tuple[tuple[str, str], ...] = ()
    value: str = field(default="", repr=False)
    required: bool = True
    limit: int = 100
    follows: str = ""
    hints: tuple[tuple[str, str], ...] = ()

    def hint_after(self, answers: "Answers") -> str:
        """The hint, once what came before it is answered."""
        return dict(self.hints).get(answers.get(self.follows, ""), self.hint)


@dataclass(frozen=True, slots=True)
class Form:
    """At most five questions that belong together; ``data`` says what they are for, as a key's does."""

    data: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is shown in answer; with a form, its questions are asked (and the words shown where they fit).

    Attributes:
        shows: The job whose picture it is: before a rim puts that into a message it tells
            :meth:`bot.guests.sharing.Sharing.shown_to_crew` which, so that it comes down when its guest takes
            it back. Until then neither the picture nor the words, which may name the guest, are sent.
        picture_ref: The platform's own id of that picture, where it has one: nothing is uploaded again.
    """

    words: str
    rows: tuple[tuple[Key, ...], ...] = ()
    picture: Picture | None = None
    document: Document | None = None
    form: Form | None = None
    shows: JobId | None = None
    picture_ref: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the console.

    Attributes:
        name: As it is typed, without a slash.
        usage: What follows it, e.g. ``STYLE [VERSION]``; its description is the sentence ``console-NAME``.
        takes_file: Whether a file may come with it.
    """

    name: str
    usage: str = ""
    takes_file: bool = False


Answers = Mapping[str, str]
"""What was filled into a form, by field."""
