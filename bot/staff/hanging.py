"""The hanger: posts shared pictures to the feeds, each once and in order, however long an outage lasts."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.cards import Address
from bot.errors import ChatGone, DeliveryError, RightsMissing
from bot.exhibits import Exhibit, Posting, Share, ShareState, unlinked
from bot.nouns import ChatKey, Picture
from bot.office.herald import Herald
from bot.ports import Chat, Vault
from bot.store.bell import POSTINGS, RECALLS, Bell
from bot.store.claims import ClaimStore
from bot.store.postings import PostingStore
from bot.store.shares import ShareStore
from bot.store.vaults import picture_name
from bot.styles.shelf import Shelf
from bot.underway.keeper import Keeper
from bot.underway.worker import Task, Worker, described, pause_s, written
from bot.words import Words

SLOTS = 4
MOST_OWN_SLIPS = 8  # errors of our own making: the next one in the feed waits for it meanwhile

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ladder:
    """What the hanger works with."""

    owner: str
    chats: Sequence[Chat]
    postings: PostingStore
    shares: ShareStore
    claims: ClaimStore
    vault: Vault
    shelf: Shelf
    words: Words
    herald: Herald
    keeper: Keeper
    bell: Bell


class Hanger:
    """Hangs what is shared."""

    def __init__(self, ladder: Ladder) -> None:
        """Work with these."""
        self._ladder = ladder
        self._chats: Mapping[str, Chat] = {chat.name: chat for chat in ladder.chats}
        self._closed: set[ChatKey] = set()
        self._half_hung: set[int] = set()  # messages of this process's that wait for their picture
        wake = ladder.bell.event(POSTINGS)
        self.worker = Worker(Task("hanger", wake, lambda: SLOTS, self._claim, self._hang))

    async def _claim(self, slots: int) -> Sequence[Posting]:
        return await self._ladder.postings.claim(list(self._chats), self._ladder.owner, slots)

    async def _hang(self, posting: Posting) -> None:
        try:
            await self._shown(posting)
        except ChatGone:
            await self._lost(posting)
        except DeliveryError as error:
            log.info("a shared picture waits for its feed: %s", type(error.__cause__ or error).__name__)
            await self._later(posting, pause_s(posting.attempt, error))
            if isinstance(error, RightsMissing):
                await self._tell_closed(posting)
        except Exception as error:  # noqa: BLE001 # the top of a worker: one picture is no reason to close the booth
            log.error("a shared picture was not posted: %s", described(error))  # noqa: TRY400 # its text may be a guest's
            if posting.attempt < MOST_OWN_SLIPS:
                await self._later(posting, pause_s(posting.attempt))
            else:
                await self._give_up(posting)

    async def _shown(self, posting: Posting) -> None:
        """Open the message, write its id down, then put the picture into it."""
        ladder = self._ladder
        share = None if posting.share is None else await ladder.shares.get(posting.share)
        data = await ladder.vault.get(picture_name(posting.job))
        if posting.withdrawn or data is None or share is None or share.state is not ShareState.SHOWN:
            await self._give_up(posting)
            return
        chat = self._chats[posting.address.chat.partition(":")[0]]
        empty = await self._exhibit(posting, share)
        address = posting.address
        opening = replace(empty, picture_ref=None, words=self._opening(posting))
        full = replace(empty, picture=Picture(data), unnames=self._unnames(posting, share))
        shown = await chat.hang(address, opening if address.message is None else full)
        while shown.message != address.message:  # it is new, also where somebody has deleted the one before
            address = replace(address, message=shown.message)
            self._half_hung.add(posting.number)
            if not await self._opened(posting, shown.message):
                await self._give_up(posting)
                return
            shown = await chat.hang(address, full)
        await self._done(posting, shown.message, share.name)

    def _unnames(self, posting: Posting, share: Share) -> bool:
        """Whether it hangs, perhaps with a name that its guest doesn't want there any more."""
        hangs = posting.address.message is not None and posting.number not in self._half_hung
        return hangs and not share.name

    async def _exhibit(self, posting: Posting, share: Share) -> Exhibit:
        ladder = self._ladder
        job = await ladder.claims.get(share.job)
        here = posting.address.chat.partition(":")[0]
        ref = job.picture_ref if job is not None and job.chat.startswith(f"{here}:") else None
        style = ladder.shelf.name(share.style, posting.language)
        key = "feed-named" if share.name else "feed-plain"
        words = ladder.words.say(posting.language, key, style=style, name=unlinked(share.name))
        return Exhibit(
            share.id, share.style, posting.language, words, None, ref, key=f"posting {posting.number}"
        )

    def _opening(self, posting: Posting) -> str:
        """Words for a message whose id isn't known yet: they name nobody."""
        return self._ladder.words.say(posting.language, "feed-opening")

    async def _opened(self, posting: Posting, message: str) -> bool:
        ladder = self._ladder
        return await written(
            lambda: ladder.postings.opened(posting, ladder.owner, message), ladder.keeper.make_room
        )

    async def _done(self, posting: Posting, message: str, name: str) -> None:
        ladder = self._ladder
        self._closed.discard(posting.address.chat)
        self._half_hung.discard(posting.number)
        up = await written(
            lambda: ladder.postings.posted(posting, ladder.owner, message, name), ladder.keeper.make_room
        )
        await ladder.bell.ring(POSTINGS if up else RECALLS)

    async def _later(self, posting: Posting, wait_s: float) -> None:
        ladder = self._ladder
        await written(lambda: ladder.postings.later(posting, ladder.owner, wait_s), ladder.keeper.make_room)

    async def _give_up(self, posting: Posting) -> None:
        """It was unshared before it was up."""
        ladder = self._ladder
        self._half_hung.discard(posting.number)
        await written(lambda: ladder.postings.give_up(posting, ladder.owner), ladder.keeper.make_room)
        await ladder.bell.ring(RECALLS)

    async def _tell_closed(self, posting: Posting) -> None:
        """Tell the crew once that a feed takes nothing; what waits for it goes on waiting."""
        if posting.address.chat in self._closed:
            return
        self._closed.add(posting.address.chat)
        for feed in await self._ladder.postings.feeds():
            if feed.chat == posting.address.chat:
                await self._ladder.herald.tell_crew("news-feed-closed", feed=feed.id)

    async def _lost(self, posting: Posting) -> None:
        """The feed is no more: it is taken off the list, and the crew is told."""
        ladder = self._ladder
        for feed in await ladder.postings.feeds():
            if Address(feed.chat, None, feed.context) == replace(posting.address, message=None):
                log.warning("a feed is out of reach for good and was taken off the list")
                drop = partial(ladder.postings.drop_feed, feed.id)
                await written(drop, ladder.keeper.make_room)
                await ladder.herald.tell_crew("news-feed-lost", feed=feed.id)
        await self._give_up(posting)
