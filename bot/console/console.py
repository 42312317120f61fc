"""The console: what maintainers type, press, fill in and send, answered the same way in every chat.

A command becomes the data of a key or of a form (:class:`~bot.console.duties.Step`); a key shows something,
opens a form, or does something once; a form's answers do something once. The crew is asked at every entry.
"""

from bot.cards import Action
from bot.console import data
from bot.console.asking import Asking
from bot.console.commands import COMMANDS
from bot.console.dialogue import ANSWER, Dialogue
from bot.console.doing import AGAIN, Doer
from bot.console.drafts import DraftDesk
from bot.console.duties import Duties, together
from bot.console.exhibition import Exhibition
from bot.console.feeds import Feeds
from bot.console.freight import Freight
from bot.console.gauges import Gauges
from bot.console.helm import Helm
from bot.console.inviting import Porch
from bot.console.making import Workbench
from bot.console.menu import MenuRoom
from bot.console.once import Once
from bot.console.people import People
from bot.console.rack import Rack
from bot.console.speech import MENU, Speech
from bot.console.tailor import Tailor
from bot.console.typed import StyleCommands
from bot.console.venues import Venues
from bot.errors import GuestError
from bot.nouns import Job
from bot.office.office import Office
from bot.office.slips import NotAMaintainer, UnknownDraft, WrongCode
from bot.replies import Answers, Form, Reply, Seat
from bot.store.console import EventStore, QuestionStore
from bot.words import Words

_COMMANDS = {command.name: command for command in COMMANDS}


class Console:
    """The one way by which rims reach what maintainers can do.

    Every method raises :class:`~bot.office.slips.NotAMaintainer` when the actor is none, but for ``claim``; a
    rim answers that as it answers an unknown command.
    """

    def __init__(self, office: Office, words: Words, events: EventStore, questions: QuestionStore) -> None:
        """Work in this office."""
        self._office = office
        speech, once = Speech(words), Once(events)
        self._asking = Asking(speech, questions)
        self._freight = Freight(office, speech, self._asking)
        self._doer = Doer(speech, once, self._asking, _duties(office, self._asking, self._freight))
        self._dialogue = Dialogue(self._asking, self._doer)

    # -- what comes in ----------------------------------------------------------------------------------

    async def command(self, seat: Seat, name: str, rest: str, file: tuple[str, bytes] | None = None) -> Reply:
        """One of :data:`~bot.console.commands.COMMANDS`, what follows it, and a file (its name, its bytes).

        Raises:
            NotAMaintainer: the actor is none, or there is no such command; ``claim`` is anybody's in private.
        """
        if name == "claim":
            return await self._claim(seat, rest)
        await self._office.crew.check(seat.actor)
        command = _COMMANDS.get(name)
        if command is None:
            raise NotAMaintainer
        if file is not None and command.takes_file:
            return await self.file(seat, *file, caption=rest)
        await self._asking.end(seat)
        return await self._doer.told_before(seat) or await self._typed(seat, name, rest)

    async def press(self, seat: Seat, target: str) -> Reply:
        """A key, by its data."""
        await self._office.crew.check(seat.actor)
        verb, arguments = data.parts(target)
        if verb == ANSWER:
            return await self._dialogue.pressed(seat, arguments)
        if verb != AGAIN:
            await self._asking.end(seat)
        return await self._doer.press(seat, target)

    async def submit(self, seat: Seat, target: str, answers: Answers) -> Reply:
        """A form that was filled in, by its data; with something wrong in it the reply holds it again."""
        await self._office.crew.check(seat.actor)
        return await self._doer.submit(seat, target, answers)

    async def file(self, seat: Seat, name: str, file: bytes, caption: str) -> Reply:
        """A workflow or a set of styles; the caption names a workflow's style as ``/addstyle`` does.

        Without a caption it is for the draft that waits for a file in this chat, if one does.
        """
        await self._office.crew.check(seat.actor)
        if await self._asking.expected_file(seat) is None:
            await self._asking.end(seat)
        return await self._doer.do(seat, MENU, lambda: self._freight.take(seat, name, file, caption))

    async def on_card(self, seat: Seat, job: Job, action: Action) -> Reply:
        """A button on a trial's card: publish, adjust (a form) or drop the draft that it shows."""
        await self._office.crew.check(seat.actor)
        if (told := await self._doer.told_before(seat)) is not None:
            return told
        try:
            draft = await self._office.atelier.draft_of(seat.actor, job)
        except UnknownDraft as error:
            slip = self._doer.slip(seat, MENU, error)
            return Reply(slip.words, slip.rows)
        wanted = {
            Action.PUBLISH: data.to("publish", draft.id, draft.revision),
            Action.ADJUST: data.opening("adjust", draft.id),
            Action.DROP: data.to("drop", draft.id, draft.revision),
        }
        return await self._doer.press(seat, wanted.get(action, MENU))

    # -- forms, for chats that have none ----------------------------------------------------------------

    async def ask(self, seat: Seat, form: Form) -> Reply:
        """Ask a form question by question; :meth:`answer` takes what is typed, :meth:`press` the keys."""
        await self._office.crew.check(seat.actor)
        return await self._dialogue.begin(seat, form)

    async def answer(self, seat: Seat, text: str) -> Reply | None:
        """The answer to the question that is open in this chat; None when there is none."""
        await self._office.crew.check(seat.actor)
        return await self._dialogue.typed(seat, text)

    async def give_up(self, seat: Seat) -> bool:
        """Drop the open question; False when there is none."""
        await self._office.crew.check(seat.actor)
        return await self._asking.end(seat)

    # -- inside -----------------------------------------------------------------------------------------

    async def _typed(self, seat: Seat, name: str, rest: str) -> Reply:
        try:
            step = await self._doer.duties.typed[name](seat, rest)
        except NotAMaintainer:
            raise
        except GuestError as error:
            slip = self._doer.slip(seat, MENU, error)
            return Reply(slip.words, slip.rows)
        return await self._doer.step(seat, step)

    async def _claim(self, seat: Seat, code: str) -> Reply:
        if await self._office.crew.is_maintainer(seat.actor):
            return self._doer.plain(seat, "told-claimed-before")
        if not seat.private:
            raise NotAMaintainer
        try:
            await self._office.crew.claim(seat.actor, code)
        except WrongCode as error:
            return Reply(self._doer.speech.slip(seat.language, error))
        return self._doer.plain(seat, "told-claimed")


def _duties(office: Office, asking: Asking, freight: Freight) -> Duties:
    speech = asking.speech
    rack, exhibition = Rack(office, speech), Exhibition(office, speech)
    rooms = (
        MenuRoom(office, speech),
        rack,
        Tailor(rack),
        Venues(rack),
        StyleCommands(rack, exhibition),
        DraftDesk(office, speech),
        Workbench(office, speech, asking),
        Helm(office, speech),
        People(office, speech),
        Gauges(office, speech),
        freight,
        Porch(office, speech),
        exhibition,
        Feeds(office, speech),
    )
    return together([room.duties() for room in rooms])
