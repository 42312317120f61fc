"""Which jobs may have left something on a renderer's servers: remembered across restarts until it is gone."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from bot.nouns import JobId
from bot.store.database import Database
from bot.store.tables import jobs, live, traces


class TraceStore:
    """Statements about traces; a row outlives its job's row, and holds nothing but the job's id."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def note(self, renderer: str, job: JobId) -> bool:
        """The job begins to leave traces; True once that is kept."""
        row = self._db.insert(traces).values(job=job, renderer=renderer)
        async with self._db.write() as connection:
            await connection.execute(row.on_conflict_do_nothing())
        return True

    async def due(self, renderer: str, most: int) -> Sequence[JobId]:
        """Jobs whose traces should go: they are over, or erased."""
        at_work = sa.select(jobs.c.id).where(live)
        over = (traces.c.renderer == renderer, traces.c.job.not_in(at_work))
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(traces.c.job).where(*over).limit(most))
            return [JobId(row.job) for row in rows]

    async def gone(self, ids: Collection[JobId]) -> None:
        """Nothing is left of these jobs."""
        async with self._db.write() as connection:
            await connection.execute(traces.delete().where(traces.c.job.in_(ids)))
