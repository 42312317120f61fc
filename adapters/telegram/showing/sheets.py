"""The style sheets of each language: drawn once, uploaded once, afterwards known to Telegram by their id."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from adapters.sheet import Grid, Tile, draw_sheet
from bot.booth import StyleOffer
from bot.nouns import StyleId

COLUMNS, ROWS = 3, 3
A_PAGE = COLUMNS * ROWS
GRID = Grid(COLUMNS, tile=240, gap=15, label=45, quality=50)  # as wide as a phone: half the bytes to send


@dataclass(frozen=True, slots=True)
class Memory:
    """Small facts that outlive the program: ``recall`` one by its key, ``remember`` one."""

    recall: Callable[[str], Awaitable[str | None]]
    remember: Callable[[str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of styles as a picture.

    Attributes:
        number: Counted from 0.
        count: How many pages there are.
        offers: The styles on it.
        key: Names this very picture; it changes with what is drawn.
        picture: Telegram's id of it, or its bytes where it was never sent.
    """

    number: int
    count: int
    offers: Sequence[StyleOffer]
    key: str
    picture: bytes | str


class Sheets:
    """All pages. ``preview`` gives a style's encoded preview, or None."""

    def __init__(
        self, bot: int, preview: Callable[[StyleId], bytes | None], memory: Memory, share_s: float
    ) -> None:
        """Ids of pictures belong to one bot; an upload under way is waited for up to ``share_s`` seconds."""
        self._bot = bot
        self._share_s = share_s
        self._preview = preview
        self._memory = memory
        self._drawn: dict[str, bytes] = {}
        self._ids: dict[str, str] = {}
        self._drawing = asyncio.Lock()
        self._uploads: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def page(self, offers: Sequence[StyleOffer], number: int) -> Page:
        """One page of these styles; numbers beyond the ends wrap around."""
        count = max(1, -(-len(offers) // A_PAGE))
        number %= count
        shown = offers[number * A_PAGE : (number + 1) * A_PAGE]
        key = self._key(shown)
        return Page(number, count, shown, key, await self._known(key) or await self._bytes(key, shown))

    @asynccontextmanager
    async def turn(self, page: Page) -> AsyncIterator[Page]:
        """The page as it is sent within the block: its bytes go up once, however many want it at a time."""
        if isinstance(page.picture, str):
            yield page
            return
        lock = self._uploads.setdefault(page.key, asyncio.Lock())
        ours = await _acquired(lock, self._share_s)
        try:
            known = self._ids.get(page.key)
            yield page if known is None else replace(page, picture=known)
        finally:
            if ours:
                lock.release()

    async def sent(self, page: Page, picture: str | None) -> None:
        """Telegram has given this page an id."""
        if picture is not None and page.picture != picture and isinstance(page.picture, bytes):
            self._ids[page.key] = picture
            self._drawn.pop(page.key, None)
            await self._memory.remember(page.key, picture)

    async def refused(self, page: Page) -> Page:
        """Telegram doesn't know the page's id any more: the same page with its bytes."""
        self._ids.pop(page.key, None)
        return replace(page, picture=await self._bytes(page.key, page.offers))

    def _key(self, offers: Sequence[StyleOffer]) -> str:
        told = hashlib.sha256(str(self._bot).encode())
        for offer in offers:
            told.update(f"\0{offer.id}\0{offer.name}\0".encode() + (self._preview(offer.id) or b""))
        return f"telegram-sheet-{told.hexdigest()[:24]}"

    async def _known(self, key: str) -> str | None:
        if key not in self._ids:
            found = await self._memory.recall(key)
            if found is None:
                return None
            self._ids[key] = found
        return self._ids[key]

    async def _bytes(self, key: str, offers: Sequence[StyleOffer]) -> bytes:
        async with self._drawing:
            if key not in self._drawn:
                tiles = [Tile(offer.name, self._preview(offer.id)) for offer in offers]
                # Our own previews, a tenth of a second: a thread is bounded enough.
                self._drawn[key] = await asyncio.to_thread(draw_sheet, tiles, GRID)
            return self._drawn[key]


async def _acquired(lock: asyncio.Lock, most_s: float) -> bool:
    """Whether the lock is ours within so many seconds."""
    try:
        async with asyncio.timeout(most_s):
            return await lock.acquire()
    except TimeoutError:
        return False
