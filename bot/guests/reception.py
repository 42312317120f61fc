"""The reception: takes photos, and makes jobs of them that survive whatever happens."""

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.errors import DiskFull, GuestError, NotPossibleNow, StorageFull, UnknownJob
from bot.guests.gate import Gate
from bot.guests.moments import Moments
from bot.nouns import ChatKey, GuestKey, Job, JobId, JobView, Post, Style, StyleId
from bot.office.previews import Previews
from bot.pixels.cleaning import Cleaner
from bot.ports import Vault
from bot.store.bell import FETCH, Bell, line_topic
from bot.store.jobs import MAX_SEED, JobStore, Limits, NewJob, new_job_id
from bot.store.vaults import photo_name
from bot.styles.shelf import Shelf
from bot.trail import OnStep, no_step, step
from bot.underway.ending import Ending
from bot.underway.keeper import Keeper
from bot.underway.lines import NOWHERE, Lines

FULL_RETRY_S = 60.0
FETCHED_BYTES = 1 << 20  # a cleaned photo that is still to be fetched takes 0.2 to 0.6 MB


@dataclass(frozen=True, slots=True)
class Counter:
    """What the reception works with."""

    jobs: JobStore
    vault: Vault
    keeper: Keeper
    bell: Bell
    lines: Lines
    shelf: Shelf
    cleaner: Cleaner
    gate: Gate
    ending: Ending
    previews: Previews
    moments: Moments
    on_step: OnStep = no_step


class Reception:
    """Takes photos, and their guests' choice of a style."""

    def __init__(self, counter: Counter) -> None:
        """Work at this counter."""
        self._counter = counter

    async def check_room(self, guest: GuestKey) -> None:
        """Raise what would meet a photo now, before it is sent.

        Raises:
            Busy: for everybody, or for this guest.
            Banned: a maintainer doesn't want this guest's photos.
        """
        await self._admitted(guest)

    async def submit(self, post: Post) -> JobView:
        """Take a photo; when it returns, the job survives whatever happens.

        An event that came before gives its job again, without looking at the photo. A photo that is still on
        its platform is fetched while its guest chooses and waits. One that names no style takes the style of
        its chat's moment, if there is one.

        Raises:
            GuestError: with the sentence of what is wrong; nothing is left behind.
        """
        counter = self._counter
        present = await counter.jobs.by_event(post.event)
        if present is not None:
            return await self._repeated(post.guest, present)
        wanted = post.style or await counter.moments.style_of(post.chat)
        style = None if wanted is None else counter.shelf.find(wanted, post.chat)
        limits = await self._admitted(post.guest)
        new = _new(post, style)
        if isinstance(post.photo, bytes):
            began = time.monotonic()
            view = await self._keep(new, await counter.cleaner.clean(post.photo), limits)
            counter.on_step(step("intake", view.job, "done", time.monotonic() - began))
            return view
        return await self._keep(replace(new, source=post.photo), None, limits)

    async def again(
        self,
        guest: GuestKey,
        job: JobId,
        style: StyleId,
        *,
        event: str,
        message: str | None = None,
        context: str | None = None,
    ) -> JobView:
        """Another picture of a photo that is still here; nothing is uploaded twice.

        Args:
            guest: Whose job it is.
            job: The job that has the photo.
            style: The style of the new picture.
            event: As in :class:`~bot.nouns.Post`.
            message: The new job's one message, if it is there already; never the earlier job's.
            context: As in :class:`~bot.nouns.Post`; None takes the earlier job's.

        Raises:
            UnknownJob: there is no such photo any more.
            GuestError: as :meth:`submit`.
        """
        counter = self._counter
        present = await counter.jobs.by_event(event)
        if present is not None:
            return await self._repeated(guest, present)
        before = await counter.jobs.get(job, guest)
        if before is None:
            raise UnknownJob
        chosen = counter.shelf.find(style, before.chat)
        limits = await self._admitted(guest)
        photo = await counter.vault.get(photo_name(job))
        if photo is None and before.source is None:
            raise UnknownJob
        where = before.context if context is None else context
        post = Post(
            event,
            guest,
            before.chat,
            before.language,
            b"",
            style,
            message,
            context=where,
            subject=before.subject,
        )
        new = _new(post, chosen)
        return await self._keep(new if photo else replace(new, source=before.source), photo, limits)

    async def choose(self, guest: GuestKey, job: JobId, style: StyleId) -> JobView:
        """Choose the style of a photo that was sent without one.

        Raises:
            UnknownJob, UnknownStyle, NotPossibleNow: a style was chosen already.
        """
        present = await self._counter.jobs.get(job, guest)
        if present is None:
            raise UnknownJob
        chosen = self._counter.shelf.find(style, present.chat)
        changed = await self._counter.jobs.choose(job, guest, chosen)
        if changed is None:
            raise NotPossibleNow
        return await self._entered(changed)

    async def _repeated(self, guest: GuestKey, job: Job) -> JobView:
        if job.guest != guest:
            raise UnknownJob
        return JobView(job, await self._counter.lines.place(job))

    async def _admitted(self, guest: GuestKey) -> Limits:
        limits = await self._counter.gate.admit(guest)
        await self._counter.jobs.check_limits(guest, limits)
        await self._room_for(0)
        return limits

    async def _room_for(self, photo_bytes: int) -> None:
        if not await self._counter.keeper.room_for(photo_bytes):
            raise StorageFull(FULL_RETRY_S)

    async def _keep(self, new: NewJob, jpeg: bytes | None, limits: Limits) -> JobView:
        counter = self._counter
        await self._room_for(FETCHED_BYTES if jpeg is None else len(jpeg))
        try:
            if jpeg is not None:
                await counter.vault.put(photo_name(new.id), jpeg)
            job, is_new = await counter.jobs.add(new, limits)
        except DiskFull as error:
            await counter.vault.delete([photo_name(new.id)])
            raise StorageFull(FULL_RETRY_S) from error
        except GuestError:  # cut off otherwise, the row may be there: the keeper erases what no row owns
            await counter.vault.delete([photo_name(new.id)])
            raise
        if not is_new:
            await counter.vault.delete([photo_name(new.id)])
            return await self._repeated(new.guest, job)
        return await self._entered(job)

    async def _entered(self, job: Job) -> JobView:
        counter = self._counter
        if (preview := counter.previews.yielded()) is not None:
            with suppress(UnknownJob):  # it has just ended by itself
                await counter.ending.discard(preview.guest, preview.id)
        if job.source is not None:
            await counter.bell.ring(FETCH)
        if job.renderer is not None:
            counter.lines.changed(job.renderer)
            view = JobView(job, await counter.lines.place(job))
            await counter.bell.ring(line_topic(job.renderer))
            return view
        return JobView(job, NOWHERE)


def _new(post: Post, style: Style | None) -> NewJob:
    return NewJob(
        id=new_job_id(),
        event=post.event,
        guest=post.guest,
        chat=ChatKey(post.chat),
        language=post.language,
        seed=secrets.randbelow(MAX_SEED) if post.seed is None else post.seed,
        style=style,
        message=post.message,
        context=post.context,
        subject=post.subject,
    )
