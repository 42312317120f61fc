"""Watercolour: transparent washes on rough paper, pigment gathered at their edges, and a ragged border."""

import numpy as np

from workflows.filters.attention import attention
from workflows.filters.color import rgb, vivid
from workflows.filters.edges import flow_along_edges, ink, steepness
from workflows.filters.planes import (
    Plane,
    Planes,
    clipped,
    coordinates,
    luma,
    mix,
    regrown,
    scale_of,
    shape_of,
    smoothstep,
)
from workflows.filters.smoothing import blurred, flattened
from workflows.filters.texture import clouds, grain, paper
from workflows.filters.tone import exposed

MIDDLE = 0.57
SHEET = rgb("fcfaf4")
INDIGO, UMBER = rgb("1d2148"), rgb("3a1a08")
"""What a painter takes for black, in cool and in warm shadows."""
SHADOW_LIFT = 0.5
WARMTH = 6.0
"""How quickly a shadow counts as warm, as red outweighs blue."""
WASHES = 6
"""Tones a painter lays over each other."""
WANDER, WANDER_LUMP = 2.4, 44.0
"""How far the brush strays from the drawing, and over which length it comes back, in pixels."""
CAREFULNESS = 0.8
"""How much less it strays in a face."""
FEATURES = (0.004, 0.03)
"""Slopes of brightness, per pixel, between which the fine brush takes over from the broad one."""
VIVIDNESS = 0.75
POOLING = 0.85
"""How much pigment gathers where a wash ends."""
CLOUDING, GRANULATION = 0.17, 0.07
PENCIL = rgb("6b5a55")
PENCIL_STRENGTH = 0.62
BORDER = 0.055
"""Width of the bare paper round the picture, in half short sides."""


def watercolor(photo: Planes, rng: np.random.Generator) -> Planes:
    """Paint the photo in watercolour."""
    scale, shape = scale_of(photo), shape_of(photo)
    toned = exposed(photo, MIDDLE)
    fine = flattened(toned, 8 * scale, 0.22)
    broad = flattened(fine, 30 * scale, 0.55)
    care = smoothstep(regrown(attention(toned), 2, shape), 0.1, 0.5)
    edges = blurred(steepness(blurred(luma(fine), 1.5 * scale)) * np.float32(scale), 4 * scale)
    features = np.maximum(smoothstep(edges, *FEATURES), care) * np.float32(0.85)
    washes = _strayed(mix(broad, fine, features), rng, WANDER * scale * (1 - CAREFULNESS * care))
    washes, pools = _layered(washes, scale)
    density = 1 + CLOUDING * clouds(rng, shape, 150 * scale) + GRANULATION * grain(rng, shape, 0.9 * scale)
    density += POOLING * pools
    painted = np.power(_pigmented(washes), np.clip(density, 0.45, 2.4))
    painted = mix(painted, painted * PENCIL, _drawing(fine, scale) * np.float32(PENCIL_STRENGTH))
    return _bordered(painted, rng, scale) * paper(rng, shape, scale, 0.085)


def _strayed(planes: Planes, rng: np.random.Generator, reach: Plane) -> Planes:
    """Move pixels about by `reach` pixels or so, so that outlines wobble as a hand's do."""
    height, width = shape_of(planes)
    lump = WANDER_LUMP * scale_of(planes)
    away_x, away_y = (clouds(rng, (height, width), lump, 3) * reach for _ in range(2))
    columns = np.clip(np.arange(width, dtype=np.float32) + away_x, 0, width - 1).astype(np.intp)
    rows = np.clip(np.arange(height, dtype=np.float32)[:, None] + away_y, 0, height - 1).astype(np.intp)
    return np.stack([np.take(plane, rows * width + columns) for plane in planes])


def _layered(planes: Planes, scale: float) -> tuple[Planes, Plane]:
    """Gather the brightness into a few soft steps; also return where the steps end, 0..1."""
    light = luma(planes)
    steps = light * np.float32(WASHES)
    base = np.floor(steps)
    edge = np.tanh((steps - base - 0.5) * 5) / 2 + np.float32(0.5)
    stepped = (base + edge) * np.float32(1 / WASHES)
    gain = (0.35 * light + 0.65 * stepped + 0.04) / (light + 0.04)
    washes = clipped(planes * gain)
    rim = clipped(steepness(blurred(luma(washes), 1.1 * scale)) * np.float32(7 * scale))
    return washes, np.clip(blurred(rim, 1.1 * scale), 0, 0.8)


def _pigmented(planes: Planes) -> Planes:
    """Return the light that washes let through: vivid, never black, and bare paper in the lights."""
    colours = vivid(planes, VIVIDNESS)
    warm = clipped((colours[0] - colours[2]) * np.float32(WARMTH))
    colours += mix(INDIGO, UMBER, warm) * np.float32(SHADOW_LIFT) * (1 - colours)
    glow = smoothstep(luma(colours), 0.80, 1.0) * np.float32(0.6)
    return np.clip(mix(colours, SHEET, glow), 0.03, 0.995)


def _drawing(planes: Planes, scale: float) -> Plane:
    """Return the pencil lines under the paint: 1 = line."""
    light = luma(planes)
    lines = ink(
        light, 1.0 * scale, sharpness=17, level=0.40, hardness=3.2, flow=flow_along_edges(light, 3 * scale)
    )
    return 1 - lines


def _bordered(painted: Planes, rng: np.random.Generator, scale: float) -> Planes:
    """Leave bare paper round the picture, with a ragged edge where the paint dried darker."""
    height, width = shape_of(painted)
    x, y = coordinates((height, width))
    short = min(height, width)
    inside = np.minimum(
        (1 - np.abs(x)) * np.float32(width / short), (1 - np.abs(y)) * np.float32(height / short)
    )
    inside = inside + clouds(rng, (height, width), 90 * scale, 4) * np.float32(0.020)
    rim = np.exp(-(((inside - BORDER - 0.016) / 0.009) ** 2)) * np.float32(0.35)
    return mix(SHEET, np.power(painted, 1 + rim) * SHEET, smoothstep(inside, BORDER, BORDER + 0.012))
