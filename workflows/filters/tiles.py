"""Pictures made of equal squares: the grid, the dither, and laying one tile over all squares."""

import numpy as np
from PIL import Image

from workflows.filters.color import nearest, oklab
from workflows.filters.planes import Plane, Planes, clipped, luma, resized, shape_of
from workflows.filters.smoothing import blurred

_BAYER = np.array(
    [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32
) / 16 - np.float32(0.47)
"""Ordered dither (Bayer 1973), about 0."""
DETAIL_SIGMA = 1.0
"""Squares over which shrunk detail is sharpened."""


def squares(planes: Planes, across: int, sharpening: float) -> Planes:
    """Shrink a photo to square colours, `across` of them along its long side, and sharpen what is left."""
    height, width = shape_of(planes)
    side = max(height, width) / across
    shape = (max(4, round(height / side)), max(4, round(width / side)))
    small = resized(planes, shape, Image.Resampling.BOX)
    return clipped(small + (small - blurred(small, DETAIL_SIGMA)) * np.float32(sharpening))


def dithered(
    small: Planes, colours: Planes, strength: Plane | float, chroma_weight: float, phase: int
) -> Planes:
    """Give every square the nearest colour of a palette (3, n), with an ordered dither in lightness.

    Args:
        small: the squares' colours, 0..1.
        colours: the palette, 0..1.
        strength: the dither's swing in OKLab lightness, one for all squares or one each.
        chroma_weight: how much hue counts beside lightness.
        phase: 0..15, which corner of the dither comes first.
    """
    height, width = shape_of(small)
    lab = oklab(small)
    matrix = np.roll(_BAYER, (phase // 4, phase % 4), axis=(0, 1))
    lab[0] += np.tile(matrix, (height // 4 + 1, width // 4 + 1))[:height, :width] * strength
    return colours[:, nearest(lab, oklab(colours), chroma_weight)]


def smoothness(small: Planes) -> Plane:
    """Return where a dither is wanted, 0..1: in smooth light areas, not in dark cloth or at outlines."""
    light = luma(small)
    around = blurred(light, 1.5)
    busy = blurred(np.abs(light - around), 1.5)
    return clipped(1 - busy * 14) * clipped(around * 3 - np.float32(0.45))


def enlarged(array: Plane, shape: tuple[int, int]) -> Plane:
    """Enlarge squares to `shape` with hard borders."""
    return resized(array, shape, Image.Resampling.NEAREST)


def position_in_square(shape: tuple[int, int], grid: tuple[int, int]) -> tuple[Plane, Plane]:
    """Return for each column (1, width) and row (height, 1) its place within its square, -1 to 1."""
    (height, width), (rows, columns) = shape, grid
    x = (np.arange(width, dtype=np.float32) + np.float32(0.5)) * np.float32(columns / width)
    y = (np.arange(height, dtype=np.float32) + np.float32(0.5)) * np.float32(rows / height)
    return ((x % 1) * 2 - 1)[None, :], ((y % 1) * 2 - 1)[:, None]
