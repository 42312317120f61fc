"""Taking back on Discord: unshared, forgotten or deleted, no picture is left where anybody finds it."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord.where import read
from bot.cards import Address
from bot.exhibits import TakenBack
from tests.adapters.discord.opened import Setup, finished, key, selfie, styles_shown, whispered
from tests.adapters.discord.shared import Party, party, reachable, restarted
from tests.adapters.discord.test_feeds import in_all
from tests.fakes.discord import Discord, Message


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries don't lie far apart."""
    monkeypatch.setattr("bot.underway.worker.LONGEST_RETRY_S", 1.0)
    monkeypatch.setattr("adapters.discord.showing.retracting.RIGHTS_PAUSE_S", 0.5)


async def forgets(it: Party, word: str = "erased everything") -> Message:
    """Ann lets herself be forgotten, in private."""
    await it.ann.slash("forget")
    asked = await whispered(it.ann, it.ann.dm, "Shall I erase everything")
    await it.ann.presses(asked, "Erase everything")
    return await whispered(it.ann, it.ann.dm, word)


async def gone(it: Party, *faces: bytes) -> None:
    """Wait until nobody finds these any more."""
    await it.discord.until(lambda: not any(reachable(it.discord, face) for face in faces) or None)


async def test_forgotten_at_every_stage_nothing_is_left(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path, Setup(guest_limit=9, previews=True)) as it:
        await it.feeds()
        shared, kept = await it.picture(it.ann, 40), await it.picture(it.ann, 80)
        await it.shares(it.ann, shared)
        await it.hung()
        await it.ann.dms("comic", selfie(100))
        direct = (await finished(it.ann.dm))[0]
        await it.ann.slash("mine", it.room)
        await it.room.until(lambda seen: [m for m in seen.seen_by(it.ann.user) if m.only_for] or None)
        theirs = await it.picture(it.bob, 160)
        await it.ann.dms("", selfie(120))  # nothing is chosen yet
        await it.ann.dm.until_bot(styles_shown)
        it.booth.renderer.hold = asyncio.Event()
        await it.ann.dms("comic", selfie(140))
        preview = await it.ann.dm.until_bot(lambda one: "%" in one.words and bool(one.pictures))
        receipt = await forgets(it)
        assert "The picture that you shared is off the wall" in receipt.words
        faces = [one.pictures[0] for one in (shared, kept, direct, preview)]
        await gone(it, *faces)
        assert [one for one in it.ann.dm.from_bot if one.pictures] == []
        assert it.room.pictures == [theirs.pictures[0]]
        await it.empty()


async def test_what_is_out_of_reach_goes_when_discord_is_back(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        picture = await it.picture(it.ann)
        await it.shares(it.ann, picture)
        await it.hung()
        with discord.away():
            receipt = await it.booth.booth.forget(key(it.ann))
            assert receipt.pending["discord"] >= 1
            assert reachable(discord, picture.pictures[0])
    async with restarted(it, tmp_path):
        await gone(it, picture.pictures[0])
        await it.empty()
        await it.empty(it.room)


async def test_a_picture_that_is_on_its_way_is_not_delivered_after_all(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        held = discord.fault("edit original", "hold", skip=1)
        late = discord.fault("edit message", "hold")
        await it.ann.slash("stylize", it.room, photo=selfie(60), style="comic")
        await discord.until(lambda: late.hits or held.hits or None)
        forgetting = asyncio.create_task(it.booth.booth.forget(key(it.ann)))
        await it.booth.booth.styles("en")
        late.release()
        held.release()
        await forgetting
        await it.empty(it.room)
        assert it.ann.dm.from_bot == []


async def test_a_picture_whose_arrival_nobody_has_heard_of_goes_too(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        it.booth.renderer.hold = asyncio.Event()
        await it.ann.dms("comic", selfie(60))
        await it.ann.dm.until_bot(lambda one: "Painting" in one.words)
        arriving = discord.fault("edit message", "hold after")
        it.booth.renderer.hold.set()
        (picture,) = await finished(it.ann.dm)
        lines_down = [
            discord.fault(operation, "reset before", times=None, channel=it.ann.dm)
            for operation in ("edit message", "delete message")
        ]
        await it.ann.slash("forget")
        asked = await whispered(it.ann, it.ann.dm, "Shall I erase everything")
        await it.ann.presses(asked, "Erase everything")
        receipt = await whispered(it.ann, it.ann.dm, "erased everything")
        assert "Still to come" in receipt.words
        assert await it.booth.jobs(it.ann) == []
        assert it.ann.dm.find(picture.id)
    arriving.release()
    for line in lines_down:
        line.clear()
    async with restarted(it, tmp_path):
        await gone(it, picture.pictures[0])
        await it.ann.dm.until(lambda seen: not any(one.pictures for one in seen.from_bot) or None)


async def test_what_waits_is_taken_back_with_all_else(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        await it.ann.dms("", selfie(120))
        menu = await it.ann.dm.until_bot(styles_shown)
        await forgets(it)
        await it.ann.dm.until(lambda seen: seen.find(menu.id) is None or None)


async def test_where_only_a_token_reaches_it_is_deleted_emptied_or_said(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        cat = discord.member("Cat", installed=True)
        abroad = discord.channel(discord.guild("Elsewhere", discord.member("Boss"), cat, bot=False))
        tell = []
        for fault in ("", "delete", "over"):
            sent = await cat.slash("stylize", abroad, photo=selfie(60), style="comic")
            picture = await sent.until(lambda message: message.pictures)
            if fault == "delete":
                discord.fault("delete original", "refused", code=50013, status=403, times=None)
                discord.fault("delete follow-up", "refused", code=50013, status=403, times=None)
            if fault == "over":
                sent.end_token()
            job = (await it.booth.jobs(cat))[-1]
            where = replace(read(job.context), expires=0.0) if fault == "over" else read(job.context)
            address = Address(job.chat, job.message, where.write())
            tell.append(await it.booth.platform.chat.take_back(address, "en"))
            left = abroad.find(picture.id)
            assert (left is None) is (fault == "")
            assert bool(left and left.pictures) is (fault == "over")
        assert tell == [TakenBack.DELETED, TakenBack.REPLACED, TakenBack.REFUSED]
        assert next(one.words for one in abroad.from_bot) == "This picture has been taken back."


async def test_what_discord_refuses_is_said(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with party(discord, tmp_path) as it:
        other = discord.channel(discord.guild("Other", it.owner, it.ann), "wall")
        await it.feeds(other)
        picture = await it.picture(it.ann)
        shared = await it.shares(it.ann, picture)
        await it.hung(feed=other)
        other.deny("view_channel")
        await it.unshares(it.ann, shared)  # we are on the server still: it waits
        other.allow("view_channel")
        await it.empty(other)
        shared = await it.shares(it.ann, picture)
        await it.hung(feed=other)
        assert other.guild is not None
        discord.remove_bot(other.guild)
        await it.unshares(it.ann, shared)
        await it.ann.dm.until_bot(lambda message: "can't be taken back" in message.words)
        assert not await it.booth.stores.recalls.pending()


async def test_deleting_takes_it_out_of_the_feed_too(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        picture = await it.picture(it.ann)
        shared = await it.shares(it.ann, picture)
        await it.hung()
        await it.ann.presses(shared, "Delete")
        await it.ann.presses(await whispered(it.ann, it.room, "for good?"), "Delete it")
        await gone(it, picture.pictures[0])
        await it.empty()


async def test_a_look_is_written_down_before_a_face_is_in_it(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        await in_all(it, 60)
        (hung,) = await it.hung()
        await it.bob.presses(hung, "Report")
        await whispered(it.bob, it.feed, "Thank you")
        notice = await it.owner.dm.until_bot(lambda message: "shouldn't be shown" in message.words)
        unheard = discord.fault("edit message", "hold after", channel=it.owner.dm)
        await it.owner.presses(notice, "Look")
        await it.owner.dm.until_bot(lambda message: bool(message.pictures))
        await it.booth.booth.forget(key(it.ann))
        await it.owner.dm.until(lambda seen: not seen.pictures or None)
        assert unheard.hits == 1
        unheard.release()
