"""The curator's room: feeds, and what may be shown; for maintainers, and by PIN at the wall itself."""

import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.crew import Crew
from bot.exhibits import Feed, Share, ShareId, ShareState
from bot.nouns import ChatKey, GuestKey, JobId
from bot.slips import NoSuchFeed, NoSuchShare, WrongPin
from bot.store.audit import Act, AuditStore, Deed
from bot.store.bell import POSTINGS, RECALLS, WALL, Bell
from bot.store.claims import ClaimStore
from bot.store.feeds import FeedStore
from bot.store.house import HouseStore
from bot.store.meta import MetaStore
from bot.store.postings import PostingStore
from bot.store.shares import ShareStore
from bot.teller import Teller

PIN_KEY = "wall-pin"
PIN_DIGITS = 6
PIN_TRIES = 10  # in a minute: a hundred thousand minutes for all of them
PIN_WINDOW_S = 60.0
AT_THE_WALL = GuestKey("house:wall")
"""Who did it when it was done at the wall, by the PIN."""
MOST_HELD = 50


@dataclass(frozen=True, slots=True)
class Keys:
    """What the curator works with."""

    crew: Crew
    shares: ShareStore
    feeds: FeedStore
    postings: PostingStore
    house: HouseStore
    meta: MetaStore
    audit: AuditStore
    claims: ClaimStore
    teller: Teller
    bell: Bell


class Curator:
    """What maintainers decide about shared pictures. Every method asks the crew first, or for the PIN."""

    def __init__(self, keys: Keys, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold these."""
        self._keys = keys
        self._clock = clock
        self._tries: list[float] = []

    # -- feeds ------------------------------------------------------------------------------------------

    async def feeds(self, actor: GuestKey) -> Sequence[Feed]:
        """Where shared pictures are posted."""
        await self._keys.crew.check(actor)
        return await self._keys.postings.feeds()

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

    async def let_show(self, actor: GuestKey, share: ShareId) -> Share:
        """Show what was held or hidden.

        Raises:
            NoSuchShare: it was unshared, or is shown already.
        """
        await self._keys.crew.check(actor)
        sources = {ShareState.HELD, ShareState.HIDDEN}
        return await self._moved(Deed(actor, Act.LET_SHOW, share), share, ShareState.SHOWN, sources)

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

    async def hide_by_pin(self, pin: str, share: ShareId) -> Share:
        """As :meth:`hide`, by whoever stands at the wall and knows the PIN.

        Raises:
            WrongPin: it is another one, or there were too many wrong ones in the last minute.
            NoSuchShare: it was unshared, or is hidden already.
        """
        await self.check_pin(pin)
        return await self._hidden(AT_THE_WALL, share)

    async def check_pin(self, pin: str) -> None:
        """Let somebody pass who knows the PIN.

        Raises:
            WrongPin: it is another one, or there were too many wrong ones in the last minute.
        """
        now = self._clock()
        self._tries = [tried for tried in self._tries if tried > now - PIN_WINDOW_S]
        right = await self._keys.meta.recall(PIN_KEY)
        if (
            len(self._tries) >= PIN_TRIES
            or right is None
            or not hmac.compare_digest(pin.encode(), right.encode())
        ):
            self._tries.append(now)
            raise WrongPin

    # -- inside -----------------------------------------------------------------------------------------

    async def _renewed(self) -> str:
        pin = new_pin()
        await self._keys.meta.remember(PIN_KEY, pin)
        return pin

    async def _hidden(self, actor: GuestKey, share: ShareId) -> Share:
        sources = {ShareState.SHOWN, ShareState.HELD}
        return await self._moved(Deed(actor, Act.TAKE_DOWN, share), share, ShareState.HIDDEN, sources)

    async def _moved(self, deed: Deed, share: ShareId, state: ShareState, sources: set[ShareState]) -> Share:
        moved = await self._keys.shares.move(deed, share, state, sources)
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
