"""Edges: gradients, the flow along edges, line integral convolution, and ink lines."""

import math
from typing import NamedTuple

import numpy as np

from workflows.filters.planes import Indices, Plane, regrown, shape_of, shrunk
from workflows.filters.smoothing import blurred

DOG_RATIO = 1.6
"""Width of the outer Gaussian beside the inner one (Marr and Hildreth 1980)."""


class Flow(NamedTuple):
    """The direction of edges at each pixel: unit vectors (x, y), and how sure it is (0..1). Planes."""

    x: Plane
    y: Plane
    certainty: Plane


def gradient(plane: Plane) -> tuple[Plane, Plane]:
    """Return the slopes along x and y, per pixel, by Sobel's operator; the border is repeated."""
    padded = np.pad(plane, 1, "edge")
    down = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    across = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return (down[:, 2:] - down[:, :-2]) * np.float32(1 / 8), (across[2:] - across[:-2]) * np.float32(1 / 8)


def steepness(plane: Plane) -> Plane:
    """Return the length of the gradient, per pixel."""
    x, y = gradient(plane)
    x *= x
    y *= y
    x += y
    return np.sqrt(x, out=x)


def flow_along_edges(plane: Plane, sigma: float) -> Flow:
    """Return the edge tangents from the smoothed structure tensor (Kyprianidis and Kang, Eurographics 2011).

    The tensor is computed at half size and smoothed over `sigma` pixels of the full size.
    """
    shape = shape_of(plane)
    x, y = gradient(shrunk(plane, 2))
    xx, xy, yy = (blurred(product, max(sigma / 2, 0.5)) for product in (x * x, x * y, y * y))
    total = regrown(xx + yy, 2, shape)
    # twice the angle of the gradient, as a vector that can be interpolated
    cosine, sine = regrown(xx - yy, 2, shape), regrown(2 * xy, 2, shape)
    strength = np.sqrt(cosine * cosine + sine * sine)
    angle = np.float32(0.5) * np.arctan2(sine, cosine) + np.float32(math.pi / 2)
    return Flow(np.cos(angle), np.sin(angle), strength / (total + np.float32(1e-6)))


def smeared(plane: Plane, flow: Flow, steps: int, stride: float = 1.0) -> Plane:
    """Average a plane along the flow: line integral convolution (Cabral and Leedom, SIGGRAPH 1993).

    Takes `steps` steps of `stride` pixels each way, weighted by a Gaussian, and reads the nearest pixel.
    """
    flat, flow_x, flow_y = plane.ravel(), flow.x.ravel(), flow.y.ravel()
    weights = [math.exp(-(((step + 1) / (0.6 * steps)) ** 2) / 2) for step in range(steps)]
    total = plane.copy()
    for sign in (1, -1):
        total += _walked(flat, flow_x, flow_y, plane.shape, np.float32(sign * stride), weights)
    total *= np.float32(1 / (1 + 2 * sum(weights)))
    return total


def _walked(
    flat: Plane,
    flow_x: Plane,
    flow_y: Plane,
    shape: tuple[int, ...],
    stride: np.float32,
    weights: list[float],
) -> Plane:
    """Walk from every pixel along the flow and sum up what is read, weighted, on the way."""
    height, width = shape
    x = np.tile(np.arange(width, dtype=np.float32) + np.float32(0.5), height)
    y = np.repeat(np.arange(height, dtype=np.float32) + np.float32(0.5), width)
    step_x, step_y = flow_x * stride, flow_y * stride
    total, here = np.zeros(height * width, np.float32), np.empty(height * width, np.intp)
    for turn, weight in enumerate(weights):
        if turn:
            step_x, step_y = _next_step(flow_x, flow_y, here, step_x, step_y, stride)
        x += step_x
        y += step_y
        np.clip(x, 0, width - 1, out=x)
        np.clip(y, 0, height - 1, out=y)
        np.multiply(y.astype(np.intp), width, out=here)
        here += x.astype(np.intp)
        total += np.take(flat, here, mode="clip") * np.float32(weight)
    return total.reshape(height, width)


def _next_step(
    flow_x: Plane, flow_y: Plane, here: Indices, step_x: Plane, step_y: Plane, stride: np.float32
) -> tuple[Plane, Plane]:
    """Read the flow where the walker stands; a tangent has no sign, so keep the walker's heading."""
    next_x, next_y = np.take(flow_x, here, mode="clip"), np.take(flow_y, here, mode="clip")
    ahead = np.copysign(np.abs(stride), next_x * step_x + next_y * step_y)
    next_x *= ahead
    next_y *= ahead
    return next_x, next_y


def ink(
    plane: Plane, sigma: float, *, sharpness: float, level: float, hardness: float, flow: Flow | None = None
) -> Plane:
    """Return ink lines on white: 1 = paper, 0 = ink. Extended difference of Gaussians, flow-based.

    Winnemöller, Kyprianidis and Olsen, "XDoG" (Computers & Graphics 36, 2012).

    Args:
        plane: brightness, best of the flattened photo, lest cloth turn into worms.
        sigma: half the width of a line, in pixels.
        sharpness: how much the difference counts beside the brightness (their p).
        level: brightness under which ink begins (their epsilon).
        hardness: steepness of the ink's border (their phi).
        flow: lines are drawn out along it, which makes them sweep; none = left as they are.
    """
    response = blurred(plane, sigma) * np.float32(1 + sharpness)
    response -= blurred(plane, sigma * DOG_RATIO) * np.float32(sharpness)
    if flow is not None:
        response = smeared(response, flow, steps=3, stride=max(1.0, sigma))
    response -= np.float32(level)
    response *= np.float32(hardness)
    np.minimum(response, 0, out=response)
    np.tanh(response, out=response)
    response += 1
    return response
