"""What a server's nodes take and give, read from its ``/object_info``. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from comfy.shapes import load, mapping, number_or_none, sequence, strings, text


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input.

    Attributes:
        kind: What may be linked to it or written there: ``IMAGE``, ``INT``, ``COMBO`` …
        choices: The values of a ``COMBO``; None for other kinds, and for lists that only the server knows.
        minimum, maximum: Bounds of a number, both allowed.
    """

    kind: str
    required: bool
    choices: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class NodeType:
    """One type of node: its inputs by name, the kinds of its outputs, and whether it hands out results."""

    inputs: Mapping[str, InputSpec]
    outputs: tuple[str, ...]
    is_output: bool


NodeTypes = Mapping[str, NodeType]


def read_node_types(body: bytes) -> NodeTypes:
    """All node types of a server by their class names.

    Raises:
        MalformedError: it is not JSON.
    """
    document = mapping(load(body, "object_info"))
    return MappingProxyType({name: _node_type(mapping(entry)) for name, entry in document.items()})


def _node_type(entry: Mapping[str, object]) -> NodeType:
    declared = mapping(entry.get("input"))
    inputs = {
        name: _input(spec, required=group == "required")
        for group in ("required", "optional")
        for name, spec in mapping(declared.get(group)).items()
    }
    return NodeType(
        MappingProxyType(inputs), strings(entry.get("output")), is_output=entry.get("output_node") is True
    )


def _input(spec: object, *, required: bool) -> InputSpec:
    """Read ``[kind, options]``; a list of choices stands in either place, by the age of the node."""
    parts = sequence(spec)
    head = parts[0] if parts else ""
    options = mapping(parts[1]) if len(parts) > 1 else {}
    if isinstance(head, list):
        return InputSpec("COMBO", required, strings(head))
    kind = text(head)
    choices = strings(options["options"]) if kind == "COMBO" and "options" in options else None
    return InputSpec(
        kind, required, choices, number_or_none(options.get("min")), number_or_none(options.get("max"))
    )
