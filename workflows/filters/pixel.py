"""Pixel: the photo on a fantasy console, in few colours and large pixels."""

import numpy as np

from workflows.filters.color import palette, relit, vivid
from workflows.filters.planes import Planes, luma, scale_of, shape_of, smoothstep
from workflows.filters.smoothing import clarified, flattened
from workflows.filters.tiles import dithered, enlarged, position_in_square, smoothness, squares
from workflows.filters.tone import exposed

MIDDLE = 0.5
ACROSS = 144
"""Pixels along the long side."""
VIVIDNESS = 0.7
SHARPENING = 0.8
DITHER = 0.085
HUE_WEIGHT = 1.35
GAP = 0.09
"""How much darker a pixel's lower right rim is."""
CONSOLE = """
    000000 1d2b53 7e2553 008751 ab5236 5f574f c2c3c7 fff1e8
    ff004d ffa300 ffec27 00e436 29adff 83769c ff77a8 ffccaa
    291814 111d35 422136 125359 742f29 49333b a28879 f3ef7d
    be1250 ff6c24 a8e72e 00b543 065ab5 754665 ff6e59 ff9d81
"""
"""The colours of the PICO-8 fantasy console (Lexaloffle)."""
SKIN = "2e1a12 452818 5e3822 7a4a2e 96603e b57a54 d09870 e6b590 f4d0b0"
"""Nine steps of skin that a console of 1985 lacked."""
GREYS = "16161c 2a2c36 3f424f 8d8f99 e2dfdc"


def pixel(photo: Planes, rng: np.random.Generator) -> Planes:
    """Redraw the photo in large pixels of few colours."""
    height, width = shape_of(photo)
    flat = flattened(exposed(photo, MIDDLE), 8 * scale_of(photo), 0.25)
    flat = vivid(relit(flat, clarified(luma(flat), 100 * scale_of(photo), 0.5)), VIVIDNESS)
    small = squares(flat, ACROSS, SHARPENING)
    colours = palette(f"{CONSOLE} {SKIN} {GREYS}".split())
    strength = smoothness(small) * np.float32(DITHER) * np.float32(rng.uniform(0.9, 1.1))
    drawn = dithered(small, colours, strength, HUE_WEIGHT, int(rng.integers(16)))
    x, y = position_in_square((height, width), shape_of(small))
    rim = smoothstep(np.maximum(x, y), 0.60, 0.85)
    return enlarged(drawn, (height, width)) * (1 - np.float32(GAP) * rim)
