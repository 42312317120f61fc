"""Crayons: coloured pencils over a graphite drawing, with the paper's tooth left white."""

import numpy as np

from workflows.filters.color import rgb, vivid
from workflows.filters.pencil import graphite
from workflows.filters.planes import Planes, coordinates, luma, mix, scale_of, shape_of, smoothstep
from workflows.filters.smoothing import flattened
from workflows.filters.texture import clouds, grain, paper, streaks
from workflows.filters.tone import exposed

MIDDLE = 0.58
SHEET = rgb("fbf7ee")
VIVIDNESS = 1.1
STROKES = ((48.0, 0.0), (57.0, 0.35))
"""Per layer: degrees, and the darkness from which it is laid."""
STROKE_LENGTH, STROKE_WIDTH = 80.0, 2.6
OPACITY, LAYERING = 0.9, 0.62
"""How much a dense stroke covers, and how pale one layer is so that two make the colour."""
FADE = (0.86, 1.0)


def crayons(photo: Planes, rng: np.random.Generator) -> Planes:
    """Draw the photo with coloured pencils."""
    scale, shape = scale_of(photo), shape_of(photo)
    toned = exposed(photo, MIDDLE)
    drawing = 0.42 + 0.58 * graphite(toned, rng)
    colours = vivid(flattened(toned, 16 * scale, 0.3), VIVIDNESS)
    colours = np.clip(colours * np.float32(1.08) + np.float32(0.05), 0.06, 1)
    density = np.clip(np.maximum(1 - luma(colours), (1 - colours.min(axis=0)) * np.float32(0.9)), 0.12, 1)
    pigment = np.power(colours, np.float32(LAYERING))
    sheet: Planes = np.broadcast_to(SHEET, colours.shape)
    tooth = grain(rng, shape, 0.7 * scale) * np.float32(0.14)
    for degrees, begin in STROKES:
        strokes = streaks(rng, shape, degrees, STROKE_LENGTH * scale, STROKE_WIDTH * scale) * np.float32(0.17)
        cover = smoothstep(
            density * np.float32(1.5) - begin + 0.12 - 0.95 * (0.5 + strokes + tooth), -0.25, 0.5
        )
        sheet = sheet * (1 - cover * np.float32(OPACITY) * (1 - pigment))
    sheet = sheet * drawing
    x, y = coordinates(shape)
    border = np.maximum(np.abs(x), np.abs(y)) + clouds(rng, shape, 128 * scale, 3) * np.float32(0.02)
    border += streaks(rng, shape, 48, 120 * scale, 4 * scale) * np.float32(0.02)
    return mix(sheet, SHEET, smoothstep(border, *FADE)) * paper(rng, shape, scale, 0.09)
