"""Smoothing: Gaussian and box blurs, the guided filter, and the edge-preserving domain transform."""

import math

import numpy as np
from PIL import Image

from workflows.filters.planes import Plane, Planes, clipped, luma, regrown, shape_of, shrunk

TAPS_PER_SIGMA = 2.6
"""Where the Gaussian's tail is cut."""
CLARITY_SOFTNESS = 0.02
"""Variance under which `clarified` takes a change of brightness for detail."""
DIRECT_SIGMA = 2.0
"""Wider blurs than this are computed on a shrunk copy, where nobody sees the difference."""


def _convolved(array: Plane, taps: list[float], axis: int) -> Plane:
    """Convolve along one axis with symmetric taps, given from the centre outwards; the border is repeated."""
    reach, length = len(taps) - 1, array.shape[axis]
    padding = [(0, 0)] * array.ndim
    padding[axis] = (reach, reach)
    padded = np.moveaxis(np.pad(array, padding, "edge"), axis, -2)
    result = padded[..., reach : reach + length, :] * np.float32(taps[0])
    pair = np.empty_like(result)
    for offset, weight in enumerate(taps[1:], 1):
        ahead = padded[..., reach + offset : reach + offset + length, :]
        behind = padded[..., reach - offset : reach - offset + length, :]
        np.add(ahead, behind, out=pair)
        pair *= np.float32(weight)
        result += pair
    return np.moveaxis(result, -2, axis)


def _gaussian_taps(sigma: float) -> list[float]:
    reach = max(1, math.ceil(TAPS_PER_SIGMA * sigma))
    half = [math.exp(-offset * offset / (2 * sigma * sigma)) for offset in range(reach + 1)]
    total = 2 * sum(half) - half[0]
    return [weight / total for weight in half]


def blurred(array: Plane, sigma: float) -> Plane:
    """Blur a plane or planes with a Gaussian of `sigma` pixels."""
    if sigma <= DIRECT_SIGMA:
        taps = _gaussian_taps(max(sigma, 0.25))
        return _convolved(_convolved(array, taps, -2), taps, -1)
    factor = max(2, int(sigma))
    small = shrunk(array, factor)
    # averaging over a small pixel blurs by itself, with the variance of a box; cubic enlarging adds none
    rest = math.sqrt((sigma / factor) ** 2 - 1 / 12)
    return regrown(blurred(small, rest), factor, shape_of(array), Image.Resampling.BICUBIC)


def averaged(plane: Plane, reach: int) -> Plane:
    """Return the mean over squares of 2 * reach + 1 pixels a side; the border is repeated."""
    size = 2 * reach + 1
    result = plane
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (reach + 1, reach)
        sums = np.moveaxis(np.cumsum(np.pad(result, padding, "edge"), axis=axis, dtype=np.float64), axis, 0)
        result = np.moveaxis((sums[size:] - sums[:-size]) * (1 / size), 0, axis).astype(np.float32)
    return result


def guided(plane: Plane, reach: int, softness: float) -> Plane:
    """Smooth a plane but keep its edges: the self-guided filter of He, Sun and Tang (ECCV 2010).

    Edges whose variance is well above `softness` (in squared brightness) stay.
    """
    mean = averaged(plane, reach)
    variance = averaged(plane * plane, reach) - mean * mean
    gain = variance / (variance + np.float32(softness))
    return averaged(gain, reach) * plane + averaged(mean * (1 - gain), reach)


def _swept(rows: Plane, feedback: Plane) -> None:
    """Run the recursive filter down and up `rows` (n, 3, m), in place; feedback is (n - 1, m)."""
    step = np.empty_like(rows[0])
    for here in range(1, len(rows)):
        np.subtract(rows[here - 1], rows[here], out=step)
        step *= feedback[here - 1]
        rows[here] += step
    for here in range(len(rows) - 2, -1, -1):
        np.subtract(rows[here + 1], rows[here], out=step)
        step *= feedback[here]
        rows[here] += step


def flattened(planes: Planes, reach: float, contrast: float, rounds: int = 2) -> Planes:
    """Smooth a photo within its edges: the recursive domain transform.

    Gastal and Oliveira, "Domain Transform for Edge-Aware Image and Video Processing" (SIGGRAPH 2011).

    Args:
        planes: the photo, 0..1.
        reach: standard deviation in space, in pixels.
        contrast: standard deviation in range, summed over the three planes; edges far above it stay.
        rounds: iterations; two are enough where no long thin streaks meet the eye.
    """
    ratio = np.float32(reach / contrast)
    down = 1 + ratio * np.abs(np.diff(planes, axis=1)).sum(axis=0)
    across = 1 + ratio * np.abs(np.diff(planes, axis=2)).sum(axis=0).T
    rows = np.ascontiguousarray(planes.transpose(1, 0, 2))
    for turn in range(rounds):
        sigma = reach * math.sqrt(3) * 2 ** (rounds - turn - 1) / math.sqrt(4**rounds - 1)
        decay = np.float32(-math.sqrt(2) / max(sigma, 0.1))
        columns = np.ascontiguousarray(rows.transpose(2, 1, 0))
        _swept(columns, np.exp(decay * across))
        rows = np.ascontiguousarray(columns.transpose(2, 1, 0))
        _swept(rows, np.exp(decay * down))
    return np.ascontiguousarray(rows.transpose(1, 0, 2))


def clarified(plane: Plane, reach: float, amount: float) -> Plane:
    """Lift local contrast: strengthen what the guided filter takes away, by `amount`; `reach` in pixels."""
    factor = 4
    small = shrunk(plane, factor)
    base = regrown(guided(small, max(2, round(reach / factor)), CLARITY_SOFTNESS), factor, shape_of(plane))
    detail = plane - base
    detail *= np.float32(1 + amount)
    detail += base
    return np.clip(detail, 0, 1, out=detail)


def sharpened(planes: Planes, sigma: float, amount: float) -> Planes:
    """Unsharp mask on the brightness alone, so that colours keep still."""
    light = luma(planes)
    detail = (light - blurred(light, sigma)) * np.float32(amount)
    return clipped(planes + detail)
