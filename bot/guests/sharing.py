"""Sharing: nothing is shown to others without a press by the person in the picture, who can undo it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.cards import Address
from bot.errors import Banned, NotPossibleNow, NotYourPhoto, UnknownJob
from bot.exhibits import Kind, Share, ShareId, ShareState
from bot.guests.names import plain_name
from bot.nouns import ChatKey, GuestKey, Job, JobId
from bot.office.herald import Crier, Herald
from bot.store.bell import POSTINGS, RECALLS, WALL, Bell
from bot.store.house import HouseStore
from bot.store.jobs import JobStore
from bot.store.notes import Note
from bot.store.postings import Placed, PostingStore
from bot.store.recalls import RecallStore
from bot.store.shares import Bounds, ShareStore
from bot.underway.teller import Teller

REPORTS = Bounds(enough=3, most=20)


@dataclass(frozen=True, slots=True)
class Frames:
    """What sharing works with."""

    jobs: JobStore
    shares: ShareStore
    postings: PostingStore
    recalls: RecallStore
    house: HouseStore
    herald: Herald
    teller: Teller
    bell: Bell


class Sharing:
    """What guests do with their pictures before others."""

    def __init__(self, frames: Frames) -> None:
        """Work with these."""
        self._frames = frames

    async def share(self, guest: GuestKey, job: JobId, name: str = "") -> Share:
        """Show a picture on the wall and in every feed; sharing it again only changes the name.

        Where a maintainer looks at every picture first, they look at each new name, too.

        Args:
            guest: Who has pressed; the picture must be of their own photo.
            job: The picture's.
            name: What they want to be called beside it, made plain (:func:`~bot.guests.names.plain_name`).

        Returns:
            The share; it is ``held`` while it waits for a maintainer.

        Raises:
            UnknownJob: there is no such picture for this guest.
            NotYourPhoto: it was made of somebody else's photo.
            NotPossibleNow: the picture isn't there yet.
            Banned: a maintainer doesn't want them here.
        """
        found = await self._own_face(guest, job)
        rules, banned = await self._frames.house.for_guest(guest)
        if banned:
            raise Banned
        news = HeldNews(await self._frames.herald.for_crew()) if rules.hold else None
        share = await self._frames.shares.share(job, guest, plain_name(name), news)
        if share is None:
            raise NotPossibleNow
        if share.state is ShareState.HELD:
            await self._frames.herald.ring()
        await self._changed(found)
        return share

    async def unshare(self, guest: GuestKey, job: JobId) -> int:
        """Take a picture down everywhere; return how many messages are being taken back.

        Raises:
            UnknownJob: there is no such picture for this guest.
            NotYourPhoto: it was made of somebody else's photo.
        """
        found = await self._own_face(guest, job)
        back = await self._frames.shares.unshare(job, guest)
        await self._changed(found)
        return back

    async def placed(self, guest: GuestKey, job: JobId, kind: Kind, where: Address, language: str) -> None:
        """A picture stands in one more message, or is about to; that comes down with it.

        Raises:
            UnknownJob, NotYourPhoto: as :meth:`share`; only a keepsake may be of somebody else's photo. A
                message of a picture that was erased just now is taken back.
        """
        found = await self._frames.jobs.seen_by(job, guest)
        if found is None:
            if await self._frames.postings.take_back_of_none([Placed(kind, job, where, language)]):
                await self._wake()
            raise UnknownJob
        if kind == "inline" and found.owner_of_face != guest:
            raise NotYourPhoto
        if not await self._frames.postings.place([Placed(kind, job, where, language)]):
            await self._wake()
            raise UnknownJob

    async def shown_to_crew(self, job: JobId, where: Address, language: str) -> bool:
        """A maintainer is about to look at a shared picture in this message: it comes down with the share.

        Returns:
            Whether the picture may be put into it; False when it was erased or unshared meanwhile: the
            message is taken back.
        """
        may = await self._frames.postings.place([Placed("crew", job, where, language)])
        if not may:
            await self._wake()
        return may

    async def share_of_message(self, chat: ChatKey, message: str) -> Share | None:
        """The share that a feed's message shows, or None."""
        share = await self._frames.postings.share_of(chat, message)
        return None if share is None else await self._frames.shares.get(share)

    async def report(self, guest: GuestKey, share: ShareId, voice: str | None = None) -> None:
        """A guest finds that a picture shouldn't be shown: the crew is told, and three of them take it down.

        It looks the same whether there is such a picture, it was reported before, or the guest is banned.

        Args:
            guest: Who reports.
            share: Which picture.
            voice: What guests who may be one person have in common, on platforms that can't tell them apart:
                for one picture they count as one. It is written down, so it says nothing of them by itself.
        """
        _, banned = await self._frames.house.for_guest(guest)
        if banned:
            return
        news = ReportedNews(await self._frames.herald.for_crew())
        number = await self._frames.shares.report(share, guest, voice, REPORTS, news)
        if number >= REPORTS.enough:
            await self._taken_down(share)
        if number in (1, REPORTS.enough):
            await self._frames.herald.ring()

    async def vote(self, voter: GuestKey, chat: ChatKey, message: str, *, likes: bool) -> None:
        """A guest likes what a feed's message shows, or doesn't any more."""
        share = await self._frames.postings.share_of(chat, message)
        if share is not None:
            await self._frames.shares.vote(share, voter, likes=likes)
            await self._frames.bell.ring(WALL)

    async def rights_changed(self, chats: Collection[ChatKey]) -> None:
        """What we may do in these chats has changed: what waits for a right there is tried at once."""
        await self._frames.postings.resume_in(chats)
        await self._frames.recalls.resume_in(chats)
        await self._wake()

    async def count_votes(self, chat: ChatKey, message: str, number: int) -> None:
        """How many like a feed's message, where the platform counts them without saying who."""
        await self._frames.shares.count_votes(chat, message, number)
        await self._frames.bell.ring(WALL)

    async def _own_face(self, guest: GuestKey, job: JobId) -> Job:
        found = await self._frames.jobs.seen_by(job, guest)
        if found is None or found.kind != "guest":
            raise UnknownJob
        if found.owner_of_face != guest:
            raise NotYourPhoto
        return found

    async def _taken_down(self, share: ShareId) -> None:
        found = await self._frames.shares.get(share)
        job = None if found is None else await self._frames.jobs.seen_by(found.job, found.guest)
        await (self._wake() if job is None else self._changed(job))

    async def _changed(self, job: Job) -> None:
        """Wake who hangs and takes back, and show the job's card as it is now."""
        await self._wake()
        now = await self._frames.jobs.seen_by(job.id, job.guest)
        if now is not None:
            self._frames.teller.tell_soon(now)

    async def _wake(self) -> None:
        for topic in (POSTINGS, RECALLS, WALL):
            await self._frames.bell.ring(topic)


@dataclass(frozen=True, slots=True)
class HeldNews:
    """Tells the crew that a share waits for them."""

    crier: Crier

    def __call__(self, share: Share) -> Sequence[Note]:
        """Of this share."""
        return self.crier.notes("news-held", keys_of(share), number=share.number)


@dataclass(frozen=True, slots=True)
class ReportedNews:
    """Tells the crew of the first report of a share, and of the one that takes it down."""

    crier: Crier

    def __call__(self, share: Share, number: int) -> Sequence[Note]:
        """Of this share, which so many have reported by now."""
        key = {1: "news-reported", REPORTS.enough: "news-reported-held"}.get(number)
        return () if key is None else self.crier.notes(key, keys_of(share), number=share.number)


def keys_of(share: Share) -> Sequence[tuple[str, str]]:
    """What a maintainer can do about a share: names and data of the console's keys.

    The one to show it carries the mark of the name that stands beside it now: it allows no other.
    """
    look, show, hide = (f"{verb}:{share.number}" for verb in ("e", "let", "take"))
    show += f":{share.name_mark}" if share.name_mark else ""
    allow = () if share.state is ShareState.SHOWN else (("let-show", show),)
    return (("look", look), *allow, ("take-down", hide))
