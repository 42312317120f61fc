"""A graph held against a live server: whether it can run there, and if not why."""

import math
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

from comfy.bindings import Bindings
from comfy.graph import Graph, Link, Node, Slot
from comfy.nodes import InputSpec, NodeType, NodeTypes
from comfy.policy import NodePolicy
from comfy.problems import Problem, shown

MOST_PROBLEMS = 12
"""More help nobody, and finding what is nearest takes its time."""

_MODEL_SUFFIXES = (".safetensors", ".sft", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".onnx")
_ONLY_LINKED = frozenset(
    {
        *("CLIP", "CLIP_VISION", "CONDITIONING", "CONTROL_NET", "GUIDER", "IMAGE", "LATENT", "MASK"),
        *("MODEL", "NOISE", "SAMPLER", "SIGMAS", "UPSCALE_MODEL", "VAE"),
    }
)
"""Kinds that no literal can be."""


def check_graph(
    graph: Graph, bindings: Bindings, types: NodeTypes, policy: NodePolicy
) -> tuple[Problem, ...]:
    """Why the graph would be refused or fail on a server with these node types, or must not run there.

    Inputs that a server doesn't know are no problem: it ignores them. The photo is checked at upload.
    """
    inside = graph.only(bindings.output)
    found = (
        problem
        for node in inside.nodes.values()
        for problem in _node_problems(inside, node, bindings, types, policy)
    )
    return tuple(islice(found, MOST_PROBLEMS))


def models_of(graph: Graph) -> frozenset[str]:
    """The model files that a graph loads; graphs with the same ones follow each other without a reload."""
    return frozenset(
        value
        for node in graph.nodes.values()
        for value in node.inputs.values()
        if isinstance(value, str) and value.endswith(_MODEL_SUFFIXES)
    )


def _node_problems(
    graph: Graph, node: Node, bindings: Bindings, types: NodeTypes, policy: NodePolicy
) -> Iterator[Problem]:
    node_type = types.get(node.class_type)
    if node_type is None:
        yield _missing_type(node, types)
        return
    refusal = policy.refusal_there(node, node_type)
    if refusal is not None:
        yield refusal
        return
    for name, spec in node_type.inputs.items():
        if Slot(node.id, name) == bindings.photo:
            continue
        if spec.names_file and not policy.trusts(node.class_type) and isinstance(node.inputs.get(name), str):
            yield Problem("workflow-second-photo", {"node": node.label}, node.id)
            continue
        problem = _End(node, name, spec).problem(graph, types)
        if problem is not None:
            yield problem


def _missing_type(node: Node, types: NodeTypes) -> Problem:
    values = {"type": shown(node.class_type), "node": node.id}
    return _suggested(Problem("workflow-missing-type", values, node.id), node.class_type, list(types))


def _suggested(problem: Problem, word: str, choices: Sequence[str]) -> Problem:
    nearest = get_close_matches(word, choices, n=1)
    if not nearest:
        return problem
    return Problem(f"{problem.key}-near", {**problem.values, "nearest": shown(nearest[0])}, problem.node)


class _End:
    """One input of a node, and what the server wants there."""

    def __init__(self, node: Node, name: str, spec: InputSpec) -> None:
        self._node = node
        self._name = name
        self._spec = spec

    def problem(self, graph: Graph, types: NodeTypes) -> Problem | None:
        """What is wrong with it, if anything is."""
        value = self._node.inputs.get(self._name)
        if self._name not in self._node.inputs:
            return self._told("input-missing") if self._spec.required else None
        if isinstance(value, Link):
            source = graph.nodes[value.node]
            return self._link_problem(source, types.get(source.class_type), value.slot)
        return self._value_problem(value)

    def _told(self, reason: str, **values: str | int) -> Problem:
        place = {"input": shown(self._name), "node": self._node.label}
        return Problem(f"workflow-{reason}", {**place, **values}, self._node.id)

    def _link_problem(self, source: Node, source_type: NodeType | None, slot: int) -> Problem | None:
        if source_type is None:
            return None
        if slot >= len(source_type.outputs):
            return self._told("no-such-output", slot=str(slot), source=source.label)
        given, wanted = source_type.outputs[slot], self._spec.kind
        if _fits(given, wanted):
            return None
        return self._told("other-kind", wanted=wanted, source=source.label, given=given)

    def _value_problem(self, value: object) -> Problem | None:
        if self._spec.choices is not None:
            text = str(value)
            return None if text in self._spec.choices else self._not_a_choice(self._spec.choices, text)
        if self._spec.kind in _ONLY_LINKED:
            return self._told("needs-link", kind=self._spec.kind)
        return self._number_problem(value) if self._spec.kind in {"INT", "FLOAT"} else None

    def _number_problem(self, value: object) -> Problem | None:
        number, spec = _number(value), self._spec
        if number is None:
            return self._told("not-a-number")
        if spec.minimum is not None and number < spec.minimum:
            return self._told("below-minimum", value=f"{number:g}", limit=f"{spec.minimum:g}")
        if spec.maximum is not None and number > spec.maximum:
            return self._told("above-maximum", value=f"{number:g}", limit=f"{spec.maximum:g}")
        return None

    def _not_a_choice(self, choices: Sequence[str], value: str) -> Problem:
        reason = "missing-model" if value.endswith(_MODEL_SUFFIXES) else "not-a-choice"
        return _suggested(self._told(reason, value=shown(value)), value, choices)


def _fits(given: str, taken: str) -> bool:
    """Whether kinds match: there may be several with commas; wildcards are left to the server."""
    wild = any(kind == "*" or kind.startswith("COMFY_") for kind in (given, taken))
    kinds, wanted = ({kind.strip() for kind in end.split(",")} for end in (given, taken))
    return wild or not kinds.isdisjoint(wanted)


def _number(value: object) -> float | None:
    """The number that the server makes of a value; it takes strings and booleans too."""
    if not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
