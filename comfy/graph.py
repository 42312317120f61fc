"""A ComfyUI graph (API format) as an immutable value, and what has to be written into it for one job.

A graph is a mapping of node ids to ``{"class_type", "inputs", "_meta"?}``; an input is a literal, or a link
``[node, slot]``. Where photo, prompt, seed … belong is found by walking it (:mod:`comfy.bindings`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from comfy.shapes import mapping, sequence, text, text_or_none

SAVERS = frozenset({"SaveImage", "PreviewImage", "SaveImageWebsocket"})
"""Nodes that hand a picture out. All run as PreviewImage, whose files can be fetched and are temporary."""


class GraphError(ValueError):
    """A graph can't be used; the message is a sentence for the maintainer, naming nodes.

    Attributes:
        nodes: The ids of the nodes that it is about.
    """

    def __init__(self, sentence: str, nodes: Sequence[str] = ()) -> None:
        """Take the sentence and the nodes."""
        super().__init__(sentence)
        self.nodes = tuple(nodes)


@dataclass(frozen=True, slots=True)
class Link:
    """An input that comes from another node's output."""

    node: str
    slot: int


@dataclass(frozen=True, slots=True)
class Node:
    """One node: its type, its inputs (literals, or :class:`Link`), and the title a person gave it."""

    id: str
    class_type: str
    inputs: Mapping[str, object]
    title: str = ""

    @property
    def label(self) -> str:
        """How sentences name it."""
        return f"{self.id} ({self.title or self.class_type})"

    def links(self) -> Iterator[tuple[str, Link]]:
        """Its linked inputs by name."""
        for name, value in self.inputs.items():
            if isinstance(value, Link):
                yield name, value


@dataclass(frozen=True, slots=True)
class Slot:
    """A literal input of a node, where a value may be written."""

    node: str
    input: str


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes by id."""

    nodes: Mapping[str, Node]

    def upstream(self, start: str) -> Iterator[Node]:
        """The node and all that it depends on, nearest first, each once."""
        seen = {start}
        wave = [start]
        while wave:
            node = self.nodes[wave.pop(0)]
            yield node
            for _, link in node.links():
                if link.node not in seen:
                    seen.add(link.node)
                    wave.append(link.node)

    def only(self, output: str) -> "Graph":
        """What one output needs, and nothing else: no other node can leave a picture anywhere."""
        kept = {node.id for node in self.upstream(output)}
        return Graph(MappingProxyType({id_: node for id_, node in self.nodes.items() if id_ in kept}))

    def written(self, values: Mapping[Slot, object]) -> "Graph":
        """A new graph with these values in these inputs."""
        nodes = dict(self.nodes)
        for slot, value in values.items():
            node = nodes[slot.node]
            inputs = MappingProxyType({**node.inputs, slot.input: value})
            nodes[slot.node] = Node(node.id, node.class_type, inputs, node.title)
        return Graph(MappingProxyType(nodes))

    def previewing(self) -> "Graph":
        """A new graph whose savers are PreviewImage nodes: results lie in the server's temp folder."""
        nodes = {id_: _as_preview(node) for id_, node in self.nodes.items()}
        return Graph(MappingProxyType(nodes))

    def document(self) -> dict[str, object]:
        """The graph as JSON, without titles."""
        return {
            node.id: {
                "class_type": node.class_type,
                "inputs": {name: _plain(value) for name, value in node.inputs.items()},
            }
            for node in self.nodes.values()
        }


def read_graph(document: object) -> Graph:
    """Read API-format JSON.

    Raises:
        GraphError: it is the editor's format, has no nodes, has a circle, or a node lacks something.
    """
    entries = mapping(document)
    if "nodes" in entries and "links" in entries:
        raise GraphError("This is the editor's format. Export the workflow with “Export (API)” instead.")
    if not entries:
        raise GraphError("The graph has no nodes.")
    nodes = {id_: _read_node(id_, entry) for id_, entry in entries.items()}
    for node in nodes.values():
        _check_links(node, nodes)
    _check_cycles(nodes)
    return Graph(MappingProxyType(nodes))


def _read_node(id_: str, entry: object) -> Node:
    fields = mapping(entry)
    class_type = text_or_none(fields.get("class_type"))
    if class_type is None or not isinstance(fields.get("inputs"), dict):
        raise GraphError(f"Node {id_} has no class_type or no inputs.", [id_])
    inputs = {name: _read_input(value) for name, value in mapping(fields["inputs"]).items()}
    title = text(mapping(fields.get("_meta")).get("title")).strip()
    return Node(id_, class_type, MappingProxyType(inputs), title)


def _read_input(value: object) -> object:
    match sequence(value):
        case [str(node), int(slot)]:
            return Link(node, slot)
    return value


def _check_links(node: Node, nodes: Mapping[str, Node]) -> None:
    for name, link in node.links():
        if link.node not in nodes:
            raise GraphError(
                f"Input “{name}” of node {node.label} comes from node {link.node}, which is missing.",
                [node.id],
            )


def _check_cycles(nodes: Mapping[str, Node]) -> None:
    """Peel off nodes whose sources are all peeled off (Kahn 1962); what remains is a circle."""
    waiting = {id_: {link.node for _, link in node.links()} for id_, node in nodes.items()}
    while free := [id_ for id_, sources in waiting.items() if not sources]:
        for id_ in free:
            del waiting[id_]
        for sources in waiting.values():
            sources.difference_update(free)
    if waiting:
        circle = sorted(waiting)
        raise GraphError(f"The nodes {', '.join(circle)} depend on each other in a circle.", circle)


def _as_preview(node: Node) -> Node:
    if node.class_type not in SAVERS:
        return node
    images = {name: value for name, value in node.inputs.items() if name == "images"}
    return Node(node.id, "PreviewImage", MappingProxyType(images), node.title)


def _plain(value: object) -> object:
    return [value.node, value.slot] if isinstance(value, Link) else value
