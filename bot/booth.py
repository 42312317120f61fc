"""A guest's use cases. Every adapter works through this one class; it knows no platform by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Card
from bot.console.console import Console
from bot.errors import UnknownJob
from bot.guests.forgetting import Forgetting
from bot.guests.keepsakes import Keepsakes
from bot.guests.moments import Moments
from bot.guests.reception import Reception
from bot.guests.sharing import Sharing
from bot.guests.wall import Wall
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
    StyleId,
    StyleKind,
)
from bot.office.office import Office
from bot.ports import Vault
from bot.states import JobState
from bot.store.guests import GuestStore
from bot.store.jobs import JobStore
from bot.store.scans import ScanStore
from bot.store.vaults import picture_name
from bot.styles.shelf import Shelf
from bot.underway.ending import Ending
from bot.underway.lines import Lines
from bot.underway.teller import Teller


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
    scans: ScanStore
    vault: Vault
    lines: Lines
    shelf: Shelf
    teller: Teller
    ending: Ending
    reception: Reception
    forgetting: Forgetting


@dataclass(frozen=True, slots=True)
class Rooms:
    """What is found beside the desk.

    Attributes:
        keepsakes: What guests can have beside a picture, and whether pictures get a frame.
        sharing: What guests do with their pictures before others.
        moments: What the guests of one chat do together.
        wall: What everybody may see.
        office: What maintainers can do.
        console: How maintainers do it from a chat.
    """

    keepsakes: Keepsakes
    sharing: Sharing
    moments: Moments
    wall: Wall
    office: Office
    console: Console


class Booth:
    """What guests can do."""

    def __init__(self, desk: Desk, rooms: Rooms) -> None:
        """Work at this desk; rims find the rooms here."""
        self._desk = desk
        self.keepsakes = rooms.keepsakes
        self.sharing = rooms.sharing
        self.moments = rooms.moments
        self.wall = rooms.wall
        self.office = rooms.office
        self.console = rooms.console

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

    async def newest(self, guest: GuestKey, chat: ChatKey, limit: int) -> Sequence[Job]:
        """A guest's jobs in a chat, in whatever state, the newest first."""
        return await self._desk.jobs.newest(guest, chat, limit)

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
        """Raise what would meet a photo now; see :meth:`bot.guests.reception.Reception.check_room`."""
        await self._desk.reception.check_room(guest)

    async def submit(self, post: Post) -> JobView:
        """Take a photo; see :meth:`bot.guests.reception.Reception.submit`."""
        return await self._desk.reception.submit(post)

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
        """Another picture of a photo that is still here; see :meth:`bot.guests.reception.Reception.again`."""
        return await self._desk.reception.again(
            guest, job, style, event=event, message=message, context=context
        )

    async def choose(self, guest: GuestKey, job: JobId, style: StyleId) -> JobView:
        """Choose the style of a photo; see :meth:`bot.guests.reception.Reception.choose`."""
        return await self._desk.reception.choose(guest, job, style)

    # -- ending -----------------------------------------------------------------------------------------

    async def discard(self, guest: GuestKey, job: JobId) -> None:
        """Cancel a job that has no picture yet, or erase one that is over; it is unshared by that.

        Raises:
            UnknownJob: not theirs, not there, or erased.
        """
        await self._desk.ending.discard(guest, job)

    async def forget(self, guest: GuestKey) -> Receipt:
        """Erase all that is kept of a guest; see :meth:`bot.guests.forgetting.Forgetting.forget`."""
        return await self._desk.forgetting.forget(guest)

    # -- inside -----------------------------------------------------------------------------------------

    async def _own(self, guest: GuestKey, job: JobId) -> Job:
        found = await self._desk.jobs.get(job, guest)
        if found is None:
            raise UnknownJob
        return found

    async def _view(self, job: Job) -> JobView:
        return JobView(job, await self._desk.lines.place(job))
