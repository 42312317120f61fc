"""What a server's nodes take and give, read from its ``/object_info``. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from comfy.shapes import load, mapping, number_or_none, sequence, text


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input.

    Attributes:
        kind: What may be linked to it or written there: ``IMAGE``, ``INT``, ``COMBO`` …
        choices: The values of a ``COMBO``; None for other kinds, and for lists that only the server knows.
        minimum, maximum: Bounds of a number, both allowed.
        names_file: Whether it names a file that somebody has uploaded, or an address.
    """

    kind: str
    required: bool
    choices: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    names_file: bool = False


@dataclass(frozen=True, slots=True)
class NodeType:
    """One type of node.

    Attributes:
        inputs: By name.
        outputs: Their kinds.
        is_output: Whether it hands out results, and so writes them somewhere.
        module: Where its code comes from: ``nodes`` and ``comfy_extras.…`` are ComfyUI's own,
            ``custom_nodes.<pack>`` a stranger's. Empty when the server doesn't tell.
        calls_out: Whether it has a paid service elsewhere do its work.
    """

    inputs: Mapping[str, InputSpec]
    outputs: tuple[str, ...]
    is_output: bool
    module: str = ""
    calls_out: bool = False


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
        MappingProxyType(inputs),
        tuple(text(kind) or "COMBO" for kind in sequence(entry.get("output"))),  # a list of choices is one
        is_output=entry.get("output_node") is True,
        module=text(entry.get("python_module")),
        calls_out=entry.get("api_node") is True,
    )


def _input(spec: object, *, required: bool) -> InputSpec:
    """Read ``[kind, options]``; a list of choices stands in either place, by the age of the node."""
    parts = sequence(spec)
    head = parts[0] if parts else ""
    options = mapping(parts[1]) if len(parts) > 1 else {}
    names_file = any(options.get(mark) for mark in _FILE_MARKS)
    if isinstance(head, list):
        return InputSpec("COMBO", required, _choices(head), names_file=names_file)
    kind = text(head)
    choices = _choices(options["options"]) if kind == "COMBO" and "options" in options else None
    bounds = number_or_none(options.get("min")), number_or_none(options.get("max"))
    return InputSpec(kind, required, choices, *bounds, names_file)


def _choices(options: object) -> tuple[str, ...]:
    """As text: a few are numbers."""
    return tuple(str(option) for option in sequence(options) if isinstance(option, str | int | float))


_FILE_MARKS = ("image_upload", "video_upload", "audio_upload", "file_upload", "image_folder", "remote")
"""How the editor is told to draw a button for uploads or a list from elsewhere (``comfy_api``'s inputs)."""
