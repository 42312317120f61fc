"""Photos as float planes, and the small arithmetic all looks share.

A `Plane` is float32 of shape (height, width). `Planes` are float32 of shape (3, height, width): red, green,
blue in 0..1 with the sRGB curve left on. Planes come first, so that a plane multiplies a photo without
reshaping, and so that NumPy's inner loops run along rows.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

Plane: TypeAlias = npt.NDArray[np.floating]
Planes: TypeAlias = npt.NDArray[np.floating]
Indices: TypeAlias = npt.NDArray[np.intp]
"""Whole numbers that point into other arrays."""

REFERENCE_SIDE = 1024
"""Looks give their lengths in pixels of a picture with this long side."""

LUMA_WEIGHTS = np.array([0.299, 0.587, 0.114], np.float32)
"""Red, green and blue in the perceived brightness of gamma-coded values (ITU-R BT.601)."""


def planes_of(photo: Image.Image) -> Planes:
    """Return the photo, in any mode, as planes."""
    pixels = np.asarray(photo.convert("RGB"))
    return np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32) * np.float32(1 / 255)


def image_of(planes: Planes) -> Image.Image:
    """Return planes as an RGB image; values outside 0..1 are clipped."""
    scaled = planes * np.float32(255)
    scaled += np.float32(0.5)
    np.clip(scaled, 0, 255, out=scaled)
    return Image.fromarray(np.ascontiguousarray(scaled.astype(np.uint8).transpose(1, 2, 0)))


def shape_of(array: Plane) -> tuple[int, int]:
    """Return (height, width) of a plane or planes."""
    height, width = array.shape[-2:]
    return int(height), int(width)


def luma(planes: Planes) -> Plane:
    """Return the brightness of planes, shape (height, width)."""
    light: Plane = np.tensordot(LUMA_WEIGHTS, planes, axes=1)
    return light


def scale_of(plane: Plane) -> float:
    """Return how long a look's pixel is here: long side / `REFERENCE_SIDE`."""
    height, width = plane.shape[-2:]
    return float(max(height, width)) / REFERENCE_SIDE


def resized(array: Plane, shape: tuple[int, int], how: Image.Resampling = Image.Resampling.BILINEAR) -> Plane:
    """Resize a plane or planes to `shape`, which is (height, width)."""
    if array.ndim == 3:
        return np.stack([resized(plane, shape, how) for plane in array])
    if array.shape == shape:
        return array
    image = Image.fromarray(np.ascontiguousarray(array, np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), how))


def shrunk(array: Plane, factor: int) -> Plane:
    """Average a plane or planes over blocks of `factor` pixels a side; those at the rim may be cut.

    A small picture is shrunk less, so that something of it remains; `regrown` knows.
    """
    factor = _feasible(factor, shape_of(array))
    if array.ndim == 3:
        return np.stack([shrunk(plane, factor) for plane in array])
    return np.asarray(Image.fromarray(np.ascontiguousarray(array, np.float32)).reduce(factor))


def regrown(
    array: Plane, factor: int, shape: tuple[int, int], how: Image.Resampling = Image.Resampling.BILINEAR
) -> Plane:
    """Bring what was `shrunk` by `factor` back to `shape`, each block exactly to its place."""
    if array.ndim == 3:
        return np.stack([regrown(plane, factor, shape, how) for plane in array])
    factor = _feasible(factor, shape)
    (height, width), image = shape, Image.fromarray(np.ascontiguousarray(array, np.float32))
    return np.asarray(image.resize((width, height), how, box=(0, 0, width / factor, height / factor)))


def _feasible(factor: int, shape: tuple[int, int]) -> int:
    """Return the factor, or a smaller one that leaves four blocks a side."""
    return max(1, min(factor, min(shape) // 4))


def smoothstep(values: Plane, low: float, high: float) -> Plane:
    """Rise smoothly from 0 at `low` to 1 at `high` (Hermite's 3t² - 2t³); falls when `high` < `low`."""
    t = values - np.float32(low)
    t *= np.float32(1 / (high - low))
    np.clip(t, 0, 1, out=t)
    curve = np.float32(3) - np.float32(2) * t
    t *= t
    t *= curve
    return t


def mix(start: Planes, end: Planes, amount: Plane | float) -> Planes:
    """Go from `start` (amount 0) to `end` (amount 1)."""
    way = end - start
    result: Planes = way * np.float32(amount) if isinstance(amount, float) else way * amount
    result += start
    return result


def clipped(values: Plane) -> Plane:
    """Return values limited to 0..1."""
    limited: Plane = np.clip(values, 0, 1)
    return limited


def coordinates(shape: tuple[int, int]) -> tuple[Plane, Plane]:
    """Return columns (1, width) and rows (height, 1), each from -1 to 1 across the picture."""
    height, width = shape
    return np.linspace(-1, 1, width, dtype=np.float32)[None, :], np.linspace(-1, 1, height, dtype=np.float32)[
        :, None
    ]
