"""Messages that are to be taken back: written down with what makes them unwanted, kept until gone."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.cards import Address
from bot.exhibits import Recall
from bot.nouns import ChatKey, GuestKey, Job
from bot.store.claims import LEASE_S
from bot.store.database import Database
from bot.store.leases import take
from bot.store.tables import jobs, recalls
from bot.store.transaction import Transaction


async def recall(
    database: Database, connection: Transaction, rows: Sequence[Mapping[str, Any]], tell: GuestKey | None
) -> int:
    """Want these messages gone; return how many of them were not wanted gone before.

    Args:
        database: Whose transaction it is.
        connection: The transaction of what makes them unwanted.
        rows: Of jobs or postings, with ``platform``, ``chat``, ``context``, ``language`` and ``message``.
        tell: Whom to tell what the platform refuses.
    """
    wanted = 0
    for row in rows:
        values = {name: row[name] for name in ("platform", "chat", "context", "language", "message")}
        new = database.insert(recalls).values(**values, tell=tell, created=database.now())
        wanted += (await connection.execute(new.on_conflict_do_nothing())).rowcount
    return wanted


class RecallStore:
    """All statements about recalls."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def claim(self, platforms: Collection[str], owner: str, slots: int) -> Sequence[Recall]:
        """Take messages that are due; nobody else asks for them meanwhile."""
        now = self._db.now()
        free: sa.ColumnElement[bool] = recalls.c.owner.is_(None)
        if not self._db.embedded:
            free = sa.or_(free, recalls.c.lease < now)
        wanted = (recalls.c.platform.in_(sorted(platforms)), free, recalls.c.due <= now)
        values = {"owner": owner, "lease": now + LEASE_S, "attempt": recalls.c.attempt + 1}
        rows = await take(self._db, recalls, wanted, [recalls.c.seq], slots, values)
        return [_recall(row) for row in sorted(rows, key=lambda row: int(row.seq))]

    async def done(self, number: int) -> None:
        """Nothing is left of it, or nothing can be done about it."""
        async with self._db.write() as connection:
            await connection.execute(recalls.delete().where(recalls.c.seq == number))

    async def later(self, claimed: Recall, owner: str, after_s: float) -> None:
        """Try again after so many seconds, unless somebody else tries by now."""
        mine = (
            recalls.c.seq == claimed.number,
            recalls.c.owner == owner,
            recalls.c.attempt == claimed.attempt,
        )
        async with self._db.write() as connection:
            again = recalls.update().where(*mine)
            await connection.execute(again.values(owner=None, due=self._db.now() + after_s))

    async def resume_in(self, chats: Collection[ChatKey]) -> None:
        """Whatever waits in these chats is tried at once."""
        waiting = (recalls.c.chat.in_(sorted(chats)), recalls.c.owner.is_(None))
        async with self._db.write() as connection:
            await connection.execute(recalls.update().where(*waiting).values(due=0.0))

    async def want_if_gone(self, job: Job, message: str) -> bool:
        """Want a message gone into which a job's picture was put while the job was erased.

        Returns:
            Whether it was so.
        """
        held = sa.select(jobs.c.id).where(jobs.c.id == job.id).with_for_update(read=True)
        row = {"platform": job.chat.partition(":")[0], "chat": job.chat, "context": job.context}
        async with self._db.write() as connection:
            if await connection.scalar(held) is not None:
                return False
            await recall(self._db, connection, [row | {"language": job.language, "message": message}], None)
            return True

    async def pending(self, tell: GuestKey | None = None) -> Mapping[str, int]:
        """How many are still to be taken back, by platform; of one guest, or of all."""
        mine = sa.true() if tell is None else recalls.c.tell == tell
        query = sa.select(recalls.c.platform, sa.func.count()).where(mine).group_by(recalls.c.platform)
        async with self._db.read() as connection:
            return {row[0]: int(row[1]) for row in await connection.execute(query)}

    async def heartbeat(self, owner: str, held: Collection[str]) -> None:
        """Keep this owner's leases of what it really works on."""
        mine = (recalls.c.owner == owner, recalls.c.seq.in_([int(key) for key in held]))
        async with self._db.write() as connection:
            await connection.execute(recalls.update().where(*mine).values(lease=self._db.now() + LEASE_S))

    async def resume(self, owner: str | None) -> None:
        """Give back what an owner worked on at its end, or (None) everybody, when a process starts alone."""
        mine = sa.true() if owner is None else recalls.c.owner == owner
        async with self._db.write() as connection:
            await connection.execute(recalls.update().where(mine).values(owner=None))


def _recall(row: sa.Row[Any]) -> Recall:
    address = Address(ChatKey(row.chat), row.message, row.context)
    tell = None if row.tell is None else GuestKey(row.tell)
    return Recall(int(row.seq), address, row.language, tell, row.attempt)
