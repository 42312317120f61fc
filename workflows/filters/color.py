"""Colour: OKLab, palettes, gradient maps and vividness."""

from collections.abc import Sequence

import numpy as np

from workflows.filters.planes import Indices, Plane, Planes, clipped, luma

# Björn Ottosson, "A perceptual color space for image processing" (2020)
_LMS_OF_RGB = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_LAB_OF_LMS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)


def rgb(hex_code: str) -> Planes:
    """Return a colour such as "22d3ee" as planes of shape (3, 1, 1)."""
    return np.array([int(hex_code[i : i + 2], 16) for i in (0, 2, 4)], np.float32).reshape(
        3, 1, 1
    ) / np.float32(255)


def oklab(planes: Planes) -> Planes:
    """Return sRGB values, shape (3, …), in OKLab: lightness 0..1, green-red and blue-yellow -0.4..0.4."""
    linear = np.where(
        planes > 0.04045, ((planes + 0.055) / 1.055) ** np.float32(2.4), planes / np.float32(12.92)
    )
    cones = np.cbrt(np.tensordot(_LMS_OF_RGB, linear, axes=1))
    return np.tensordot(_LAB_OF_LMS, cones, axes=1)


def palette(hex_codes: Sequence[str]) -> Planes:
    """Return colours as an array of shape (3, number of colours)."""
    return np.concatenate([rgb(code)[:, :, 0] for code in hex_codes], axis=1)


def nearest(lab: Planes, palette_lab: Planes, chroma_weight: float) -> Indices:
    """Return for each pixel the number of the nearest palette colour, shape (height, width).

    Args:
        lab: picture in OKLab, shape (3, height, width).
        palette_lab: colours in OKLab, shape (3, number of colours).
        chroma_weight: how much a difference of hue counts beside one of lightness.
    """
    weight = np.array([1, chroma_weight, chroma_weight], np.float32).reshape(3, 1, 1)
    points = (lab * weight).reshape(3, -1)
    centres = palette_lab * weight[:, :, 0]
    # |p - c|² without |p|², which is the same for every colour c
    distances = (centres * centres).sum(axis=0)[:, None] - 2 * centres.T @ points
    numbers: Indices = distances.argmin(axis=0)
    return numbers.reshape(lab.shape[1:])


def graded(plane: Plane, stops: Sequence[tuple[float, str]]) -> Planes:
    """Colour a plane by a gradient given as (brightness, hex colour) stops in rising order."""
    places = np.array([place for place, _ in stops], np.float32)
    colours = palette([code for _, code in stops])
    steps = np.linspace(0, 1, 1024, dtype=np.float32)
    table = np.stack([np.interp(steps, places, channel) for channel in colours]).astype(np.float32)
    index = (plane * np.float32(1023)).astype(np.intp)
    return np.stack([np.take(channel, index, mode="clip") for channel in table])


def vivid(planes: Planes, amount: float) -> Planes:
    """Saturate pale colours more than strong ones, so that skin glows but does not burn; clips to 0..1."""
    grey = luma(planes)
    spread = planes.max(axis=0) - planes.min(axis=0)
    boost = 1 + np.float32(amount) * (1 - spread) ** 2
    return clipped(grey + (planes - grey) * boost)


def relit(planes: Planes, light: Plane, floor: float = 0.03) -> Planes:
    """Give a photo another brightness, keeping its hues; `floor` calms the division in the dark."""
    gain = (light + np.float32(floor)) / (luma(planes) + np.float32(floor))
    return clipped(planes * gain)
