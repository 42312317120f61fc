"""The dialogue: takes the answers to a form that is asked question by question."""

from dataclasses import dataclass

from bot.console import data
from bot.console.asking import STOP, Asked, Asking, pressed_answer, typed_answer
from bot.console.doing import Doer
from bot.console.duties import Arguments
from bot.console.speech import MENU
from bot.errors import GuestError
from bot.replies import Form, Reply, Seat

ANSWER = "q"
"""The verb of the keys below a question."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Asks on until all is answered, then has it done. The crew was asked before."""

    asking: Asking
    doer: Doer

    async def begin(self, seat: Seat, form: Form) -> Reply:
        """Ask the first question."""
        return self.asking.question(seat, await self.asking.begin(seat, form))

    async def typed(self, seat: Seat, text: str) -> Reply | None:
        """Take an answer in words; None when nothing is asked here."""
        if (told := await self._last_again(seat)) is not None:
            return told
        asked = await self.asking.open(seat)
        if asked is None or asked.field is None:
            return None
        if asked.event == seat.event:
            return self.asking.question(seat, asked)
        try:
            value = typed_answer(asked.field, text)
        except GuestError as error:
            return self.asking.question(seat, asked, self.doer.speech.slip(seat.language, error))
        return await self._answered(seat, asked.answered(value, seat.event))

    async def pressed(self, seat: Seat, arguments: Arguments) -> Reply:
        """Take an answer by a key below the question."""
        if (told := await self._last_again(seat)) is not None:
            return told
        asked = await self.asking.open(seat)
        if asked is not None and asked.event == seat.event:
            return self.asking.question(seat, asked)
        try:
            return await self._by_key(seat, asked, arguments)
        except data.OldKey as error:
            slip = self.doer.slip(seat, MENU, error)
            return Reply(slip.words, slip.rows)

    async def _by_key(self, seat: Seat, asked: Asked | None, arguments: Arguments) -> Reply:
        if asked is None or asked.field is None or asked.token != data.text(arguments):
            raise data.OldKey
        if asked.form.fields.index(asked.field) != data.number(arguments, 1):
            raise data.OldKey
        pressed = data.text(arguments, 2)
        if pressed == STOP:
            await self.asking.end(seat)
            return self.doer.plain(seat, "told-stopped")
        return await self._answered(seat, asked.answered(pressed_answer(asked.field, pressed), seat.event))

    async def _answered(self, seat: Seat, asked: Asked) -> Reply:
        """Ask on, or do what all was asked for; a field that is wrong is asked again, and no other."""
        if asked.field is not None:
            await self.asking.keep(seat, asked)
            return self.asking.question(seat, asked)
        done = await self.doer.take(seat, asked.form.data, asked.answers)
        if isinstance(done, Reply):
            await self.asking.end(seat)
            return done
        if done.field is None or done.field not in asked.answers:
            await self.asking.end(seat)
            return Reply(done.words, done.rows)
        again = asked.without(done.field)
        await self.asking.keep(seat, again)
        return self.asking.question(seat, again, done.words)

    async def _last_again(self, seat: Seat) -> Reply | None:
        """The last answer came before, and everything was done."""
        told = await self.doer.told_before(seat)
        if told is not None:
            await self.asking.end(seat)
        return told
