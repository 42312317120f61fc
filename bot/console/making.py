"""Making styles: what is typed, filled in and pressed on the way from an idea to a published version."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench import Complaint
from bot.console import data
from bot.console.asking import Asking
from bot.console.blanks import CHOICE_NONE, adjust_form, chosen, new_form, steps_form, words_form
from bot.console.duties import Arguments, Duties, Outcome, Step
from bot.console.speech import Speech
from bot.definitions import STRENGTHS, Strength
from bot.errors import NotPossibleNow
from bot.nouns import StyleId
from bot.office.office import Office
from bot.office.one_line import read_line
from bot.office.recipes import NewStyle
from bot.office.slips import NotDrawable, UnknownDraft, WrongField
from bot.office.trials import Spot, Subject
from bot.replies import Answers, Form, Seat
from bot.store.drafts import Draft
from bot.styles.shelf import style_name

_SUBJECTS: dict[str, Subject] = {"portrait": "portrait", "own": "own"}


@dataclass(frozen=True, slots=True)
class Workbench:
    """Hands on each step to the atelier."""

    office: Office
    speech: Speech
    asking: Asking

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            acts={
                "edit": self.edit,
                "await": self.await_workflow,
                "bind": self.bind,
                "try": self.try_out,
                "publish": self.publish,
                "drop": self.drop,
            },
            forms={
                "new": self.new_form,
                "adjust": self.adjust_form,
                "steps": self.steps_form,
                "words": self.words_form,
            },
            takers={"new": self.new, "adjust": self.adjust, "steps": self.adjust, "words": self.adjust},
            typed={"addstyle": self.typed},
        )

    async def typed(self, seat: Seat, rest: str) -> Step:
        """``/addstyle`` alone asks; otherwise everything stands in one line."""
        if not rest.strip():
            return Step(data.opening("new"))
        wish = read_line(rest, seat.language)
        answers = {
            "name": wish.name,
            "emoji": wish.emoji or "",
            "prompt": wish.prompt or "",
            "strength": wish.strength or CHOICE_NONE,
            "graph": wish.graph or CHOICE_NONE,
        }
        return Step(data.to("new"), answers)

    # -- forms ------------------------------------------------------------------------------------------

    async def new_form(self, seat: Seat, _arguments: Arguments) -> Form:
        """What a new style needs."""
        graphs = await self.office.atelier.graphs(seat.actor)
        if not graphs:
            raise NotDrawable((Complaint("slip-no-graph-renderer"),))
        return new_form(self.speech, seat.language, graphs)

    async def adjust_form(self, seat: Seat, arguments: Arguments) -> Form:
        """What can be changed of a draft."""
        draft = await self._own(seat, arguments)
        graphs = await self.office.atelier.graphs(seat.actor)
        return adjust_form(self.speech, seat.language, draft, graphs)

    async def steps_form(self, seat: Seat, arguments: Arguments) -> Form:
        """How many steps the sampler takes."""
        return steps_form(self.speech, seat.language, await self._own(seat, arguments))

    async def words_form(self, seat: Seat, arguments: Arguments) -> Form:
        """Words on a base graph, in place of the draft's workflow."""
        draft = await self._own(seat, arguments)
        graphs = await self.office.atelier.graphs(seat.actor)
        if not graphs:
            raise NotDrawable((Complaint("slip-no-graph-renderer"),))
        return words_form(self.speech, seat.language, draft, graphs)

    # -- steps ------------------------------------------------------------------------------------------

    async def new(self, seat: Seat, _arguments: Arguments, answers: Answers) -> Outcome:
        """Begin a style by words."""
        wish = NewStyle(
            name=answers.get("name", ""),
            language=seat.language,
            emoji=chosen(answers, "emoji"),
            prompt=chosen(answers, "prompt"),
            strength=_strength(chosen(answers, "strength")),
            graph=chosen(answers, "graph"),
        )
        draft = await self.office.atelier.by_prompt(seat.actor, wish)
        return _told("told-begun", draft)

    async def edit(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Begin a draft from a style that is there; a workflow that is sent next is for it."""
        version = data.number(arguments, 1) if len(arguments) > 1 else None
        draft = await self.office.atelier.edit(seat.actor, StyleId(data.text(arguments)), version)
        if draft.definition.filter is not None:
            return _told("told-editing", draft)
        await self.asking.expect_file(seat, draft.id)
        return _told(_here("told-editing-drawn", seat), draft)

    async def await_workflow(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Take the next file for this draft's workflow."""
        draft = await self._own(seat, arguments)
        await self.asking.expect_file(seat, draft.id)
        return _told(_here("told-awaiting", seat), draft)

    async def adjust(self, seat: Seat, arguments: Arguments, answers: Answers) -> Outcome:
        """Change what was filled in differently."""
        draft = await self._own(seat, arguments)
        if data.number(arguments, 1) != draft.revision:
            raise NotPossibleNow
        changes = self._changes(seat, draft, answers)
        changed = await self.office.atelier.change(seat.actor, draft.id, seat.language, changes)
        return _told("told-changed", changed)

    async def bind(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Choose where something goes in the draft's workflow."""
        draft = await self._own(seat, arguments)
        inspection = await self.office.atelier.inspect(seat.actor, draft.id)
        role, place = data.text(arguments, 1), data.text(arguments, 2)
        bindings = () if inspection is None else inspection.bindings
        binding = next((one for one in bindings if one.role == role), None)
        if binding is None:
            raise data.OldKey
        option = next((one.key for one in binding.options if data.short(one.key) == place), None)
        if option is None and place != "auto":
            raise data.OldKey
        changed = await self.office.atelier.bind(seat.actor, draft.id, binding.role, option)
        return Outcome("told-changed", data.to("binds", changed.id), {"style": changed.style})

    async def try_out(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Have the draft rendered; its card comes in a message of its own."""
        draft = await self._own(seat, arguments)
        subject = _SUBJECTS.get(data.text(arguments, 1))
        if subject is None:
            raise data.OldKey
        spot = Spot(seat.trial, seat.chat, seat.language, context=seat.context)
        await self.office.atelier.try_out(seat.actor, draft.id, subject, spot)
        return _told("told-trying", draft)

    async def publish(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Let guests have it."""
        draft = await self._own(seat, arguments)
        if data.number(arguments, 1) != draft.revision:
            raise UnknownDraft
        version = await self.office.atelier.publish(seat.actor, draft.id)
        values = {"style": draft.style, "version": str(version)}
        told = "told-published" if version > 1 else "told-published-first"
        return Outcome(told, data.to("s", draft.style), values)

    async def drop(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Throw the draft away."""
        draft = await self._own(seat, arguments)
        if data.number(arguments, 1) != draft.revision:
            raise UnknownDraft
        await self.office.atelier.drop(seat.actor, draft.id)
        return Outcome("told-dropped", data.to("drafts", 0), {"style": draft.style})

    # -- inside -----------------------------------------------------------------------------------------

    async def _own(self, seat: Seat, arguments: Sequence[str]) -> Draft:
        return await self.office.atelier.draft(seat.actor, data.number(arguments))

    def _changes(self, seat: Seat, draft: Draft, answers: Answers) -> dict[str, str | int | None]:
        """What was answered otherwise than it stands; a graph that isn't among the draft's replaces them."""
        definition = draft.definition
        name = style_name(draft.style, definition.names, seat.language, self.speech.words)
        graph = next(iter(definition.graphs), None)
        before = {"name": name, "emoji": definition.emoji, "prompt": definition.prompt, "graph": graph}
        before |= {"strength": definition.strength}
        given = {field: chosen(answers, field) for field in answers if field in before}
        changes: dict[str, str | int | None] = {
            field: value for field, value in given.items() if value != before[field]
        }
        for needed in ("name", "emoji", "graph"):
            if needed in changes and changes[needed] is None:
                raise WrongField(field=needed)
        if "steps" in answers:
            changes["steps"] = _steps(chosen(answers, "steps"))
        return changes


def _here(said: str, seat: Seat) -> str:
    """Where others read along, files come with a command only."""
    return said if seat.private else f"{said}-here"


def _told(said: str, draft: Draft) -> Outcome:
    return Outcome(said, data.to("d", draft.id), {"style": draft.style})


def _strength(typed: str | None) -> Strength | None:
    if typed is None:
        return None
    for strength in STRENGTHS:
        if strength == typed:
            return strength
    raise WrongField(field="strength")


def _steps(typed: str | None) -> int | None:
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 4):
        raise WrongField(field="steps")
    return int(typed)
