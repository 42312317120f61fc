"""Exposure: every look starts from a photo whose blacks, whites and middle are where it expects them."""

import math

import numpy as np
from PIL import Image

from workflows.filters.planes import Plane, Planes, clipped, luma, regrown, shape_of, shrunk
from workflows.filters.smoothing import averaged, blurred, flattened

CUT_PERCENT = 0.4
"""Share of the pixels, in percent, that may fall off either end."""
HIGHEST_BLACK, LOWEST_WHITE = 0.22, 0.30
"""Levels never cut deeper, so that a black cat in a coal cellar does not turn grey."""
STRONGEST_LIFT, STRONGEST_DROP = 0.80, 1.3
"""Limits of the gamma: a dark face becomes readable and stays dark."""
NOISY_GAIN = 1.6
"""A photo that needed this much gain was dim, and its noise has grown with it."""
SHADOW_LIFT = 0.35
"""How strongly large shadows, such as a face before a window, are opened (0 = not at all)."""
STRIDE = 4
"""Statistics look at every fourth pixel in both directions."""


def centre_of(plane: Plane) -> Plane:
    """Return the part of the plane where a selfie has its face: the middle half, the upper two thirds."""
    height, width = shape_of(plane)
    return plane[..., height // 10 : max(height * 7 // 10, 1), width // 4 : max(width * 3 // 4, 1)]


def _levelled(photo: Planes) -> tuple[Planes, float]:
    """Stretch the brightness to 0..1 without turning hues; also return the gain."""
    light = luma(photo[:, ::STRIDE, ::STRIDE])
    low, high = (float(bound) for bound in np.percentile(light, (CUT_PERCENT, 100 - CUT_PERCENT)))
    low, high = min(low, HIGHEST_BLACK), max(high, LOWEST_WHITE)
    gain = 1 / max(high - low, 0.05)
    stretched = photo - np.float32(low)
    stretched *= np.float32(gain)
    return np.clip(stretched, 0, 1, out=stretched), gain


def _calmed(photo: Planes, gain: float) -> Planes:
    """Take the coloured noise out of a dim photo, and the grey noise out of its flat areas."""
    light = luma(photo)
    chroma = blurred(regrown(shrunk(photo - light, 4), 4, shape_of(photo)), 2.0)
    return flattened(clipped(chroma + light), 4.0, 0.08 * gain)


def _opened(photo: Planes) -> Planes:
    """Open large shadows: gamma steered by the surroundings (Moroney, "Local Color Correction", CIC 2000)."""
    small = shrunk(luma(photo), 8)
    mask = averaged(averaged(small, max(1, max(small.shape) // 14)), max(1, max(small.shape) // 14))
    exponent = np.exp2(np.minimum(mask - 0.5, 0) * np.float32(2 * SHADOW_LIFT))
    return np.power(photo, regrown(exponent.astype(np.float32), 8, shape_of(photo), Image.Resampling.BICUBIC))


def exposed(photo: Planes, middle: float) -> Planes:
    """Set levels, open shadows, and bring the median brightness of the centre towards `middle` (0..1)."""
    levelled, gain = _levelled(photo)
    if gain > NOISY_GAIN:
        levelled = _calmed(levelled, gain)
    opened = _opened(levelled)
    median = float(np.median(centre_of(luma(opened[:, ::STRIDE, ::STRIDE]))))
    gamma = math.log(middle) / math.log(min(max(median, 0.05), 0.95))
    return np.power(opened, np.float32(min(max(gamma, STRONGEST_LIFT), STRONGEST_DROP)))


def stretched(plane: Plane, cut_percent: float) -> Plane:
    """Stretch a plane to 0..1, letting `cut_percent` of its pixels fall off either end."""
    low, high = (
        float(bound) for bound in np.percentile(plane[::STRIDE, ::STRIDE], (cut_percent, 100 - cut_percent))
    )
    return clipped((plane - np.float32(low)) * np.float32(1 / max(high - low, 0.05)))


def evened(plane: Plane, reach: float, amount: float) -> Plane:
    """Bring dark neighbourhoods nearer to middle brightness, so that lines show in dark skin as in light.

    Args:
        plane: brightness, 0..1.
        reach: size of a neighbourhood, in pixels.
        amount: 0 = as it was, 1 = all as bright as the middle. Only darkness is lifted.
    """
    lack = clipped(np.float32(0.5) - blurred(plane, reach))
    return clipped(plane + lack * np.float32(amount))


def balanced(plane: Plane, weight: float) -> Plane:
    """Spread the tones of the centre evenly over 0..1: histogram equalisation, mixed in by `weight`.

    Order is kept: what was darker stays darker.
    """
    bins = 256
    counts, _ = np.histogram(centre_of(plane)[::2, ::2], bins=bins, range=(0, 1))
    smooth = np.convolve(counts, np.ones(9) / 9, mode="same") + counts.mean() * 0.05
    curve = np.concatenate([[0.0], np.cumsum(smooth)])
    tones = np.linspace(0, 1, bins + 1)
    table = ((1 - weight) * tones + weight * curve / curve[-1]).astype(np.float32)
    fine = np.interp(np.linspace(0, 1, 4097), tones, table).astype(np.float32)
    return np.take(fine, (plane * np.float32(4096)).astype(np.intp), mode="clip")
