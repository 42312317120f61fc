"""The lines as they stand: places and times of a renderer's jobs, asked of the store twice a second."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.line import Pace, Standing, newcomer_eta_s, places
from bot.nouns import Job, JobId, Place, Style
from bot.states import JobState
from bot.store.jobs import JobStore
from bot.store.meta import MetaStore
from bot.styles.shelf import Shelf

FRESH_S = 0.5
NOWHERE = Place(0, 0.0)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One renderer's line: everybody's place, and the waiting jobs in order."""

    taken: float
    standing: Sequence[Standing]
    jobs: Sequence[Job]
    places: Mapping[JobId, Place]
    pace: Pace
    slots: int


class Lines:
    """Snapshots of the lines, one a renderer."""

    def __init__(self, jobs: JobStore, meta: MetaStore, shelf: Shelf) -> None:
        """Ask these stores; the shelf knows how many hands each renderer has."""
        self._jobs = jobs
        self._meta = meta
        self._shelf = shelf
        self._snapshots: dict[str, Snapshot] = {}
        self._moved: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def changed(self, renderer: str) -> None:
        """Somebody of this process moved the line: the next look asks the store."""
        self._snapshots.pop(renderer, None)
        self._moved[renderer].set()

    def moved(self, renderer: str) -> asyncio.Event:
        """Set whenever this process has moved the line; its one listener clears it."""
        return self._moved[renderer]

    async def snapshot(self, renderer: str) -> Snapshot:
        """The line, not older than :data:`FRESH_S` seconds."""
        kept = self._snapshots.get(renderer)
        if kept is not None and time.monotonic() - kept.taken < FRESH_S:
            return kept
        standing, jobs = await self._jobs.line(renderer)
        pace = await self._meta.pace()
        slots = self._shelf.slots(renderer)
        found = places(standing, pace, slots)
        fresh = Snapshot(time.monotonic(), standing, jobs, found, pace, slots)
        self._snapshots[renderer] = fresh
        return fresh

    async def place(self, job: Job) -> Place:
        """A job's place; nowhere once it neither waits nor renders."""
        if job.renderer is None or job.state not in (JobState.WAITING, JobState.RENDERING):
            return NOWHERE
        place = (await self.snapshot(job.renderer)).places.get(job.id, NOWHERE)
        # The job and the line were read one after the other: what is said must not contradict itself.
        if job.state is JobState.RENDERING:
            return Place(0, place.eta_s)
        return Place(max(1, place.position), place.eta_s)

    async def eta_s(self, style: Style) -> float:
        """Seconds that somebody who came now would wait for this style."""
        line = await self.snapshot(style.renderer)
        return newcomer_eta_s(line.standing, style.id, line.pace, line.slots)
