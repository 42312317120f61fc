"""What the rooms of the console hand to it: views, acts and forms by the verbs of their keys."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.replies import Answers, Form, Reply, Seat

Arguments = Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act has come to: a sentence, and the data of the view that is shown below it.

    It is kept by the event that asked for it, so that the event is answered again, not done again.
    """

    said: str
    view: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """What a typed command means: a key's data, or a form's with its answers."""

    data: str
    answers: Answers | None = None


View = Callable[[Seat, Arguments], Awaitable[Reply]]
"""Shows something and changes nothing."""

Act = Callable[[Seat, Arguments], Awaitable[Outcome]]
FormMaker = Callable[[Seat, Arguments], Awaitable[Form]]
Taker = Callable[[Seat, Arguments, Answers], Awaitable[Outcome]]
Typed = Callable[[Seat, str], Awaitable[Step]]


@dataclass(frozen=True, slots=True)
class Duties:
    """What one room does; a form and what takes its answers have the same verb.

    Attributes:
        typed: Understands what follows a command, by the command's name.
    """

    views: Mapping[str, View] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    forms: Mapping[str, FormMaker] = field(default_factory=dict)
    takers: Mapping[str, Taker] = field(default_factory=dict)
    typed: Mapping[str, Typed] = field(default_factory=dict)


def together(all_of_them: Sequence[Duties]) -> Duties:
    """The duties of several rooms as one."""
    return Duties(
        views={verb: view for duties in all_of_them for verb, view in duties.views.items()},
        acts={verb: act for duties in all_of_them for verb, act in duties.acts.items()},
        forms={verb: form for duties in all_of_them for verb, form in duties.forms.items()},
        takers={verb: taker for duties in all_of_them for verb, taker in duties.takers.items()},
        typed={name: typed for duties in all_of_them for name, typed in duties.typed.items()},
    )


def always(data: str) -> Typed:
    """A command that means one key whatever follows it."""

    async def step(_seat: Seat, _rest: str) -> Step:
        return Step(data)

    return step
