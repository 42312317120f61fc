"""Postings when somebody else has taken over, or the ground has gone meanwhile, on both databases."""

from bot.cards import Address
from bot.exhibits import Feed, Posting, Share, ShareState
from bot.nouns import ChatKey, GuestKey
from bot.states import JobState
from bot.store.audit import Act, Deed
from bot.store.database import Database
from bot.store.erasure import ErasureStore
from bot.store.feeds import FeedStore
from bot.store.jobs import JobStore
from bot.store.postings import Placed, PostingStore
from bot.store.recalls import RecallStore
from bot.store.shares import ShareStore
from bot.store.tables import jobs, postings
from bot.store.upkeep import UpkeepStore
from tests.bot.store.test_jobs import NO_LIMITS, new

OWNER, FEED = GuestKey("telegram:1"), ChatKey("telegram:-100")
DEED = Deed(OWNER, Act.TAKE_DOWN)
SLOW, QUICK = "a replica that was frozen", "the one that took over"


async def shared(database: Database) -> Share:
    """A finished picture that is shared, and waits for its feed."""
    await FeedStore(database).add(Deed(OWNER, Act.FEED, FEED), Feed(0, FEED, "", "en"))
    job, _ = await JobStore(database).add(new("ann"), NO_LIMITS)
    async with database.write() as connection:
        done = jobs.update().where(jobs.c.id == job.id)
        await connection.execute(done.values(state=JobState.DONE, has_picture=True, has_photo=False))
    share = await ShareStore(database).share(job.id, job.guest, "Ann")
    assert share is not None
    return share


async def claimed(database: Database, owner: str = SLOW) -> Posting:
    (posting,) = await PostingStore(database).claim(["telegram"], owner, 4)
    return posting


async def lapse(database: Database) -> None:
    """Its lease is over; on SQLite its process was started anew."""
    async with database.write() as connection:
        await connection.execute(postings.update().values(lease=0.0, owner=None))


async def unwanted(database: Database) -> list[str | None]:
    """The messages that are to be taken back."""
    found = await RecallStore(database).claim(["telegram"], "who looks", 9)
    return [recall.address.message for recall in found]


async def test_a_message_opened_too_late_is_one_too_many(database: Database) -> None:
    await shared(database)
    store, late = PostingStore(database), await claimed(database)
    await lapse(database)
    taken = await claimed(database, QUICK)
    assert await store.opened(taken, QUICK, "7")
    assert not await store.opened(late, SLOW, "6")
    await store.give_up(late, SLOW)  # it isn't theirs to give up
    assert await store.posted(taken, QUICK, "7", "Ann")
    assert await unwanted(database) == ["6"]


async def test_a_picture_posted_too_late_into_the_same_message_stays(database: Database) -> None:
    await shared(database)
    store, late = PostingStore(database), await claimed(database)
    assert await store.opened(late, SLOW, "6")
    await lapse(database)
    taken = await claimed(database, QUICK)
    assert not await store.posted(late, SLOW, "6", "Ann")
    assert await store.posted(taken, QUICK, "6", "Ann")
    assert await unwanted(database) == []


async def test_who_is_named_anew_while_it_is_posted_is_posted_anew(database: Database) -> None:
    share = await shared(database)
    store, first = PostingStore(database), await claimed(database)
    assert await store.opened(first, SLOW, "6")
    await ShareStore(database).share(share.job, share.guest, "")
    assert await store.posted(first, SLOW, "6", "Ann")
    again = await claimed(database)
    assert (again.number, again.address.message) == (first.number, "6")
    assert await store.posted(again, SLOW, "6", "")
    assert not await store.waiting()


async def test_what_is_unshared_under_way_comes_down_whoever_ends_it(database: Database) -> None:
    share = await shared(database)
    store, late = PostingStore(database), await claimed(database)
    assert await store.opened(late, SLOW, "6")
    assert await ShareStore(database).unshare(share.job, share.guest) == 1
    await lapse(database)  # the one who was to take it down has died
    taken = await claimed(database, QUICK)
    assert taken.withdrawn
    await store.give_up(taken, QUICK)
    assert not await store.posted(late, SLOW, "6", "Ann")
    assert await unwanted(database) == ["6"]


async def test_a_feed_that_is_gone_leaves_nothing_waiting(database: Database) -> None:
    await shared(database)
    store, under_way = PostingStore(database), await claimed(database)
    (feed,) = await store.feeds()
    await store.drop_feed(feed.id)
    assert not await store.opened(under_way, SLOW, "6")
    await store.give_up(under_way, SLOW)
    assert await store.waiting() == 0
    assert await unwanted(database) == ["6"]


async def test_an_erased_pictures_message_is_never_written_down_as_one_that_stays(database: Database) -> None:
    share = await shared(database)
    store, where = PostingStore(database), Address(FEED, "collage")
    assert await store.place([Placed("collage", share.job, where, "en")])
    await ErasureStore(database).guest(share.guest)
    assert not await store.place([Placed("collage", share.job, Address(FEED, "late"), "en")])
    assert await store.take_back_of_none([Placed("inline", share.job, Address(FEED, "later"), "en")]) == 1
    assert await unwanted(database) == ["collage", "late", "later"]


async def test_retention_takes_what_nobody_sees_and_leaves_what_was_shared_just_now(
    database: Database,
) -> None:
    share, upkeep, store = await shared(database), UpkeepStore(database), ShareStore(database)
    assert await upkeep.stale_rows(-60.0, 9) == []
    assert await upkeep.drop_rows([share.job]) == []  # it was private when it was looked at
    hidden = await store.move(DEED, share.id, ShareState.HIDDEN, {ShareState.SHOWN})
    assert hidden is not None
    assert await upkeep.stale_rows(-60.0, 9) == [share.job]
    assert await upkeep.drop_rows([share.job]) == [share.job]
    assert await store.get(share.id) is None


async def test_retention_forgets_no_message_that_is_to_come_down(database: Database) -> None:
    share = await shared(database)
    store, under_way = PostingStore(database), await claimed(database)
    assert await store.opened(under_way, SLOW, "6")
    await ShareStore(database).unshare(share.job, share.guest)
    await UpkeepStore(database).drop_rows([share.job])
    assert not await store.posted(under_way, SLOW, "6", "Ann")
    assert await unwanted(database) == ["6"]


async def test_what_waits_for_rights_in_a_chat_is_tried_at_once_when_they_change(database: Database) -> None:
    await shared(database)
    store, recalls, elsewhere = PostingStore(database), RecallStore(database), ChatKey("telegram:-200")
    for _ in range(2):
        await store.later(await claimed(database), SLOW, 600.0)
        await store.resume_in([elsewhere])
        assert await store.claim(["telegram"], SLOW, 4) == []
        await store.resume_in([FEED, elsewhere])
    posting = await claimed(database)
    await store.opened(posting, SLOW, "6")
    await store.give_up(posting, SLOW)
    (unwelcome,) = await recalls.claim(["telegram"], SLOW, 1)
    await recalls.resume_in([FEED])  # somebody works on it: theirs is the last word
    assert await recalls.claim(["telegram"], QUICK, 1) == []
    await recalls.later(unwelcome, SLOW, 600.0)
    await recalls.resume_in([elsewhere])
    assert await unwanted(database) == []
    await recalls.resume_in([FEED])
    assert await unwanted(database) == ["6"]


async def test_who_takes_back_too_late_changes_nothing(database: Database) -> None:
    await shared(database)
    posting, store, recalls = await claimed(database), PostingStore(database), RecallStore(database)
    await store.opened(posting, SLOW, "6")
    await store.give_up(posting, SLOW)
    (late,) = await recalls.claim(["telegram"], SLOW, 1)
    await recalls.resume(None)
    (taken,) = await recalls.claim(["telegram"], QUICK, 1)
    await recalls.later(late, SLOW, 0.0)
    assert await recalls.claim(["telegram"], "a third", 1) == []
    await recalls.done(taken.number)
    assert await recalls.pending() == {}
