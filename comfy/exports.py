"""A workflow file as ComfyUI's editor exports it, read from whoever sent it.

"Export (API)" writes the graph itself. Around it other tools put ``{"prompt": …}`` (what is posted to a
server) or ``{"output": …, "workflow": …}`` (what the editor works with); both are taken. "Export" and "Save"
write the editor's own format, drawn boxes and wires, which no server runs: it is recognised, so that the
maintainer can be told what to do.
"""

import json
from collections.abc import Mapping

from comfy.graph import Graph, GraphError, Node, read_graph
from comfy.names import unsafe_inputs
from comfy.problems import Problem, shown
from comfy.shapes import mapping
from comfy.strict_json import read_json

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")
_WRAPPERS = ("prompt", "output")
_MOST_UNWRAPPED = 2


def read_export(data: bytes) -> Graph:
    """Read a file.

    Raises:
        JsonRefused: it is no JSON that we take.
        GraphError: it is JSON, but no workflow that could run.
    """
    if data.startswith(_PICTURES):
        raise GraphError(Problem("workflow-is-picture"))
    graph = read_graph(_api_format(read_json(data)))
    for node in graph.nodes.values():
        _check_names(node)
    return graph


def write_export(graph: Graph) -> str:
    """The one text that a graph has in the store; reading it gives the same graph."""
    return json.dumps(graph.document(titles=True), ensure_ascii=False, separators=(",", ":"))


def _api_format(document: object) -> Mapping[str, object]:
    entries = mapping(document)
    for _ in range(_MOST_UNWRAPPED):
        inner = next((entries[name] for name in _WRAPPERS if _is_wrapped(entries.get(name))), None)
        if inner is None:
            break
        entries = mapping(inner)
    if _is_editors(entries) or _is_editors(mapping(entries.get("workflow"))):
        raise GraphError(Problem("workflow-editor-format"))
    if entries and not any(_is_node(entry) for entry in entries.values()):
        raise GraphError(Problem("workflow-no-workflow"))
    if not entries and not isinstance(document, dict):
        raise GraphError(Problem("workflow-no-workflow"))
    return entries


def _is_wrapped(value: object) -> bool:
    """Whether it is a mapping of nodes, and not a node of that name."""
    return isinstance(value, dict) and not _is_node(value)


def _is_node(value: object) -> bool:
    return "class_type" in mapping(value)


def _is_editors(entries: Mapping[str, object]) -> bool:
    return isinstance(entries.get("nodes"), list)


def _check_names(node: Node) -> None:
    for name in unsafe_inputs(node.inputs):
        values = {"input": shown(name), "node": node.label}
        raise GraphError(Problem("workflow-unsafe-name", values, node.id), [node.id])
