"""The drafts: what a maintainer is making, shown with everything that is known about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench import Binding, Complaint, Inspection
from bot.console import data
from bot.console.duties import Arguments, Duties, always
from bot.console.speech import Row, Speech, fitted, page_of, rows_of, shortened, turning
from bot.office.office import Office
from bot.office.slips import UnknownDraft
from bot.replies import Key, Reply, Seat
from bot.store.drafts import Draft
from bot.styles.shelf import style_name

PAGE = 8
MOST_PROMPT = 600  # characters of it that are shown
MOST_LABEL = 60
MOST_OPTIONS = 20  # places to choose from


@dataclass(frozen=True, slots=True)
class DraftDesk:
    """Shows drafts."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"drafts": self.drafts, "d": self.draft, "binds": self.bindings, "b": self.places},
            typed={"drafts": always(data.to("drafts", 0))},
        )

    async def drafts(self, seat: Seat, arguments: Arguments) -> Reply:
        """All of the maintainer's drafts, the last changed first."""
        drafts = await self.office.atelier.drafts(seat.actor)
        page, pages = page_of(data.number(arguments), PAGE, len(drafts))
        keys = [
            Key(shortened(self.title(seat, draft), 30), data.to("d", draft.id))
            for draft in drafts[page * PAGE : (page + 1) * PAGE]
        ]
        head = self.speech.say(seat.language, "view-drafts", number=len(drafts))
        ways = self.speech.way_back(seat.language, ("new-style", data.opening("new")))
        return Reply(head, (*rows_of(keys, 2), turning("drafts", page, pages) + ways))

    async def draft(self, seat: Seat, arguments: Arguments) -> Reply:
        """A draft: its recipe, whether it could be drawn, and whether it was tried out."""
        draft = await self._own(seat, arguments)
        inspection = await self.office.atelier.inspect(seat.actor, draft.id)
        complaints = [*await self.office.atelier.check(seat.actor, draft.id), *_notes(inspection)]
        say, language = self.speech.say, seat.language
        lines = [self.title(seat, draft), *self._recipe(seat, draft, inspection)]
        if complaints:
            lines += [
                "",
                say(language, "view-draft-complaints"),
                *self.speech.complaints(language, complaints),
            ]
        lines += ["", say(language, "view-draft-state", state=_state(draft, complaints))]
        return Reply(fitted("\n".join(lines)), self._keys(seat, draft, inspection))

    async def bindings(self, seat: Seat, arguments: Arguments) -> Reply:
        """What goes where in a draft's own workflow; each can be changed."""
        draft = await self._own(seat, arguments)
        inspection = await self._inspected(seat, draft)
        keys = [
            Key(self._role(seat, binding), data.to("b", draft.id, binding.role))
            for binding in inspection.bindings
            if binding.options
        ]
        lines = [self.speech.say(seat.language, "view-bindings"), "", *self._bound(seat, inspection)]
        ways = self.speech.way_back(seat.language, ("draft", data.to("d", draft.id)))
        return Reply("\n".join(lines), (*rows_of(keys, 3), ways))

    async def places(self, seat: Seat, arguments: Arguments) -> Reply:
        """Where one role could go."""
        draft = await self._own(seat, arguments)
        inspection = await self._inspected(seat, draft)
        wanted = data.text(arguments, 1)
        binding = next((one for one in inspection.bindings if one.role == wanted), None)
        if binding is None:
            raise data.OldKey
        options = list(enumerate(binding.options[:MOST_OPTIONS], 1))
        keys = [
            Key(str(at), data.to("bind", draft.id, binding.role, data.short(option.key)))
            for at, option in options
        ]
        auto = self.speech.key(seat.language, "bind-auto", data.to("bind", draft.id, binding.role, "auto"))
        head = self.speech.say(seat.language, "view-places", role=self._role(seat, binding))
        lines = [head, ""]
        for at, option in options:
            chosen = " ✓" if option.key in binding.chosen else ""
            value = f" = {option.value}" if option.value else ""
            lines.append(f"{at}. {shortened(option.label, MOST_LABEL)}{value}{chosen}")
        ways = self.speech.way_back(seat.language, ("bindings", data.to("binds", draft.id)))
        return Reply(fitted("\n".join(lines)), (*rows_of(keys, 5), (auto, *ways)))

    # -- words ------------------------------------------------------------------------------------------

    def title(self, seat: Seat, draft: Draft) -> str:
        """Emoji, name and id."""
        definition = draft.definition
        name = style_name(draft.style, definition.names, seat.language, self.speech.words)
        return f"{definition.emoji} {name} ({draft.style})"

    def _recipe(self, seat: Seat, draft: Draft, inspection: Inspection | None) -> list[str]:
        definition, say, language = draft.definition, self.speech.say, seat.language
        lines = []
        if inspection is not None:
            lines.append(say(language, "view-draft-workflow", number=inspection.nodes))
        elif definition.graphs:
            lines.append(say(language, "view-draft-graph", graph=", ".join(definition.graphs)))
        else:
            lines.append(say(language, "view-draft-filter", filter=definition.filter or ""))
        if definition.prompt is not None:
            lines.append(f"“{shortened(definition.prompt, MOST_PROMPT)}”")
        if definition.strength is not None:
            step = say(language, f"strength-{definition.strength}")
            lines.append(say(language, "view-draft-strength", strength=step))
        if definition.steps is not None:
            lines.append(say(language, "view-draft-steps", steps=str(definition.steps)))
        return lines if inspection is None else [*lines, "", *self._bound(seat, inspection)]

    def _bound(self, seat: Seat, inspection: Inspection) -> list[str]:
        lines = []
        for binding in inspection.bindings:
            labels = [option.label for option in binding.options if option.key in binding.chosen]
            unbound = self.speech.say(
                seat.language, "binding-choose" if binding.ambiguous else "binding-none"
            )
            where = shortened(", ".join(labels), MOST_LABEL * 2) or unbound
            lines.append(f"{self._role(seat, binding)}: {where}")
        return lines

    def _role(self, seat: Seat, binding: Binding) -> str:
        return self.speech.say(seat.language, f"role-{binding.role}")

    def _keys(self, seat: Seat, draft: Draft, inspection: Inspection | None) -> tuple[Row, ...]:
        say = self.speech

        def key(name: str, target: str) -> Key:
            return say.key(seat.language, name, target)

        adjusting = [key("adjust", data.opening("adjust", draft.id))]
        if inspection is not None:
            adjusting.append(key("bindings", data.to("binds", draft.id)))
            adjusting.append(key("by-words", data.opening("words", draft.id)))
        elif draft.definition.graphs:
            adjusting.append(key("steps", data.opening("steps", draft.id)))
        if draft.definition.filter is None:
            adjusting.append(key("by-workflow", data.to("await", draft.id)))
        ending = [key("drop", data.to("drop", draft.id, draft.revision))]
        if draft.is_tested:
            ending.insert(0, key("publish", data.to("publish", draft.id, draft.revision)))
        return (
            (
                key("try-portrait", data.to("try", draft.id, "portrait")),
                key("try-own", data.to("try", draft.id, "own")),
            ),
            tuple(adjusting),
            tuple(ending),
            say.way_back(seat.language, ("drafts", data.to("drafts", 0))),
        )

    # -- inside -----------------------------------------------------------------------------------------

    async def _own(self, seat: Seat, arguments: Sequence[str]) -> Draft:
        return await self.office.atelier.draft(seat.actor, data.number(arguments))

    async def _inspected(self, seat: Seat, draft: Draft) -> Inspection:
        found = await self.office.atelier.inspect(seat.actor, draft.id)
        if found is None:
            raise UnknownDraft
        return found


def _notes(inspection: Inspection | None) -> list[Complaint]:
    """What no server would complain about, but its author may not expect."""
    found = () if inspection is None else inspection.complaints
    return [complaint for complaint in found if complaint.severity == "note"]


def _state(draft: Draft, complaints: Sequence[Complaint]) -> str:
    """How far it is from being published."""
    if any(complaint.severity == "wrong" for complaint in complaints):
        return "wrong"
    return "tested" if draft.is_tested else "untested"
