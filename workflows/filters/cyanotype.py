"""Cyanotype: a print in Prussian blue on brushed paper, as Anna Atkins made them in 1843."""

import numpy as np

from workflows.filters.color import graded
from workflows.filters.planes import Plane, Planes, coordinates, luma, mix, scale_of, shape_of, smoothstep
from workflows.filters.smoothing import blurred, clarified
from workflows.filters.texture import Shape, clouds, grain, paper, streaks
from workflows.filters.tone import exposed, stretched

MIDDLE = 0.5
BLUES = ((0.0, "071a3d"), (0.25, "0d3a78"), (0.5, "2f6fae"), (0.75, "93bddc"), (1.0, "f6f5ec"))
SHEET = ((0.0, "f4f0e4"), (1.0, "f4f0e4"))
BORDER = 0.075
"""Width of the bare paper, in half short sides."""
BRUSH_REACH = 0.055
"""How far single bristles reach over the border."""


def cyanotype(photo: Planes, rng: np.random.Generator) -> Planes:
    """Print the photo in blue."""
    scale, shape = scale_of(photo), shape_of(photo)
    light = clarified(luma(exposed(photo, MIDDLE)), 90 * scale, 0.55)
    light = stretched(light, 1)
    light = light * light * (3 - 2 * light) * np.float32(0.45) + light * np.float32(0.55)
    light += grain(rng, shape, 0.7 * scale) * np.float32(0.018)
    coated = _coated(rng, shape, scale)
    unevenly = clouds(rng, shape, 220 * scale, 3) * np.float32(0.022) + streaks(
        rng, shape, 2, 420 * scale, 5 * scale
    ) * np.float32(0.012)
    print_ = graded(np.clip(light + unevenly, 0, 1), BLUES)
    pooled = np.clip(coated * (1 - coated) * 4, 0, 1) * np.float32(0.25)
    return mix(graded(np.ones(shape, np.float32), SHEET), print_ * (1 - pooled), coated) * paper(
        rng, shape, scale, 0.07
    )


def _coated(rng: np.random.Generator, shape: Shape, scale: float) -> Plane:
    """Return where the brush spread the emulsion: 1 inside, ragged with bristles at the border."""
    x, y = coordinates(shape)
    short = min(shape)
    sides = (1 - np.abs(x)) * np.float32(shape[1] / short) + streaks(
        rng, shape, 3, 160 * scale, 4 * scale
    ) * np.float32(BRUSH_REACH * 0.45)
    ends = (1 - np.abs(y)) * np.float32(shape[0] / short) + streaks(
        rng, shape, 93, 160 * scale, 4 * scale
    ) * np.float32(BRUSH_REACH * 0.45)
    inside = np.minimum(sides, ends) + clouds(rng, shape, 120 * scale, 3) * np.float32(0.008)
    return smoothstep(blurred(inside, 1.0 * scale), BORDER, BORDER + 0.02)
