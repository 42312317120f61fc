"""A graph held against a live server: whether it can run there, and if not why, in a maintainer's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from comfy.bindings import Bindings
from comfy.graph import Graph, Link, Node, Slot
from comfy.nodes import InputSpec, NodeTypes

_MODEL_SUFFIXES = (".safetensors", ".sft", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".onnx")


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a graph can't run: the node's id, and the sentence."""

    node: str
    sentence: str


def check_graph(graph: Graph, bindings: Bindings, types: NodeTypes) -> tuple[Problem, ...]:
    """Every reason why the graph would be refused or fail on a server with these node types.

    Inputs that a server doesn't know are no problem: it ignores them. The photo is checked at upload.
    """
    inside = graph.only(bindings.output)
    return tuple(
        Problem(node.id, sentence)
        for node in inside.nodes.values()
        for sentence in _node_sentences(inside, node, bindings, types)
    )


def models_of(graph: Graph) -> frozenset[str]:
    """The model files that a graph loads; graphs with the same ones follow each other without a reload."""
    return frozenset(
        value
        for node in graph.nodes.values()
        for value in node.inputs.values()
        if isinstance(value, str) and value.endswith(_MODEL_SUFFIXES)
    )


def _node_sentences(graph: Graph, node: Node, bindings: Bindings, types: NodeTypes) -> Iterator[str]:
    node_type = types.get(node.class_type)
    if node_type is None:
        yield _missing_type(node, types)
        return
    for name, spec in node_type.inputs.items():
        sentence = None
        end = f"Input “{name}” of node {node.label}"
        value = node.inputs.get(name)
        if name not in node.inputs:
            sentence = f"{end} is missing." if spec.required else None
        elif isinstance(value, Link):
            sentence = _link_sentence(end, spec, graph.nodes[value.node], value.slot, types)
        elif Slot(node.id, name) != bindings.photo:
            sentence = _value_sentence(end, spec, value)
        if sentence is not None:
            yield sentence


def _missing_type(node: Node, types: NodeTypes) -> str:
    sentence = (
        f"The server has no node type “{node.class_type}” (node {node.id}): a custom node or an update."
    )
    return sentence + _nearest(node.class_type, list(types))


def _link_sentence(end: str, spec: InputSpec, source: Node, slot: int, types: NodeTypes) -> str | None:
    source_type = types.get(source.class_type)
    if source_type is None:
        return None
    if slot >= len(source_type.outputs):
        return f"{end} wants output {slot} of node {source.label}, which has none."
    kind = source_type.outputs[slot]
    if _fits(kind, spec.kind):
        return None
    return f"{end} takes {spec.kind}, but node {source.label} gives {kind}."


def _fits(given: str, taken: str) -> bool:
    """Whether kinds match: there may be several with commas; wildcards are left to the server."""
    wild = any(kind in {"*", "COMBO"} or kind.startswith("COMFY_") for kind in (given, taken))
    return wild or not set(given.split(",")).isdisjoint(taken.split(","))


def _value_sentence(end: str, spec: InputSpec, value: object) -> str | None:
    if spec.choices is not None:
        is_choice = not isinstance(value, str) or value in spec.choices
        return None if is_choice else _not_a_choice(end, spec.choices, str(value))
    if spec.kind not in {"INT", "FLOAT"}:
        return None
    number = _number(value)
    if number is None:
        return f"{end} is not a number."
    if spec.minimum is not None and number < spec.minimum:
        return f"{end} is {number:g}, below its minimum of {spec.minimum:g}."
    if spec.maximum is not None and number > spec.maximum:
        return f"{end} is {number:g}, above its maximum of {spec.maximum:g}."
    return None


def _number(value: object) -> float | None:
    """The number that the server makes of a value; it takes strings and booleans too."""
    if not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _not_a_choice(end: str, choices: Sequence[str], value: str) -> str:
    if value.endswith(_MODEL_SUFFIXES):
        return f"{end} names the model file “{value}”, which the server lacks." + _nearest(value, choices)
    return f"{end} can't be “{value}”." + _nearest(value, choices)


def _nearest(word: str, choices: Sequence[str]) -> str:
    nearest = get_close_matches(word, choices, n=1)
    return f" Did you mean “{nearest[0]}”?" if nearest else ""
