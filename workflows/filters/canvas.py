"""From a look, which knows planes, to a filter, which knows images: sizes, seeds and modes.

A look works at the photo's own size where that is sensible. Smaller photos are enlarged first, because a
halftone dot needs pixels to be round; larger ones are shrunk first, because memory is bounded. Either way the
picture that comes back has the photo's size.
"""

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from PIL import Image

from workflows.filters.planes import Planes, image_of, planes_of

Look: TypeAlias = Callable[[Planes, np.random.Generator], Planes]
"""Draws a picture from a photo, both planes of the same shape; everything random comes from the generator."""
Filter: TypeAlias = Callable[[Image.Image, int], Image.Image]
"""Turns a photo and a seed into an RGB picture of the same size. Pure: same arguments, same pixels."""

SMALLEST_LONG_SIDE = 640
"""Pixels of the long side under which a photo is enlarged before it is drawn."""
LARGEST_AREA = 1_600_000
"""Pixels above which a photo is shrunk before it is drawn: under 400 MB of working memory."""
SEED_MASK = (1 << 64) - 1


def working_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return the (width, height) at which a photo of `size` is drawn."""
    width, height = size
    enlarge = max(1.0, SMALLEST_LONG_SIDE / max(size))
    shrink = min(1.0, math.sqrt(LARGEST_AREA / (width * height)))
    factor = enlarge * shrink
    return max(8, round(width * factor)), max(8, round(height * factor))


def as_filter(look: Look) -> Filter:
    """Return the look as a filter of images."""

    def draw(photo: Image.Image, seed: int) -> Image.Image:
        size = photo.size
        colours = photo.convert("RGB")
        worked = colours.resize(working_size(size), Image.Resampling.LANCZOS)
        generator = np.random.default_rng(seed & SEED_MASK)
        return image_of(look(planes_of(worked), generator)).resize(size, Image.Resampling.LANCZOS)

    return draw
