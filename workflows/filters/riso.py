"""Riso: three translucent inks in round dots, as from a stencil printer."""

import numpy as np

from workflows.filters.color import relit, rgb, vivid
from workflows.filters.planes import Plane, Planes, clipped, luma, scale_of, shape_of, smoothstep
from workflows.filters.smoothing import clarified, flattened
from workflows.filters.texture import clouds, halftone
from workflows.filters.tone import exposed

MIDDLE = 0.55
SHEET = rgb("f9f5ec")
INKS = ("ff48b0", "0078bf", "ffe800")
"""Fluorescent pink, blue, yellow."""
SCREENS = (75.0, 15.0, 0.0)
DOT_PITCH = 8.0
VIVIDNESS = 0.5
MIXING = ((-0.30, 1.30, -0.02), (1.22, -0.12, -0.05), (-0.06, -0.22, 1.25))
"""How much pink, blue and yellow a lack of red, of green and of blue ask for."""
REGISTER = 2.2
"""How far the drums may slip, in pixels."""
GRAIN = 0.13


def riso(photo: Planes, rng: np.random.Generator) -> Planes:
    """Print the photo in three inks."""
    scale, shape = scale_of(photo), shape_of(photo)
    flat = flattened(exposed(photo, MIDDLE), 5 * scale, 0.18)
    colours = vivid(relit(flat, clarified(luma(flat), 80 * scale, 0.6)), VIVIDNESS)
    sheet = np.broadcast_to(SHEET, (3, *shape)).copy()
    for ink, cover, degrees in zip(INKS, _separated(colours), SCREENS, strict=True):
        phase = rng.random(2)
        screen = halftone(shape, DOT_PITCH * scale, degrees, (float(phase[0]), float(phase[1])))
        dots = smoothstep(cover * np.float32(1.04) - 1 + screen, -0.11, 0.11)
        slip = np.round(rng.uniform(-REGISTER, REGISTER, 2) * scale).astype(int)
        dots = np.roll(dots, (int(slip[0]), int(slip[1])), axis=(0, 1))
        dots *= np.clip(1 - GRAIN * np.abs(clouds(rng, shape, 3 * scale, 2)), 0.6, 1)
        sheet *= 1 - dots * (1 - rgb(ink))
    return sheet


def _separated(colours: Planes) -> list[Plane]:
    """Return how much of each ink makes a colour, 0..1.

    Each ink takes away its complement: blue the reds, pink the greens, yellow the blues. What blue and pink
    take from each other's light is given back by the mixing matrix.
    """
    return list(clipped(np.tensordot(np.array(MIXING, np.float32), 1 - colours, axes=1)))
