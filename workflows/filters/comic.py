"""Comic: flat printed colours, Ben-Day dots in the shades, and sweeping ink lines."""

import numpy as np

from workflows.filters.color import relit, rgb, vivid
from workflows.filters.edges import flow_along_edges, ink
from workflows.filters.planes import Plane, Planes, clipped, luma, mix, scale_of, smoothstep
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.texture import halftone
from workflows.filters.tone import evened, exposed

MIDDLE = 0.53
TONES = 4
"""Steps of brightness of the flat colours."""
VIVIDNESS = 0.9
INK = rgb("0d0a1a")
NEWSPRINT = rgb("fff8e8")
DOT_PITCH, DOT_DEGREES = 8.5, 22.0
SHADE = rgb("d09a9c")
"""What the dots multiply the colour with."""
SHADE_RELIEF = 0.55
"""How far lines are told apart from a dark face that they lie in."""
SOLID_BLACK = (0.11, 0.17)
"""Brightness between which shadows fill with ink."""


def comic(photo: Planes, rng: np.random.Generator) -> Planes:
    """Draw the photo as a printed comic."""
    scale = scale_of(photo)
    fine = flattened(exposed(photo, MIDDLE), 8 * scale, 0.17)
    flat = flattened(fine, 26 * scale, 0.42)
    light = clarified(luma(flat), 100 * scale, 0.35)
    colours = vivid(relit(flat, _stepped(light)), VIVIDNESS) * NEWSPRINT
    shaded = mix(colours, colours * SHADE, _dots(light, rng, scale))
    return mix(INK, shaded, _inked(fine, light, scale))


def _stepped(light: Plane) -> Plane:
    """Gather brightness into flat steps with a short soft rise between them."""
    steps = light * np.float32(TONES)
    base = np.floor(steps)
    rise = smoothstep(steps - base, 0.25, 0.75)
    return mix(light, (base + rise) * np.float32(1 / TONES), 0.7)


def _dots(light: Plane, rng: np.random.Generator, scale: float) -> Plane:
    """Return the Ben-Day dots: larger where it is darker, none in the lights and in the ink."""
    phase = rng.random(2)
    screen = halftone(light.shape, DOT_PITCH * scale, DOT_DEGREES, (float(phase[0]), float(phase[1])))
    darkness = clipped((0.80 - light) * np.float32(1 / 0.55)) * np.float32(0.62)
    return smoothstep(darkness - 1 + screen, -0.06, 0.06) * smoothstep(light, 0.18, 0.32)


def _inked(fine: Planes, light: Plane, scale: float) -> Plane:
    """Return lines and solid shadows: 0 = ink."""
    drawn = mix(luma(fine), clarified(luma(fine), 60 * scale, 0.8), 0.2)
    drawn = evened(drawn, 40 * scale, SHADE_RELIEF)
    lines = ink(
        drawn, 1.4 * scale, sharpness=17, level=0.37, hardness=9, flow=flow_along_edges(drawn, 3.2 * scale)
    )
    brightest = blurred(np.maximum(light, fine.max(axis=0) * np.float32(0.75)), 1.2 * scale)
    return np.minimum(lines, smoothstep(brightest, *SOLID_BLACK))
