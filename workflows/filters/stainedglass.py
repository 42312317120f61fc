"""Stained glass: panes of jewel colours in lead."""

import numpy as np

from workflows.filters.attention import attention, busyness
from workflows.filters.cells import scattered, voronoi, with_border
from workflows.filters.color import oklab, relit, rgb, vivid
from workflows.filters.edges import gradient
from workflows.filters.planes import (
    Indices,
    Plane,
    Planes,
    clipped,
    luma,
    mix,
    resized,
    scale_of,
    shape_of,
    shrunk,
    smoothstep,
)
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.texture import clouds
from workflows.filters.tone import exposed

MIDDLE = 0.52
PANES = 2300
VIVIDNESS = 1.5
LEAD = rgb("0f0f13")
"""Colour of the came between panes."""
ROUNDS = 4
COMPACTNESS = 0.9
"""How much nearness counts beside colour when panes are cut."""


def stainedglass(photo: Planes, rng: np.random.Generator) -> Planes:
    """Set the photo in glass and lead."""
    scale, shape = scale_of(photo), shape_of(photo)
    flat = flattened(exposed(photo, MIDDLE), 14 * scale, 0.25)
    flat = relit(flat, clarified(luma(flat), 90 * scale, 0.6))
    small = shrunk(flat, 2)
    panes, count = _cut(small, photo, rng)
    colours = vivid(_pane_colours(small, panes, count)[:, None, :], VIVIDNESS)[:, 0]
    seams = _seams(panes)
    lead = smoothstep(resized(blurred(seams, 0.9 * scale), shape), 0.20, 0.42)
    glass = resized(colours[:, panes], shape)
    glow = 1 + 0.25 * (1 - clipped(resized(blurred(seams, 4 * scale), shape) * np.float32(2.2)))
    glass = clipped(glass * (glow + clouds(rng, shape, 26 * scale, 3) * np.float32(0.055)))
    shine_x, shine_y = gradient(blurred(lead, 1.0 * scale))
    came = LEAD + np.clip(-(shine_x + shine_y) * np.float32(1.8 * scale), 0, 0.5)
    return mix(glass, came, lead)


def _cut(small: Planes, photo: Planes, rng: np.random.Generator) -> tuple[Indices, int]:
    """Cut the half-size picture into panes that follow its colours; returns pane numbers and their count."""
    shape = shape_of(small)
    care = attention(photo)
    density = 0.12 + 0.5 * busyness(luma(small), 5 * scale_of(photo)) * (0.4 + care) + 0.8 * care
    spacing = max(4, max(shape) // 18)
    count = round(PANES * min(shape) / max(shape))
    points = with_border(scattered(density, count, rng), shape, spacing)
    panes = voronoi(points, shape, widest=spacing * 2)
    return _fitted(small, panes, len(points.x)), len(points.x)


def _fitted(small: Planes, panes: Indices, count: int) -> Indices:
    """Move panes' borders onto the colours' borders, as SLIC does (Achanta et al., PAMI 2012)."""
    height, width = panes.shape
    area = np.sqrt(height * width / count)
    y, x = np.meshgrid(np.arange(height, dtype=np.float32), np.arange(width, dtype=np.float32), indexing="ij")
    nearness = np.float32(COMPACTNESS * 0.1 / area)
    features = np.concatenate([oklab(small), (x * nearness)[None], (y * nearness)[None]])
    for _ in range(ROUNDS):
        centres = _pane_colours(features, panes, count)
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


def _pane_colours(features: Planes, panes: Indices, count: int) -> Planes:
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
