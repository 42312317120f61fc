"""Where photo, prompt, seed … go in a graph: found by walking it from its output, as a person would.

A title given in the editor (``_meta.title``) wins over the walk: ``photo``, ``prompt``, ``seed``,
``denoise``, ``steps``, ``size``, ``output``. Where several nodes could be meant and no title says which, the
graph is ambiguous: fatal for photo and output, for the others as soon as a value is to be written there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from comfy.graph import SAVERS, Graph, GraphError, Link, Node, Slot


class Role(StrEnum):
    """What a slot is for; the value names it in sentences, and is one of its titles."""

    OUTPUT = "output"
    PHOTO = "photo"
    PROMPT = "prompt"
    SEED = "seed"
    DENOISE = "denoise"
    STEPS = "steps"
    WIDTH = "width"
    HEIGHT = "height"


@dataclass(frozen=True, slots=True)
class Bindings:
    """The places found.

    Attributes:
        output: The node that hands out the picture.
        photo: Takes the name of the uploaded photo.
        slots: For every other role the inputs that take its value; none when the graph has no such place.
        ambiguous: For roles with several possible nodes their labels; such a role has no slots.
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
            raise _ambiguity(role, self.ambiguous[role])
        if not self.slots.get(role):
            raise GraphError(f"The graph has no place for the {role}.")
        return self.slots[role]


@dataclass(frozen=True, slots=True)
class Values:
    """What one job writes into a graph.

    Attributes:
        job: A UUID: the prefix of every file that a node of the graph may write.
        photo: The photo's name as LoadImage takes it, e.g. ``<uuid>.jpg [temp]``.
        prompt: None keeps the graph's own; likewise for the others.
        denoise: Share of the way from noise that is rendered anew, 0..1.
    """

    job: str
    photo: str
    prompt: str | None = None
    seed: int | None = None
    denoise: float | None = None


def find_bindings(graph: Graph) -> Bindings:
    """Walk the graph.

    Raises:
        GraphError: there is no output or no photo, or several and no title says which.
    """
    output = _one(Role.OUTPUT, _titled(graph.nodes.values(), Role.OUTPUT) or _savers(graph))
    inside = graph.only(output.id)
    photo = _one(Role.PHOTO, _by_title_or(inside, Role.PHOTO, _photos))
    slots: dict[Role, tuple[Slot, ...]] = {}
    ambiguous: dict[Role, tuple[str, ...]] = {}
    for role, finder in _FINDERS.items():
        choices = {_slots_of(inside, node, role): node for node in _by_title_or(inside, role, finder)}
        if len(choices) > 1 and role is not Role.SEED:
            ambiguous[role] = tuple(node.label for node in choices.values())
        else:
            slots[role] = tuple(slot for choice in choices for slot in choice)
    return Bindings(output.id, Slot(photo.id, "image"), MappingProxyType(slots), MappingProxyType(ambiguous))


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
        (Role.DENOISE, values.denoise),
    ):
        if value is not None and not (role is Role.SEED and not bindings.slots.get(role)):
            written.update(dict.fromkeys(bindings.at(role), value))
    for node in inside.nodes.values():
        if isinstance(node.inputs.get("filename_prefix"), str):
            written[Slot(node.id, "filename_prefix")] = values.job
    return inside.written(written).previewing()


def _ambiguity(role: Role, labels: Iterable[str]) -> GraphError:
    names = tuple(labels)
    sentence = f"Several nodes could be the {role}: {', '.join(names)}. Give one of them the title “{role}”."
    return GraphError(sentence, names)


def _one(role: Role, nodes: list[Node]) -> Node:
    if not nodes:
        raise GraphError(f"The graph has no {role}.")
    if len(nodes) > 1:
        raise _ambiguity(role, (node.label for node in nodes))
    return nodes[0]


def _by_title_or(graph: Graph, role: Role, finder: Callable[[Graph], list[Node]]) -> list[Node]:
    return _titled(graph.nodes.values(), role) or finder(graph)


def _titled(nodes: Iterable[Node], role: Role) -> list[Node]:
    return [
        node
        for node in nodes
        if node.title.lower() in _TITLES[role]
        and any(name in node.inputs for name in (*_INPUTS[role], _PRIMITIVE))
    ]


def _savers(graph: Graph) -> list[Node]:
    """Savers whose picture no other saver hands on."""
    savers = [node for node in graph.nodes.values() if node.class_type in SAVERS]
    inner = {other.id for saver in savers for other in graph.upstream(saver.id) if other.id != saver.id}
    return [saver for saver in savers if saver.id not in inner]


def _photos(graph: Graph) -> list[Node]:
    return [
        node
        for node in graph.nodes.values()
        if node.class_type == "LoadImage" and isinstance(node.inputs.get("image"), str)
    ]


def _prompts(graph: Graph) -> list[Node]:
    """Text encoders that feed a sampler's or guider's positive side."""
    found: dict[str, Node] = {}
    for node in graph.nodes.values():
        for name, link in node.links():
            if name == "positive" or (name == "conditioning" and node.class_type.endswith("Guider")):
                found.update({encoder.id: encoder for encoder in _encoders(graph, link)})
    return list(found.values())


def _encoders(graph: Graph, link: Link) -> list[Node]:
    node = graph.nodes[link.node]
    if _slots(graph, node, _INPUTS[Role.PROMPT]):
        return [node]
    if node.class_type == "ConditioningZeroOut":
        return []
    links = dict(node.links())
    if "positive" in links:
        return _encoders(graph, links["positive"]) if link.slot == 0 else []
    conditionings = (on for name, on in links.items() if name.startswith("conditioning"))
    return [encoder for on in conditionings for encoder in _encoders(graph, on)]


def _having(role: Role) -> Callable[[Graph], list[Node]]:
    def finder(graph: Graph) -> list[Node]:
        return [node for node in graph.nodes.values() if _slots(graph, node, _INPUTS[role])]

    return finder


def _sized(graph: Graph) -> list[Node]:
    """Nodes that fix a width and a height; an EmptyImage is a patch of colour."""
    return [
        node
        for node in graph.nodes.values()
        if node.class_type != "EmptyImage"
        and all(_slots(graph, node, (side,)) for side in (Role.WIDTH, Role.HEIGHT))
    ]


def _slots(graph: Graph, node: Node, names: Iterable[str]) -> tuple[Slot, ...]:
    found = (_literal(graph, node, name) for name in names)
    return tuple(slot for slot in found if slot is not None)


def _slots_of(graph: Graph, node: Node, role: Role) -> tuple[Slot, ...]:
    return _slots(graph, node, _INPUTS[role]) or _slots(graph, node, (_PRIMITIVE,))


def _literal(graph: Graph, node: Node, name: str) -> Slot | None:
    """The slot that decides an input: itself, or the value of the primitive node linked to it."""
    value = node.inputs.get(name)
    if isinstance(value, Link):
        source = graph.nodes[value.node]
        is_primitive = source.class_type.startswith("Primitive")
        return _literal(graph, source, _PRIMITIVE) if is_primitive else None
    return Slot(node.id, name) if isinstance(value, str | int | float) else None


_PRIMITIVE = "value"
"""The one input of nodes like PrimitiveInt, which hand a value on."""

_FINDERS: Mapping[Role, Callable[[Graph], list[Node]]] = MappingProxyType(
    {
        Role.PROMPT: _prompts,
        Role.SEED: _having(Role.SEED),
        Role.DENOISE: _having(Role.DENOISE),
        Role.STEPS: _having(Role.STEPS),
        Role.WIDTH: _sized,
        Role.HEIGHT: _sized,
    }
)

_INPUTS: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.OUTPUT: ("images",),
        Role.PHOTO: ("image",),
        Role.PROMPT: ("text", "prompt", "clip_l", "t5xxl", "text_g", "text_l"),
        Role.SEED: ("seed", "noise_seed"),
        Role.DENOISE: ("denoise",),
        Role.STEPS: ("steps",),
        Role.WIDTH: ("width",),
        Role.HEIGHT: ("height",),
    }
)

_TITLES: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        Role.OUTPUT: frozenset({"output", "result", "picture"}),
        Role.PHOTO: frozenset({"photo", "input photo"}),
        Role.PROMPT: frozenset({"prompt", "positive", "positive prompt"}),
        Role.SEED: frozenset({"seed"}),
        Role.DENOISE: frozenset({"denoise", "strength"}),
        Role.STEPS: frozenset({"steps"}),
        Role.WIDTH: frozenset({"size", "width"}),
        Role.HEIGHT: frozenset({"size", "height"}),
    }
)
