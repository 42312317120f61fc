"""The wall: what everybody may see of the booth. Pictures that are shared, and how the line stands."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.exhibits import Share, ShareId, ShareState
from bot.nouns import Picture, StyleId
from bot.office.watch import UplinkReport
from bot.ports import Renderer, Vault
from bot.states import JobState
from bot.store.bell import WALL, Bell
from bot.store.counts import HOUR_S, CountStore
from bot.store.shares import ShareStore
from bot.store.vaults import picture_name
from bot.styles.shelf import Shelf
from bot.underway.lines import Lines
from bot.underway.worker import LOOK_S

CROWN_S = 3600.0  # the favourite is that of the last hour: everybody gets a chance
MOST = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """One shared picture, as everybody may see it.

    Attributes:
        number: Grows with each share.
        style: What its style is called in the reader's language.
        name: What its guest wants to be called, ``""`` is nothing.
        at: When it was shared, seconds since the epoch.
        crowned: It has the most votes of the last hour's.
    """

    id: ShareId
    number: int
    style_id: StyleId
    style: str
    emoji: str
    at: float
    votes: int
    crowned: bool
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the booth stands, for everybody.

    Attributes:
        waiting: Photos in the line.
        eta_s: Seconds that somebody who came now would wait for the first style that can be painted.
        made_today: Pictures that were delivered since midnight, local time.
        shared: Pictures on the wall.
        painting: Whether anybody paints just now.
        online: False when no chat answers any more, as far as is known; True where there are none.
        away: The chats that nothing comes from just now, while there is a way to others.
    """

    waiting: int
    eta_s: float
    made_today: int
    shared: int
    painting: bool
    online: bool
    away: Sequence[str]


def reach_of(reports: Sequence[UplinkReport]) -> tuple[bool, Sequence[str]]:
    """``online`` and ``away`` of a :class:`Standing`; a refusal is an answer, not a missing uplink."""
    online = not reports or any(report.up or report.answers for report in reports)
    return online, tuple(report.platform for report in reports if online and not report.up)


@dataclass(frozen=True, slots=True)
class Nails:
    """What the wall hangs on."""

    shares: ShareStore
    counts: CountStore
    vault: Vault
    shelf: Shelf
    lines: Lines
    renderers: Sequence[Renderer]
    bell: Bell
    uplinks: Callable[[], Awaitable[Sequence[UplinkReport]]] | None = None


class Wall:
    """Shows what is shared. It asks nobody who looks who they are."""

    def __init__(self, nails: Nails) -> None:
        """Hang on these."""
        self._nails = nails
        self._watchers: set[asyncio.Event] = set()

    async def newest(self, language: str, limit: int = 24, before: int | None = None) -> Sequence[Piece]:
        """Shared pictures, the newest first; the next ones by the last one's number as ``before``."""
        shares = await self._nails.shares.shown(max(1, min(limit, MOST)), before)
        crowned = await self._crowned()
        return [self._piece(share, language, crowned) for share in shares]

    async def piece(self, share: ShareId, language: str) -> Piece | None:
        """One shared picture; None when it isn't shown (any more)."""
        found = await self._nails.shares.get(share)
        if found is None or found.state is not ShareState.SHOWN:
            return None
        return self._piece(found, language, await self._crowned())

    async def favourite(self, language: str) -> Piece | None:
        """The last hour's picture with the most votes; None where nobody has voted."""
        found = await self._nails.shares.favourite(CROWN_S)
        return None if found is None else self._piece(found, language, found.id)

    async def shows(self, share: ShareId) -> bool:
        """Whether everybody may see a picture just now."""
        found = await self._nails.shares.get(share)
        return found is not None and found.state is ShareState.SHOWN

    async def picture(self, share: ShareId) -> Picture | None:
        """A shared picture's bytes; None when it isn't shown (any more)."""
        found = await self._nails.shares.get(share)
        if found is None or found.state is not ShareState.SHOWN:
            return None
        data = await self._nails.vault.get(picture_name(found.job))
        return None if data is None else Picture(data)

    async def standing(self) -> Standing:
        """How the booth stands."""
        nails = self._nails
        waiting, eta_s = 0, 0.0
        for renderer in nails.renderers:
            line = await nails.lines.snapshot(renderer.name)
            waiting += sum(job.state is JobState.WAITING and job.kind == "guest" for job in line.jobs)
        offers = [offer for offer in nails.shelf.offers() if offer.available]
        if offers:
            eta_s = await nails.lines.eta_s(offers[0].style)
        online, away = reach_of([] if nails.uplinks is None else await nails.uplinks())
        return Standing(
            waiting=waiting,
            eta_s=eta_s,
            made_today=await self._made_today(),
            shared=await nails.shares.counted(),
            painting=any(renderer.slots for renderer in nails.renderers),
            online=online,
            away=away,
        )

    @contextmanager
    def watching(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever something on the wall may have changed; the watcher clears it."""
        news = asyncio.Event()
        self._watchers.add(news)
        try:
            yield news
        finally:
            self._watchers.discard(news)

    async def run(self) -> None:
        """Wake the watchers for ever."""
        changed = self._nails.bell.event(WALL)
        while True:
            changed.clear()
            try:
                async with asyncio.timeout(LOOK_S):
                    await changed.wait()
            except TimeoutError:
                continue
            for news in self._watchers:
                news.set()

    async def _crowned(self) -> ShareId | None:
        favourite = await self._nails.shares.favourite(CROWN_S)
        return None if favourite is None else favourite.id

    async def _made_today(self) -> int:
        midnight = datetime.fromtimestamp(time.time()).astimezone().replace(hour=0, minute=0, second=0)
        since = midnight.timestamp() // HOUR_S * HOUR_S
        return sum(count.pictures for count in await self._nails.counts.since(since))

    def _piece(self, share: Share, language: str, crowned: ShareId | None) -> Piece:
        shelf = self._nails.shelf
        style = shelf.known(share.style)
        return Piece(
            id=share.id,
            number=share.number,
            style_id=share.style,
            style=shelf.name(share.style, language),
            emoji="" if style is None else style.emoji,
            at=share.at,
            votes=share.votes,
            crowned=share.id == crowned,
            name=share.name,
        )
