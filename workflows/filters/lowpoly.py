"""Low poly: the photo folded from flat triangles, finest where the face is."""

import numpy as np
from PIL import Image, ImageDraw

from workflows.filters.attention import attention, busyness
from workflows.filters.cells import scattered, triangles, voronoi, with_border
from workflows.filters.color import vivid
from workflows.filters.planes import (
    Indices,
    Plane,
    Planes,
    clipped,
    luma,
    planes_of,
    scale_of,
    shape_of,
    shrunk,
)
from workflows.filters.smoothing import flattened, sharpened
from workflows.filters.tone import exposed

MIDDLE = 0.5
CORNERS = 6000
"""Points of the mesh, for a square picture."""
EVERYWHERE, AT_EDGES, AT_THE_FACE, FACE_BASE = 0.06, 0.35, 1.6, 0.10
"""How points are shared out."""
EDGE_REACH = 1.2
"""How far round an edge points gather, in pixels of the reference picture."""
MARGIN = 1 / 22
"""How far the mesh reaches beyond the picture, in parts of its long side."""
VIVIDNESS, FACET_LIGHT = 0.55, 0.03
SAMPLES = np.array([[1, 1, 1], [3, 1, 1], [1, 3, 1], [1, 1, 3], [4, 4, 1], [1, 4, 4], [4, 1, 4]], np.float32)
"""Barycentric places in a triangle whose colours are averaged."""


def lowpoly(photo: Planes, rng: np.random.Generator) -> Planes:
    """Fold the photo from triangles."""
    toned = exposed(photo, MIDDLE)
    colours = sharpened(vivid(toned, VIVIDNESS), 2.5 * scale_of(photo), 0.7)
    x, y, corners = _mesh(toned, rng)
    facets = _facet_colours(colours, x[corners], y[corners])
    facets *= 1 + rng.normal(0, FACET_LIGHT, (len(facets), 1))
    return _drawn(x[corners], y[corners], facets, shape_of(photo))


def _mesh(toned: Planes, rng: np.random.Generator) -> tuple[Plane, Plane, Indices]:
    """Scatter points over the half-size picture and join them.

    Returns x and y of the points in pixels of the full size, and the triangles as numbers of points, (n, 3).
    The mesh reaches beyond the picture, because triangles at its own rim may be missing.
    """
    (height, width), scale = shape_of(toned), scale_of(toned)
    small = flattened(shrunk(toned, 2), 4 * scale, 0.2)
    care = attention(toned)
    edges = busyness(luma(small), EDGE_REACH * scale)
    density = EVERYWHERE + edges * (AT_EDGES + AT_THE_FACE * care) + FACE_BASE * care
    margin = max(6, round(max(density.shape) * MARGIN))
    padded = np.pad(density, margin, "edge")
    points = scattered(padded, round(CORNERS * min(padded.shape) / max(padded.shape)), rng)
    points = with_border(points, shape_of(padded), margin)
    corners = triangles(voronoi(points, shape_of(padded), widest=margin * 2))
    x = (points.x - margin + 0.5) * (width / density.shape[1])
    y = (points.y - margin + 0.5) * (height / density.shape[0])
    return x, y, corners


def _facet_colours(colours: Planes, x: Plane, y: Plane) -> Plane:
    """Return each triangle's mean colour, shape (n, 3); x and y are its corners, (n, 3)."""
    height, width = shape_of(colours)
    weights = (SAMPLES / SAMPLES.sum(axis=1, keepdims=True)).T
    columns = np.clip((x @ weights).astype(np.intp), 0, width - 1)
    rows = np.clip((y @ weights).astype(np.intp), 0, height - 1)
    means: Plane = colours[:, rows, columns].mean(axis=2)
    return means.T


def _drawn(x: Plane, y: Plane, facets: Plane, shape: tuple[int, ...]) -> Planes:
    """Fill the triangles at twice the size, then shrink: smooth borders."""
    height, width = shape
    sheet = Image.new("RGB", (width * 2, height * 2))
    pen = ImageDraw.Draw(sheet)
    outlines = (np.stack([x, y], axis=-1) * 2).reshape(-1, 6).tolist()
    fills = (clipped(facets) * 255).astype(int).tolist()
    for outline, fill in zip(outlines, fills, strict=True):
        pen.polygon(outline, fill=tuple(fill), outline=tuple(fill))
    return planes_of(sheet.resize((width, height), Image.Resampling.BOX))
