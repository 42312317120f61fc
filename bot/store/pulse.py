"""The store's pulse: what it holds just now, for whoever watches it. Numbers and ages, nothing of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.states import JobState
from bot.store.database import Database
from bot.store.tables import inbox, jobs, live, pending, recalls, traces, unfetched
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Tally:
    """Jobs of one state and renderer.

    Attributes:
        renderer: None where no style is chosen yet.
        oldest_s: Seconds since the first of them came to this state.
    """

    state: JobState
    renderer: str | None
    jobs: int
    oldest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one platform has sent and nobody has handled yet; ``oldest_s`` is the first one's age."""

    platform: str
    events: int
    oldest_s: float


@dataclass(frozen=True, slots=True)
class Pulse:
    """Everything at one look.

    Attributes:
        erasures: Jobs by renderer that are over, while something of them may still be on its servers.
        unfetched: Photos that are still on their platforms.
        recalls: Messages by platform that are still to be taken back.
    """

    tallies: Sequence[Tally]
    backlogs: Sequence[Backlog] = ()
    erasures: Sequence[tuple[str, int]] = ()
    unfetched: int = 0
    recalls: Sequence[tuple[str, int]] = ()


class PulseStore:
    """Statements that look at everything."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def beats(self) -> bool:
        """Whether the store answers; it raises what its database does where it doesn't."""
        async with self._db.read() as connection:
            await connection.execute(sa.select(jobs.c.seq).limit(1))
            return True

    async def pulse(self) -> Pulse:
        """Look."""
        async with self._db.read() as connection:
            return Pulse(
                await self._tallies(connection),
                await self._backlogs(connection),
                await self._erasures(connection),
                int(await connection.scalar(sa.select(sa.func.count()).where(unfetched)) or 0),
                await self._recalls(connection),
            )

    async def _tallies(self, connection: Transaction) -> Sequence[Tally]:
        oldest = self._db.now() - sa.func.min(jobs.c.changed)
        query = sa.select(jobs.c.state, jobs.c.renderer, sa.func.count().label("number"), oldest.label("age"))
        rows = await connection.execute(query.group_by(jobs.c.state, jobs.c.renderer))
        return [Tally(JobState(row.state), row.renderer, row.number, max(0.0, row.age)) for row in rows]

    async def _backlogs(self, connection: Transaction) -> Sequence[Backlog]:
        oldest = self._db.now() - sa.func.min(inbox.c.created)
        query = sa.select(inbox.c.platform, sa.func.count().label("number"), oldest.label("age"))
        rows = await connection.execute(query.where(pending).group_by(inbox.c.platform))
        return [Backlog(row.platform, row.number, max(0.0, row.age)) for row in rows]

    async def _erasures(self, connection: Transaction) -> Sequence[tuple[str, int]]:
        over = traces.c.job.not_in(sa.select(jobs.c.id).where(live))
        query = sa.select(traces.c.renderer, sa.func.count().label("number")).where(over)
        rows = await connection.execute(query.group_by(traces.c.renderer))
        return [(row.renderer, row.number) for row in rows]

    async def _recalls(self, connection: Transaction) -> Sequence[tuple[str, int]]:
        query = sa.select(recalls.c.platform, sa.func.count().label("number")).group_by(recalls.c.platform)
        return [(row.platform, row.number) for row in await connection.execute(query)]
