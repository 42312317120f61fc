"""What is counted and lasts: pictures, failures and new guests by hour, style and platform; troubles by kind.

No row knows a guest, so that what is counted survives the erasure of all jobs.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.nouns import StyleId
from bot.store.database import Database
from bot.store.tables import counts, guests, troubles
from bot.store.transaction import Transaction

HOUR_S = 3600
MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Count:
    """One hour of one style on one platform; ``hour`` counts hours since the epoch."""

    hour: int
    style: StyleId
    platform: str
    guests: int
    pictures: int
    failures: int


async def count_picture(database: Database, connection: Transaction, job: sa.Row[Any]) -> None:
    """Count a picture that has reached its chat, in the transaction that says so."""
    first = guests.update().where(guests.c.guest == job.guest, ~guests.c.counted).values(counted=True)
    new = (await connection.execute(first)).rowcount
    await _add(database, connection, job, guests=new, pictures=1)


async def count_failure(database: Database, connection: Transaction, job: sa.Row[Any]) -> None:
    """Count a job that ended in an apology, in the transaction that says so."""
    await _add(database, connection, job, failures=1)


async def _add(database: Database, connection: Transaction, job: sa.Row[Any], **more: int) -> None:
    if job.kind != "guest" or job.style is None:
        return
    figures = {"guests": 0, "pictures": 0, "failures": 0} | more
    place = {"hour": int(job.changed // HOUR_S), "style": job.style, "platform": job.platform}
    row = database.insert(counts).values(**place, **figures)
    added = {name: counts.c[name] + row.excluded[name] for name in figures}
    await connection.execute(row.on_conflict_do_update(index_elements=list(place), set_=added))


class CountStore:
    """Reads what was counted, and counts troubles."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def since(self, epoch_s: float) -> Sequence[Count]:
        """Every count of the hours from that moment's on, the oldest first."""
        order = (counts.c.hour, counts.c.style, counts.c.platform)
        query = sa.select(counts).where(counts.c.hour >= int(epoch_s // HOUR_S)).order_by(*order)
        async with self._db.read() as connection:
            rows = await connection.execute(query)
            return [
                Count(row.hour, StyleId(row.style), row.platform, row.guests, row.pictures, row.failures)
                for row in rows
            ]

    async def totals(self) -> Mapping[StyleId, tuple[int, int]]:
        """Pictures and failures of each style, ever."""
        query = sa.select(
            counts.c.style, sa.func.sum(counts.c.pictures), sa.func.sum(counts.c.failures)
        ).group_by(counts.c.style)
        async with self._db.read() as connection:
            rows = await connection.execute(query)
            return {StyleId(row[0]): (int(row[1]), int(row[2])) for row in rows}

    async def note_trouble(self, kind: str) -> None:
        """Count something that went wrong; ``kind`` is a short code."""
        row = self._db.insert(troubles).values(minute=minute_now(), kind=kind, number=1)
        more = row.on_conflict_do_update(
            index_elements=[troubles.c.minute, troubles.c.kind], set_={"number": troubles.c.number + 1}
        )
        async with self._db.write() as connection:
            await connection.execute(more)

    async def troubles(self, seconds: float) -> Mapping[str, int]:
        """What went wrong in the last ``seconds``, by kind, the most frequent first."""
        number = sa.func.sum(troubles.c.number)
        recent = troubles.c.minute >= minute_now() - int(seconds // MINUTE_S)
        query = sa.select(troubles.c.kind, number).where(recent).group_by(troubles.c.kind)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(number.desc(), troubles.c.kind))
            return {row[0]: int(row[1]) for row in rows}


def minute_now() -> int:
    """Minutes since the epoch, as troubles are counted."""
    return int(time.time() // MINUTE_S)
