"""Film: a slide from the seventies, with warm lights, faded shadows, halation and grain."""

import numpy as np

from workflows.filters.color import rgb, vivid
from workflows.filters.planes import (
    Plane,
    Planes,
    clipped,
    coordinates,
    luma,
    mix,
    scale_of,
    shape_of,
    smoothstep,
)
from workflows.filters.smoothing import blurred, clarified
from workflows.filters.texture import Shape, clouds, grain
from workflows.filters.tone import exposed

MIDDLE = 0.52
FADED_BLACK = rgb("231c2b")
WARM_WHITE = rgb("fff3dc")
HALATION = rgb("ff5a26")
LEAKS = ("ff7a2f", "ff3b5c", "ffb347")
GRAIN, VIGNETTE = 0.035, 0.42


def film(photo: Planes, rng: np.random.Generator) -> Planes:
    """Expose the photo on old film."""
    scale, shape = scale_of(photo), shape_of(photo)
    toned = exposed(photo, MIDDLE)
    light = luma(toned)
    toned = vivid(toned + (clarified(light, 60 * scale, 0.25) - light), 0.35)
    curved = toned * toned * (3 - 2 * toned) * np.float32(0.55) + toned * np.float32(0.45)
    curved = _cross_processed(curved)
    glow = blurred(smoothstep(luma(curved), 0.72, 0.98), 14 * scale)
    curved = 1 - (1 - curved) * (1 - glow * HALATION * np.float32(0.28))
    printed = FADED_BLACK + curved * (WARM_WHITE - FADED_BLACK)
    x, y = coordinates(shape)
    printed = printed * (1 - VIGNETTE * smoothstep(x * x + y * y, 0.55, 2.1))
    printed = 1 - (1 - printed) * (1 - _leak(rng, shape, scale))
    grains = grain(rng, shape, 0.75 * scale) * np.float32(GRAIN)
    return clipped(printed + grains * (1 - np.abs(luma(printed) * 2 - 1) * np.float32(0.6)))


def _cross_processed(planes: Planes) -> Planes:
    """Cool the shadows and warm the lights."""
    light = luma(planes)
    shadows = mix(
        planes, planes * rgb("b9d6ff") * np.float32(1.04), (1 - smoothstep(light, 0.0, 0.45)) * 0.35
    )
    return mix(
        shadows, clipped(shadows * rgb("ffe9c4") * np.float32(1.06)), smoothstep(light, 0.35, 0.9) * 0.55
    )


def _leak(rng: np.random.Generator, shape: Shape, scale: float) -> Planes:
    """Return the light that leaked in at one side."""
    x, y = coordinates(shape)
    side, height, reach = rng.choice((-1.0, 1.0)), rng.uniform(-0.8, 0.8), rng.uniform(0.30, 0.5)
    distance: Plane = (1 - x * np.float32(side)) / np.float32(reach)
    spread = np.exp(-(distance**2) - ((y - np.float32(height)) / np.float32(0.9)) ** 2)
    cloudy = np.clip(1 + clouds(rng, shape, 400 * scale, 2) * np.float32(0.22), 0, 2)
    return clipped(spread * cloudy) * rgb(LEAKS[int(rng.integers(len(LEAKS)))]) * np.float32(0.72)
