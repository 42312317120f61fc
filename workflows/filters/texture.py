"""Texture: seeded noise, paper, hatching and halftone screens.

Everything random comes from the generator that is handed in, so that a seed means a picture.
"""

import math

import numpy as np
from PIL import Image

from workflows.filters.planes import Plane, resized
from workflows.filters.smoothing import blurred

Shape = tuple[int, int]
"""Height and width."""


def noise(rng: np.random.Generator, shape: Shape, grain: float = 1.0) -> Plane:
    """Return normal noise of unit variance whose grains are `grain` pixels wide."""
    if grain <= 1:
        return rng.standard_normal(shape, np.float32)
    coarse = (max(3, round(shape[0] / grain)), max(3, round(shape[1] / grain)))
    return unit(resized(rng.standard_normal(coarse, np.float32), shape, Image.Resampling.BICUBIC))


def unit(plane: Plane) -> Plane:
    """Return a plane with mean 0 and variance 1."""
    centred: Plane = plane - plane.mean()
    centred *= np.float32(1 / (float(centred.std()) + 1e-6))
    return centred


def clouds(rng: np.random.Generator, shape: Shape, largest: float, octaves: int = 4) -> Plane:
    """Return fractal noise of unit variance with lumps up to `largest` pixels (Perlin, SIGGRAPH 1985)."""
    lumps = [
        noise(rng, shape, max(1.0, largest / 2**octave)) * np.float32(0.55**octave)
        for octave in range(octaves)
    ]
    return unit(sum(lumps[1:], start=lumps[0]))


def grain(rng: np.random.Generator, shape: Shape, size: float) -> Plane:
    """Return soft fine-grained noise of unit variance; `size` is the grain's sigma in pixels."""
    return unit(blurred(noise(rng, shape), max(size, 0.4)))


def paper(rng: np.random.Generator, shape: Shape, scale: float, depth: float) -> Plane:
    """Return the shading of rough paper lit from the upper left, about 1; `depth` is its contrast."""
    relief = 0.7 * grain(rng, shape, 0.8 * scale) + 0.3 * clouds(rng, shape, 24 * scale, 3)
    slope = relief - np.roll(relief, (1, 1), axis=(0, 1))
    slope *= np.float32(depth / 2)
    slope += np.float32(1 - depth / 2)
    return slope


def streaks(rng: np.random.Generator, shape: Shape, degrees: float, length: float, width: float) -> Plane:
    """Return noise of unit variance drawn out along one direction, as by a pencil held at `degrees`.

    Grains are `length` by `width` pixels. One affine map turns and stretches a small picture of noise.
    """
    height, across = shape
    turn, diagonal = math.radians(degrees), math.hypot(*shape)
    long, thin = 1 / length, 1 / max(width, 1.0)
    coarse = (math.ceil(diagonal * thin) + 6, math.ceil(diagonal * long) + 6)
    # from a pixel of the picture to a grain, both measured from their middles
    along = (math.cos(turn) * long, -math.sin(turn) * long)
    over = (math.sin(turn) * thin, math.cos(turn) * thin)
    start_along = coarse[1] / 2 - along[0] * across / 2 - along[1] * height / 2
    start_over = coarse[0] / 2 - over[0] * across / 2 - over[1] * height / 2
    grains = Image.fromarray(rng.standard_normal(coarse, np.float32))
    drawn = grains.transform(
        (across, height),
        Image.Transform.AFFINE,
        (*along, start_along, *over, start_over),
        Image.Resampling.BICUBIC,
    )
    return unit(np.asarray(drawn))


def halftone(shape: Shape, pitch: float, degrees: float, phase: tuple[float, float] = (0.0, 0.0)) -> Plane:
    """Return a screen of round cosine spots, 0..1; `phase` in parts of a dot."""
    turn = math.radians(degrees)
    frequency = 2 * math.pi / pitch
    rows = np.arange(shape[0], dtype=np.float32)[:, None]
    columns = np.arange(shape[1], dtype=np.float32)[None, :]
    u = columns * np.float32(math.cos(turn) * frequency) + rows * np.float32(math.sin(turn) * frequency)
    v = rows * np.float32(math.cos(turn) * frequency) - columns * np.float32(math.sin(turn) * frequency)
    screen = np.cos(u + np.float32(phase[0] * 2 * math.pi))
    screen += np.cos(v + np.float32(phase[1] * 2 * math.pi))
    screen *= np.float32(0.25)
    screen += np.float32(0.5)
    return screen
