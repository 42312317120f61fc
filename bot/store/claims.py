"""The workers' side of the jobs: claims, and what became of them.

A worker's writes are fenced by ``(id, owner, attempt, state)``: when a job was cancelled, erased or taken
over meanwhile, they change nothing and say so by returning False.

Leases are for replicas. On SQLite one process is alone with its file, and what it left running is put back
when it starts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.cards import Shown
from bot.nouns import Claim, Job, JobId
from bot.states import JobState
from bot.store.counts import count_failure, count_picture
from bot.store.database import Database
from bot.store.leases import take
from bot.store.rows import ORDER, fence, move, to_job
from bot.store.tables import jobs, live

LONG_WAIT_S = 60.0  # who has waited longer has put the phone away
LEASE_S = 10.0  # a replica that was silent for so long has lost its jobs to the others


@dataclass(frozen=True, slots=True)
class Opening:
    """A job's message as the store knows it; where there is none, whether it is ours to send."""

    message: str | None
    ours: bool


class ClaimStore:
    """All statements of the workers."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def claim(self, renderer: str, owner: str, slots: int) -> Sequence[Claim]:
        """``waiting`` → ``rendering`` for at most ``slots`` jobs, the next in the line first.

        A rendering job whose lease has run out is taken over from its dead replica.
        """
        due = sa.and_(jobs.c.state == JobState.WAITING, jobs.c.has_photo, jobs.c.due <= self._db.now())
        lost = sa.and_(jobs.c.state == JobState.RENDERING, self._lease_over())
        wanted = (jobs.c.renderer == renderer, sa.or_(due, lost))
        return await self._claim(wanted, JobState.RENDERING, owner, slots)

    async def claim_delivery(self, platforms: Collection[str], owner: str, slots: int) -> Sequence[Claim]:
        """Take jobs in ``delivering`` that nobody delivers; it is written down before the chat is told."""
        free = sa.or_(jobs.c.owner.is_(None), self._lease_over())
        wanted = (
            jobs.c.state == JobState.DELIVERING,
            jobs.c.platform.in_(sorted(platforms)),
            free,
            jobs.c.due <= self._db.now(),
        )
        return await self._claim(wanted, JobState.DELIVERING, owner, slots)

    async def rendered(self, claim: Claim) -> bool:
        """``rendering`` → ``delivering``: the picture is kept."""
        return await self._settle(claim, JobState.DELIVERING, has_picture=True, owner=None, due=0.0)

    async def delivered(self, claim: Claim, shown: Shown | None) -> Job | None:
        """``delivering`` → ``done``: the picture is in its chat, or (None) there is no such chat any more.

        Whether the guest is to be nudged is decided, and written down, before it is done.
        """
        values: dict[str, Any] = {"owner": None}
        if shown is not None:
            since = sa.func.coalesce(jobs.c.entered, jobs.c.created)
            values |= {"message": shown.message, "picture_ref": shown.picture_ref}
            values |= {"nudged": self._db.now() - since > LONG_WAIT_S}
        async with self._db.write() as connection:
            change = move(JobState.DONE, self._db.now(), *fence(claim)).values(**values).returning(jobs)
            row = (await connection.execute(change)).one_or_none()
            if row is None:
                return None
            await count_picture(self._db, connection, row)
            return to_job(row)

    async def retry(self, claim: Claim, after_s: float, *, crashed: bool = False) -> bool:
        """``rendering`` → ``waiting``, in its old place, not before ``after_s`` seconds."""
        crashes = claim.job.crashes + int(crashed)
        due = self._db.now() + after_s
        return await self._settle(claim, JobState.WAITING, due=due, crashes=crashes, owner=None)

    async def fail(self, claim: Claim, failure: str) -> bool:
        """``rendering`` → ``failed``, with the code that names the sentence."""
        values = {"failure": failure, "crashes": claim.job.crashes + int(failure == "crashed"), "owner": None}
        async with self._db.write() as connection:
            change = move(JobState.FAILED, self._db.now(), *fence(claim)).values(**values).returning(jobs)
            row = (await connection.execute(change)).one_or_none()
            if row is not None:
                await count_failure(self._db, connection, row)
            return row is not None

    async def repaint(self, claim: Claim) -> bool:
        """``delivering`` → ``waiting``: the picture is missing, so it is painted again."""
        return await self._settle(claim, JobState.WAITING, has_picture=False, owner=None, due=0.0)

    async def deliver_later(self, claim: Claim, after_s: float) -> bool:
        """Leave a job in ``delivering`` for a later try."""
        async with self._db.write() as connection:
            later = jobs.update().where(*fence(claim)).values(owner=None, due=self._db.now() + after_s)
            return bool((await connection.execute(later)).rowcount)

    async def get(self, job: JobId) -> Job | None:
        """Any job by its id, or None."""
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(jobs).where(jobs.c.id == job))).one_or_none()
            return None if row is None else to_job(row)

    async def open(self, job: JobId, owner: str) -> Opening:
        """The job's one message, or the right to send it, which no other replica has until :meth:`close`."""
        if self._db.embedded:
            found = await self.get(job)
            return Opening(found.message if found else None, ours=found is not None)
        now = self._db.now()
        free = sa.or_(jobs.c.opener.is_(None), jobs.c.opener == owner, jobs.c.opening < now)
        async with self._db.write() as connection:
            take = jobs.update().where(jobs.c.id == job, jobs.c.message.is_(None), free)
            take = take.values(opener=owner, opening=now + LEASE_S)
            ours = (await connection.execute(take)).rowcount == 1
            message = await connection.scalar(sa.select(jobs.c.message).where(jobs.c.id == job))
            return Opening(message, ours)

    async def close(self, job: JobId, owner: str) -> None:
        """The message was not sent: whoever comes next may."""
        if self._db.embedded:
            return
        async with self._db.write() as connection:
            ours = jobs.update().where(jobs.c.id == job, jobs.c.opener == owner)
            await connection.execute(ours.values(opener=None))

    async def keep_open(self, owner: str, held: Collection[JobId]) -> None:
        """Keep this owner's leases of the first messages that it really sends."""
        mine = (jobs.c.opener == owner, jobs.c.id.in_(held))
        async with self._db.write() as connection:
            await connection.execute(jobs.update().where(*mine).values(opening=self._db.now() + LEASE_S))

    async def shown(self, job: JobId, message: str) -> None:
        """Remember the job's one message."""
        async with self._db.write() as connection:
            changed = jobs.c.message.is_distinct_from(message)
            await connection.execute(jobs.update().where(jobs.c.id == job, changed).values(message=message))

    async def adopt(self, job: JobId, message: str) -> bool:
        """Take this for the job's one message, where none is known; return whether it is now."""
        unknown = (jobs.c.id == job, jobs.c.message.is_(None))
        async with self._db.write() as connection:
            taken = jobs.update().where(*unknown).values(message=message, opener=None)
            return bool((await connection.execute(taken)).rowcount)

    async def holds(self, claim: Claim) -> bool:
        """Whether the claim still stands; asked just before a chat is told."""
        async with self._db.read() as connection:
            return bool(await connection.scalar(sa.select(sa.func.count()).where(*fence(claim))))

    async def wants_picture(self, job: JobId) -> bool:
        """Whether the vault may hold this job's picture."""
        may = sa.or_(jobs.c.has_picture, live)
        async with self._db.read() as connection:
            return bool(await connection.scalar(sa.select(sa.func.count()).where(jobs.c.id == job, may)))

    async def heartbeat(self, owner: str, held: Collection[str]) -> None:
        """Keep this owner's leases of the jobs it really works on."""
        mine = (jobs.c.owner == owner, jobs.c.id.in_(held), live)
        async with self._db.write() as connection:
            await connection.execute(jobs.update().where(*mine).values(lease=self._db.now() + LEASE_S))

    async def resume(self, owner: str | None) -> int:
        """Put running jobs back: an owner's own at its end, all (None) when a process starts alone."""
        mine = sa.true() if owner is None else jobs.c.owner == owner
        async with self._db.write() as connection:
            back = jobs.update().where(mine, jobs.c.state == JobState.RENDERING)
            rendering = await connection.execute(back.values(state=JobState.WAITING, owner=None, due=0.0))
            if owner is not None:
                unsent = jobs.update().where(jobs.c.opener == owner, live)
                await connection.execute(unsent.values(opener=None))
            free = jobs.update().where(mine, jobs.c.state == JobState.DELIVERING)
            await connection.execute(free.values(owner=None, due=0.0))
            return rendering.rowcount

    def _lease_over(self) -> sa.ColumnElement[bool]:
        return sa.false() if self._db.embedded else jobs.c.lease < self._db.now()

    async def _settle(self, claim: Claim, target: JobState, **values: Any) -> bool:
        async with self._db.write() as connection:
            change = move(target, self._db.now(), *fence(claim)).values(**values)
            return bool((await connection.execute(change)).rowcount)

    async def _claim(
        self, wanted: Sequence[sa.ColumnElement[bool]], state: JobState, owner: str, slots: int
    ) -> Sequence[Claim]:
        now = self._db.now()
        values = {"state": state, "owner": owner, "lease": now + LEASE_S, "changed": now}
        values["attempt"] = jobs.c.attempt + 1
        rows = await take(self._db, jobs, [live, *wanted], ORDER, slots, values)
        rows = sorted(rows, key=lambda row: (-row.priority, row.turn, row.chat_turn, row.seq))
        return [Claim(to_job(row), owner, row.attempt) for row in rows]
