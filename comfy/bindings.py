"""Which places of a graph take photo, prompt, seed …, by a choice or as found, and writing there.

Where several places could be meant and neither a title nor a choice says which, the graph is ambiguous: fatal
for photo and output, for the others as soon as a value is to be written there. Seeds are written everywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.definitions import Role
from comfy.graph import Graph, GraphError, Node, Slot
from comfy.places import Place, meant, places
from comfy.problems import Problem, shown

_EVERYWHERE = frozenset({Role.SEED})
"""Roles whose value goes to all places that were found."""

_ESSENTIAL = frozenset({Role.OUTPUT, Role.PHOTO})
"""Roles without which there is no picture."""

Choices = Mapping[Role, str]
"""Keys of places, by role, that a maintainer has chosen."""


@dataclass(frozen=True, slots=True)
class Found:
    """One role in a graph.

    Attributes:
        options: Every place that it could have.
        chosen: Those where its value is written; none where there is no place, or it can't be told which.
        ambiguous: The places among which somebody has to choose.
        problem: Why there is no place, where there should be one.
    """

    options: tuple[Place, ...]
    chosen: tuple[Place, ...] = ()
    ambiguous: tuple[Place, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Bindings:
    """The places found.

    Attributes:
        output: The node that hands out the picture.
        photo: Takes the name of the uploaded photo.
        slots: For every other role the inputs that take its value; none when the graph has no such place.
        ambiguous: For roles with several possible places the labels of these; such a role has no slots.
    """

    output: str
    photo: Slot
    slots: Mapping[Role, tuple[Slot, ...]] = field(default_factory=dict)
    ambiguous: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)

    def at(self, role: Role) -> tuple[Slot, ...]:
        """The role's slots.

        Raises:
            GraphError: the graph has none, or it can't be told which.
        """
        if role in self.ambiguous:
            raise GraphError(_ambiguity(role, self.ambiguous[role]), self.ambiguous[role])
        if not self.slots.get(role):
            raise GraphError(Problem("workflow-no-place", {"role": role.value}))
        return self.slots[role]


@dataclass(frozen=True, slots=True)
class Values:
    """What one job writes into a graph.

    Attributes:
        job: A UUID: the prefix of every file that a node of the graph may write.
        photo: The photo's name as LoadImage takes it, e.g. ``<uuid>.jpg [temp]``.
        prompt: None keeps the graph's own; likewise for the others.
        denoise: Share of the way from noise that is rendered anew, 0..1.
        steps: Of the sampler.
    """

    job: str
    photo: str
    prompt: str | None = None
    seed: int | None = None
    denoise: float | None = None
    steps: int | None = None


def survey(graph: Graph, choices: Choices = MappingProxyType({})) -> Mapping[Role, Found]:
    """All roles in a graph, whatever is wrong with it; in the order of :class:`~bot.definitions.Role`."""
    output = _found(graph, Role.OUTPUT, choices)
    inside = graph.only(output.chosen[0].slots[0].node) if output.chosen else graph
    found = {role: output if role is Role.OUTPUT else _found(inside, role, choices) for role in Role}
    photo = found[Role.PHOTO]
    if not photo.options and (beside := places(graph, Role.PHOTO)):
        problem = Problem("workflow-photo-not-reached", {"node": beside[0].label}, beside[0].slots[0].node)
        found[Role.PHOTO] = Found(beside, problem=problem)
    return MappingProxyType(found)


def find_bindings(graph: Graph, choices: Choices = MappingProxyType({})) -> Bindings:
    """The places for one graph.

    Raises:
        GraphError: there is no output or no photo, or several and nothing says which, or a choice is wrong.
    """
    return bindings_of(survey(graph, choices))


def bindings_of(found: Mapping[Role, Found]) -> Bindings:
    """The places that a :func:`survey` came to.

    Raises:
        GraphError: as :func:`find_bindings`.
    """
    for one in found.values():
        if one.problem is not None:
            raise GraphError(one.problem, [one.problem.node] if one.problem.node else [])
    output, photo = (_the_one(role, found[role]) for role in (Role.OUTPUT, Role.PHOTO))
    others = {role: one for role, one in found.items() if role not in _ESSENTIAL}
    slots = {
        role: tuple(slot for place in one.chosen for slot in place.slots) for role, one in others.items()
    }
    unclear = {role: _labels(one.ambiguous) for role, one in others.items() if one.ambiguous}
    return Bindings(output.node, photo, MappingProxyType(slots), MappingProxyType(unclear))


def _the_one(role: Role, found: Found) -> Slot:
    if not found.chosen:
        raise GraphError(_ambiguity(role, _labels(found.ambiguous)), _labels(found.ambiguous))
    return found.chosen[0].slots[0]


def _labels(ambiguous: Iterable[Place]) -> tuple[str, ...]:
    return tuple(place.label for place in ambiguous)


def bind(graph: Graph, bindings: Bindings, values: Values) -> Graph:
    """The graph of one job: only what its output needs, with the job's values, its results in temp.

    Raises:
        GraphError: the graph has no place for a value, or several.
    """
    inside = graph.only(bindings.output)
    written: dict[Slot, object] = {bindings.photo: values.photo}
    for role, value in (
        (Role.PROMPT, values.prompt),
        (Role.SEED, values.seed),
        (Role.STRENGTH, values.denoise),
        (Role.STEPS, values.steps),
    ):
        if value is not None and not (role is Role.SEED and not bindings.slots.get(role)):
            written.update(dict.fromkeys(bindings.at(role), value))
    for node in inside.nodes.values():
        written.update(dict.fromkeys(_prefixes(node), values.job))
    return inside.written(written).previewing()


def _prefixes(node: Node) -> Iterable[Slot]:
    if "filename_prefix" in node.inputs:
        yield Slot(node.id, "filename_prefix")


def _found(graph: Graph, role: Role, choices: Choices) -> Found:
    options = places(graph, role)
    if role in choices:
        chosen = tuple(place for place in options if place.key == choices[role])
        values = {"role": role.value, "place": shown(choices[role])}
        return Found(options, chosen, problem=None if chosen else Problem("workflow-no-such-place", values))
    guessed = meant(graph, role)
    if not guessed and role in _ESSENTIAL:
        return Found(options, problem=Problem("workflow-no-role", {"role": role.value}))
    if len(guessed) > 1 and role not in _EVERYWHERE:
        return Found(options, ambiguous=guessed)
    return Found(options, guessed)


def _ambiguity(role: Role, labels: Iterable[str]) -> Problem:
    return Problem("workflow-ambiguous", {"role": role.value, "nodes": ", ".join(labels)})
