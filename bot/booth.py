"""A guest's use cases. Every adapter works through this one class; it knows no platform by name."""

import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.cards import Card
from bot.cleaning import Cleaner
from bot.console.console import Console
from bot.ending import Ending
from bot.errors import DiskFull, GuestError, NotPossibleNow, StorageFull, UnknownJob
from bot.gate import Gate
from bot.keeper import Keeper
from bot.keepsakes import Keepsakes
from bot.lines import NOWHERE, Lines
from bot.nouns import (
    Arrival,
    ChatKey,
    GuestKey,
    Job,
    JobId,
    JobView,
    Picture,
    Post,
    Receipt,
    Scans,
    Style,
    StyleId,
    StyleKind,
)
from bot.office import Office
from bot.ports import Vault
from bot.shelf import Shelf
from bot.states import UNFINISHED, JobState
from bot.store.bell import FETCH, Bell, line_topic
from bot.store.guests import GuestStore
from bot.store.inbox import InboxStore
from bot.store.jobs import MAX_SEED, JobStore, Limits, NewJob, new_job_id
from bot.store.notes import NoteStore
from bot.store.scans import ScanStore
from bot.store.vaults import loop_names, photo_name, picture_name
from bot.teller import Teller
from bot.trail import OnStep, no_step, step

FULL_RETRY_S = 60.0
FETCHED_BYTES = 1 << 20  # a cleaned photo that is still to be fetched takes 0.2 to 0.6 MB


@dataclass(frozen=True, slots=True)
class StyleOffer:
    """One style as a guest sees it; ``eta_s`` is what somebody who came now would wait, in seconds."""

    id: StyleId
    name: str
    emoji: str
    kind: StyleKind
    available: bool
    eta_s: float


@dataclass(frozen=True, slots=True)
class Desk:
    """What the booth works with."""

    jobs: JobStore
    guests: GuestStore
    inbox: InboxStore
    scans: ScanStore
    notes: NoteStore
    vault: Vault
    keeper: Keeper
    bell: Bell
    lines: Lines
    shelf: Shelf
    teller: Teller
    cleaner: Cleaner
    gate: Gate
    ending: Ending
    on_step: OnStep = no_step


class Booth:
    """What guests can do."""

    def __init__(self, desk: Desk, keepsakes: Keepsakes, office: Office, console: Console) -> None:
        """Work at this desk.

        Args:
            desk: What guests need.
            keepsakes: What guests can have beside a picture; rims find it here.
            office: What maintainers can do; likewise.
            console: How maintainers do it from a chat.
        """
        self._desk = desk
        self.keepsakes = keepsakes
        self.office = office
        self.console = console

    # -- looking ----------------------------------------------------------------------------------------

    async def styles(self, language: str, chat: ChatKey | None = None) -> Sequence[StyleOffer]:
        """What can be chosen now in a chat; without one, what can be chosen everywhere."""
        shelf = self._desk.shelf
        return [
            StyleOffer(
                offer.style.id,
                shelf.name(offer.style.id, language),
                offer.style.emoji,
                offer.style.kind,
                offer.available,
                await self._desk.lines.eta_s(offer.style),
            )
            for offer in shelf.offers(chat)
        ]

    async def look(self, guest: GuestKey, job: JobId) -> JobView:
        """A guest's own job as it stands.

        Raises:
            UnknownJob: not theirs, not there, or erased.
        """
        return await self._view(await self._own(guest, job))

    def card(self, view: JobView) -> Card:
        """A job in words."""
        return self._desk.teller.card(view.job, view.place)

    async def picture(self, guest: GuestKey, job: JobId) -> Picture:
        """The finished picture.

        Raises:
            UnknownJob: there is none for this guest: not theirs, not finished, or erased.
        """
        found = await self._own(guest, job)
        if found.state not in (JobState.DELIVERING, JobState.DONE):
            raise UnknownJob
        data = await self._desk.vault.get(picture_name(job))
        if data is None:
            raise UnknownJob
        return Picture(data)

    async def mine(self, guest: GuestKey, limit: int = 10) -> Sequence[Job]:
        """A guest's jobs whose picture is still here, the newest first."""
        return await self._desk.jobs.pictures(guest, limit)

    async def latest(self, guest: GuestKey, chat: ChatKey) -> Job | None:
        """A guest's newest unfinished job in a chat."""
        return await self._desk.jobs.latest(guest, chat)

    async def job_of_message(self, chat: ChatKey, message: str) -> Job | None:
        """The job that a chat's message shows, whosever it is: anybody may press its buttons."""
        return await self._desk.jobs.by_message(chat, message)

    async def made_by(self, guest: GuestKey, event: str) -> JobView | None:
        """The guest's job that an event has made; None when there is none."""
        job = await self._desk.jobs.by_event(event)
        return await self._view(job) if job is not None and job.guest == guest else None

    async def show(self, guest: GuestKey, job: JobId) -> str:
        """Show a job as it stands now in its one message, and return the message's id.

        Raises:
            UnknownJob: not theirs, not there, or erased.
            DeliveryError: the chat can't be reached just now; showing it again is harmless.
        """
        view = await self.look(guest, job)
        return (await self._desk.teller.deliver(view.job, self.card(view))).message

    async def adopt(self, guest: GuestKey, job: JobId, message: str) -> None:
        """The guest has used a message of the job's whose sending was never confirmed: it is the one.

        Raises:
            UnknownJob: not theirs, not there, or erased.
        """
        await self._own(guest, job)
        await self._desk.teller.adopt(job, message)

    # -- what is remembered of guests -------------------------------------------------------------------

    async def language_of(self, guest: GuestKey) -> str | None:
        """The language that the guest chose, or None."""
        return await self._desk.guests.language_of(guest)

    async def set_language(self, guest: GuestKey, language: str) -> None:
        """Remember the language that the guest chose."""
        await self._desk.guests.set_language(guest, language)

    async def recent_styles(self, guest: GuestKey) -> Sequence[StyleId]:
        """The styles that the guest chose last, the newest first, at most eight."""
        return await self._desk.guests.recent_styles(guest)

    async def prefer(self, guest: GuestKey, style: StyleId, chat: ChatKey | None = None) -> None:
        """Put a style first on the guest's list: a scanned code or a command has named it.

        Raises:
            UnknownStyle: nobody offers it there.
        """
        await self._desk.guests.prefer(guest, self._desk.shelf.find(style, chat).id)

    async def first_notice(self, guest: GuestKey) -> bool:
        """True once for each guest: the sentence on privacy is due."""
        return await self._desk.guests.first_notice(guest)

    # -- where guests come from -------------------------------------------------------------------------

    async def arrived(self, arrival: Arrival) -> None:
        """Count the scan of a code, once an event; what names no event and no place is none."""
        await self._desk.scans.count(arrival)

    async def scans(self) -> Sequence[Scans]:
        """What was counted, by day, newest first."""
        return await self._desk.scans.all()

    # -- sending ----------------------------------------------------------------------------------------

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
        its platform is fetched while its guest chooses and waits.

        Raises:
            GuestError: with the sentence of what is wrong; nothing is left behind.
        """
        present = await self._desk.jobs.by_event(post.event)
        if present is not None:
            return await self._repeated(post.guest, present)
        style = None if post.style is None else self._desk.shelf.find(post.style, post.chat)
        limits = await self._admitted(post.guest)
        new = self._new(post, style)
        if isinstance(post.photo, bytes):
            began = time.monotonic()
            view = await self._keep(new, await self._desk.cleaner.clean(post.photo), limits)
            self._desk.on_step(step("intake", view.job, "done", time.monotonic() - began))
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
        present = await self._desk.jobs.by_event(event)
        if present is not None:
            return await self._repeated(guest, present)
        before = await self._own(guest, job)
        chosen = self._desk.shelf.find(style, before.chat)
        limits = await self._admitted(guest)
        photo = await self._desk.vault.get(photo_name(job))
        if photo is None and before.source is None:
            raise UnknownJob
        where = before.context if context is None else context
        post = Post(event, guest, before.chat, before.language, b"", style, message, context=where)
        new = self._new(post, chosen)
        return await self._keep(new if photo else replace(new, source=before.source), photo, limits)

    async def choose(self, guest: GuestKey, job: JobId, style: StyleId) -> JobView:
        """Choose the style of a photo that was sent without one.

        Raises:
            UnknownJob, UnknownStyle, NotPossibleNow: a style was chosen already.
        """
        present = await self._own(guest, job)
        chosen = self._desk.shelf.find(style, present.chat)
        changed = await self._desk.jobs.choose(job, guest, chosen)
        if changed is None:
            raise NotPossibleNow
        return await self._entered(changed)

    # -- ending -----------------------------------------------------------------------------------------

    async def discard(self, guest: GuestKey, job: JobId) -> None:
        """Cancel a job that has no picture yet, or erase one that is over.

        Raises:
            UnknownJob: not theirs, not there, or erased.
        """
        await self._desk.ending.discard(guest, job)

    async def forget(self, guest: GuestKey) -> Receipt:
        """Erase all that is kept of a guest: rows, photos, pictures, and copies on the renderers' servers."""
        desk = self._desk
        gone = await desk.jobs.erase_guest(guest)
        for job in gone:
            if job.state in UNFINISHED:
                await desk.ending.stop_work(job)
        ids = [job.id for job in gone]
        photos = await desk.vault.delete([photo_name(job) for job in ids])
        pictures = await desk.vault.delete([picture_name(job) for job in ids])
        await desk.vault.delete([name for job in ids for name in loop_names(job)])
        await desk.inbox.erase_guest(guest)
        await desk.notes.erase(guest)
        await desk.guests.erase(guest)
        pending = await desk.ending.scrub(gone)
        return Receipt({"jobs": len(ids), "photos": photos, "pictures": pictures}, pending)

    # -- inside -----------------------------------------------------------------------------------------

    async def _own(self, guest: GuestKey, job: JobId) -> Job:
        found = await self._desk.jobs.get(job, guest)
        if found is None:
            raise UnknownJob
        return found

    async def _view(self, job: Job) -> JobView:
        return JobView(job, await self._desk.lines.place(job))

    async def _repeated(self, guest: GuestKey, job: Job) -> JobView:
        if job.guest != guest:
            raise UnknownJob
        return await self._view(job)

    async def _admitted(self, guest: GuestKey) -> Limits:
        limits = await self._desk.gate.admit(guest)
        await self._desk.jobs.check_limits(guest, limits)
        await self._room_for(0)
        return limits

    async def _room_for(self, photo_bytes: int) -> None:
        if not await self._desk.keeper.room_for(photo_bytes):
            raise StorageFull(FULL_RETRY_S)

    def _new(self, post: Post, style: Style | None) -> NewJob:
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
        )

    async def _keep(self, new: NewJob, jpeg: bytes | None, limits: Limits) -> JobView:
        desk = self._desk
        await self._room_for(FETCHED_BYTES if jpeg is None else len(jpeg))
        try:
            if jpeg is not None:
                await desk.vault.put(photo_name(new.id), jpeg)
            job, is_new = await desk.jobs.add(new, limits)
        except DiskFull as error:
            await desk.vault.delete([photo_name(new.id)])
            raise StorageFull(FULL_RETRY_S) from error
        except GuestError:  # cut off otherwise, the row may be there: the keeper erases what no row owns
            await desk.vault.delete([photo_name(new.id)])
            raise
        if not is_new:
            await desk.vault.delete([photo_name(new.id)])
            return await self._repeated(new.guest, job)
        return await self._entered(job)

    async def _entered(self, job: Job) -> JobView:
        if (preview := self.office.previews.yielded()) is not None:
            with suppress(UnknownJob):  # it has just ended by itself
                await self._desk.ending.discard(preview.guest, preview.id)
        if job.source is not None:
            await self._desk.bell.ring(FETCH)
        if job.renderer is not None:
            self._desk.lines.changed(job.renderer)
            view = await self._view(job)
            await self._desk.bell.ring(line_topic(job.renderer))
            return view
        return JobView(job, NOWHERE)
