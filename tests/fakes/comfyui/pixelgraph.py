"""What the nodes of the model-free graph ``comfy-pixel`` do, written anew in NumPy and Pillow after what
ComfyUI's own nodes do (``nodes_post_processing``, ``nodes_morphology``, ``nodes_images`` of 0.28).

ComfyUI calculates in floats of 0..1, height × width × 3, and goes through 8 bits wherever it asks Pillow.
What servers make of one photo differs a little, by the rounding of their device and by their Pillow: palettes
once had 256 entries, however few were used, and dithering, which goes by their number, was next to none.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.float32]
"""Height × width × 3, 0..1."""

Graph = Mapping[str, Mapping[str, Any]]
Source = Callable[[str], Image.Image]
"""The picture of a node that this module doesn't know."""


def picture(graph: Graph, node_id: str, source: Source, *, long_palette: bool = False) -> Image.Image:
    """What a node gives; ``long_palette`` as on servers with an old Pillow."""
    return _image(_Drawing(graph, source, long_palette=long_palette).pixels(node_id, 0))


class _Drawing:
    """One graph, walked from its end."""

    def __init__(self, graph: Graph, source: Source, *, long_palette: bool) -> None:
        self._graph = graph
        self._source = source
        self._long_palette = long_palette

    def pixels(self, node_id: str, slot: int) -> Pixels:
        """One of a node's outputs."""
        node = self._graph[node_id]
        given = node["inputs"]

        def linked(name: str) -> Pixels:
            return self.pixels(*given[name])

        match node["class_type"]:
            case "ImageScaleToTotalPixels":
                drawn = _scaled_to(linked("image"), given["megapixels"], given.get("resolution_steps", 1))
            case "ImageSharpen":
                drawn = _sharpened(linked("image"), given["sharpen_radius"], given["sigma"], given["alpha"])
            case "ImageRGBToYUV":
                drawn = _channel(linked("image"), slot)
            case "ImageBlend":
                drawn = _overlaid(linked("image1"), linked("image2"), given["blend_factor"])
            case "ImageYUVToRGB":
                drawn = _merged(linked("Y"), linked("U"), linked("V"))
            case "ImageQuantize":
                drawn = _quantized(linked("image"), given["colors"], long_palette=self._long_palette)
            case "ImageScaleBy":
                drawn = _enlarged(linked("image"), given["scale_by"])
            case _:
                drawn = _floats(self._source(node_id))
        return drawn


def _floats(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGB"), np.float32) / np.float32(255)


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray((pixels * 255).clip(0, 255).astype(np.uint8))


def _scaled_to(pixels: Pixels, megapixels: float, steps: int) -> Pixels:
    height, width, _ = pixels.shape
    scale = math.sqrt(megapixels * 1024 * 1024 / (width * height))
    size = round(width * scale / steps) * steps, round(height * scale / steps) * steps
    return _floats(_image(pixels).resize(size, Image.Resampling.LANCZOS))


def _sharpened(pixels: Pixels, radius: int, sigma: float, alpha: float) -> Pixels:
    """Unsharp masking by one kernel; a sigma of 1 is the radius, and alpha counts in tenths."""
    axis = np.linspace(-1, 1, 2 * radius + 1)
    bell = np.exp(-(axis[:, None] ** 2 + axis**2) / (2 * sigma**2))
    kernel = bell / bell.sum() * -10 * alpha
    kernel[radius, radius] += 1 - kernel.sum()
    height, width, _ = pixels.shape
    padded = np.pad(pixels, ((radius, radius), (radius, radius), (0, 0)), mode="reflect")
    summed = sum(weight * padded[y : y + height, x : x + width] for (y, x), weight in np.ndenumerate(kernel))
    return np.asarray(summed, np.float32).clip(0, 1)


def _channel(pixels: Pixels, slot: int) -> Pixels:
    """Y, U or V as a grey picture; U and V around a half (kornia's ``rgb_to_ycbcr``)."""
    red, green, blue = np.moveaxis(pixels, -1, 0)
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    plane = (luma, (blue - luma) * 0.564 + 0.5, (red - luma) * 0.713 + 0.5)[slot]
    return np.repeat(plane[..., None], 3, axis=-1).astype(np.float32)


def _merged(luma: Pixels, u: Pixels, v: Pixels) -> Pixels:
    y, blueness, redness = (plane.mean(axis=-1) for plane in (luma, u - 0.5, v - 0.5))
    red = y + 1.403 * redness
    green = y - 0.714 * redness - 0.344 * blueness
    merged = np.stack([red, green, y + 1.773 * blueness], axis=-1)
    return merged.astype(np.float32).clip(0, 1)  # as kornia's ycbcr_to_rgb


def _overlaid(below: Pixels, above: Pixels, share: float) -> Pixels:
    overlay = np.where(below <= 0.5, 2 * below * above, 1 - 2 * (1 - below) * (1 - above))
    return np.asarray(below * (1 - share) + overlay * share, np.float32).clip(0, 1)


def _quantized(pixels: Pixels, colours: int, *, long_palette: bool) -> Pixels:
    """Median cut, then each pixel moved by its place in a 4 × 4 Bayer matrix, to the nearest colour."""
    image = _image(pixels)
    palette = image.quantize(colors=colours)
    spread = 512 / (256 if long_palette else len(palette.getpalette() or []) // 3)
    height, width, _ = pixels.shape
    tiles = np.tile(spread * _bayer(4) + 0.5, (height // 4 + 1, width // 4 + 1))[:height, :width, None]
    moved = Image.fromarray((np.asarray(image) + tiles).clip(0, 255).astype(np.uint8))
    return _floats(moved.quantize(palette=palette, dither=Image.Dither.NONE))


def _bayer(side: int) -> npt.NDArray[np.float64]:
    """Thresholds around 0, a power of two to a side (Bayer 1973)."""
    if side == 1:
        return np.zeros((1, 1))
    smaller, quarter = _bayer(side // 2), side * side
    moves = np.array([[-1.5, 0.5], [1.5, -0.5]])
    return np.block([[smaller + move / quarter for move in row] for row in moves])


def _enlarged(pixels: Pixels, factor: float) -> Pixels:
    """Each pixel becomes a square."""
    height, width, _ = pixels.shape
    rows, columns = (
        np.minimum(((np.arange(round(side * factor)) + 0.5) / factor).astype(int), side - 1)
        for side in (height, width)
    )
    enlarged: Pixels = pixels[rows][:, columns]
    return enlarged
