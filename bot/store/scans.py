"""Scans of the codes that hang in a house: counted by event, place and day, and by nothing of a guest's."""

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.nouns import Arrival, Scans
from bot.store.database import Database
from bot.store.tables import inbox, scans
from bot.store.transaction import Transaction

NAME = re.compile(r"[A-Za-z0-9_-]{0,64}")  # what a Telegram link can carry; no code of ours says more
MOST_A_DAY = 500  # anybody can make up places: what comes after so many is counted without its name
_OTHER = ("", "")


class ScanStore:
    """All statements about scans."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        """Work on an open, migrated database; ``clock`` gives seconds since the epoch."""
        self._db = database
        self._clock = clock

    async def count(self, arrival: Arrival) -> bool:
        """Count a scan, unless its event was counted before or it names nothing.

        The event's key stays in the inbox as those of handled events do, in the same transaction: a platform
        that sends the event again, or a restart in the middle of its handling, adds nothing.

        Returns:
            Whether it was counted.
        """
        names = (arrival.event, arrival.place)
        if names == _OTHER or not all(map(NAME.fullmatch, names)):
            return False
        day = datetime.fromtimestamp(self._clock(), UTC).date().isoformat()
        async with self._db.write() as connection:
            if not await self._is_new(connection, arrival):
                return False
            if await self._crowded(connection, arrival, day):
                names = _OTHER
            await self._add(connection, arrival.platform, names, day)
        return True

    async def all(self) -> Sequence[Scans]:
        """Every count, the newest day first."""
        ordered = sa.select(scans).order_by(
            scans.c.day.desc(), scans.c.platform, scans.c.event, scans.c.place
        )
        async with self._db.read() as connection:
            rows = await connection.execute(ordered)
            return [Scans(**row) for row in rows.mappings()]

    async def _is_new(self, connection: Transaction, arrival: Arrival) -> bool:
        digest = hashlib.sha256(arrival.key.encode()).hexdigest()[:32]
        now = self._db.now()
        row = self._db.insert(inbox).values(
            key=f"scan:{digest}",
            platform=arrival.platform,
            lane="",
            created=now,
            due=now,
            lease=0.0,
            attempt=0,
            slips=0,
        )
        fresh = row.on_conflict_do_nothing(index_elements=[inbox.c.key]).returning(inbox.c.seq)
        return (await connection.execute(fresh)).one_or_none() is not None

    async def _crowded(self, connection: Transaction, arrival: Arrival, day: str) -> bool:
        """Whether this place would be one too many today."""
        today = (scans.c.platform == arrival.platform, scans.c.day == day)
        same = sa.and_(scans.c.event == arrival.event, scans.c.place == arrival.place)
        known = sa.func.coalesce(sa.func.sum(sa.case((same, 1), else_=0)), 0)
        row = (await connection.execute(sa.select(sa.func.count(), known).where(*today))).one()
        return bool(row[0] >= MOST_A_DAY and not row[1])

    async def _add(self, connection: Transaction, platform: str, names: tuple[str, str], day: str) -> None:
        event, place = names
        row = self._db.insert(scans).values(platform=platform, event=event, place=place, day=day, count=1)
        more = row.on_conflict_do_update(
            index_elements=list(scans.primary_key.columns), set_={"count": scans.c.count + 1}
        )
        await connection.execute(more)
