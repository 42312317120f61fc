"""Cells: scattered points, Voronoi cells by jump flooding, and the triangles between them."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from workflows.filters.planes import Indices, Plane, shape_of, shrunk

FAINTEST = 0.03
"""Points a grid cell under which error diffusion no longer spaces them well."""


class Points(NamedTuple):
    """Whole-pixel positions, one entry a point."""

    x: Indices
    y: Indices


def scattered(density: Plane, count: int, rng: np.random.Generator) -> Points:
    """Return about `count` points, as dense as `density` (any positive unit) asks, and evenly spaced.

    Error diffusion (Floyd and Steinberg 1976) of the density spaces them; noise keeps it from drawing worms.
    Few points are diffused on a coarser grid, because errors under one grey level would be lost.
    """
    height, width = shape_of(density)
    mesh = max(1, round(math.sqrt(FAINTEST * height * width / count)))
    coarse = shrunk(density, mesh) if mesh > 1 else density
    weight = coarse * np.float32(count / float(coarse.sum()))
    weight = weight * rng.uniform(0.6, 1.4, weight.shape).astype(np.float32)
    dots = Image.fromarray(_as_bytes(weight, rng)).convert("1", dither=Image.Dither.FLOYDSTEINBERG)
    rows, columns = np.nonzero(np.asarray(dots))
    shake = rng.random((2, len(rows)))
    x, y = (columns + shake[0]) * (width / coarse.shape[1]), (rows + shake[1]) * (height / coarse.shape[0])
    return Points(x.astype(np.intp), y.astype(np.intp))


def _as_bytes(weight: Plane, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Return dots a pixel (0..1) as bytes, rounded up or down by chance so that faint tones survive."""
    scaled = weight * np.float32(255) + rng.random(weight.shape, np.float32)
    return np.asarray(np.clip(scaled, 0, 255), np.uint8)


def with_border(points: Points, shape: tuple[int, int], spacing: int) -> Points:
    """Add points all round the border, so that triangles reach it."""
    height, width = shape
    along = np.linspace(0, width - 1, max(2, width // spacing)).astype(np.intp)
    down = np.linspace(0, height - 1, max(2, height // spacing)).astype(np.intp)
    inner = (points.x > spacing // 3) & (points.x < width - 1 - spacing // 3)
    inner &= (points.y > spacing // 3) & (points.y < height - 1 - spacing // 3)
    x = [points.x[inner], along, along, np.zeros_like(down), np.full_like(down, width - 1)]
    y = [points.y[inner], np.zeros_like(along), np.full_like(along, height - 1), down, down]
    return Points(np.concatenate(x), np.concatenate(y))


def voronoi(points: Points, shape: tuple[int, int], widest: int) -> Indices:
    """Return for each pixel the number of the nearest point: jump flooding (Rong and Tan, I3D 2006).

    Args:
        points: where the cells are seeded; at least one.
        shape: height and width.
        widest: a distance in pixels within which every pixel has a point.
    """
    height, width = shape
    labels = np.full(shape, len(points.x), np.intp)
    labels[points.y, points.x] = np.arange(len(points.x))
    # one more point, so far away that anything is nearer, stands for "not yet known"
    far = np.float32(1e4)
    at_x, at_y = np.append(points.x, far).astype(np.float32), np.append(points.y, far).astype(np.float32)
    x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
    best = (x - at_x[labels]) ** 2 + (y - at_y[labels]) ** 2
    jump = 1 << max(0, math.ceil(math.log2(min(widest, max(shape)))))
    while jump:
        known = labels.copy()
        for dy, dx in _NEIGHBOURS:
            _adopt(labels, best, known, (dy * jump, dx * jump), (at_x, at_y, x, y))
        jump //= 2
    return labels


_NEIGHBOURS = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0))


def _adopt(
    labels: Indices,
    best: Plane,
    known: Indices,
    offset: tuple[int, int],
    positions: tuple[Plane, Plane, Plane, Plane],
) -> None:
    """Let every pixel take over the label of the pixel at `offset` where that point is nearer."""
    (dy, dx), (height, width) = offset, labels.shape
    top, bottom = max(0, -dy), min(height, height - dy)
    left, right = max(0, -dx), min(width, width - dx)
    if top >= bottom or left >= right:
        return
    at_x, at_y, x, y = positions
    offered = known[top + dy : bottom + dy, left + dx : right + dx]
    away_x, away_y = x[:, left:right] - at_x[offered], y[top:bottom] - at_y[offered]
    distance = away_x * away_x + away_y * away_y
    here = best[top:bottom, left:right]
    nearer = distance < here
    np.copyto(here, distance, where=nearer)
    np.copyto(labels[top:bottom, left:right], offered, where=nearer)


def triangles(labels: Indices) -> Indices:
    """Return the Delaunay triangles as point numbers, shape (n, 3): where three cells meet, or four."""
    corners = np.stack([labels[:-1, :-1], labels[:-1, 1:], labels[1:, 1:], labels[1:, :-1]], axis=-1).reshape(
        -1, 4
    )
    ordered = np.sort(corners, axis=1)
    fresh = np.ones(ordered.shape, bool)
    fresh[:, 1:] = np.diff(ordered, axis=1) != 0
    cells = fresh.sum(axis=1)
    threes = ordered[cells == 3][fresh[cells == 3]].reshape(-1, 3)
    fours = corners[cells == 4]
    found = np.concatenate([threes, fours[:, [0, 1, 2]], fours[:, [0, 2, 3]]])
    return np.unique(np.sort(found, axis=1), axis=0)
