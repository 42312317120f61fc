"""Ending jobs before their time: work is stopped, the photo erased, servers scrubbed, the guest told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Address
from bot.errors import UnknownJob
from bot.nouns import ChatKey, Claim, GuestKey, Job, JobId
from bot.ports import Vault
from bot.store.bell import CANCEL, NOTES, RECALLS, WALL, Bell, line_topic
from bot.store.erasure import ErasureStore
from bot.store.jobs import JobStore
from bot.store.notes import Note
from bot.store.vaults import all_names
from bot.styles.shelf import Shelf
from bot.underway.lines import Lines
from bot.underway.teller import Teller
from bot.underway.worker import Worker
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Ending:
    """Ends jobs; the workers' running work on them is stopped."""

    jobs: JobStore
    erasure: ErasureStore
    vault: Vault
    shelf: Shelf
    lines: Lines
    bell: Bell
    teller: Teller
    words: Words
    workers: Sequence[Worker[Claim]]

    async def discard(self, guest: GuestKey, job: JobId) -> None:
        """Cancel a job that has no picture yet, or erase one that is over.

        Raises:
            UnknownJob: not theirs, not there, or erased.
        """
        cancelled = await self.jobs.cancel(job, guest)
        if cancelled is not None:
            await self._after_cancel(cancelled)
            return
        if await self.jobs.get(job, guest) is None:
            raise UnknownJob
        await self.vault.delete(all_names(job))
        if not await self.erasure.job(job, guest, self.farewell):
            raise UnknownJob
        for topic in (RECALLS, WALL, NOTES):
            await self.bell.ring(topic)

    def farewell(self, sharer: GuestKey, language: str) -> Note:
        """To whoever had shared a picture that is erased by whom had asked for it."""
        return Note(Address(ChatKey(sharer)), self.words.say(language, "told-share-erased"), lasts=True)

    async def stop_work(self, job: Job) -> None:
        """Nobody works on it any more, here or in another replica, and the line knows."""
        for worker in self.workers:
            await worker.stop_work(job.id)
        await self.bell.ring(CANCEL, job.id)
        if job.renderer is not None:
            self.lines.changed(job.renderer)
            await self.bell.ring(line_topic(job.renderer))

    async def scrub(self, gone: Sequence[Job]) -> dict[str, int]:
        """Remove what jobs left on servers; return how many copies are out of reach, by renderer."""
        pending: dict[str, int] = {}
        for name in sorted({job.renderer for job in gone if job.renderer is not None}):
            renderer = self.shelf.renderer(name)
            if renderer is not None:
                left = await renderer.scrub([job.id for job in gone if job.renderer == name])
                pending |= {name: left} if left else {}
        return pending

    async def _after_cancel(self, job: Job) -> None:
        await self.stop_work(job)
        await self.vault.delete(all_names(job.id))
        await self.scrub([job])
        await self.teller.tell(job)
