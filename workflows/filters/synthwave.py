"""Synthwave: a neon sunset of 1984, with a grid that runs to the horizon."""

import numpy as np

from workflows.filters.color import graded, rgb
from workflows.filters.edges import gradient, steepness
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
from workflows.filters.texture import noise
from workflows.filters.tone import balanced, evened, exposed, stretched

MIDDLE = 0.57
SUNSET = (
    (0.0, "0d0221"),
    (0.18, "1f0a4d"),
    (0.36, "5b189a"),
    (0.52, "b5179e"),
    (0.66, "ff2e88"),
    (0.80, "ff7e67"),
    (0.91, "ffc46b"),
    (1.0, "fff4c2"),
)
MOONLIGHT = ((0.0, "050026"), (0.3, "1b1ab0"), (0.6, "00a8ff"), (0.85, "6ff6ff"), (1.0, "f0ffff"))
SHADE_RELIEF = 0.22
"""How far a dark face is lifted from the violet night."""
CYAN, MAGENTA = rgb("22f4ff"), rgb("ff38d4")
HORIZON = 0.80
"""Where the grid begins, in parts of the height."""
SCANLINE, VIGNETTE = 0.09, 0.30
COLOUR_SLIP = 2.0
"""Pixels by which red and blue part."""


def synthwave(photo: Planes, rng: np.random.Generator) -> Planes:
    """Bathe the photo in neon."""
    scale = scale_of(photo)
    flat = luma(flattened(exposed(photo, MIDDLE), 12 * scale, 0.22))
    light = clarified(evened(flat, 60 * scale, SHADE_RELIEF), 90 * scale, 0.75)
    light = balanced(stretched(light, 2), 0.12)
    sheet = mix(graded(light, SUNSET), graded(light, MOONLIGHT), _side_light(flat, scale)) * np.float32(0.9)
    sheet += _neon(flat, light, scale)
    bright = clipped(luma(sheet) - np.float32(0.72))
    sheet += blurred(bright * sheet, 12 * scale) * np.float32(0.9)
    sheet = _with_grid(sheet, float(rng.random()), scale)
    return _on_a_tube(sheet, rng, scale)


def _side_light(flat: Plane, scale: float) -> Plane:
    """Return how much moonlight falls on each place: from the left, and on what faces left."""
    facing, _ = gradient(blurred(flat, 5 * scale))
    x, _ = coordinates(shape_of(flat))
    return np.clip(facing * np.float32(16 * scale * 0.9) + 0.30 * (1 - smoothstep(x, -1.0, 0.1)), 0, 0.85)


def _neon(flat: Plane, light: Plane, scale: float) -> Planes:
    """Return glowing outlines, cyan on the left and magenta on the right; busy places glow less."""
    lines = smoothstep(steepness(blurred(flat, 1.3 * scale)) * np.float32(scale), 0.02, 0.075)
    lines = lines * (1 - smoothstep(light, 0.70, 0.95))
    lines = lines * (1 - 0.75 * smoothstep(blurred(lines, 9 * scale), 0.16, 0.34))
    glow: Plane = 0.75 * lines + 0.45 * blurred(lines, 3.5 * scale) + 0.5 * blurred(lines, 14 * scale)
    x, _ = coordinates(shape_of(flat))
    return glow * mix(CYAN, MAGENTA, (x + 1) / 2)


def _with_grid(sheet: Planes, travelled: float, scale: float) -> Planes:
    """Lay the grid over the picture's foot; `travelled` is how far we drove, in grid squares."""
    height, width = shape_of(sheet)
    depth = (np.arange(height, dtype=np.float32)[:, None] / height - np.float32(HORIZON)) / np.float32(
        1 - HORIZON
    )
    near = np.clip(depth, 0.05, None)
    x, _ = coordinates((height, width))
    along = x * np.float32(3.5 * width / max(height, width)) / near
    lines_along = np.exp(-(((along % 1 - 0.5) / (0.03 + 0.02 / near)) ** 2))
    away = np.float32(2.2) / near + np.float32(travelled)
    lines_across = np.exp(-(((away % 1 - 0.5) / (0.05 + 0.04 / near)) ** 2))
    lines = np.maximum(lines_along, lines_across) * smoothstep(depth, 0.02, 0.9) * np.float32(0.85)
    dimmed = sheet * (1 - 0.35 * smoothstep(depth, 0.0, 1.0))
    return dimmed + (lines + blurred(lines, 5 * scale) * np.float32(0.6)) * MAGENTA


def _on_a_tube(sheet: Planes, rng: np.random.Generator, scale: float) -> Planes:
    """Show the picture on an old tube: scan lines, dark corners, parted colours, a little snow."""
    shape = shape_of(sheet)
    rows = np.arange(shape[0], dtype=np.float32)[:, None] / np.float32(4 * scale)
    x, y = coordinates(shape)
    corner = clipped(x * x + y * y - np.float32(0.45))
    sheet = sheet * (1 - SCANLINE * smoothstep(np.abs(rows % 1 - 0.5), 0.15, 0.35)) * (1 - VIGNETTE * corner)
    slip = round(COLOUR_SLIP * scale)
    parted = np.stack([np.roll(sheet[0], slip, axis=1), sheet[1], np.roll(sheet[2], -slip, axis=1)])
    return clipped(parted + noise(rng, shape, 1.5 * scale) * np.float32(0.012))
