"""Brush strokes: short tapered ribbons that follow the form, laid layer over layer."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from workflows.filters.edges import Flow
from workflows.filters.planes import Plane, Planes, clipped, shape_of

JOINTS = 4
"""Steps of a stroke's spine to either side of its middle."""
INERTIA = 0.6
"""How much a brush keeps its heading against the flow."""


class Brush(NamedTuple):
    """One layer's brush: lengths in pixels."""

    spacing: float
    length: float
    width: float
    jitter: float
    """Standard deviation of a stroke's colour, 0..1."""


def paint(
    canvas: Image.Image, target: Planes, flow: Flow, brush: Brush, wanted: Plane, rng: np.random.Generator
) -> None:
    """Lay one layer of strokes on an RGBA canvas, whose alpha takes up the height of the paint.

    Args:
        canvas: painted on in place.
        target: colours to paint, same size as the canvas.
        flow: directions of the strokes.
        brush: this layer's brush.
        wanted: chance that a stroke is laid at a place, 0..1.
        rng: decides places, order and variation.
    """
    x, y = _places(shape_of(target), brush.spacing, wanted, rng)
    if not len(x):
        return
    count = len(x)
    colours = (
        target[:, y, x].T
        + rng.normal(0, brush.jitter, (count, 1))
        + rng.normal(0, brush.jitter / 2, (count, 3))
    )
    heights = rng.integers(70, 235, (count, 1))
    fills = np.concatenate([clipped(colours) * 255, heights], axis=1).astype(int)
    spine = _spines(x, y, flow, brush.length * rng.uniform(0.7, 1.25, count))
    outlines = _ribbons(spine, brush.width * rng.uniform(0.75, 1.2, count))
    pen = ImageDraw.Draw(canvas)
    for outline, fill in zip(outlines.tolist(), fills.tolist(), strict=True):
        pen.polygon(outline, fill=tuple(fill))


def _places(
    shape: tuple[int, ...], spacing: float, wanted: Plane, rng: np.random.Generator
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where strokes start, in random order: a shaken grid, thinned by what is wanted."""
    height, width = shape
    grid_y, grid_x = np.meshgrid(np.arange(0, height, spacing), np.arange(0, width, spacing), indexing="ij")
    shake = rng.uniform(-0.5, 0.5, (2, grid_x.size)) * spacing
    x = np.clip(grid_x.ravel() + shake[0], 0, width - 1).astype(np.intp)
    y = np.clip(grid_y.ravel() + shake[1], 0, height - 1).astype(np.intp)
    kept = np.flatnonzero(rng.random(x.size) < wanted[y, x])
    order = rng.permutation(kept)
    return x[order], y[order]


def _spines(
    x: npt.NDArray[np.intp], y: npt.NDArray[np.intp], flow: Flow, length: npt.NDArray[np.floating]
) -> npt.NDArray[np.floating]:
    """Follow the flow from each place to both sides; shape (strokes, 2 * JOINTS + 1, 2)."""
    height, width = flow.x.shape
    spine = np.empty((len(x), 2 * JOINTS + 1, 2), np.float32)
    spine[:, JOINTS] = np.stack([x, y], axis=1)
    stride = (length / (2 * JOINTS)).astype(np.float32)[:, None]
    for sign in (1, -1):
        place = spine[:, JOINTS].copy()
        heading = np.stack([flow.x[y, x], flow.y[y, x]], axis=1) * sign
        for joint in range(1, JOINTS + 1):
            place += heading * stride
            spine[:, JOINTS + sign * joint] = place
            column = np.clip(place[:, 0], 0, width - 1).astype(np.intp)
            row = np.clip(place[:, 1], 0, height - 1).astype(np.intp)
            tangent = np.stack([flow.x[row, column], flow.y[row, column]], axis=1)
            tangent *= np.where((tangent * heading).sum(axis=1, keepdims=True) < 0, -1, 1)
            heading = INERTIA * heading + (1 - INERTIA) * tangent
            heading /= np.sqrt((heading**2).sum(axis=1, keepdims=True)) + 1e-6
    return spine


def _ribbons(spine: npt.NDArray[np.floating], width: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Return each stroke's outline, tapered at both ends; shape (strokes, coordinates)."""
    along = np.gradient(spine, axis=1)
    along /= np.sqrt((along**2).sum(axis=2, keepdims=True)) + 1e-6
    normal = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    taper = np.sqrt(np.sin(np.linspace(0.25, np.pi - 0.25, spine.shape[1])))
    half = (width[:, None] * taper[None, :] / 2)[..., None]
    outline = np.concatenate([spine + normal * half, (spine - normal * half)[:, ::-1]], axis=1)
    return outline.reshape(len(spine), -1)
