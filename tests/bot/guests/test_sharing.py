"""Sharing in the core: consent, feeds, taking back, moderation and erasure, on both databases."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cards import Action, Address, Shown
from bot.errors import NotPossibleNow, NotYourPhoto, UnknownJob
from bot.exhibits import Exhibit, ShareState, TakenBack
from bot.guests.names import plain_name
from bot.nouns import SOMEBODY, ChatKey, GuestKey, JobId
from bot.office.pin_lock import TRIES, Caller
from bot.office.slips import NameNotSeen, NoSuchShare, NotAMaintainer, PinLocked, WrongPin
from tests.bot.opened import Opened, opened, plan, post, until
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import PLAIN

OWNER, ANN, BOB = GuestKey("telegram:1"), GuestKey("telegram:7"), GuestKey("telegram:8")
FEED = ChatKey("telegram:-100")
CALLER = Caller("somewhere")


@dataclass
class Gallery:
    """A booth with a feed."""

    core: Opened

    @property
    def chat(self) -> RecordingChat:
        return self.core.chat

    async def picture(self, guest: GuestKey = ANN, subject: GuestKey | None = None) -> JobId:
        view = await self.core.booth.submit(replace(post(guest), subject=subject))
        await self.core.done(guest, view.job.id)
        return view.job.id

    async def hangs(self, number: int) -> None:
        """Wait until so many pictures hang in the feed."""

        async def enough() -> bool:
            there = [one for one in self.chat.walls.get(FEED, {}).values() if one.picture is not None]
            return len(there) == number

        await until(enough)

    async def settled(self) -> None:
        """Wait until nothing is left to be posted or taken back."""

        async def done() -> bool:
            stores = self.core.stores
            return not await stores.postings.waiting() and not await stores.recalls.pending()

        await until(done)


@asynccontextmanager
async def showing(url: sa.URL, folder: Path, chat: RecordingChat | None = None) -> AsyncIterator[Gallery]:
    chat = chat or RecordingChat("telegram")
    async with opened(url, folder, with_plan=plan(maintainers=[OWNER]), chat=chat) as core:
        await core.booth.office.curator.add_feed(OWNER, FEED, "", "en")
        yield Gallery(core)


async def test_nothing_is_shown_without_a_press(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        booth = house.core.booth
        assert not await booth.wall.newest("en")
        share = await booth.sharing.share(ANN, job, "Ann  B.\u202e\n")
        assert (share.state, share.name, share.number) == (ShareState.SHOWN, "Ann B.", 1)
        assert (await booth.sharing.share(ANN, job, "Ann")).id == share.id
        (piece,) = await booth.wall.newest("en")
        assert (piece.id, piece.name) == (share.id, "Ann")
        assert str(piece.id) != str(job)
        assert (await booth.wall.picture(share.id)) == await booth.picture(ANN, job)
        await house.hangs(1)
        await house.settled()
        (exhibit,) = house.chat.walls[FEED].values()
        assert exhibit.words.endswith("Ann")
        opened, *filled = [one.picture for _, _, one in house.chat.hung]
        assert opened is None
        assert None not in filled


async def test_unsharing_takes_it_down_everywhere(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        booth = house.core.booth
        share = await booth.sharing.share(ANN, job)
        inline = Address(ChatKey("telegram:inline"), "inline 1")
        await booth.sharing.placed(ANN, job, "inline", inline, "de")
        await house.hangs(1)
        assert await booth.sharing.unshare(ANN, job) == 2
        await house.settled()
        assert house.chat.walls[FEED] == {}
        assert (inline, "de") in house.chat.taken_back
        assert await booth.wall.picture(share.id) is None
        assert (await booth.look(ANN, job)).job.shared is None
        assert (await booth.picture(ANN, job)).data
        assert (await booth.sharing.share(ANN, job)).id != share.id


async def test_the_card_knows_how_it_stands(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        sharing = house.core.booth.sharing

        async def offered() -> set[Action]:
            view = await house.core.booth.look(ANN, job)
            return {button.action for row in house.core.booth.card(view).buttons for button in row}

        assert Action.SHARE in await offered()
        await sharing.share(ANN, job)
        assert {Action.UNSHARE, Action.NAME} <= await offered()
        await sharing.share(ANN, job, "Ann")
        assert Action.UNNAME in await offered()

        async def told() -> bool:
            card = house.chat.cards(job)[-1]
            return Action.UNNAME in {button.action for row in card.buttons for button in row}

        await until(told)
        await sharing.unshare(ANN, job)
        assert Action.SHARE in await offered()


async def test_only_the_person_in_the_photo_shares_it(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        sharing = house.core.booth.sharing
        of_bob, of_somebody = await house.picture(ANN, BOB), await house.picture(ANN, SOMEBODY)
        for job in (of_bob, of_somebody):
            with pytest.raises(NotYourPhoto):
                await sharing.share(ANN, job)
        with pytest.raises(UnknownJob):
            await sharing.share(BOB, of_somebody)
        assert (await sharing.share(BOB, of_bob)).guest == BOB
        with pytest.raises(NotYourPhoto):
            await sharing.unshare(ANN, of_bob)
        again = await house.core.booth.again(ANN, of_bob, PLAIN.id, event="again")
        await house.core.done(ANN, again.job.id)
        with pytest.raises(NotYourPhoto):
            await sharing.share(ANN, again.job.id)
        await house.core.booth.forget(BOB)  # it is their face, whoever asked for it
        assert [job.id for job in await house.core.booth.mine(ANN)] == [of_somebody]


@pytest.mark.parametrize("way", ["delete", "forget"])
async def test_who_shared_what_another_erases_is_told_and_nobody_else(
    database_url: sa.URL, tmp_path: Path, way: str
) -> None:
    async with showing(database_url, tmp_path) as house:
        booth = house.core.booth
        of_bob = await house.picture(ANN, BOB)
        await booth.sharing.share(BOB, of_bob)
        await house.hangs(1)
        if way == "delete":
            await booth.discard(ANN, of_bob)
        else:
            assert (await booth.forget(ANN)).erased["shares"] == 0
        await house.settled()

        async def told() -> bool:
            return bool(house.chat.notes)

        await until(told)
        await house.picture(ANN, BOB)
        ((guest, words),) = house.chat.notes
        assert guest == BOB
        assert "off the wall" in words


async def test_strangers_learn_nothing(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        for act in (house.core.booth.sharing.share, house.core.booth.sharing.unshare):
            with pytest.raises(UnknownJob):
                await act(BOB, job)
        view = await house.core.booth.submit(post(ANN, style=None))
        with pytest.raises(NotPossibleNow):
            await house.core.booth.sharing.share(ANN, view.job.id)


async def test_a_feed_gets_each_once_and_in_order_after_an_outage(
    database_url: sa.URL, tmp_path: Path
) -> None:
    async with showing(database_url, tmp_path) as house:
        jobs = [await house.picture() for _ in range(3)]
        house.chat.outages = 5
        shares = [await house.core.booth.sharing.share(ANN, job) for job in jobs]
        await house.hangs(3)
        await house.settled()
        first = {one.share: number for number, (_, _, one) in reversed(list(enumerate(house.chat.hung)))}
        assert sorted(first, key=lambda share: first[share]) == [share.id for share in shares]
        assert len(house.chat.walls[FEED]) == 3


async def test_what_is_unshared_while_it_is_posted_comes_down(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        house.chat.slow = asyncio.Event()
        asked = house.chat.asked
        await house.core.booth.sharing.share(ANN, job)

        async def begun() -> bool:
            return house.chat.asked > asked

        await until(begun)
        await house.core.stores.shares.unshare(job, ANN)
        house.chat.slow.set()
        await house.settled()
        assert house.chat.walls.get(FEED, {}) == {}
        assert all(one.picture is None for _, _, one in house.chat.hung)


async def test_a_name_stands_in_the_feed_as_long_as_its_guest_likes(
    database_url: sa.URL, tmp_path: Path
) -> None:
    async with showing(database_url, tmp_path) as house:
        job, sharing = await house.picture(), house.core.booth.sharing
        await sharing.share(ANN, job)
        await house.hangs(1)
        for name in ("Ann", ""):
            await sharing.share(ANN, job, name)
            await house.settled()
            (exhibit,) = house.chat.walls[FEED].values()
            assert ("Ann" in exhibit.words) is bool(name)


async def test_posts_and_recalls_outlive_a_restart(database_url: sa.URL, tmp_path: Path) -> None:
    chat = RecordingChat("telegram")
    async with showing(database_url, tmp_path, chat) as house:
        job = await house.picture()
        chat.outages = 10_000
        share = await house.core.booth.sharing.share(ANN, job)
    chat.outages = 0
    async with showing(database_url, tmp_path, chat) as house:
        await house.hangs(1)
        (exhibit,) = chat.walls[FEED].values()
        assert exhibit.share == share.id
        chat.outages = 10_000
        await house.core.booth.forget(ANN)
        assert await house.core.stores.recalls.pending(ANN)
    chat.outages = 0
    async with showing(database_url, tmp_path, chat) as house:
        await house.settled()
        assert chat.walls[FEED] == {}


class Sluggish(RecordingChat):
    """Waits before it puts a picture into a feed's message, and before it takes one back."""

    def __init__(self) -> None:
        super().__init__("telegram")
        self.hangs, self.may_hang, self.may_take = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        if exhibit.picture is not None:
            self.hangs.set()
            await self.may_hang.wait()
        return await super().hang(address, exhibit)

    async def take_back(self, address: Address, language: str) -> TakenBack:
        await self.may_take.wait()
        return await super().take_back(address, language)


async def test_the_receipt_counts_what_comes_up_while_it_is_waited_for(
    database_url: sa.URL, tmp_path: Path
) -> None:
    chat = Sluggish()
    async with showing(database_url, tmp_path, chat) as house:
        booth = house.core.booth
        await booth.sharing.share(ANN, await house.picture())
        await chat.hangs.wait()
        forgetting = asyncio.create_task(booth.forget(ANN))

        async def erased() -> bool:
            return not await booth.mine(ANN)

        await until(erased)
        chat.may_hang.set()
        assert (await forgetting).pending == {"telegram": 2}  # the picture's own message, and the feed's
        chat.may_take.set()
        await house.settled()
        assert chat.walls[FEED] == {}


async def test_a_feed_that_is_gone_is_dropped_and_told(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        house.chat.gone_feeds.add(FEED)
        await house.core.booth.sharing.share(ANN, job)

        async def told() -> bool:
            return any("Feed 1" in words for _, words in house.chat.notes)

        await until(told)
        assert not await house.core.booth.office.curator.feeds(OWNER)


async def test_a_guest_hears_what_a_platform_refuses(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        await house.core.booth.sharing.share(ANN, job)
        await house.hangs(1)
        house.chat.takes_back = TakenBack.REFUSED
        await house.core.booth.sharing.unshare(ANN, job)

        async def told() -> bool:
            return any(guest == ANN for guest, _ in house.chat.notes)

        await until(told)
        await house.settled()


async def test_holding_hiding_and_letting_show(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        curator, sharing, wall = (
            house.core.booth.office.curator,
            house.core.booth.sharing,
            house.core.booth.wall,
        )
        job = await house.picture()
        await curator.hold(OWNER, on=True)
        share = await sharing.share(ANN, job)
        assert share.state is ShareState.HELD
        assert not await wall.newest("en")
        assert [one.id for one in await curator.held(OWNER)] == [share.id]
        assert (await curator.let_show(OWNER, share.id)).state is ShareState.SHOWN
        await house.hangs(1)
        with pytest.raises(NoSuchShare):
            await curator.let_show(OWNER, share.id)
        await curator.hide_job(OWNER, job)
        await house.settled()
        assert (house.chat.walls[FEED], await wall.newest("en")) == ({}, [])
        await sharing.unshare(ANN, job)
        assert (await sharing.share(ANN, job)).state is ShareState.HIDDEN  # it can't be undone by its guest
        acts = [entry.deed.act for entry in await house.core.booth.office.crew.audit(OWNER, 10)]
        assert {"hold", "let-show", "take-down", "feed"} <= set(acts)
        for attempt in (curator.held(ANN), curator.hold(ANN, on=False), curator.hide(ANN, share.id)):
            with pytest.raises(NotAMaintainer):
                await attempt


async def test_a_held_houses_names_are_looked_at_too(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        booth, job = house.core.booth, await house.picture()
        curator, share = booth.office.curator, booth.sharing.share
        await curator.hold(OWNER, on=True)
        seen = await share(ANN, job, "Lovely")
        renamed = await share(ANN, job, "Awful")
        with pytest.raises(NameNotSeen):
            await curator.let_show(OWNER, seen.id, seen.name_mark)
        assert not await booth.wall.newest("en")
        await curator.let_show(OWNER, seen.id, renamed.name_mark)
        await house.hangs(1)
        assert (await share(ANN, job, "Awful")).state is ShareState.SHOWN  # nothing is new about it
        assert (await share(ANN, job)).state is ShareState.SHOWN  # without a name there is nothing to look at
        assert (await share(ANN, job, "Worse")).state is ShareState.HELD
        await house.settled()
        assert (await booth.wall.newest("en"), house.chat.walls[FEED]) == ([], {})
        assert [one.name for one in await curator.held(OWNER)] == ["Worse"]
        await share(ANN, job)  # the name that was looked at has gone: what is left has been seen
        await curator.let_show(OWNER, seen.id, renamed.name_mark)

        async def told_twice() -> bool:
            return [words for _, words in house.chat.notes if "waits for your yes" in words] == 2 * [
                "Picture 1 waits for your yes before it is shown."
            ]

        await until(told_twice)


async def test_the_walls_pin(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        curator = house.core.booth.office.curator
        share = await house.core.booth.sharing.share(ANN, await house.picture())
        pin = await curator.pin(OWNER)
        assert await curator.pin(OWNER) == pin
        with pytest.raises(WrongPin):
            await curator.hide_by_pin("000000" if pin != "000000" else "1", CALLER, share.id)
        edition = await curator.pin_edition()
        assert (await curator.hide_by_pin(pin, CALLER, share.id)).state is ShareState.HIDDEN
        assert await curator.new_pin(OWNER) != pin
        with pytest.raises(WrongPin):
            await curator.check_pin(pin, CALLER)
        assert await curator.pin_edition() != edition
        right = await curator.pin(OWNER)
        told = await asyncio.gather(
            *(curator.check_pin("no", CALLER) for _ in range(2 * TRIES)), return_exceptions=True
        )
        assert Counter(map(type, told)) == {WrongPin: TRIES - 2, PinLocked: TRIES + 2}
        with pytest.raises(PinLocked):
            await curator.check_pin(right, CALLER)
        await curator.check_pin(right, Caller("elsewhere"))


async def test_guests_report(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        share = await house.core.booth.sharing.share(ANN, await house.picture())
        sharing = house.core.booth.sharing

        async def says_so() -> bool:
            return "on the wall now" in house.chat.cards(share.job)[-1].words

        await until(says_so)
        for reporter in (BOB, BOB, GuestKey("web:x")):
            await sharing.report(reporter, share.id)
        assert await house.core.booth.wall.newest("en")
        await sharing.report(GuestKey("web:y"), share.id)
        assert not await house.core.booth.wall.newest("en")
        assert [one.id for one in await house.core.booth.office.curator.held(OWNER)] == [share.id]

        async def says_so_no_more() -> bool:
            return not await says_so()

        await until(says_so_no_more)


async def test_a_voice_reports_a_picture_once(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        sharing = house.core.booth.sharing
        first, second = [await sharing.share(ANN, await house.picture()) for _ in range(2)]
        for number in range(6):
            await sharing.report(GuestKey(f"web:{number}"), first.id, "voice")
        await sharing.report(BOB, first.id)
        assert len(await house.core.booth.wall.newest("en")) == 2
        for number in range(3):
            await sharing.report(GuestKey(f"web:{number}"), second.id, f"voice {number}")
        assert [piece.id for piece in await house.core.booth.wall.newest("en")] == [first.id]


async def test_votes_crown_one(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        sharing, wall = house.core.booth.sharing, house.core.booth.wall
        for _ in range(2):
            await sharing.share(ANN, await house.picture())
        await house.hangs(2)
        assert await wall.favourite("en") is None
        first, second = house.chat.walls[FEED]
        await sharing.vote(BOB, FEED, first, likes=True)
        await sharing.vote(BOB, FEED, first, likes=True)
        await sharing.count_votes(FEED, second, 3)
        best = await wall.favourite("en")
        assert best is not None
        assert (best.votes, best.crowned, best.number) == (3, True, 2)
        await sharing.count_votes(FEED, second, 0)
        assert [piece.crowned for piece in await wall.newest("en")] == [False, True]
        await sharing.vote(BOB, FEED, first, likes=False)
        assert await wall.favourite("en") is None


async def test_forgetting_leaves_no_row_and_no_message(database_url: sa.URL, tmp_path: Path) -> None:
    async with showing(database_url, tmp_path) as house:
        job = await house.picture()
        await house.core.booth.sharing.share(ANN, job, "Ann")
        await house.hangs(1)
        other = await house.picture(BOB)
        await house.core.booth.sharing.share(BOB, other)
        await house.hangs(2)
        receipt = await house.core.booth.forget(ANN)
        assert dict(receipt.erased) == {"jobs": 1, "photos": 1, "pictures": 1, "shares": 1}
        await house.settled()
        assert len(house.chat.walls[FEED]) == 1
        own = {message for message, card in house.chat.shown if card.job == job}
        assert own <= {address.message for address, _ in house.chat.taken_back}
        assert [piece.number for piece in await house.core.booth.wall.newest("en")] == [2]


async def test_shared_pictures_have_a_time_of_their_own(database_url: sa.URL, tmp_path: Path) -> None:
    kept = plan(photos_s=0.0, pictures_s=0.0)
    chat = RecordingChat("telegram")
    async with showing(database_url, tmp_path, chat) as house:
        shared, private = await house.picture(), await house.picture()
        await house.core.booth.sharing.share(ANN, shared)
    async with opened(database_url, tmp_path, with_plan=kept, chat=chat) as core:

        async def erased() -> bool:
            return [job.id for job in await core.booth.mine(ANN)] == [shared]

        await until(erased)
        assert private != shared
        assert len(await core.booth.wall.newest("en")) == 1
    over = replace(kept, retention=replace(kept.retention, shared_s=0.0))
    async with opened(database_url, tmp_path, with_plan=over, chat=chat) as core:

        async def gone() -> bool:
            return not await core.booth.mine(ANN) and chat.walls[FEED] == {}

        await until(gone)
        assert not await core.booth.wall.newest("en")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Ann\n\u202eB\u0000 ", "Ann B"),
        ("x" * 99, "x" * 32),
        ("李小龙 😀", "李小龙 😀"),
        ("👩\u200d👩\u200d👧\u200d👦 Ann", "👩\u200d👩\u200d👧\u200d👦 Ann"),
        ("🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("\u200dAnn\u200d\u200d🌈\u200d", "Ann 🌈"),
        ("x" * 30 + "👩\u200d👧", "x" * 30 + "👩"),
        ("👩\u200d\u202e👧", "👩 👧"),
        (" ", ""),
        ("\u200b\u200d\ufeff\u2066", ""),
        ("\u3164\u2800", ""),
        ("\ufe0f\u0301", ""),
    ],
)
def test_names_are_made_plain(given: str, shown: str) -> None:
    assert plain_name(given) == shown
