"""All looks as filters. Importing this imports NumPy, which only those who draw need."""

from collections.abc import Mapping
from types import MappingProxyType

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
"""Every instant filter by its name."""
