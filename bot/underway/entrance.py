"""How jobs of the house's own come into the line: with a photo that is there already, out of turn."""

from dataclasses import dataclass

from bot.nouns import Job, JobView
from bot.ports import Vault
from bot.store.bell import Bell, line_topic
from bot.store.jobs import JobStore, Limits, NewJob
from bot.store.vaults import photo_name
from bot.underway.lines import Lines

_UNLIMITED = Limits(guest=0, line=0)  # limits are guests'; jobs of other kinds are not counted


@dataclass(frozen=True, slots=True)
class Entrance:
    """Brings jobs into the line."""

    jobs: JobStore
    vault: Vault
    lines: Lines
    bell: Bell

    async def enter(self, new: NewJob, jpeg: bytes) -> tuple[JobView, bool]:
        """Keep the photo, write the job down and wake its painter.

        Returns:
            The job, and whether it is new: an event that came before gives its job again.

        Raises:
            DiskFull: nothing was kept.
        """
        await self.vault.put(photo_name(new.id), jpeg)
        job, is_new = await self.jobs.add(new, _UNLIMITED)
        if not is_new:
            await self.vault.delete([photo_name(new.id)])
            return await self._view(job), False
        if job.renderer is not None:
            self.lines.changed(job.renderer)
            await self.bell.ring(line_topic(job.renderer))
        return await self._view(job), True

    async def _view(self, job: Job) -> JobView:
        return JobView(job, await self.lines.place(job))
