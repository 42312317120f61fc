"""Oil: brush strokes from broad to fine, with the light caught in the paint's ridges."""

import numpy as np
from PIL import Image

from workflows.filters.attention import attention
from workflows.filters.color import vivid
from workflows.filters.edges import Flow, flow_along_edges, gradient, smeared
from workflows.filters.planes import (
    Plane,
    Planes,
    clipped,
    image_of,
    luma,
    mix,
    planes_of,
    regrown,
    scale_of,
    shape_of,
    smoothstep,
)
from workflows.filters.smoothing import blurred, sharpened
from workflows.filters.strokes import Brush, paint
from workflows.filters.texture import noise, paper
from workflows.filters.tone import exposed

MIDDLE = 0.5
VIVIDNESS = 0.6
LAYERS = (
    (Brush(17, 92, 27, 0.030), 7.0, None),
    (Brush(9, 46, 13, 0.020), 3.0, 0.11),
    (Brush(5, 23, 6.0, 0.010), 1.3, 0.12),
    (Brush(3.2, 12, 3.0, 0.004), 0.6, 0.10),
)
"""Per layer: the brush, how blurred it sees the photo (pixels), and the error that it mends (0..3)."""
FACE_CARE = 0.75
"""How much smaller an error is mended where a face is likely."""
RELIEF, GLOSS, BRISTLES = 0.42, 0.30, 0.030


def oil(photo: Planes, rng: np.random.Generator) -> Planes:
    """Paint the photo in oil."""
    scale, shape = scale_of(photo), shape_of(photo)
    toned = sharpened(vivid(exposed(photo, MIDDLE), VIVIDNESS), 3 * scale, 0.8)
    flow = _brush_flow(luma(toned), scale)
    care = regrown(attention(photo), 2, shape)
    canvas = image_of(blurred(toned, 10 * scale)).convert("RGBA")
    for brush, sight, error in LAYERS:
        target = blurred(toned, sight * scale)
        wanted = (
            np.ones(shape, np.float32)
            if error is None
            else _unlike(canvas, target, error, care, brush.spacing * scale)
        )
        sized = Brush(
            max(2.0, brush.spacing * scale), brush.length * scale, brush.width * scale, brush.jitter
        )
        paint(canvas, target, flow, sized, wanted, rng)
    return _lit(canvas, flow, rng, scale)


def _brush_flow(light: Plane, scale: float) -> Flow:
    """Return directions for the brush: along edges, and in flat places along the broad form."""
    fine = flow_along_edges(light, 4 * scale)
    broad = flow_along_edges(blurred(light, 6 * scale), 16 * scale)
    certain = smoothstep(fine.certainty, 0.15, 0.5)
    sign = np.where(fine.x * broad.x + fine.y * broad.y < 0, np.float32(-1), np.float32(1))
    x, y = mix(broad.x * sign, fine.x, certain), mix(broad.y * sign, fine.y, certain)
    length = np.sqrt(x * x + y * y) + np.float32(1e-6)
    return Flow(x / length, y / length, certain)


def _unlike(canvas: Image.Image, target: Planes, error: float, care: Plane, spacing: float) -> Plane:
    """Return where the canvas is not yet like the target, 0 or 1."""
    missing = blurred(np.abs(planes_of(canvas) - target).sum(axis=0), max(0.6, spacing / 2))
    return (missing > error * (1 - FACE_CARE * care)).astype(np.float32)


def _lit(canvas: Image.Image, flow: Flow, rng: np.random.Generator, scale: float) -> Planes:
    """Light the paint's ridges and bristle marks from the upper left."""
    colours = planes_of(canvas)
    height = np.asarray(canvas.getchannel("A"), np.float32) * np.float32(1 / 255)
    marks = smeared(noise(rng, height.shape, 1.2 * scale), flow, 6, 2.0 * scale)
    relief = blurred(height, 1.1 * scale) + marks / marks.std() * np.float32(BRISTLES)
    x, y = gradient(relief)
    slope = np.clip((x + y) * np.float32(-1.7 * scale), -0.3, 0.4)
    light = luma(colours)
    calm = (1 - 0.5 * smoothstep(light, 0.45, 0.8)) * smoothstep(light, -0.15, 0.35)
    lit = colours * (1 + slope * calm * np.float32(RELIEF)) + clipped(slope) ** 2 * calm * np.float32(GLOSS)
    return clipped(lit) * paper(rng, height.shape, scale, 0.05)
