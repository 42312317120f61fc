"""Pencil: outlines, four directions of hatching, and paper that shows through."""

import numpy as np

from workflows.filters.color import rgb
from workflows.filters.edges import flow_along_edges, ink
from workflows.filters.planes import (
    Plane,
    Planes,
    clipped,
    coordinates,
    luma,
    mix,
    scale_of,
    shape_of,
    smoothstep,
)
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.texture import clouds, grain, paper, streaks
from workflows.filters.tone import exposed

MIDDLE = 0.52
GRAPHITE, SHEET = rgb("29282e"), rgb("fbf9f2")
LAYERS = ((48.0, 0.18, 0.85, 0.52), (62.0, 0.42, 1.0, 0.48), (-30.0, 0.62, 1.05, 0.55))
"""Per hatching: degrees, the darkness where it begins and where it is dense, and its opacity."""
STROKE_LENGTH, STROKE_WIDTH = 90.0, 2.4
FADE = (0.86, 1.0)
"""Between these distances from the centre the drawing ends, in half sides."""


def pencil(photo: Planes, rng: np.random.Generator) -> Planes:
    """Draw the photo with a soft pencil."""
    scale, shape = scale_of(photo), shape_of(photo)
    toned = exposed(photo, MIDDLE)
    drawing = graphite(toned, rng)
    x, y = coordinates(shape)
    border = np.maximum(np.abs(x), np.abs(y)) + clouds(rng, shape, 128 * scale, 3) * np.float32(0.02)
    border += streaks(rng, shape, 48, 120 * scale, 4 * scale) * np.float32(0.02)
    drawing += (1 - drawing) * smoothstep(border, *FADE)
    return mix(GRAPHITE, SHEET, drawing) * paper(rng, shape, scale, 0.10)


def graphite(toned: Planes, rng: np.random.Generator) -> Plane:
    """Return the drawing of an exposed photo: 0 = graphite, 1 = bare paper."""
    scale = scale_of(toned)
    flat = luma(flattened(toned, 8 * scale, 0.14))
    lines = ink(
        0.7 * flat + 0.3 * luma(toned),
        1.0 * scale,
        sharpness=16,
        level=0.45,
        hardness=4.0,
        flow=flow_along_edges(flat, 3 * scale),
    )
    dodged = clipped((flat / (blurred(flat, 14 * scale) + 0.02) / 1.15 - 0.30) / 0.57)
    darkness = 1 - clipped(clarified(flat, 100 * scale, 0.35) * 1.18 - 0.06)
    sheet = hatched(darkness, rng, scale)
    sheet *= 1 - 0.30 * (1 - dodged)
    sheet *= 0.20 + 0.80 * lines
    sheet *= 1 - 0.22 * smoothstep(darkness, 0.70, 1.0)
    return sheet


def hatched(darkness: Plane, rng: np.random.Generator, scale: float) -> Plane:
    """Return hatching that grows denser with the darkness, 0..1 each: 0 = graphite."""
    tooth = grain(rng, darkness.shape, 0.7 * scale) * np.float32(0.13)
    sheet = np.ones_like(darkness)
    for degrees, begin, dense, opacity in LAYERS:
        strokes = streaks(rng, darkness.shape, degrees, STROKE_LENGTH * scale, STROKE_WIDTH * scale)
        cover = clipped((darkness - begin) * np.float32(1 / (dense - begin)))
        threshold = 0.5 + strokes * np.float32(0.17) + tooth
        sheet *= 1 - opacity * smoothstep(1.25 * cover - 0.95 * threshold, -0.20, 0.42)
    return sheet
