"""Workflow files as ComfyUI's editor exports them, and what people make of them."""

import json
from pathlib import Path
from typing import Any

GRAPHS = Path(__file__).parents[2] / "workflows" / "graphs"

Document = dict[str, Any]


def shipped(name: str = "flux-schnell-aio") -> Document:
    """A graph of ours, titles and all."""
    document: Document = json.loads((GRAPHS / f"{name}.json").read_text())
    return document


def untitled(document: Document) -> Document:
    """Without the titles, as most people leave them."""
    return {id_: {key: node[key] for key in ("class_type", "inputs")} for id_, node in document.items()}


def pixels() -> Document:
    """The smallest of use: it needs no model."""
    return {
        "1": {"class_type": "LoadImage", "inputs": {"image": "me.png"}, "_meta": {"title": "Load Image"}},
        "2": {"class_type": "ImageInvert", "inputs": {"image": ["1", 0]}},
        "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0], "filename_prefix": "ComfyUI"}},
    }


def changed(document: Document, node: str, /, **inputs: object) -> Document:
    """With other inputs of one node."""
    return document | {node: document[node] | {"inputs": document[node]["inputs"] | inputs}}


def beside(document: Document, class_type: str, /, **inputs: object) -> Document:
    """With a node more that nothing needs."""
    return document | {"99": {"class_type": class_type, "inputs": inputs}}


def between(document: Document, class_type: str, /, **inputs: object) -> Document:
    """With a node more, between the last one and the output, for graphs like :func:`pixels`."""
    node = {"class_type": class_type, "inputs": {"image": document["3"]["inputs"]["images"], **inputs}}
    return changed(document | {"98": node}, "3", images=["98", 0])


def file(document: object) -> bytes:
    """As it lies on the disk."""
    return json.dumps(document, indent=2).encode()


def editors(document: Document) -> Document:
    """The same in the editor's own format: boxes and wires."""
    wires: list[list[object]] = []
    boxes: list[Document] = []
    for place, (id_, node) in enumerate(document.items()):
        links = {name: value for name, value in node["inputs"].items() if isinstance(value, list)}
        for name, (source, slot) in links.items():
            wires.append([len(wires) + 1, int(source), slot, int(id_), list(links).index(name), "IMAGE"])
        values = [value for value in node["inputs"].values() if not isinstance(value, list)]
        boxes.append({"id": int(id_), "type": node["class_type"], "order": place, "widgets_values": values})
    return {"last_node_id": 99, "nodes": boxes, "links": wires, "groups": [], "extra": {}, "version": 0.4}
