"""Pictures of styles: a page of them as one sheet, or each by itself. Each is drawn once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from math import ceil, sqrt

from adapters.sheet import Grid, Tile, draw_sheet
from bot.booth import StyleOffer
from bot.nouns import StyleId

KEPT = 128  # drawings, of 20 to 120 kB
WIDE = 1.6  # a sheet's columns for one of its rows: Discord shows what is higher than wide very small
SINGLE = Grid(columns=1, tile=320, gap=16, label=60, quality=64, kind="WEBP")


class Showcase:
    """Draws styles; ``preview`` gives a style's encoded preview, or None."""

    def __init__(self, preview: Callable[[StyleId], bytes | None]) -> None:
        """Nothing is drawn yet."""
        self._preview = preview
        self._kept: OrderedDict[tuple[tuple[StyleId, str], ...], bytes] = OrderedDict()
        self._drawing = asyncio.Lock()

    async def sheet(self, offers: Sequence[StyleOffer]) -> bytes:
        """A WebP of several styles with their names."""
        columns = max(1, ceil(sqrt(len(offers) * WIDE)))
        return await self._drawn(offers, Grid(columns, tile=132, gap=8, label=34, quality=58, kind="WEBP"))

    async def single(self, offer: StyleOffer) -> bytes:
        """A WebP of one style with its name."""
        return await self._drawn([offer], SINGLE)

    async def _drawn(self, offers: Sequence[StyleOffer], grid: Grid) -> bytes:
        key = tuple((offer.id, offer.name) for offer in offers)
        async with self._drawing:
            if key not in self._kept:
                tiles = [Tile(offer.name, self._preview(offer.id)) for offer in offers]
                # Our own previews, a tenth of a second: a thread is bounded enough.
                self._kept[key] = await asyncio.to_thread(draw_sheet, tiles, grid)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]
