"""Small copies of shared pictures: made in a child, kept in memory within a limit, never on a disk."""

import asyncio
from collections import OrderedDict

from bot.errors import ChildLost, RenderCrashed
from bot.exhibits import ShareId
from bot.guests.wall import Wall
from bot.nouns import Picture
from bot.pixels.children import Children
from bot.pixels.thumbnail import small_webp

WIDTHS = (32, 320, 640)
"""Pixels: a soft ground behind a picture, the wall's strip, a phone's column."""

MOST_BYTES = 24 << 20
KEPT_S = 600.0  # nobody has looked for so long: a face doesn't stay for nothing

Key = tuple[ShareId, int]


class Smalls:
    """Makes and keeps small copies, one at a time, so that guests' photos find a free child."""

    def __init__(self, wall: Wall, children: Children, most_bytes: int = MOST_BYTES) -> None:
        """Take the wall, which says what may be seen, and who draws."""
        self._wall = wall
        self._children = children
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, Picture] = OrderedDict()
        self._ends: dict[Key, asyncio.TimerHandle] = {}
        self._one = asyncio.Lock()

    @property
    def held_bytes(self) -> int:
        """What all copies take together."""
        return sum(len(picture.data) for picture in self._kept.values())

    async def of(self, share: ShareId, width: int) -> Picture | None:
        """A shared picture in one of :data:`WIDTHS`, or whole where it can't be made smaller.

        Returns:
            None when it isn't shared (any more); a copy that was kept is dropped then.
        """
        if not await self._wall.shows(share):
            self.drop(share)
            return None
        kept = self._used(share, width)
        if kept is not None:
            return kept
        async with self._one:
            return self._used(share, width) or await self._made(share, width)

    def drop(self, share: ShareId) -> None:
        """Forget all copies of a picture."""
        for width in WIDTHS:
            self._drop((share, width))

    def _used(self, share: ShareId, width: int) -> Picture | None:
        key = (share, width)
        if key in self._kept:
            self._kept.move_to_end(key)
            self._expect(key)
        return self._kept.get(key)

    async def _made(self, share: ShareId, width: int) -> Picture | None:
        whole = await self._wall.picture(share)
        if whole is None:
            return None
        try:
            data = await self._children.run(small_webp, whole.data, width)
        except (ChildLost, RenderCrashed):
            return whole
        if not await self._wall.shows(share):  # it was taken back while it was drawn
            return None
        return self._keep((share, width), Picture(data, "image/webp"))

    def _keep(self, key: Key, picture: Picture) -> Picture:
        self._kept[key] = picture
        self._expect(key)
        while self.held_bytes > self._most_bytes:
            self._drop(next(iter(self._kept)))
        return picture

    def _expect(self, key: Key) -> None:
        """Forget it when nobody has asked for a while."""
        if key in self._ends:
            self._ends[key].cancel()
        self._ends[key] = asyncio.get_running_loop().call_later(KEPT_S, self._drop, key)

    def _drop(self, key: Key) -> None:
        self._kept.pop(key, None)
        end = self._ends.pop(key, None)
        if end is not None:
            end.cancel()
