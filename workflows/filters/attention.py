"""Where a guest will look first: near the centre, at skin, at fine edges. Likelihoods, not face detection."""

import numpy as np

from workflows.filters.edges import steepness
from workflows.filters.planes import (
    Plane,
    Planes,
    clipped,
    coordinates,
    luma,
    shape_of,
    shrunk,
    smoothstep,
)
from workflows.filters.smoothing import blurred

CENTRE = (0.0, -0.22)
"""Where a selfie's face most likely is, in coordinates from -1 to 1."""
CENTRE_SPREAD = (0.50, 0.62)
SKIN_BLUR = 1 / 50
"""Blur of the skin mask, in parts of the long side: patches grow into faces."""
BUSY_PERCENTILE = 97


def skin_likeness(planes: Planes) -> Plane:
    """Return how much each pixel's hue is that of skin, 0..1.

    Human skin of every tone lies in one narrow band of hue, from red to orange, because melanin and blood are
    its pigments; tones differ in brightness, which is not looked at.
    """
    light = luma(planes)
    red = (planes[0] - light) / (light + 0.08)
    blue = (light - planes[2]) / (light + 0.08)
    warm = smoothstep(red, 0.04, 0.14) * smoothstep(blue, 0.03, 0.14)
    return warm * (1 - smoothstep(red - blue, 0.25, 0.5)) * (1 - smoothstep(red, 0.5, 0.9))


def attention(planes: Planes) -> Plane:
    """Return how much detail each place deserves, 0..1, at half the photo's size."""
    small = shrunk(planes, 2)
    shape = shape_of(small)
    x, y = coordinates(shape)
    centre: Plane = np.exp(
        -(((x - CENTRE[0]) / CENTRE_SPREAD[0]) ** 2) - ((y - CENTRE[1]) / CENTRE_SPREAD[1]) ** 2
    )
    skin = blurred(skin_likeness(small), max(1.0, max(shape) * SKIN_BLUR))
    return centre * (0.25 + 0.75 * clipped(skin * 1.6))


def busyness(plane: Plane, sigma: float) -> Plane:
    """Return how rich in edges each place is, 0..1; `sigma` spreads the edges, in pixels."""
    edges = steepness(blurred(plane, 1.0))
    spread = blurred(edges, sigma) if sigma > 0 else edges
    top = float(np.percentile(spread[::2, ::2], BUSY_PERCENTILE)) + 1e-4
    return clipped(spread / np.float32(top))
