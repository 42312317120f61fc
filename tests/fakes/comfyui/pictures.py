"""What a graph makes of a photo: coarse, so that it costs little, but everybody can tell whose photo it was.

ImageInvert inverts, samplers tint a fifth by prompt and seed, EmptyImage is its colour, ImageStitch puts two
side by side, and every other node hands on the picture that it is given. Only the model-free graph
``comfy-pixel``, known by its last node, is drawn as the real server draws it
(:mod:`tests.fakes.comfyui.pixelgraph`).
"""

import json
import random
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, PngImagePlugin

from tests.fakes.comfyui import pixelgraph
from tests.fakes.comfyui.disk import Disk

Graph = Mapping[str, Mapping[str, Any]]

TINT = 0.2
SAMPLERS = frozenset({"KSampler", "KSamplerAdvanced", "SamplerCustomAdvanced"})
_LEADS = ("images", "samples", "latent_image", "pixels", "image", "destination", "image1", "Y", "latent")


def is_link(value: object) -> bool:
    """Whether an input comes from another node."""
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)


def links(node: Mapping[str, Any]) -> list[str]:
    """The nodes that a node depends on."""
    return [value[0] for value in node["inputs"].values() if is_link(value)]


def render(graph: Graph, node_id: str, disk: Disk, black: frozenset[str]) -> Image.Image:
    """The picture that a node gives; samplers in ``black`` give NaN."""
    node = graph[node_id]
    inputs = node["inputs"]
    match node["class_type"]:
        case "LoadImage":
            data = disk.load(inputs["image"]) or b""
            return ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")
        case "EmptyImage":
            return Image.new("RGB", (inputs["width"], inputs["height"]), f"#{inputs.get('color', 0):06x}")
        case "EmptyLatentImage" | "EmptySD3LatentImage" | "EmptyFlux2LatentImage":
            return Image.new("RGB", (512, 512), "#808080")
        case "ImageScaleBy":
            return pixelgraph.picture(graph, node_id, lambda source: render(graph, source, disk, black))
    source = next((inputs[lead][0] for lead in _LEADS if is_link(inputs.get(lead))), None)
    picture = render(graph, source or links(node)[0], disk, black)
    if node["class_type"] == "ImageInvert":
        picture = ImageOps.invert(picture)
    elif node["class_type"] == "ImageStitch":
        picture = _stitched(picture, render(graph, inputs["image2"][0], disk, black))
    elif node_id in black:
        picture = Image.new("RGB", picture.size)
    elif node["class_type"] in SAMPLERS:
        picture = _tinted(picture, graph, node_id)
    return picture


def png(picture: Image.Image, graph: Graph) -> bytes:
    """The file as SaveImage writes it: with the whole graph in it."""
    info = PngImagePlugin.PngInfo()
    info.add_text("prompt", json.dumps(graph))
    data = BytesIO()
    picture.save(data, "PNG", compress_level=1, pnginfo=info)
    return data.getvalue()


def preview_jpeg(picture: Image.Image, least_bytes: int) -> bytes:
    """A preview of at most 512 pixels; noise after a JPEG's end does no harm."""
    small = picture.copy()
    small.thumbnail((512, 512))
    data = BytesIO()
    small.save(data, "JPEG", quality=80)
    return data.getvalue() + random.Random(1).randbytes(max(least_bytes - data.tell(), 0))


def _stitched(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("RGB", (left.width + right.width, left.height))
    both.paste(left, (0, 0))
    both.paste(right.resize((right.width, left.height)), (left.width, 0))
    return both


def _tinted(picture: Image.Image, graph: Graph, sampler: str) -> Image.Image:
    words = json.dumps([[node["inputs"].get("text"), node["inputs"].get("seed")] for node in graph.values()])
    colour = zlib.crc32(f"{sampler} {words}".encode()) & 0xFFFFFF
    return Image.blend(picture, Image.new("RGB", picture.size, f"#{colour:06x}"), TINT)
