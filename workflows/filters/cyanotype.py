"""Cyanotype: a print in Prussian blue on brushed paper, as Anna Atkins made them in 1843."""

import numpy as np

from workflows.filters.color import graded
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
from workflows.filters.smoothing import clarified
from workflows.filters.texture import Shape, clouds, grain, paper, streaks
from workflows.filters.tone import balanced, exposed, stretched

MIDDLE = 0.5
BLUES = ((0.0, "071a3d"), (0.25, "0d3a78"), (0.5, "2f6fae"), (0.75, "93bddc"), (1.0, "f6f5ec"))
SHEET = ((0.0, "f4f0e4"), (1.0, "f4f0e4"))
BORDER = 0.085
"""Width of the bare paper, in half short sides."""
BRUSH_REACH = 0.020
"""How far single bristles stray at the border, as a standard deviation in half short sides."""


def cyanotype(photo: Planes, rng: np.random.Generator) -> Planes:
    """Print the photo in blue."""
    scale, shape = scale_of(photo), shape_of(photo)
    light = clarified(luma(exposed(photo, MIDDLE)), 90 * scale, 0.55)
    light = balanced(stretched(light, 1), 0.2)
    light = light * light * (3 - 2 * light) * np.float32(0.45) + light * np.float32(0.55)
    light += grain(rng, shape, 0.7 * scale) * np.float32(0.018)
    coated = _coated(rng, shape, scale)
    unevenly = clouds(rng, shape, 220 * scale, 3) * np.float32(0.022) + streaks(
        rng, shape, 2, 420 * scale, 5 * scale
    ) * np.float32(0.012)
    print_ = graded(clipped(light + unevenly), BLUES)
    pooled = clipped(coated * (1 - coated) * 4) * np.float32(0.25)
    return mix(graded(np.ones(shape, np.float32), SHEET), print_ * (1 - pooled), coated) * paper(
        rng, shape, scale, 0.07
    )


def _coated(rng: np.random.Generator, shape: Shape, scale: float) -> Plane:
    """Return where the brush spread the emulsion: 1 inside, ragged with bristles at the border."""
    (x, y), (height, width) = coordinates(shape), shape
    short = min(shape)
    sideways = streaks(rng, shape, 3, 200 * scale, 7 * scale) * np.float32(BRUSH_REACH)
    upright = streaks(rng, shape, 93, 110 * scale, 9 * scale) * np.float32(BRUSH_REACH / 2)
    from_side = (1 - np.abs(x)) * np.float32(width / short) + sideways
    from_end = (1 - np.abs(y)) * np.float32(height / short) + upright
    wobble = clouds(rng, shape, 140 * scale, 3) * np.float32(0.009)
    return smoothstep(np.minimum(from_side, from_end) + wobble, BORDER, BORDER + 0.022)
