"""Stained glass: panes of jewel colours in lead, with the features painted on the glass."""

import numpy as np

from workflows.filters.attention import attention, busyness
from workflows.filters.cells import scattered, voronoi
from workflows.filters.color import oklab, relit, rgb, vivid
from workflows.filters.edges import flow_along_edges, gradient, ink
from workflows.filters.planes import (
    Indices,
    Plane,
    Planes,
    clipped,
    luma,
    mix,
    regrown,
    scale_of,
    shape_of,
    shrunk,
    smoothstep,
)
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.texture import clouds
from workflows.filters.tone import evened, exposed

MIDDLE = 0.49
PANES = 700
"""Panes of glass, for a square picture."""
VIVIDNESS = 1.4
LEAD, ENAMEL = rgb("0f0f13"), rgb("1a0f0c")
"""Colours of the cames between panes, and of the paint that glaziers draw faces with."""
SHADING, SHADING_OF_FACES = 0.35, 0.92
"""How much of the photo's shading is painted on the panes; the rest is flat glass."""
FACE_UNCUT = (0.18, 0.42)
"""Attention between which the cames end: a glazier cuts no face into pieces."""
MARGIN = 1 / 20
"""How much farther than the picture panes are cut, in parts of its long side."""
SIGHT = 3.0
"""How blurred the photo is seen when panes are cut, in pixels: cloth has no outlines."""
ROUNDS = 6
COMPACTNESS = 1.1
"""How much nearness counts beside colour when panes are cut."""
SHADE_RELIEF = 0.5
"""How far lines are told apart from the dark that they lie in."""
GLOW, RIPPLES = 0.22, 0.05


def stainedglass(photo: Planes, rng: np.random.Generator) -> Planes:
    """Set the photo in glass and lead."""
    scale, shape = scale_of(photo), shape_of(photo)
    toned = exposed(photo, MIDDLE)
    flat = flattened(toned, 12 * scale, 0.22)
    light = clarified(luma(flat), 90 * scale, 0.6)
    small = shrunk(relit(flat, light), 2)
    care = attention(toned)
    panes, count = _cut(small, care, rng)
    colours = vivid(_pane_means(small, panes, count)[:, None, :], VIVIDNESS)[:, 0]
    seams = _seams(panes)
    seams *= 1 - smoothstep(care, *FACE_UNCUT)
    glass = _painted(regrown(colours[:, panes], 2, shape), flat, light, regrown(care, 2, shape))
    bright = clipped(regrown(blurred(seams, 4 * scale), 2, shape) * np.float32(2.2))
    glass *= 1 + GLOW * (1 - bright) + clouds(rng, shape, 26 * scale, 3) * np.float32(RIPPLES)
    return _leaded(clipped(glass), regrown(blurred(seams, 0.9 * scale), 2, shape), scale)


def _painted(glass: Planes, flat: Planes, light: Plane, care: Plane) -> Planes:
    """Paint shading and outlines on the glass, most on the face."""
    scale = scale_of(light)
    amount = SHADING + (SHADING_OF_FACES - SHADING) * smoothstep(care, 0.08, 0.35)
    shaded = mix(glass, vivid(relit(flat, light), VIVIDNESS * 0.6), amount)
    flow = flow_along_edges(light, 3 * scale)
    drawn = evened(luma(flat), 40 * scale, SHADE_RELIEF)
    lines = ink(drawn, 1.5 * scale, sharpness=17, level=0.28, hardness=7, flow=flow)
    return mix(shaded, ENAMEL, (1 - lines) * np.float32(0.85))


def _leaded(glass: Planes, seams: Plane, scale: float) -> Planes:
    """Lay round cames over the seams, lit from the upper left."""
    lead = smoothstep(seams, 0.22, 0.42)
    slope_x, slope_y = gradient(blurred(lead, 1.0 * scale))
    came = LEAD + np.clip(-(slope_x + slope_y) * np.float32(1.8 * scale), 0, 0.5)
    return mix(glass, came, lead)


def _cut(small: Planes, care: Plane, rng: np.random.Generator) -> tuple[Indices, int]:
    """Cut the half-size picture into panes that follow its colours; returns pane numbers and their count.

    Panes are cut over a wider area and cropped, so that those at the rim are no smaller than others.
    """
    density = 0.20 + 0.35 * busyness(luma(small), 8 * scale_of(small)) + 0.1 * care
    margin = max(6, round(max(shape_of(small)) * MARGIN))
    padded = np.pad(density, margin, "edge")
    points = scattered(padded, round(PANES * min(padded.shape) / max(padded.shape)), rng)
    count = len(points.x)
    panes = voronoi(points, shape_of(padded), widest=margin * 4)[margin:-margin, margin:-margin]
    return _fitted(blurred(small, SIGHT * scale_of(small)), panes, count), count


def _fitted(small: Planes, panes: Indices, count: int) -> Indices:
    """Move panes' borders onto the colours' borders, as SLIC does (Achanta et al., PAMI 2012)."""
    height, width = panes.shape
    area = np.sqrt(height * width / count)
    y, x = np.meshgrid(np.arange(height, dtype=np.float32), np.arange(width, dtype=np.float32), indexing="ij")
    nearness = np.float32(COMPACTNESS * 0.1 / area)
    features = np.concatenate([oklab(small), (x * nearness)[None], (y * nearness)[None]])
    for _ in range(ROUNDS):
        centres = _pane_means(features, panes, count)
        panes = _reassigned(features, centres, panes)
    return panes


def _reassigned(features: Planes, centres: Planes, panes: Indices) -> Indices:
    """Give border pixels to the neighbouring pane they are more like; pixels inside keep theirs."""
    best = ((features - centres[:, panes]) ** 2).sum(axis=0)
    chosen = panes.copy()
    for axis in (0, 1):
        for step in (-2, 2):
            offered = np.roll(panes, step, axis=axis)
            at_seam = np.nonzero(offered != panes)
            theirs = offered[at_seam]
            cost = ((features[:, at_seam[0], at_seam[1]] - centres[:, theirs]) ** 2).sum(axis=0)
            better = cost < best[at_seam]
            rows, columns = at_seam[0][better], at_seam[1][better]
            best[rows, columns], chosen[rows, columns] = cost[better], theirs[better]
    return chosen


def _pane_means(features: Planes, panes: Indices, count: int) -> Planes:
    """Return each pane's mean, shape (features, count)."""
    numbers = panes.ravel()
    sizes = np.bincount(numbers, minlength=count) + 1e-6
    sums = [np.bincount(numbers, feature.ravel(), count) / sizes for feature in features]
    return np.stack(sums).astype(np.float32)


def _seams(panes: Indices) -> Plane:
    """Return where two panes meet: 1, else 0."""
    seams = np.zeros(panes.shape, np.float32)
    seams[:-1] += panes[:-1] != panes[1:]
    seams[:, :-1] += panes[:, :-1] != panes[:, 1:]
    return np.minimum(seams, 1)
