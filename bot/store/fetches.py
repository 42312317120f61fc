"""The fetcher's side of the jobs: whose photo is still on its platform, and what became of fetching it.

Fetching goes on beside choosing and waiting, so it has an owner, a lease and a count of its own. Its writes
are fenced like the other workers' (:mod:`bot.store.claims`).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.nouns import Claim, Job, JobId
from bot.states import JobState
from bot.store.claims import LEASE_S
from bot.store.database import Database
from bot.store.leases import take
from bot.store.rows import to_job
from bot.store.tables import jobs, live, unfetched


class FetchStore:
    """All statements of the fetcher."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def claim(self, platforms: Collection[str], owner: str, slots: int) -> Sequence[Claim]:
        """Take at most ``slots`` jobs whose photo isn't here; their ``attempt`` counts the fetches."""
        now = self._db.now()
        free = sa.or_(jobs.c.fetch_owner.is_(None), self._lease_over())
        wanted = (unfetched, live, jobs.c.platform.in_(sorted(platforms)), free, jobs.c.fetch_due <= now)
        values = {"fetch_owner": owner, "fetch_lease": now + LEASE_S}
        values["fetch_attempt"] = jobs.c.fetch_attempt + 1
        rows = await take(self._db, jobs, wanted, [jobs.c.seq], slots, values)
        return [Claim(to_job(row), owner, row.fetch_attempt) for row in sorted(rows, key=_seq)]

    async def fetched(self, claim: Claim) -> Job | None:
        """The photo is in the vault; return the job as it stands, or None when it is wanted no more."""
        return await self._settle(claim, has_photo=True, source=None)

    async def fail(self, claim: Claim, failure: str, values: Mapping[str, str | int | float]) -> Job | None:
        """``choosing``, ``waiting`` → ``failed``: the photo can't be used."""
        told = {"failure": failure, "failure_values": json.dumps(dict(values)) if values else None}
        ended = {"state": JobState.FAILED, "changed": self._db.now(), "source": None}
        return await self._settle(claim, **told, **ended)

    async def later(self, claim: Claim, after_s: float) -> bool:
        """Leave it for a later try."""
        return await self._settle(claim, fetch_due=self._db.now() + after_s) is not None

    async def heartbeat(self, owner: str, held: Collection[str]) -> None:
        """Keep this owner's leases of the jobs whose photo it really fetches."""
        mine = (unfetched, jobs.c.fetch_owner == owner, jobs.c.id.in_(held))
        async with self._db.write() as connection:
            await connection.execute(jobs.update().where(*mine).values(fetch_lease=self._db.now() + LEASE_S))

    async def resume(self, owner: str | None) -> None:
        """Put fetches back: an owner's own at its end, all (None) when a process starts alone."""
        mine = sa.true() if owner is None else jobs.c.fetch_owner == owner
        async with self._db.write() as connection:
            await connection.execute(
                jobs.update().where(unfetched, mine).values(fetch_owner=None, fetch_due=0.0)
            )

    async def wants_photo(self, job: JobId) -> bool:
        """Whether the vault may hold this job's photo."""
        may = sa.or_(jobs.c.has_photo, live)
        async with self._db.read() as connection:
            return bool(await connection.scalar(sa.select(sa.func.count()).where(jobs.c.id == job, may)))

    def _lease_over(self) -> sa.ColumnElement[bool]:
        return sa.false() if self._db.embedded else jobs.c.fetch_lease < self._db.now()

    async def _settle(self, claim: Claim, **values: Any) -> Job | None:
        fenced = (
            jobs.c.id == claim.job.id,
            jobs.c.fetch_owner == claim.owner,
            jobs.c.fetch_attempt == claim.attempt,
            jobs.c.state.in_([JobState.CHOOSING, JobState.WAITING]),
            unfetched,
        )
        change = jobs.update().where(*fenced).values(fetch_owner=None, **values).returning(jobs)
        async with self._db.write() as connection:
            row = (await connection.execute(change)).one_or_none()
            return None if row is None else to_job(row)


def _seq(row: sa.Row[Any]) -> int:
    return int(row.seq)
