"""Warhol: four silk-screened prints of the photo, each in other colours, a little out of register."""

import numpy as np
from PIL import Image

from workflows.filters.color import rgb
from workflows.filters.edges import flow_along_edges, ink
from workflows.filters.planes import Plane, Planes, luma, mix, resized, scale_of, shape_of, smoothstep
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.texture import clouds, halftone
from workflows.filters.tone import balanced, exposed, stretched

MIDDLE = 0.5
COLOURS = (
    ("1b1464", "ff0080", "ffd800", "00d5ff"),
    ("3d0066", "ff5a00", "7cff6b", "ff7ad9"),
    ("00303d", "00b3a4", "ff6f91", "fff04d"),
    ("2b0a3d", "7a2cff", "ff9f1c", "9df7ff"),
)
"""Each print's four inks from dark to light."""
BORDERS = ((0.20, 0.10), (0.44, 0.22), (0.78, 0.10))
"""Where each ink gives way to the next, and how much the screen frays that border, in brightness."""
CRISPNESS = 0.02
DOT_PITCH = 10.0
REGISTER = 3.0
"""How far the outlines may slip, in pixels."""
BALANCE = 0.4


def warhol(photo: Planes, rng: np.random.Generator) -> Planes:
    """Print the photo four times."""
    height, width = shape_of(photo)
    half = resized(photo, ((height + 1) // 2, (width + 1) // 2), Image.Resampling.BOX)
    scale = scale_of(half) * 2
    flat = luma(flattened(exposed(half, MIDDLE), 6 * scale, 0.3, rounds=3))
    light = blurred(clarified(flat, 70 * scale, 0.6), 0.9 * scale)
    tones = balanced(stretched(light, 3), BALANCE)
    lines = ink(
        flat, 0.75 * scale, sharpness=14, level=0.33, hardness=12, flow=flow_along_edges(flat, 2 * scale)
    )
    order = rng.permutation(len(COLOURS))
    prints = [_print(tones, lines, COLOURS[which], rng, scale) for which in order]
    sheet = np.concatenate([np.concatenate(prints[:2], axis=2), np.concatenate(prints[2:], axis=2)], axis=1)
    return sheet[:, :height, :width]


def _print(
    tones: Plane, lines: Plane, colours: tuple[str, ...], rng: np.random.Generator, scale: float
) -> Planes:
    """Pull one print: three borders between four inks, then the outlines."""
    phase = rng.random(2)
    screen = halftone(
        tones.shape, DOT_PITCH / 2 * scale, 45, (float(phase[0]), float(phase[1]))
    ) - np.float32(0.5)
    inks = [rgb(code) for code in colours]
    sheet: Planes = inks[0]
    for lighter, (bound, fray) in zip(inks[1:], BORDERS, strict=True):
        sheet = mix(sheet, lighter, smoothstep(tones + fray * screen, bound - CRISPNESS, bound + CRISPNESS))
    slip = np.round(rng.uniform(-REGISTER, REGISTER, 2) * scale / 2).astype(int)
    slipped = np.roll(lines, (int(slip[0]), int(slip[1])), axis=(0, 1))
    worn = 1 - np.clip(clouds(rng, tones.shape, 40 * scale, 4) - np.float32(1.9), 0, 0.5)
    return mix(sheet, inks[0], (1 - slipped) * worn)
