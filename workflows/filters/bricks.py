"""Bricks: a mosaic of round-studded building bricks, lit from the upper left."""

import numpy as np

from workflows.filters.color import palette, relit, vivid
from workflows.filters.planes import Plane, Planes, clipped, luma, scale_of, shape_of, smoothstep
from workflows.filters.smoothing import clarified, flattened
from workflows.filters.tiles import dithered, enlarged, position_in_square, squares
from workflows.filters.tone import exposed

MIDDLE = 0.52
ACROSS = 88
"""Studs along the long side."""
VIVIDNESS, SHARPENING, DITHER, HUE_WEIGHT = 0.15, 0.6, 0.02, 2.2
PLASTIC = """
    f4f4f4 c8ccd0 a0a19f 646767 2b3238 0a0c10 b40000
    fac80a e06a1b a5ca18 00852b 00451a 1e5aa8 19325a 7396c8
    9dc3f7 e8d3ae c9a678 9a6b43 6f4526 47280f 2c1a10 f0c39b
    d79a6c b57e55 84563a f9dcc0 901f76 d05098 ff9ecd 441a91
    68c3e2 069d9f a06eb9 3b2016 5a3322 74452c 8f5d40
    e59c78 cf7a54 b3603f 99472e 7c3524
"""
STUD, SHADOW_FALL = 0.64, (0.12, 0.16)
"""The stud's radius, and where its shadow falls, in half bricks."""


def bricks(photo: Planes, rng: np.random.Generator) -> Planes:
    """Build the photo from bricks."""
    height, width = shape_of(photo)
    scale = scale_of(photo)
    flat = flattened(exposed(photo, MIDDLE), 8 * scale, 0.3)
    flat = vivid(relit(flat, clarified(luma(flat), 100 * scale, 0.5)), VIVIDNESS)
    small = squares(flat, ACROSS, SHARPENING)
    built = dithered(small, palette(PLASTIC.split()), DITHER, HUE_WEIGHT, int(rng.integers(16)))
    built = built * (1 + rng.normal(0, 0.018, shape_of(built)).astype(np.float32))
    shade, shine = _stud(*position_in_square((height, width), shape_of(small)))
    return enlarged(built, (height, width)) * shade + shine


def _stud(x: Plane, y: Plane) -> tuple[Plane, Plane]:
    """Return what a brick's colour is multiplied with, and the gloss that is added."""
    radius = np.sqrt(x * x + y * y)
    shade = 0.97 - 0.24 * smoothstep(np.maximum(np.abs(x), np.abs(y)), 0.90, 1.0)
    fallen = np.sqrt((x - SHADOW_FALL[0]) ** 2 + (y - SHADOW_FALL[1]) ** 2)
    shade *= 1 - 0.24 * smoothstep(0.84 - fallen, 0.0, 0.25) * smoothstep(radius, STUD - 0.04, STUD)
    top = smoothstep(STUD - radius, 0.0, 0.06)
    shade = shade * (1 - top) + top * np.float32(1.05)
    rim = np.exp(-(((radius - STUD + 0.04) / 0.065) ** 2))
    towards_light = -(x + y) / 2
    shine = rim * clipped(towards_light) * np.float32(0.40)
    return shade * (1 - rim * clipped(-towards_light) * np.float32(0.38)), shine
