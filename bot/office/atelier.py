"""The atelier: where a maintainer makes a style, step by step, until it is tried out and published.

Every step asks the crew first. A draft is changed by its owner only; what was tried out is what is published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.bench import Complaint, GraphInfo, Inspection, StyleBench
from bot.definitions import Role, StyleDefinition
from bot.errors import NotPossibleNow
from bot.nouns import GuestKey, Job, JobView, StyleId
from bot.office.crew import Crew
from bot.office.recipes import NewStyle, begun_by, changed_by, drawn_by, middle
from bot.office.slips import (
    NoSuchStyle,
    NoSuchVersion,
    NotDrawable,
    StyleExists,
    UnknownDraft,
    Untested,
    UnusableWorkflow,
    WrongField,
)
from bot.office.trials import Spot, Subject, Trials
from bot.store.audit import Act, Deed
from bot.store.drafts import Draft, DraftStore, revision_of
from bot.store.styles import SHIPPED, StyleStore
from bot.styles.collection import Collection
from bot.styles.naming import style_id


@dataclass(frozen=True, slots=True)
class Tools:
    """What the atelier works with."""

    crew: Crew
    drafts: DraftStore
    styles: StyleStore
    collection: Collection
    bench: StyleBench
    trials: Trials


class Atelier:
    """Makes styles."""

    def __init__(self, tools: Tools) -> None:
        """Work with these."""
        self._tools = tools

    # -- looking ----------------------------------------------------------------------------------------

    async def graphs(self, actor: GuestKey) -> Sequence[GraphInfo]:
        """The base graphs that take words, those that a server can run just now first."""
        await self._tools.crew.check(actor)
        return [graph for graph in self._tools.bench.graphs() if graph.takes_prompt]

    async def drafts(self, actor: GuestKey) -> Sequence[Draft]:
        """The maintainer's open drafts, the last changed first."""
        await self._tools.crew.check(actor)
        return await self._tools.drafts.of(actor)

    async def draft(self, actor: GuestKey, draft: int) -> Draft:
        """One of the maintainer's drafts.

        Raises:
            UnknownDraft: not theirs, published or dropped.
        """
        await self._tools.crew.check(actor)
        return await self._own(actor, draft)

    async def draft_of(self, actor: GuestKey, job: Job) -> Draft:
        """The draft that a trial's card shows, as it was tried out.

        Raises:
            UnknownDraft: as :meth:`draft`; or it has changed since.
        """
        await self._tools.crew.check(actor)
        names = None if job.style is None else revision_of(job.style)
        if names is None:
            raise UnknownDraft
        found = await self._own(actor, names[0])
        if found.revision != names[1]:
            raise UnknownDraft
        return found

    async def inspect(self, actor: GuestKey, draft: int) -> Inspection | None:
        """What is bound to what in a draft's own workflow; None for drafts without one."""
        found = await self.draft(actor, draft)
        definition = found.definition
        if definition.workflow is None:
            return None
        return self._tools.bench.inspect(definition.workflow.encode(), definition.bindings)

    async def check(self, actor: GuestKey, draft: int) -> Sequence[Complaint]:
        """Why no server could draw the draft; empty when one can. Notes are among them."""
        found = await self.draft(actor, draft)
        return await self._tools.collection.check(found.definition)

    # -- making -----------------------------------------------------------------------------------------

    async def by_prompt(self, actor: GuestKey, wish: NewStyle) -> Draft:
        """Begin a style by words on a base graph.

        Raises:
            StyleExists: the name's id is taken.
            WrongField: something in the wish can't be.
            NotDrawable: there is no base graph that takes words.
        """
        graphs = await self.graphs(actor)
        if not graphs:
            raise NotDrawable((Complaint("slip-no-graph-renderer"),))
        chosen = next((graph for graph in graphs if graph.name == wish.graph), None)
        if wish.graph is not None and chosen is None:
            chosen = next((graph for graph in graphs if graph.name.startswith(wish.graph)), None)
            if chosen is None:
                raise WrongField(field="graph")
        graph = chosen or graphs[0]
        strength = wish.strength or (middle(graph.strengths) if graph.strengths else None)
        recipe = {"graphs": (graph.name,), "prompt": wish.prompt, "strength": strength}
        return await self._put(actor, self._begun(wish, recipe))

    async def by_workflow(self, actor: GuestKey, workflow: bytes, wish: NewStyle) -> tuple[Draft, Inspection]:
        """Begin a style by a workflow as ComfyUI exports it, or the next version of one that is there.

        Raises:
            StyleExists: the name's id is taken by an instant filter.
            WrongField: as :meth:`by_prompt`.
            UnusableWorkflow: the file is of no use, and why.
        """
        await self._tools.crew.check(actor)
        found = self._read(workflow)
        recipe = {"workflow": found.workflow, "prompt": wish.prompt, "strength": wish.strength}
        return await self._put(actor, self._next_version(wish, recipe) or self._begun(wish, recipe)), found

    async def give_workflow(self, actor: GuestKey, draft: int, workflow: bytes) -> tuple[Draft, Inspection]:
        """Let a workflow draw a draft, in place of base graphs or another workflow, with its own words.

        The way back is :meth:`change` with a ``graph``; whatever is published keeps the versions before it.

        Raises:
            StyleExists: the draft is an instant filter's.
            UnusableWorkflow: the file is of no use, and why.
            UnknownDraft, NotPossibleNow: it is gone, or was changed meanwhile.
        """
        draft_now = await self.draft(actor, draft)
        if draft_now.definition.filter is not None:
            raise StyleExists(style=draft_now.style)
        found = self._read(workflow)
        drawn = drawn_by(draft_now.definition, workflow=found.workflow)
        return await self._changed(actor, draft_now, drawn), found

    async def edit(self, actor: GuestKey, style: StyleId, version: int | None = None) -> Draft:
        """Begin a draft from a style as it is published, or from one of its versions (0 is the shipped one).

        A draft of this style that the maintainer has open already is overwritten.

        Raises:
            NoSuchStyle, NoSuchVersion: there is none.
        """
        await self._tools.crew.check(actor)
        return await self._put(actor, await self._version(style, version))

    async def change(
        self, actor: GuestKey, draft: int, language: str, changes: Mapping[str, str | int | None]
    ) -> Draft:
        """Change some of :data:`~bot.office.recipes.FIELDS`; None takes a value out.

        ``name`` is the one in ``language``.

        Raises:
            WrongField: names the field.
            UnknownDraft, NotPossibleNow: it is gone, or was changed meanwhile.
        """
        found = await self.draft(actor, draft)
        definition = found.definition
        for name, value in changes.items():
            definition = changed_by(definition, name, value, language)
        return await self._changed(actor, found, definition)

    async def bind(self, actor: GuestKey, draft: int, role: Role, option: str | None) -> Draft:
        """Choose where a role is bound in the draft's own workflow; None leaves it to what is found.

        Raises:
            WrongField: there is no such option.
            UnknownDraft, NotPossibleNow: it is gone, or was changed meanwhile.
        """
        found = await self.draft(actor, draft)
        inspection = await self.inspect(actor, draft)
        bindings = () if inspection is None else inspection.bindings
        options = {one.key for binding in bindings if binding.role is role for one in binding.options}
        if option is not None and option not in options:
            raise WrongField(field=role)
        others = {key: value for key, value in found.definition.bindings.items() if key is not role}
        chosen = others if option is None else others | {role: option}
        return await self._changed(actor, found, found.definition.changed(bindings=chosen))

    async def try_out(self, actor: GuestKey, draft: int, subject: Subject, spot: Spot) -> JobView:
        """Render the draft on the portrait or on the maintainer's own last photo; the job's card shows both.

        Raises:
            NotDrawable: nobody can draw it, and why.
            NoPhoto: of the maintainer's own there is none.
        """
        found = await self.draft(actor, draft)
        await self._tools.collection.refresh()
        return await self._tools.trials.start(found, subject, spot)

    async def publish(self, actor: GuestKey, draft: int) -> int:
        """Make the draft the style's next version; return its number.

        Raises:
            Untested: its test render has not given a picture since it was changed.
            NotDrawable: nobody can draw it any more, and why.
            NotPossibleNow: it was changed meanwhile.
        """
        found = await self.draft(actor, draft)
        if not found.is_tested:
            raise Untested
        complaints = await self._tools.collection.check(found.definition)
        if wrong := [one for one in complaints if one.severity == "wrong"]:
            raise NotDrawable(wrong)
        number = await self._tools.drafts.publish(Deed(actor, Act.PUBLISH, found.style), found)
        if number is None:
            raise NotPossibleNow
        await self._tools.trials.stop(found.render_id)
        await self._tools.collection.changed()
        return number

    async def drop(self, actor: GuestKey, draft: int) -> None:
        """Throw a draft away.

        Raises:
            UnknownDraft, NotPossibleNow: it is gone already, or was changed meanwhile.
        """
        found = await self.draft(actor, draft)
        if not await self._tools.drafts.drop(Deed(actor, Act.DROP_DRAFT, found.style), found):
            raise NotPossibleNow
        await self._tools.trials.stop(found.render_id)
        await self._tools.collection.changed()

    # -- inside -----------------------------------------------------------------------------------------

    async def _own(self, actor: GuestKey, draft: int) -> Draft:
        found = await self._tools.drafts.get(draft)
        if found is None or found.owner != actor:
            raise UnknownDraft
        return found

    def _read(self, workflow: bytes) -> Inspection:
        found = self._tools.bench.inspect(workflow, {})
        if found.workflow is None:
            raise UnusableWorkflow(found.complaints)
        return found

    def _next_version(self, wish: NewStyle, recipe: Mapping[str, object]) -> StyleDefinition | None:
        """The style that the wish names, drawn anew; None where it names none that a server draws."""
        current = self._tools.collection.current(style_id(wish.name))
        if current is None or current.filter is not None:
            return None
        return drawn_by(current, emoji=wish.emoji or current.emoji, **recipe)

    def _begun(self, wish: NewStyle, recipe: Mapping[str, object]) -> StyleDefinition:
        if self._tools.collection.current(style := style_id(wish.name)) is not None:
            raise StyleExists(style=style)
        return begun_by(wish, **recipe)

    async def _put(self, actor: GuestKey, definition: StyleDefinition) -> Draft:
        deed = Deed(actor, Act.START_DRAFT, definition.style)
        draft = await self._tools.drafts.put(deed, actor, definition)
        await self._tools.collection.changed()
        return draft

    async def _changed(self, actor: GuestKey, draft: Draft, definition: StyleDefinition) -> Draft:
        if definition == draft.definition:
            return draft
        deed = Deed(actor, Act.CHANGE_DRAFT, draft.style)
        changed = await self._tools.drafts.change(deed, draft, definition)
        if changed is None:
            raise NotPossibleNow
        await self._tools.trials.stop(draft.render_id)
        await self._tools.collection.changed()
        return changed

    async def _version(self, style: StyleId, version: int | None) -> StyleDefinition:
        collection = self._tools.collection
        if version is None:
            found = collection.current(style)
        elif version == SHIPPED:
            found = collection.shipped(style)
        else:
            versions = await self._tools.styles.versions(style)
            found = next((one.definition for one in versions if one.number == version), None)
        if found is None and collection.current(style) is not None:
            raise NoSuchVersion(latest=collection.version(style))
        if found is None:
            raise NoSuchStyle
        return found
