"""The hand on the booth, on both databases."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import Banned, Closing, Paused, TooManyUnfinished
from bot.nouns import GuestKey
from bot.office.slips import NoSuchGuest, NotAMaintainer, WrongField
from bot.states import JobState
from bot.words import words
from tests.bot.crewed import GUEST, OTHER_GUEST, OWNER, STRANGER, Crewed, crewed
from tests.bot.opened import post, until
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import OTHER, ScriptedRenderer


async def test_while_the_booth_is_paused_no_photo_is_taken_and_guests_read_why(house: Crewed) -> None:
    hand, booth = house.office.hand, house.core.booth
    earlier = await booth.submit(post(GUEST, style=None))
    await hand.pause(OWNER, " Back at two. ")
    with pytest.raises(Paused) as caught:
        await booth.submit(post(GUEST))
    assert caught.value.retry_after_s > 0
    assert words().say("de", caught.value.key, **caught.value.values) == "Back at two."
    with pytest.raises(Paused):
        await booth.check_room(OTHER_GUEST)
    await booth.choose(GUEST, earlier.job.id, OTHER.id)  # what is here goes on
    await house.core.done(GUEST, earlier.job.id)
    with pytest.raises(Paused):
        await booth.again(GUEST, earlier.job.id, OTHER.id, event="again")
    await hand.pause(OWNER)
    with pytest.raises(Paused) as caught:
        await booth.submit(post(GUEST))
    assert words().say("en", caught.value.key, **caught.value.values).startswith("The booth takes a short")
    await hand.resume(OWNER)
    await booth.submit(post(GUEST))
    assert await house.acts() == [f"{OWNER} pause", f"{OWNER} pause", f"{OWNER} resume"]


async def test_a_banned_guest_reads_one_plain_sentence(house: Crewed) -> None:
    hand, booth = house.office.hand, house.core.booth
    assert await hand.ban(OWNER, GUEST)
    assert not await hand.ban(OWNER, GUEST)
    with pytest.raises(Banned):
        await booth.submit(post(GUEST))
    await booth.submit(post(OTHER_GUEST))
    with pytest.raises(NoSuchGuest):
        await hand.ban(OWNER, OWNER)
    assert await hand.banned(OWNER) == [GUEST]
    assert await hand.unban(OWNER, GUEST)
    assert not await hand.unban(OWNER, GUEST)
    await booth.submit(post(GUEST))
    assert await house.acts() == [f"{OWNER} ban {GUEST}", f"{OWNER} unban {GUEST}"]


async def test_the_limit_is_changed_at_once(sqlite_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with crewed(sqlite_url, tmp_path, renderer=renderer) as house:
        hand, booth = house.office.hand, house.core.booth
        await hand.limit(OWNER, 1)
        await booth.submit(post(GUEST))
        with pytest.raises(TooManyUnfinished) as caught:
            await booth.submit(post(GUEST))
        assert caught.value.values == {"limit": 1}
        await hand.limit(OWNER, 0)
        for _ in range(6):  # more than the settings allow
            await booth.submit(post(GUEST))
        await hand.limit(OWNER, None)
        with pytest.raises(TooManyUnfinished):
            await booth.submit(post(GUEST))
        for wrong in (-1, 101):
            with pytest.raises(WrongField):
                await hand.limit(OWNER, wrong)


async def test_an_announcement_reaches_everybody_who_waits_once(database_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    chat = RecordingChat(name="telegram")
    async with crewed(database_url, tmp_path, renderer=renderer, chat=chat) as house:
        for guest in (GUEST, GUEST, OTHER_GUEST):
            await house.core.booth.submit(post(guest, context="thread"))
        assert await house.office.hand.announce(OWNER, "Ten more minutes") == 2

        async def both() -> bool:
            return len(chat.nudges) == 2

        await until(both)
        assert [said for _, said in chat.nudges] == ["Ten more minutes"] * 2
        assert {str(address.chat) for address, _ in chat.nudges} == {GUEST, OTHER_GUEST}
        for wrong in ("", "  ", "x" * 501):
            with pytest.raises(WrongField):
                await house.office.hand.announce(OWNER, wrong)
    async with crewed(database_url, tmp_path, chat=chat) as house:  # nothing is left to be said again
        assert await house.core.stores.notes.claim(["telegram"]) is None


async def test_the_booth_runs_dry_and_says_so(database_url: sa.URL, tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with crewed(database_url, tmp_path, renderer=ScriptedRenderer(hold=hold)) as house:
        undecided = await house.core.booth.submit(post(OTHER_GUEST, style=None))
        view = await house.core.booth.submit(post(GUEST))
        assert await house.office.hand.drain(OWNER) == 1  # who has not chosen yet keeps nobody waiting
        with pytest.raises(Closing):
            await house.core.booth.submit(post(OTHER_GUEST))
        assert house.chat.notes == []
        hold.set()
        await house.core.done(GUEST, view.job.id)
        async with house.chat.news:
            await house.chat.news.wait_for(lambda: house.chat.notes)
        assert house.chat.notes[0][0] == OWNER
        assert (await house.office.hand.rules(OWNER)).told
        assert (await house.core.booth.look(OTHER_GUEST, undecided.job.id)).job.state is JobState.CHOOSING
    async with crewed(database_url, tmp_path) as house:  # still closing after a restart
        with pytest.raises(Closing):
            await house.core.booth.submit(post(OTHER_GUEST))
        await house.office.hand.resume(OWNER)
        await house.core.booth.submit(post(OTHER_GUEST))


async def test_news_wait_for_a_chat_that_is_away(lone: Crewed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.underway.messenger.AGAIN_S", 0.0)
    monkeypatch.setattr("bot.underway.messenger.LOOK_S", 0.05)
    lone.chat.outages = 3
    await lone.office.hand.drain(OWNER)
    async with lone.chat.news:
        await lone.chat.news.wait_for(lambda: lone.chat.notes)
    assert (len(lone.chat.notes), lone.chat.outages) == (1, 0)


async def test_who_is_forgotten_is_not_written_to_any_more(sqlite_url: sa.URL, tmp_path: Path) -> None:
    chat = RecordingChat(name="telegram", outages=10_000, pause_s=3600.0)
    async with crewed(sqlite_url, tmp_path, chat=chat) as house:
        await house.office.hand.drain(OWNER)
        notes = house.core.stores.notes

        async def waits() -> bool:
            return chat.outages < 10_000 and await notes.waiting() == 1

        await until(waits)
        await house.core.booth.forget(OWNER)
        assert await notes.waiting() == 0


async def test_strangers_get_nowhere_whatever_they_try(lone: Crewed) -> None:
    hand = lone.office.hand
    for attempt in (
        hand.rules(STRANGER),
        hand.pause(STRANGER, "x"),
        hand.pause(STRANGER),
        hand.resume(STRANGER),
        hand.limit(STRANGER, 1),
        hand.limit(STRANGER, -1),
        hand.ban(STRANGER, OWNER),
        hand.ban(STRANGER, GuestKey("telegram:9")),
        hand.unban(STRANGER, STRANGER),
        hand.banned(STRANGER),
        hand.announce(STRANGER, "x"),
        hand.announce(STRANGER, ""),
        hand.drain(STRANGER),
        lone.office.watch.status(STRANGER),
        lone.office.stats.figures(STRANGER),
        lone.office.stats.places(STRANGER),
        lone.office.stats.csv(STRANGER),
        lone.office.stats.scans_csv(STRANGER),
        lone.office.invitations.links(STRANGER),
        lone.office.invitations.card(STRANGER, (), "en"),
        lone.office.invitations.poster(STRANGER, (), "a4", "en"),
        lone.office.stats.chart(STRANGER, "en"),
    ):
        with pytest.raises(NotAMaintainer):
            await attempt
    assert await lone.acts() == []
    await lone.core.booth.submit(post(GUEST))
