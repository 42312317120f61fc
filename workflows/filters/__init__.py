"""Instant filters: looks that need no model and no GPU, only NumPy and Pillow.

    photo ──► canvas ──► a look ──► picture
                           │
        tone · color · smoothing · edges · texture · cells · strokes · tiles

A look has a file of its name and one function: planes and a random generator in, planes out. The tools it is
made of are split by duty and cite where their algorithms come from. `canvas` turns looks into filters of
images.
"""

from collections.abc import Mapping
from types import MappingProxyType

from PIL import Image

from workflows.filters.bricks import bricks
from workflows.filters.canvas import Filter, as_filter
from workflows.filters.comic import comic
from workflows.filters.crayons import crayons
from workflows.filters.cyanotype import cyanotype
from workflows.filters.engraving import engraving
from workflows.filters.film import film
from workflows.filters.lowpoly import lowpoly
from workflows.filters.oil import oil
from workflows.filters.pencil import pencil
from workflows.filters.pixel import pixel
from workflows.filters.poster import poster
from workflows.filters.riso import riso
from workflows.filters.stainedglass import stainedglass
from workflows.filters.synthwave import synthwave
from workflows.filters.terminal import terminal
from workflows.filters.warhol import warhol
from workflows.filters.watercolor import watercolor

__all__ = ["FILTERS", "Filter", "UnknownFilterError", "apply_filter"]

_LOOKS = (
    watercolor,
    comic,
    oil,
    pencil,
    warhol,
    synthwave,
    pixel,
    poster,
    engraving,
    crayons,
    lowpoly,
    riso,
    terminal,
    bricks,
    stainedglass,
    cyanotype,
    film,
)

FILTERS: Mapping[str, Filter] = MappingProxyType({look.__name__: as_filter(look) for look in _LOOKS})
"""Every instant filter by its name, which is also its style's id."""


class UnknownFilterError(LookupError):
    """No filter has this name. `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def apply_filter(name: str, photo: Image.Image, seed: int) -> Image.Image:
    """Return the photo in a look: RGB, of the photo's size.

    The same photo, name and seed give the same pixels; another seed gives the same look by other chances.

    Args:
        name: one of `FILTERS`.
        photo: any mode; both sides 64 to 2048 pixels are tested, up to five times as long as wide.
        seed: any whole number; its lowest 64 bits count.

    Raises:
        UnknownFilterError: no filter has this name.
    """
    try:
        draw = FILTERS[name]
    except KeyError as error:
        raise UnknownFilterError(name) from error
    return draw(photo, seed)
