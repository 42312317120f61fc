"""A ComfyUI graph (API format) as an immutable value, and what has to be written into it for one job.

A graph is a mapping of node ids to ``{"class_type", "inputs", "_meta"?}``; an input is a literal, or a link
``[node, slot]``. Where photo, prompt, seed … belong is found by walking it (:mod:`comfy.bindings`).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from comfy.problems import Problem, shown
from comfy.shapes import mapping, text

MOST_NODES = 500

_ID = re.compile(r"[A-Za-z0-9_:-]{1,64}")
"""The editor counts nodes, and puts those of subgraphs after a colon."""

_LONGEST_NAME = 128  # of a node's type

SAVERS = frozenset({"SaveImage", "PreviewImage", "SaveImageWebsocket"})
"""Nodes that hand a picture out. All run as PreviewImage, whose files can be fetched and are temporary."""


class GraphError(ValueError):
    """A graph can't be used.

    Attributes:
        problem: Why, for the maintainer.
        nodes: The ids of the nodes that it is about.
    """

    def __init__(self, problem: Problem, nodes: Sequence[str] = ()) -> None:
        """Take the reason and the nodes."""
        super().__init__(problem.key)
        self.problem = problem
        self.nodes = tuple(nodes)

    def __str__(self) -> str:
        """The reason in English."""
        return self.problem.sentence


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
        return f"{self.id} ({shown(self.title or self.class_type)})"

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

    def sources(self, starts: Iterable[str]) -> Iterator[Node]:
        """These nodes and all that they depend on, nearest first, each once."""
        wave = deque(dict.fromkeys(starts))
        seen = set(wave)
        while wave:
            node = self.nodes[wave.popleft()]
            yield node
            for _, link in node.links():
                if link.node not in seen:
                    seen.add(link.node)
                    wave.append(link.node)

    def only(self, output: str) -> "Graph":
        """What one output needs, and nothing else: no other node can leave a picture anywhere."""
        kept = {node.id for node in self.sources([output])}
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

    def document(self, *, titles: bool = False) -> dict[str, object]:
        """The graph as JSON, with or without the titles, which no server needs."""
        return {node.id: _written(node, titles=titles) for node in self.nodes.values()}


def read_graph(document: object) -> Graph:
    """Read API-format JSON.

    Raises:
        GraphError: it is no such graph, is too large, has a circle, or a node lacks something.
    """
    entries = mapping(document)
    if not entries:
        raise _error("empty")
    if len(entries) > MOST_NODES:
        raise _error("too-many-nodes", count=len(entries), limit=MOST_NODES)
    nodes = {id_: _read_node(id_, entry) for id_, entry in entries.items()}
    for node in nodes.values():
        _check_links(node, nodes)
    _check_cycles(nodes)
    return Graph(MappingProxyType(nodes))


def _error(reason: str, *nodes: str, **values: str | int) -> GraphError:
    return GraphError(Problem(f"workflow-{reason}", values, nodes[0] if nodes else ""), nodes)


def _read_node(id_: str, entry: object) -> Node:
    fields = mapping(entry)
    class_type = text(fields.get("class_type"))
    inputs = fields.get("inputs")
    if not _ID.fullmatch(id_) or not 0 < len(class_type) <= _LONGEST_NAME or not isinstance(inputs, dict):
        raise _error("node-odd", shown(id_), node=shown(id_))
    title = shown(text(mapping(fields.get("_meta")).get("title")))
    read = {name: _read_input(id_, name, value) for name, value in mapping(inputs).items()}
    return Node(id_, class_type, MappingProxyType(read), title)


def _read_input(id_: str, name: str, value: object) -> object:
    """A literal, or a link; an array is always meant as a link, and read as one by the server."""
    if not isinstance(value, list):
        return value
    match value:
        case [str(node), int(slot)] if not isinstance(slot, bool) and slot >= 0:
            return Link(node, slot)
    raise _error("link-odd", id_, input=shown(name), node=id_)


def _check_links(node: Node, nodes: Mapping[str, Node]) -> None:
    for name, link in node.links():
        if link.node not in nodes:
            raise _error(
                "link-dangling", node.id, input=shown(name), node=node.label, source=shown(link.node)
            )


def _check_cycles(nodes: Mapping[str, Node]) -> None:
    """Peel off nodes whose sources are all peeled off (Kahn 1962); what remains needs a circle."""
    waiting = {id_: {link.node for _, link in node.links()} for id_, node in nodes.items()}
    while free := [id_ for id_, sources in waiting.items() if not sources]:
        for id_ in free:
            del waiting[id_]
        for sources in waiting.values():
            sources.difference_update(free)
    if waiting:
        circle = sorted(waiting)
        raise _error("circle", *circle, nodes=shown(", ".join(circle)))


def _as_preview(node: Node) -> Node:
    if node.class_type not in SAVERS:
        return node
    images = {name: value for name, value in node.inputs.items() if name == "images"}
    return Node(node.id, "PreviewImage", MappingProxyType(images), node.title)


def _written(node: Node, *, titles: bool) -> dict[str, object]:
    inputs = {name: _plain(value) for name, value in node.inputs.items()}
    meta = {"_meta": {"title": node.title}} if titles and node.title else {}
    return {"class_type": node.class_type, "inputs": inputs, **meta}


def _plain(value: object) -> object:
    return [value.node, value.slot] if isinstance(value, Link) else value
