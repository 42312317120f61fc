"""Low poly: the photo folded from flat triangles, finest where the face is."""

import numpy as np
from PIL import Image, ImageDraw

from workflows.filters.attention import attention, busyness
from workflows.filters.cells import Points, scattered, triangles, voronoi, with_border
from workflows.filters.color import vivid
from workflows.filters.planes import Planes, luma, planes_of, scale_of, shape_of, shrunk
from workflows.filters.smoothing import flattened, sharpened
from workflows.filters.tone import exposed

MIDDLE = 0.5
CORNERS = 5200
"""Points of the mesh, for a square picture."""
EVERYWHERE, AT_EDGES, AT_THE_FACE = 0.035, 0.35, 1.6
"""How points are shared out."""
BORDER_SPACING = 1 / 22
"""Between points of the border, in parts of the long side of the half-size picture."""
VIVIDNESS, FACET_LIGHT = 0.55, 0.03
SAMPLES = np.array([[1, 1, 1], [3, 1, 1], [1, 3, 1], [1, 1, 3], [4, 4, 1], [1, 4, 4], [4, 1, 4]], np.float32)
"""Barycentric places in a triangle whose colours are averaged."""


def lowpoly(photo: Planes, rng: np.random.Generator) -> Planes:
    """Fold the photo from triangles."""
    toned = exposed(photo, MIDDLE)
    colours = sharpened(vivid(toned, VIVIDNESS), 2.5 * scale_of(photo), 0.7)
    points, corners = _mesh(toned, rng)
    x, y = _stretched_to_border(points, shape_of(photo))
    facets = _facet_colours(colours, x[corners], y[corners])
    facets *= 1 + rng.normal(0, FACET_LIGHT, (len(facets), 1))
    return _drawn(x[corners], y[corners], facets, shape_of(photo))


def _mesh(toned: Planes, rng: np.random.Generator) -> tuple[Points, np.ndarray]:
    """Scatter points over the half-size picture and join them; returns points and triangles."""
    small = flattened(shrunk(toned, 2), 4 * scale_of(toned), 0.2)
    shape = shape_of(small)
    edges = busyness(luma(small), 1.2 * scale_of(toned))
    density = EVERYWHERE + edges * (AT_EDGES + AT_THE_FACE * attention(toned)) + 0.10 * attention(toned)
    spacing = max(4, round(max(shape) * BORDER_SPACING))
    count = round(CORNERS * min(shape) / max(shape))
    points = with_border(scattered(density, count, rng), shape, spacing)
    return points, triangles(voronoi(points, shape, widest=spacing * 2))


def _stretched_to_border(points: Points, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Bring the half-size mesh to full size, its border exactly onto the picture's."""
    height, width = shape
    x = points.x / max(points.x.max(), 1) * width
    y = points.y / max(points.y.max(), 1) * height
    return x.astype(np.float32), y.astype(np.float32)


def _facet_colours(colours: Planes, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return each triangle's mean colour, shape (n, 3); x and y are its corners, (n, 3)."""
    height, width = shape_of(colours)
    weights = (SAMPLES / SAMPLES.sum(axis=1, keepdims=True)).T
    columns = np.clip((x @ weights).astype(np.intp), 0, width - 1)
    rows = np.clip((y @ weights).astype(np.intp), 0, height - 1)
    return colours[:, rows, columns].mean(axis=2).T


def _drawn(x: np.ndarray, y: np.ndarray, facets: np.ndarray, shape: tuple[int, ...]) -> Planes:
    """Fill the triangles at twice the size, then shrink: smooth borders."""
    height, width = shape
    sheet = Image.new("RGB", (width * 2, height * 2))
    pen = ImageDraw.Draw(sheet)
    outlines = (np.stack([x, y], axis=-1) * 2).reshape(-1, 6).tolist()
    fills = (np.clip(facets, 0, 1) * 255).astype(int).tolist()
    for outline, fill in zip(outlines, fills, strict=True):
        pen.polygon(outline, fill=tuple(fill), outline=tuple(fill))
    return planes_of(sheet.resize((width, height), Image.Resampling.BOX))
