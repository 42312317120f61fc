"""Where in a graph a value may be written: for each role the possible places, and those that are meant.

A title given in the editor wins over everything else: ``photo``, ``prompt``, ``seed``, ``strength``,
``steps``, ``size``, ``output``. Without one the graph is walked from its output, as a person would: the
prompt is what a sampler's positive side is made of, the output is a saver that hands its picture to no other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.definitions import Role
from comfy.graph import SAVERS, Graph, Link, Node, Slot
from comfy.problems import shown

_SHOWN_VALUE = 60  # characters
_MOST_PRIMITIVES = 8  # in a row; people use one


@dataclass(frozen=True, slots=True)
class Place:
    """Inputs that take a role's value together; of the size the width and the height.

    Attributes:
        key: Its name in a definition's bindings, e.g. ``6.text`` or ``5.width+height``.
        label: The node as its author knows it.
        value: What stands there, in short.
    """

    slots: tuple[Slot, ...]
    key: str
    label: str
    value: str


def places(graph: Graph, role: Role) -> tuple[Place, ...]:
    """Every place that the role could have, in the order of the file."""
    return _placed(graph, role, _holders(role)(graph))


def meant(graph: Graph, role: Role) -> tuple[Place, ...]:
    """The places that are probably meant; more than one means that it can't be told, or that all are."""
    return _placed(graph, role, _titled(graph, role) or _FINDERS[role](graph))


Finder = Callable[[Graph], Iterable[Node]]


def _placed(graph: Graph, role: Role, nodes: Iterable[Node]) -> tuple[Place, ...]:
    found: dict[tuple[Slot, ...], Place] = {}
    for node in nodes:
        slots = _slots_of(graph, node, role)
        if slots and slots not in found:
            found[slots] = _place(graph, node, slots)
    return tuple(found.values())


def _place(graph: Graph, node: Node, slots: tuple[Slot, ...]) -> Place:
    deciders = {slot.node for slot in slots}
    if len(deciders) == 1:
        node = graph.nodes[slots[0].node]
        key = f"{node.id}.{'+'.join(slot.input for slot in slots)}"
    else:
        key = "+".join(f"{slot.node}.{slot.input}" for slot in slots)
    titled = f"{node.title}, " if node.title and node.title != node.class_type else ""
    label = f"{node.id} ({titled}{shown(node.class_type)})"
    values = (graph.nodes[slot.node].inputs[slot.input] for slot in slots)
    value = " × ".join(str(value) for value in values if not isinstance(value, Link))
    return Place(slots, key, label, _short(value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_VALUE else text[: _SHOWN_VALUE - 1] + "…"


def _titled(graph: Graph, role: Role) -> list[Node]:
    return [
        node
        for node in graph.nodes.values()
        if node.title.lower() in _TITLES[role] and _slots_of(graph, node, role)
    ]


def _slots_of(graph: Graph, node: Node, role: Role) -> tuple[Slot, ...]:
    if role is Role.OUTPUT:
        is_saver = node.class_type in SAVERS and isinstance(node.inputs.get("images"), Link)
        return (Slot(node.id, "images"),) if is_saver else ()
    slots = tuple(_literals(graph, node, role, _INPUTS[role]))
    if role is Role.SIZE and len(slots) < len(_INPUTS[role]):
        slots = ()
    if not slots and node.title.lower() in _TITLES[role]:
        slots = tuple(_literals(graph, node, role, [_PRIMITIVE]))
    return slots


def _literals(graph: Graph, node: Node, role: Role, names: Iterable[str]) -> Iterator[Slot]:
    """For each input the slot that decides it: itself, or the value of the primitive nodes linked to it."""
    kinds = (str,) if role in _WORDED else (int, float)
    for name in names:
        decider, slot = node, name
        value = node.inputs.get(name)
        for _ in range(_MOST_PRIMITIVES):
            if not isinstance(value, Link) or not graph.nodes[value.node].class_type.startswith("Primitive"):
                break
            decider, slot = graph.nodes[value.node], _PRIMITIVE
            value = decider.inputs.get(_PRIMITIVE)
        if isinstance(value, kinds) and not isinstance(value, bool):
            yield Slot(decider.id, slot)


def _holders(role: Role) -> Finder:
    def finder(graph: Graph) -> list[Node]:
        return [node for node in graph.nodes.values() if _slots_of(graph, node, role)]

    return finder


def _photos(graph: Graph) -> list[Node]:
    return [node for node in graph.nodes.values() if node.class_type == "LoadImage"]


def _sizes(graph: Graph) -> list[Node]:
    """Nodes that fix a width and a height; an EmptyImage is a patch of colour."""
    return [node for node in _holders(Role.SIZE)(graph) if node.class_type != "EmptyImage"]


def _last_savers(graph: Graph) -> list[Node]:
    """Savers whose picture no other saver hands on."""
    savers = [node for node in graph.nodes.values() if node.class_type in SAVERS]
    inner = {node.id for node in graph.sources(link.node for saver in savers for _, link in saver.links())}
    return [saver for saver in savers if saver.id not in inner]


def _prompts(graph: Graph) -> list[Node]:
    """Text encoders that feed a sampler's or guider's positive side."""
    waiting = [
        link
        for node in graph.nodes.values()
        for name, link in node.links()
        if name == "positive" or (name == "conditioning" and node.class_type.endswith("Guider"))
    ]
    seen: set[Link] = set()
    found: dict[str, Node] = {}
    while waiting:
        link = waiting.pop(0)
        if link in seen:
            continue
        seen.add(link)
        node = graph.nodes[link.node]
        if _slots_of(graph, node, Role.PROMPT):
            found[node.id] = node
        else:
            waiting += _conditionings(node, link)
    return list(found.values())


def _conditionings(node: Node, link: Link) -> list[Link]:
    """What a node makes its conditioning of; of one with two sides only the positive."""
    if node.class_type == "ConditioningZeroOut":
        return []
    links = dict(node.links())
    if "positive" in links:
        return [links["positive"]] if link.slot == 0 else []
    return [source for name, source in links.items() if name.startswith("conditioning")]


_PRIMITIVE = "value"
"""The one input of nodes like PrimitiveInt, which hand a value on."""

_WORDED = frozenset({Role.PHOTO, Role.PROMPT})
"""Roles whose value is text; the others' are numbers."""

_FINDERS: Mapping[Role, Finder] = MappingProxyType(
    {
        Role.PHOTO: _photos,
        Role.PROMPT: _prompts,
        Role.SEED: _holders(Role.SEED),
        Role.STRENGTH: _holders(Role.STRENGTH),
        Role.STEPS: _holders(Role.STEPS),
        Role.SIZE: _sizes,
        Role.OUTPUT: _last_savers,
    }
)

_INPUTS: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.PHOTO: ("image",),
        Role.PROMPT: ("text", "prompt", "clip_l", "t5xxl", "text_g", "text_l"),
        Role.SEED: ("seed", "noise_seed"),
        Role.STRENGTH: ("denoise",),
        Role.STEPS: ("steps",),
        Role.SIZE: ("width", "height"),
    }
)

_TITLES: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        Role.PHOTO: frozenset({"photo", "input photo"}),
        Role.PROMPT: frozenset({"prompt", "positive", "positive prompt"}),
        Role.SEED: frozenset({"seed"}),
        Role.STRENGTH: frozenset({"strength", "denoise"}),
        Role.STEPS: frozenset({"steps"}),
        Role.SIZE: frozenset({"size"}),
        Role.OUTPUT: frozenset({"output", "result", "picture"}),
    }
)
