"""The curator's room: feeds, and what may be shown; for maintainers, and by PIN at the wall itself."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.exhibits import Feed, Share, ShareId, ShareState
from bot.nouns import ChatKey, GuestKey, JobId, Picture
from bot.office.crew import Crew
from bot.office.pin_lock import Caller, PinLock
from bot.office.slips import NameNotSeen, NoSuchFeed, NoSuchShare, PinLocked, WrongPin
from bot.office.titles import Titles
from bot.ports import Vault
from bot.store.audit import Act, AuditStore, Deed
from bot.store.bell import POSTINGS, RECALLS, WALL, Bell
from bot.store.claims import ClaimStore
from bot.store.feeds import FeedStore
from bot.store.house import HouseStore
from bot.store.jobs import JobStore
from bot.store.meta import MetaStore
from bot.store.postings import PostingStore
from bot.store.shares import ShareStore
from bot.store.vaults import picture_name
from bot.styles.shelf import Shelf
from bot.underway.teller import Teller

PIN_KEY = "wall-pin"
PIN_DIGITS = 6
AT_THE_WALL = GuestKey("house:wall")
"""Who did it when it was done at the wall, by the PIN."""
MOST_HELD = 50


@dataclass(frozen=True, slots=True)
class Hung:
    """A share as a maintainer looks at it.

    Attributes:
        style: What its style is called.
        picture: None where it isn't there any more.
        refs: By the platform's name, its own id of the picture: of the one on which it was made, at most.
    """

    share: Share
    style: str
    emoji: str
    picture: Picture | None = None
    refs: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class FeedReport:
    """A feed, and what people call its chat; ``""`` where it has no title, or it isn't known just now."""

    feed: Feed
    title: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keys:
    """What the curator works with; ``walls`` says where the wall is on the local network."""

    crew: Crew
    shares: ShareStore
    feeds: FeedStore
    postings: PostingStore
    house: HouseStore
    meta: MetaStore
    audit: AuditStore
    claims: ClaimStore
    jobs: JobStore
    vault: Vault
    shelf: Shelf
    titles: Titles
    teller: Teller
    bell: Bell
    walls: Callable[[], Sequence[str]] = tuple


class Curator:
    """What maintainers decide about shared pictures. Every method asks the crew first, or for the PIN."""

    def __init__(self, keys: Keys, lock: PinLock | None = None) -> None:
        """Hold these; the lock counts wrong PINs."""
        self._keys = keys
        self._lock = lock or PinLock()

    # -- feeds ------------------------------------------------------------------------------------------

    async def feeds(self, actor: GuestKey) -> Sequence[Feed]:
        """Where shared pictures are posted."""
        await self._keys.crew.check(actor)
        return await self._keys.postings.feeds()

    async def feed_reports(self, actor: GuestKey) -> Sequence[FeedReport]:
        """Where shared pictures are posted, with the chats' titles."""
        found = await self.feeds(actor)
        titles = await self._keys.titles.of([feed.chat for feed in found])
        return [FeedReport(feed, titles.get(feed.chat, "")) for feed in found]

    async def add_feed(self, actor: GuestKey, chat: ChatKey, context: str, language: str) -> bool:
        """Post there what is shared from now on; False when that was so already."""
        await self._keys.crew.check(actor)
        return await self._keys.feeds.add(Deed(actor, Act.FEED, chat), Feed(0, chat, context, language))

    async def remove_feed(self, actor: GuestKey, feed: int) -> None:
        """Post nothing there any more; what hangs there stays until it is unshared.

        Raises:
            NoSuchFeed: there is none of that number.
        """
        await self._keys.crew.check(actor)
        if not await self._keys.feeds.remove(Deed(actor, Act.NO_FEED, str(feed)), feed):
            raise NoSuchFeed

    # -- what may be shown ------------------------------------------------------------------------------

    async def hold(self, actor: GuestKey, *, on: bool) -> None:
        """From now on every share waits for a yes, or none does any more; what waits goes on waiting."""
        await self._keys.crew.check(actor)
        await self._keys.house.change(Deed(actor, Act.HOLD, "on" if on else "off"), hold=on)

    async def held(self, actor: GuestKey) -> Sequence[Share]:
        """What waits for a yes, the oldest first, at most :data:`MOST_HELD`."""
        await self._keys.crew.check(actor)
        return await self._keys.shares.held(MOST_HELD)

    async def numbered(self, actor: GuestKey, number: int) -> Share:
        """The share of that number, in any state.

        Raises:
            NoSuchShare: there is none.
        """
        await self._keys.crew.check(actor)
        found = await self._keys.shares.numbered(number)
        if found is None:
            raise NoSuchShare
        return found

    async def look(self, actor: GuestKey, number: int, language: str) -> Hung:
        """The share of that number with its picture, in any state.

        Raises:
            NoSuchShare: there is none.
        """
        share = await self.numbered(actor, number)
        data = await self._keys.vault.get(picture_name(share.job))
        job = await self._keys.jobs.seen_by(share.job, share.guest)
        picture = None if data is None else Picture(data)
        ref = None if job is None else job.picture_ref
        refs = {} if job is None or ref is None else {job.chat.partition(":")[0]: ref}
        return replace(self.hung(share, language), picture=picture, refs=refs)

    def hung(self, share: Share, language: str) -> Hung:
        """A share in words, without its picture."""
        style = self._keys.shelf.known(share.style)
        name = self._keys.shelf.name(share.style, language)
        return Hung(share, name, "" if style is None else style.emoji)

    async def of_message(self, actor: GuestKey, chat: ChatKey, message: str) -> Share:
        """The share that a message shows: a feed's, or the picture's own.

        Raises:
            NoSuchShare: it shows none that is shared.
        """
        await self._keys.crew.check(actor)
        posted = await self._keys.postings.share_of(chat, message)
        if posted is not None and (found := await self._keys.shares.get(posted)) is not None:
            return found
        job = await self._keys.jobs.by_message(chat, message)
        found = None if job is None else await self._keys.shares.of_job(job.id)
        if found is None:
            raise NoSuchShare
        return found

    async def let_show(self, actor: GuestKey, share: ShareId, seen: str = "") -> Share:
        """Show what was held or hidden.

        Args:
            actor: Who says so.
            share: Which picture.
            seen: The mark of the name with which they have seen it (:attr:`Share.name_mark`).

        Raises:
            NoSuchShare: it was unshared, or is shown already.
            NameNotSeen: another name stands beside it by now.
        """
        await self._keys.crew.check(actor)
        deed, sources = Deed(actor, Act.LET_SHOW, share), {ShareState.HELD, ShareState.HIDDEN}
        name = await self._seen_name(share, seen)
        try:
            return await self._moved(deed, share, ShareState.SHOWN, sources, {name, ""})
        except NoSuchShare:
            await self._seen_name(share, seen)  # it may have got another one in between
            raise

    async def hide(self, actor: GuestKey, share: ShareId) -> Share:
        """Take a picture down from the wall and all feeds; its guest keeps it, and can't share it again.

        Raises:
            NoSuchShare: it was unshared, or is hidden already.
        """
        await self._keys.crew.check(actor)
        return await self._hidden(actor, share)

    async def hide_job(self, actor: GuestKey, job: JobId) -> Share:
        """As :meth:`hide`, by the picture's own message.

        Raises:
            NoSuchShare: it isn't shared.
        """
        await self._keys.crew.check(actor)
        found = await self._keys.shares.of_job(job)
        if found is None:
            raise NoSuchShare
        return await self._hidden(actor, found.id)

    # -- at the wall ------------------------------------------------------------------------------------

    def walls(self) -> Sequence[str]:
        """The wall's addresses on the local network; none where only this machine reaches it."""
        return self._keys.walls()

    async def pin(self, actor: GuestKey) -> str:
        """The PIN with which pictures are taken down at the wall itself; made at the first call."""
        await self._keys.crew.check(actor)
        kept = await self._keys.meta.recall(PIN_KEY)
        return kept or await self._renewed()

    async def new_pin(self, actor: GuestKey) -> str:
        """Make a new PIN; the one before is void."""
        await self._keys.crew.check(actor)
        await self._keys.audit.note(Deed(actor, Act.NEW_PIN))
        return await self._renewed()

    async def pin_edition(self) -> str:
        """Something that changes with the PIN: what is signed with it is void when there is a new one."""
        kept = await self._keys.meta.recall(PIN_KEY)
        return hashlib.sha256(f"petaflop.wall-pin\0{kept}".encode()).hexdigest()

    async def hide_by_pin(self, pin: str, caller: Caller, share: ShareId) -> Share:
        """As :meth:`hide`, by whoever stands at the wall and knows the PIN.

        Raises:
            WrongPin, PinLocked: as :meth:`check_pin`.
            NoSuchShare: it was unshared, or is hidden already.
        """
        await self.check_pin(pin, caller)
        return await self._hidden(AT_THE_WALL, share)

    async def check_pin(self, pin: str, caller: Caller) -> None:
        """Let somebody pass who knows the PIN.

        Raises:
            WrongPin: it is another one.
            PinLocked: there were too many wrong ones; this one wasn't looked at.
        """
        right = await self._keys.meta.recall(PIN_KEY)
        if wait_s := self._lock.wait_s(
            caller
        ):  # nothing is awaited from here on: tries at once are counted, too
            raise PinLocked(wait_s)
        if right is None or not hmac.compare_digest(pin.encode(), right.encode()):
            self._lock.wrong(caller)
            raise WrongPin

    # -- inside -----------------------------------------------------------------------------------------

    async def _renewed(self) -> str:
        pin = new_pin()
        await self._keys.meta.remember(PIN_KEY, pin)
        return pin

    async def _hidden(self, actor: GuestKey, share: ShareId) -> Share:
        sources = {ShareState.SHOWN, ShareState.HELD}
        return await self._moved(Deed(actor, Act.TAKE_DOWN, share), share, ShareState.HIDDEN, sources)

    async def _seen_name(self, share: ShareId, seen: str) -> str:
        found = await self._keys.shares.get(share)
        if found is None:
            raise NoSuchShare
        if found.state is not ShareState.SHOWN and found.name_mark not in ("", seen):
            raise NameNotSeen
        return found.name

    async def _moved(
        self,
        deed: Deed,
        share: ShareId,
        state: ShareState,
        sources: set[ShareState],
        names: set[str] | None = None,
    ) -> Share:
        moved = await self._keys.shares.move(deed, share, state, sources, names)
        if moved is None:
            raise NoSuchShare
        for topic in (POSTINGS, RECALLS, WALL):
            await self._keys.bell.ring(topic)
        job = await self._keys.claims.get(moved.job)
        if job is not None:
            self._keys.teller.tell_soon(job)
        return moved


def new_pin() -> str:
    """Six digits, by chance."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
