"""Doing: what a key or a filled form stands for, and what is answered when it can't be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.console import data
from bot.console.asking import Asking, refilled
from bot.console.duties import Duties, Outcome, Step
from bot.console.once import Once
from bot.console.speech import MENU, Row, Speech, below
from bot.errors import GuestError
from bot.office.slips import NoSuchStyle, NotAMaintainer, StyleExists, UnknownDraft, WrongField
from bot.replies import Answers, Form, Reply, Seat

AGAIN = "again"
_OF_DRAFTS = frozenset(
    {"d", "binds", "b", "bind", "try", "publish", "drop", "adjust", "steps", "words", "await"}
)
_OF_STYLES = frozenset(
    {"s", "vs", "hide", "show", "first", "up", "down", "last", "back", "plan", "edit"}
    | {"only", "open", "chats", "+", "-"}
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What was wrong, where to go from there, and with which field it was."""

    words: str
    rows: tuple[Row, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """Does what was asked, and puts into words what has come of it. The crew was asked before."""

    speech: Speech
    once: Once
    asking: Asking
    duties: Duties

    async def step(self, seat: Seat, step: Step) -> Reply:
        """Do what a command stands for."""
        if step.answers is None:
            return await self.press(seat, step.data)
        return await self.submit(seat, step.data, step.answers)

    async def press(self, seat: Seat, target: str) -> Reply:
        """Show, ask or do what a key stands for."""
        verb, arguments = data.parts(target)
        if data.opens_form(target):
            return await self._open(seat, target)
        if (view := self.duties.views.get(verb)) is not None:
            return await self._tried(seat, target, lambda: view(seat, arguments))
        if (act := self.duties.acts.get(verb)) is not None:
            return await self.do(seat, target, lambda: act(seat, arguments))
        return self.old_key(seat)

    async def submit(self, seat: Seat, target: str, answers: Answers) -> Reply:
        """Take a form's answers; with a slip the form is there again, as it was filled in."""
        done = await self.take(seat, target, answers)
        if isinstance(done, Reply):
            return done
        form = await self._form(seat, target)
        if isinstance(form, Slip):
            return Reply(done.words, done.rows)
        form = refilled(form, answers)
        await self.asking.set_aside(seat, form)
        again = self.speech.key(seat.language, AGAIN, data.opening(AGAIN))
        return Reply(done.words, ((again,), *done.rows), form=form)

    async def take(self, seat: Seat, target: str, answers: Answers) -> Reply | Slip:
        """Take a form's answers, once for each event."""
        verb, arguments = data.parts(target)
        taker = self.duties.takers.get(verb)
        if taker is None:
            return self.old_key(seat)
        try:
            outcome = await self.once.run(seat.event, lambda: taker(seat, arguments, answers))
        except NotAMaintainer:
            raise
        except GuestError as error:
            return self.slip(seat, target, error)
        return await self.tell(seat, outcome)

    async def do(self, seat: Seat, target: str, act: Callable[[], Awaitable[Outcome]]) -> Reply:
        """Do something, once for each event."""

        async def done() -> Reply:
            return await self.tell(seat, await self.once.run(seat.event, act))

        return await self._tried(seat, target, done)

    async def told_before(self, seat: Seat) -> Reply | None:
        """What this event has come to already; None when it is new."""
        kept = await self.once.kept(seat.event)
        return None if kept is None else await self.tell(seat, kept)

    # -- words ------------------------------------------------------------------------------------------

    async def tell(self, seat: Seat, outcome: Outcome) -> Reply:
        """What was done, above what is to be seen now."""
        notice = self.speech.say(seat.language, outcome.said, **outcome.values)
        shown = await self.press(seat, outcome.view)
        return replace(shown, words=below(notice, shown))

    def plain(self, seat: Seat, key: str) -> Reply:
        """A sentence, and the way to the menu."""
        return Reply(self.speech.say(seat.language, key), (self.speech.way_back(seat.language),))

    def old_key(self, seat: Seat) -> Reply:
        """The key means nothing any more."""
        return self.plain(seat, data.OldKey.key)

    def slip(self, seat: Seat, target: str, error: GuestError) -> Slip:
        """What was wrong with what was asked."""
        words = self.speech.slip(seat.language, error)
        return Slip(words, (self._ways(seat, target, error),), _field(error))

    # -- inside -----------------------------------------------------------------------------------------

    async def _tried(self, seat: Seat, target: str, work: Callable[[], Awaitable[Reply]]) -> Reply:
        try:
            return await work()
        except NotAMaintainer:
            raise
        except GuestError as error:
            slip = self.slip(seat, target, error)
            return Reply(slip.words, slip.rows)

    async def _open(self, seat: Seat, target: str) -> Reply:
        form = await self._form(seat, target)
        if isinstance(form, Slip):
            return Reply(form.words, form.rows)
        return Reply(form.title, form=form)

    async def _form(self, seat: Seat, target: str) -> Form | Slip:
        verb, arguments = data.parts(target)
        if verb == AGAIN:
            kept = await self.asking.kept(seat)
            return self._gone(seat) if kept is None or not kept.form.fields else kept.form
        maker = self.duties.forms.get(verb)
        if maker is None:
            return self._gone(seat)
        try:
            return await maker(seat, arguments)
        except NotAMaintainer:
            raise
        except GuestError as error:
            return self.slip(seat, target, error)

    def _gone(self, seat: Seat) -> Slip:
        return self.slip(seat, MENU, data.OldKey())

    def _ways(self, seat: Seat, target: str, error: GuestError) -> Row:
        """Back to the draft or the style, where there is one."""
        verb, arguments = data.parts(target)
        ways: tuple[tuple[str, str], ...] = ()
        if isinstance(error, UnknownDraft):
            ways = (("drafts", data.to("drafts", 0)),)
        elif isinstance(error, NoSuchStyle):
            ways = (("styles", data.to("styles", 0)),)
        elif arguments and verb in _OF_DRAFTS and verb != "d":
            ways = (("draft", data.to("d", arguments[0])),)
        elif arguments and verb in _OF_STYLES and verb != "s":
            ways = (("style", data.to("s", arguments[0])),)
        return self.speech.way_back(seat.language, *ways)


def _field(error: GuestError) -> str | None:
    """The field that it was about; a style that exists has its name from there."""
    if isinstance(error, WrongField):
        return str(error.values["field"])
    return "name" if isinstance(error, StyleExists) else None
