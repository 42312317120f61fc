"""Makes the preflight's reference picture anew: ``python -m tests.make_reference``.

It is what our own model of ComfyUI's nodes (``tests/fakes/comfyui/pixelgraph.py``) makes of the sample
portrait by the graph that is shipped, at one pixel a cell: before the last node, which only enlarges.
"""

import json
from importlib import resources
from io import BytesIO
from pathlib import Path

from PIL import Image

import comfy
from tests.fakes.comfyui import pixelgraph
from workflows.portraits import SAMPLE, portrait

QUANTIZED = "8"
TARGET = Path(comfy.__file__).with_name("preflight.png")


def reference() -> Image.Image:
    """The picture, 128 × 128 pixels."""
    graph = json.loads((resources.files("workflows") / "graphs" / "comfy-pixel.json").read_text())
    with Image.open(BytesIO(portrait(SAMPLE))) as photo:
        return pixelgraph.picture(graph, QUANTIZED, lambda _node: photo)


if __name__ == "__main__":
    reference().quantize(colors=32).save(TARGET, optimize=True)
    print(TARGET.name, TARGET.stat().st_size)  # noqa: T201 # this script's result
