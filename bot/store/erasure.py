"""Erasing: a guest, or a picture, leaves all tables at once; what is out of reach is written down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.exhibits import ShareState
from bot.nouns import GuestKey, Job, JobId
from bot.states import ERASABLE, JobState
from bot.store.database import Database
from bot.store.notes import Note, post
from bot.store.postings import withdraw
from bot.store.recalls import recall
from bot.store.rows import to_job
from bot.store.shares import Ended, delete_shares
from bot.store.tables import guests, jobs, postings, recalls, reports, shares, votes
from bot.store.transaction import Transaction

Farewell = Callable[[GuestKey, str], Note]
"""Tells a guest, in a language, that what they shared is no more: somebody else had asked for it."""

FACELESS = frozenset({JobState.CHOOSING, JobState.WAITING})
"""States whose message shows no picture, but for a preview where a render was broken off."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What has left the store.

    Attributes:
        jobs: What they were; their files and traces are still to be erased.
        shares: How many pictures the guest had shared.
        messages: How many messages are to be taken back.
    """

    jobs: Sequence[Job]
    shares: int
    messages: int


class ErasureStore:
    """Statements that erase across tables."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def guest(self, guest: GuestKey, farewell: Farewell | None = None) -> Erased:
        """Erase every job of a guest, unfinished ones too, and those that others made of their photos.

        Others who had shared a picture that the guest had asked for are told by the ``farewell``.
        """
        async with self._db.write() as connection:
            theirs = sa.or_(jobs.c.guest == guest, jobs.c.subject == guest)
            rows = (await connection.execute(jobs.delete().where(theirs).returning(jobs))).all()
            ids = [JobId(row.id) for row in rows]
            ended = await delete_shares(connection, sa.or_(shares.c.guest == guest, shares.c.job.in_(ids)))
            await self._tell_others(connection, rows, [one for one in ended if one.guest != guest], farewell)
            messages = await withdraw(self._db, connection, ids, guest)
            messages += await self._messages(connection, rows, guest)
            await connection.execute(votes.delete().where(votes.c.voter == guest))
            await connection.execute(reports.delete().where(reports.c.reporter == guest))
            mine = sum(one.guest == guest for one in ended)
            return Erased([to_job(row) for row in rows], mine, messages)

    async def messages_left(self, guest: GuestKey) -> Mapping[str, int]:
        """How many messages are still to be taken back of which a guest is told, by platform.

        One look counts both tables: what comes up meanwhile goes from one to the other.
        """
        both = sa.union_all(
            *(sa.select(table.c.platform).where(table.c.tell == guest) for table in (postings, recalls))
        ).subquery()
        query = sa.select(both.c.platform, sa.func.count()).group_by(both.c.platform)
        async with self._db.read() as connection:
            return {row[0]: int(row[1]) for row in await connection.execute(query)}

    async def job(self, job: JobId, guest: GuestKey, farewell: Farewell | None = None) -> bool:
        """Erase a job that is finished, or whose picture is on its way; False when there is none.

        The message of a finished one is the rim's to change: it was pressed there. A picture on its way may
        reach its message after all, so that one is wanted gone. Somebody else who had shared it is told by
        the ``farewell``.
        """
        mine = (jobs.c.id == job, jobs.c.guest == guest, jobs.c.state.in_(sorted(ERASABLE)))
        async with self._db.write() as connection:
            row = (await connection.execute(jobs.delete().where(*mine).returning(jobs))).one_or_none()
            if row is None:
                return False
            ended = await delete_shares(connection, shares.c.job == job)
            await self._tell_others(connection, [row], [one for one in ended if one.guest != guest], farewell)
            await withdraw(self._db, connection, [job], guest)
            if row.state == JobState.DELIVERING:
                await self._messages(connection, [row], guest)
            return True

    async def _tell_others(
        self,
        connection: Transaction,
        rows: Sequence[sa.Row[Any]],
        ended: Sequence[Ended],
        farewell: Farewell | None,
    ) -> None:
        """Tell whose pictures hung, each once: in their language, else in their picture's."""
        spoken = {JobId(row.id): row.language for row in rows}
        bereft = {one.guest: spoken[one.job] for one in ended if one.state is ShareState.SHOWN}
        if farewell is None or not bereft:
            return
        query = sa.select(guests.c.guest, guests.c.language).where(guests.c.guest.in_(sorted(bereft)))
        chosen = {GuestKey(row.guest): row.language for row in await connection.execute(query)}
        notes = [farewell(guest, chosen.get(guest) or bereft[guest]) for guest in sorted(bereft)]
        await post(self._db, connection, notes)

    async def _messages(self, connection: Transaction, rows: Sequence[sa.Row[Any]], tell: GuestKey) -> int:
        """Want the jobs' own messages gone; return how many may show a picture, of which ``tell`` is told."""
        sent: list[Mapping[str, Any]] = [
            dict(row._mapping)  # noqa: SLF001 # SQLAlchemy's public name for a row as a mapping
            for row in rows
            if row.message is not None and row.platform != "web"
        ]
        seen = [row for row in sent if row["state"] not in FACELESS]
        await recall(self._db, connection, [row for row in sent if row["state"] in FACELESS], None)
        return await recall(self._db, connection, seen, tell)
