"""Retention's side of the jobs: what has had its time."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from bot.errors import PhotoOutOfReach
from bot.exhibits import ShareState
from bot.nouns import JobId
from bot.states import FINISHED, JobState
from bot.store.counts import MINUTE_S, minute_now
from bot.store.database import Database
from bot.store.rows import move
from bot.store.shares import delete_shares
from bot.store.tables import (
    console_events,
    guests,
    inbox,
    jobs,
    moments,
    postings,
    previews,
    questions,
    shares,
    troubles,
    unfetched,
)

_PRIVATE = sa.or_(jobs.c.shared.is_(None), jobs.c.shared == ShareState.HIDDEN)
"""Nobody else sees it: what is shown, or may be, has a time of its own."""


class UpkeepStore:
    """All statements of the retention."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def cut_log(self) -> None:
        """Leave nothing of what was erased in the database's log; see :meth:`Database.cut_log`."""
        await self._db.cut_log()

    async def stale_photos(self, age_s: float, most: int) -> Sequence[JobId]:
        """Jobs that need their photo no more, and whose guests have not asked for it in ``age_s`` seconds."""
        resting = jobs.c.state.in_(sorted({*FINISHED, JobState.CHOOSING}))
        either = sa.or_(jobs.c.has_photo, unfetched)
        return await self._ids(most, either, resting, jobs.c.changed < self._db.now() - age_s)

    async def stale_rows(self, age_s: float, most: int) -> Sequence[JobId]:
        """Finished jobs whose last change is older than ``age_s`` seconds."""
        finished = jobs.c.state.in_(sorted(FINISHED))
        return await self._ids(most, finished, _PRIVATE, jobs.c.changed < self._db.now() - age_s)

    async def drop_photos(self, ids: Sequence[JobId]) -> None:
        """Note that these photos are erased; who was still choosing is cancelled."""
        async with self._db.write() as connection:
            await connection.execute(
                jobs.update().where(jobs.c.id.in_(ids)).values(has_photo=False, source=None)
            )
            abandoned = move(
                JobState.CANCELLED, self._db.now(), jobs.c.id.in_(ids), jobs.c.state == JobState.CHOOSING
            )
            await connection.execute(abandoned)

    async def drop_rows(self, ids: Sequence[JobId]) -> Sequence[JobId]:
        """Delete rows but for those that were shared just now; return whose files are to be erased.

        What their guests have of them in chats stays there; what is still to come down is kept written down.
        """
        async with self._db.write() as connection:
            old = jobs.delete().where(jobs.c.id.in_(ids), _PRIVATE).returning(jobs.c.id)
            gone = [JobId(row.id) for row in await connection.execute(old)]
            await delete_shares(connection, shares.c.job.in_(gone))
            stays = (postings.c.job.in_(gone), sa.not_(postings.c.withdrawn))
            await connection.execute(postings.delete().where(*stays))
            return gone

    async def give_up_fetching(self, age_s: float) -> int:
        """``waiting`` → ``failed`` for jobs whose photo has not come in ``age_s`` seconds; how many."""
        late = (jobs.c.state == JobState.WAITING, unfetched, jobs.c.changed < self._db.now() - age_s)
        failed = move(JobState.FAILED, self._db.now(), *late)
        async with self._db.write() as connection:
            given_up = failed.values(failure=PhotoOutOfReach.key, source=None, fetch_owner=None)
            return (await connection.execute(given_up)).rowcount

    async def drop_inbound(self, age_s: float) -> None:
        """Delete what platforms sent longer ago: they don't send it again, and nobody waits for it."""
        async with self._db.write() as connection:
            old = inbox.delete().where(inbox.c.created < self._db.now() - age_s)
            await connection.execute(old)

    async def drop_guests(self, age_s: float) -> None:
        """Forget the choices of guests who were not seen for ``age_s`` seconds."""
        async with self._db.write() as connection:
            await connection.execute(guests.delete().where(guests.c.seen < self._db.now() - age_s))

    async def drop_troubles(self, age_s: float) -> None:
        """Forget what went wrong longer ago."""
        old = troubles.c.minute < minute_now() - age_s // MINUTE_S
        async with self._db.write() as connection:
            await connection.execute(troubles.delete().where(old))

    async def drop_console(self, events_s: float, questions_s: float) -> None:
        """Forget which of the maintainers' events were done longer ago, and questions that nobody answers."""
        now = self._db.now()
        async with self._db.write() as connection:
            await connection.execute(console_events.delete().where(console_events.c.at < now - events_s))
            await connection.execute(questions.delete().where(questions.c.asked < now - questions_s))

    async def drop_moments(self, age_s: float) -> None:
        """Forget of chats what was over longer ago."""
        now = self._db.now()
        over = (moments.c.until < now - age_s, moments.c.collage < now - age_s)
        async with self._db.write() as connection:
            await connection.execute(moments.delete().where(*over))

    async def existing(self, ids: Collection[JobId]) -> frozenset[JobId]:
        """Which of these jobs have a row, or have drawn a preview that is still shown."""
        living = sa.select(jobs.c.id).where(jobs.c.id.in_(ids))
        shown = sa.select(previews.c.blob).where(previews.c.blob.in_(ids))
        async with self._db.read() as connection:
            return frozenset(JobId(row[0]) for row in await connection.execute(living.union(shown)))

    async def _ids(self, most: int, *where: sa.ColumnElement[bool]) -> Sequence[JobId]:
        async with self._db.read() as connection:
            rows = await connection.execute(
                sa.select(jobs.c.id).where(*where).order_by(jobs.c.seq).limit(most)
            )
            return [JobId(row.id) for row in rows]
