"""What the wall shows, live: all of it at once, and again whenever something of it has changed.

``hello`` is ``{"version"}`` of the program's pages, ``wall`` everything (:func:`told_wall`), ``beat`` a sign
of life. What is gone from ``pieces`` is to be gone from the page. As each event holds everything, a page that
was cut off has missed nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import ServerSentEvent

from adapters.web.chat import WebChat
from adapters.web.seats import Seats
from adapters.web.smalls import Smalls
from bot.exhibits import ShareId
from bot.guests.wall import Piece, Wall
from bot.office.pin_lock import Caller

RETRY_MS = 2000
LOOK_S = 4.0  # the line's length comes without being called
PIECES = 24

Codes = Callable[[], list[dict[str, str]]]


def told_piece(piece: Piece) -> dict[str, object]:
    """A picture as the page's script reads it."""
    return {
        "id": piece.id,
        "style": piece.style,
        "name": piece.name,
        "crowned": piece.crowned,
    }


@dataclass(frozen=True, slots=True)
class Sight:
    """What a wall shows at one time: as the page's script reads it, and whose pictures these are."""

    told: dict[str, object]
    shares: frozenset[ShareId]


NOTHING = Sight({}, frozenset())


async def told_wall(wall: Wall, language: str, codes: Codes) -> Sight:
    """Everything: the newest pictures, how the booth stands, and the codes."""
    pieces = await shown_pieces(wall, language)
    standing, shown = await wall.standing(), codes()
    told: dict[str, object] = {
        "pieces": [told_piece(piece) for piece in pieces],
        "waiting": standing.waiting,
        "eta_s": round(standing.eta_s),
        "made": standing.made_today,
        "painting": standing.painting,
        "online": standing.online,
        "away": [code["network"] for code in shown if code["network"] in standing.away],
        "codes": shown,
    }
    return Sight(told, frozenset(piece.id for piece in pieces))


async def shown_pieces(wall: Wall, language: str) -> Sequence[Piece]:
    """The newest, and the favourite even if it isn't among them."""
    newest = await wall.newest(language, PIECES)
    if any(piece.crowned for piece in newest):
        return newest
    favourite = await wall.favourite(language)
    return newest if favourite is None else [*newest, favourite]


class Broadcast:
    """Streams to the walls that are open."""

    def __init__(self, wall: Wall, chat: WebChat, smalls: Smalls, version: str) -> None:
        """Take what is shown, who knows when the server stops, the copies, and the pages' version."""
        self._wall = wall
        self._chat = chat
        self._smalls = smalls
        self._version = version
        self.seats = Seats()

    async def events(self, caller: Caller, language: str, codes: Codes) -> AsyncIterator[ServerSentEvent]:
        """One wall's stream, on a seat of this caller's; it ends when the server stops."""
        with self.seats.taken(caller):
            yield ServerSentEvent(json.dumps({"version": self._version}), event="hello", retry=RETRY_MS)
            async for event in self._changes(language, codes):
                yield event

    async def _changes(self, language: str, codes: Codes) -> AsyncIterator[ServerSentEvent]:
        seen = NOTHING
        with self._wall.watching() as news, self._chat.told_of_the_end(news):
            while not self._chat.closed:
                news.clear()
                now = await self._look(language, codes, seen)
                yield _event("beat", {}) if now.told == seen.told else _event("wall", now.told)
                seen = now
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await news.wait()

    async def _look(self, language: str, codes: Codes, seen: Sight) -> Sight:
        """How it is now; while the store is away, as it was."""
        try:
            now = await told_wall(self._wall, language, codes)
        except (SQLAlchemyError, OSError):
            return seen
        for gone in seen.shares - now.shares:
            self._smalls.drop(gone)
        return now


def _event(name: str, data: dict[str, object]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False, separators=(",", ":")), event=name)
