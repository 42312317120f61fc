"""Asking: forms for chats that have none, one question after the other."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from bot.console import data
from bot.console.speech import Row, Speech, fitted, rows_of, shortened
from bot.errors import MaintainerError
from bot.replies import Answers, Field, Form, Key, Reply, Seat
from bot.store.console import Question, QuestionStore

MOST_SHOWN = 500  # characters of what stands in a field already
KEEP, SKIP, STOP = "keep", "skip", "stop"
FILE = "file"
"""The verb under which a draft is kept that the next file is for."""

KEYS_IN_ROW = 3
MOST_OPTIONS = 12

_FORM = TypeAdapter(Form)


class NoAnswer(MaintainerError):
    """This can't be the answer to the question that is open."""

    key = "slip-no-answer"


class AnswerTooLong(MaintainerError):
    """An answer has more characters than ``limit``."""

    key = "slip-answer-too-long"


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that is being asked, as far as it is answered."""

    form: Form
    answers: Mapping[str, str]
    token: str
    event: str

    @property
    def field(self) -> Field | None:
        """The next question; None when all are answered."""
        return next((one for one in self.form.fields if one.name not in self.answers), None)

    def answered(self, value: str, event: str) -> "Asked":
        """With the next question answered."""
        field = self.field
        answers = self.answers if field is None else {**self.answers, field.name: value}
        return replace(self, answers=answers, event=event)

    def without(self, name: str) -> "Asked":
        """With one question open again."""
        left = {field: value for field, value in self.answers.items() if field != name}
        return replace(self, answers=left)


@dataclass(frozen=True, slots=True)
class Asking:
    """Keeps what is asked, and puts the questions."""

    speech: Speech
    store: QuestionStore

    async def begin(self, seat: Seat, form: Form) -> Asked:
        """Ask a form from its first question on, in place of what was asked before."""
        asked = Asked(form, {}, secrets.token_hex(4), seat.event)
        await self.keep(seat, asked)
        return asked

    async def keep(self, seat: Seat, asked: Asked) -> None:
        """Remember how far it is answered."""
        form = _FORM.dump_json(asked.form).decode()
        await self.store.put(seat.actor, seat.chat, Question(form, asked.answers, asked.token, asked.event))

    async def set_aside(self, seat: Seat, form: Form) -> None:
        """Keep a form as it was filled in, for the key that opens it again; nothing is asked."""
        await self.keep(seat, Asked(form, {}, "", seat.event))

    async def expect_file(self, seat: Seat, draft: int) -> None:
        """The next file in this chat is for a draft; the next press or command ends that."""
        await self.keep(seat, Asked(Form(data.to(FILE, draft), "", ()), {}, "", seat.event))

    async def expected_file(self, seat: Seat) -> int | None:
        """The draft that the next file in this chat is for."""
        kept = await self.kept(seat)
        verb, arguments = data.parts("" if kept is None else kept.form.data)
        return data.number(arguments) if verb == FILE else None

    async def kept(self, seat: Seat) -> Asked | None:
        """What is asked here, or was set aside."""
        found = await self.store.get(seat.actor, seat.chat)
        if found is None:
            return None
        try:
            form = _FORM.validate_json(found.form)
        except ValidationError:  # another version of the program has written it
            return None
        return Asked(form, found.answers, found.token, found.event)

    async def open(self, seat: Seat) -> Asked | None:
        """What is asked here."""
        asked = await self.kept(seat)
        return asked if asked is not None and asked.token and asked.field is not None else None

    async def end(self, seat: Seat) -> bool:
        """Ask no further; False when nothing was asked."""
        was_open = await self.open(seat) is not None
        return await self.store.drop(seat.actor, seat.chat) and was_open

    # -- words ------------------------------------------------------------------------------------------

    def question(self, seat: Seat, asked: Asked, notice: str = "") -> Reply:
        """The next question."""
        field = asked.field
        if field is None:
            return Reply(notice or asked.form.title)
        at = asked.form.fields.index(field) + 1
        lines = [f"{asked.form.title} · {at}/{len(asked.form.fields)}", "", field.label]
        hint = field.hint_after(asked.answers)
        lines += [hint] if hint else []
        if field.value and field.kind != "choice":
            present = shortened(field.value, MOST_SHOWN)
            lines += ["", self.speech.say(seat.language, "asking-present", value=present)]
        words = "\n".join([notice, "", *lines] if notice else lines)
        return Reply(fitted(words), (*self._options(asked, field), self._ways(seat, asked, field)))

    def _options(self, asked: Asked, field: Field) -> tuple[Row, ...]:
        at = asked.form.fields.index(field)
        keys = [
            Key(f"✓ {words}" if value == field.value else words, data.to("q", asked.token, at, number))
            for number, (value, words) in enumerate(field.options[:MOST_OPTIONS])
        ]
        return rows_of(keys, KEYS_IN_ROW)

    def _ways(self, seat: Seat, asked: Asked, field: Field) -> Row:
        at, ways = asked.form.fields.index(field), []
        if field.value and field.kind != "choice":
            ways.append(KEEP)
        if not field.required:
            ways.append(SKIP)
        keys = [self.speech.key(seat.language, way, data.to("q", asked.token, at, way)) for way in ways]
        return (*keys, self.speech.key(seat.language, STOP, data.to("q", asked.token, at, STOP)))


def typed_answer(field: Field, typed: str) -> str:
    """What an answer in words means.

    Raises:
        NoAnswer: it is none of the choices, or empty where something is needed.
        AnswerTooLong: it is.
    """
    plain = typed.strip()
    if field.kind == "choice":
        found = [value for value, words in field.options if plain.casefold() in (value, words.casefold())]
        if not found:
            raise NoAnswer
        return found[0]
    if field.required and not plain:
        raise NoAnswer
    if len(plain) > field.limit:
        raise AnswerTooLong(limit=field.limit)
    return plain


def pressed_answer(field: Field, pressed: str) -> str:
    """What a key below the question means.

    Raises:
        OldKey: it belongs to another question.
    """
    if pressed == KEEP and field.value:
        return field.value
    if pressed == SKIP and not field.required:
        return ""
    number = data.number([pressed])
    if number >= len(field.options):
        raise data.OldKey
    return field.options[number][0]


def refilled(form: Form, answers: Answers) -> Form:
    """The form with what was typed into it, as far as its fields can hold it."""
    return replace(form, fields=tuple(_filled(field, answers) for field in form.fields))


def _filled(field: Field, answers: Answers) -> Field:
    value = answers.get(field.name, field.value)[: field.limit]
    choices = [choice for choice, _ in field.options]
    return field if choices and value not in choices else replace(field, value=value)
