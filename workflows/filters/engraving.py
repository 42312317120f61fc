"""Engraving: the photo as on a banknote, in lines that swell with the shade and bend with the form."""

import math

import numpy as np

from workflows.filters.color import rgb
from workflows.filters.edges import flow_along_edges, ink
from workflows.filters.planes import Plane, Planes, clipped, luma, mix, scale_of, smoothstep
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.texture import clouds
from workflows.filters.tone import balanced, exposed

MIDDLE = 0.53
INK, SHEET = rgb("12352b"), rgb("f3eeda")
LINE_PITCH = 6.2
HATCHES = ((18.0, 26.0, 0.0, 0.96), (-38.0, 22.0, -0.05, 0.42), (78.0, 18.0, -0.1, 0.22))
"""Per direction: degrees, how far the form bends the lines (pixels), brightness of full and of no ink."""
WAVE = (5.0, 70.0, 130.0)
"""The slow swing of all lines: pixels, and its length over columns and rows."""


def engraving(photo: Planes, rng: np.random.Generator) -> Planes:
    """Engrave the photo in three directions of lines and one of outlines."""
    scale = scale_of(photo)
    flat = luma(flattened(exposed(photo, MIDDLE), 6 * scale, 0.18))
    light = balanced(clarified(flat, 80 * scale, 0.8), 0.25)
    form = blurred(light, 4 * scale)
    phase = rng.random(len(HATCHES))
    sheet = np.ones_like(light)
    for hatch, start in zip(HATCHES, phase, strict=True):
        sheet *= _lines(light, form, hatch, float(start), scale)
    sheet *= ink(
        light, 1.2 * scale, sharpness=18, level=0.40, hardness=9, flow=flow_along_edges(light, 3 * scale)
    )
    fibre = clouds(rng, light.shape, 3 * scale, 2) * np.float32(0.012)
    return mix(INK, SHEET, sheet) + fibre


def _lines(
    light: Plane, form: Plane, hatch: tuple[float, float, float, float], start: float, scale: float
) -> Plane:
    """Return one direction of lines: 0 = ink."""
    degrees, bend, full, none = hatch
    turn = math.radians(degrees)
    rows = np.arange(light.shape[0], dtype=np.float32)[:, None]
    columns = np.arange(light.shape[1], dtype=np.float32)[None, :]
    across = (
        rows * np.float32(math.cos(turn))
        - columns * np.float32(math.sin(turn))
        + form * np.float32(bend * scale)
    )
    swing, over_columns, over_rows = (length * scale for length in WAVE)
    across += np.float32(swing) * np.sin(columns / np.float32(over_columns) + rows / np.float32(over_rows))
    turns = across * np.float32(1 / (LINE_PITCH * scale)) + np.float32(start)
    from_line = np.abs((turns - np.floor(turns)) * 2 - 1)
    darkness = clipped((none - light) * np.float32(1 / (none - full))) * np.float32(0.98)
    return 1 - smoothstep(darkness - from_line, -0.11, 0.11) * (darkness > 0.02)
