"""Feeds on Discord: shared pictures hang there once, in order, and those who see them can do something."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.discord.opened import Setup, key, shade_of, whispered
from tests.adapters.discord.shared import Party, labels, party, restarted, with_button
from tests.fakes.discord import Discord, Message


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core's tries on a platform that stumbles don't lie far apart, nor do those that wait for rights."""
    monkeypatch.setattr("bot.underway.worker.LONGEST_RETRY_S", 1.0)
    monkeypatch.setattr("adapters.discord.showing.exhibiting.RIGHTS_PAUSE_S", 0.5)
    monkeypatch.setattr("adapters.discord.api.refusals.PAUSE_S", 0.2)


async def in_all(it: Party, *shades: int) -> list[Message]:
    pictures = [await it.picture(it.ann, shade) for shade in shades]
    for picture in pictures:
        await it.shares(it.ann, picture)
    return pictures


async def test_pictures_hang_once_and_in_order_whatever_discord_does(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path, Setup(guest_limit=20)) as it:
        await it.feeds()
        faults = [
            discord.fault("create message", "reset after", channel=it.feed),
            discord.fault("edit message", "reset after", channel=it.feed),
            discord.fault("create message", "server error", skip=1, times=2, channel=it.feed, status=503),
        ]
        pictures = await in_all(it, 40, 80, 120)
        hung = await it.hung(3)
        assert all(fault.hits for fault in faults)
        assert [message.pictures[0] for message in hung] == [one.pictures[0] for one in pictures]
        assert len(it.feed.messages) == 3


async def opened_for_nothing(it: Party, shade: int) -> None:
    """Unshare a picture whose message is there without anybody having heard of it."""
    picture = await it.picture(it.ann, shade)
    lost = it.discord.fault("create message", "reset after", channel=it.feed, times=None)
    before = len(it.feed.from_bot)
    shared = await it.shares(it.ann, picture)
    await it.feed.until(lambda seen: len(seen.from_bot) > before or None)
    await it.unshares(it.ann, shared)
    lost.clear()


async def test_what_was_opened_for_a_share_that_is_no_more_comes_down_with_the_next(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path, Setup(guest_limit=20)) as it:
        await it.feeds()
        pictures = await in_all(it, 40)
        await it.hung()
        await opened_for_nothing(it, 60)
        pictures += await in_all(it, 80)
        await it.hung(2)
        await opened_for_nothing(it, 100)
    async with restarted(it, tmp_path) as it_again:
        pictures += await in_all(it_again, 120)
        shown = await it_again.hung(3)
        assert [one.pictures for one in shown] == [one.pictures for one in pictures]


async def test_a_name_that_comes_after_a_restart_takes_no_second_upload(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        (picture,) = await in_all(it, 60)
        await it.hung()
    async with restarted(it, tmp_path):
        discord.requests.clear()
        await it.ann.presses(await with_button(discord, picture, "With my name"), "With my name")
        await it.feed.until(lambda feed: any("Ann" in hung.words for hung in feed.from_bot) or None)
        assert it.feed.pictures == list(picture.pictures)
        assert discord.requests.bytes_up < len(picture.pictures[0])


async def test_a_message_that_was_opened_before_a_restart_is_found_again(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        picture = await it.picture(it.ann)
        lost = discord.fault("create message", "reset after", channel=it.feed, times=None)
        await it.ann.presses(picture, "Share")
        await it.feed.until(lambda seen: seen.from_bot or None)
    lost.clear()
    discord.world.nonces.clear()  # minutes later
    async with restarted(it, tmp_path):
        (hung,) = await it.hung()
        assert hung.pictures == picture.pictures
        assert [hung] == it.feed.messages


async def test_threads_and_announcements_are_feeds_and_a_language_is_theirs(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        thread = discord.thread(it.feed)
        assert it.feed.guild is not None
        news = discord.channel(it.feed.guild, "news", announcements=True)
        boss = discord.member("Boss", "de")
        boss.forges = True  # in place of a role that may use the command
        await it.feeds(thread)
        await it.booth.booth.office.crew.add(key(it.owner), key(boss))
        sent = await boss.slash("feed", news, feed="here")
        await sent.until(lambda message: "gepostet" in message.words)
        await in_all(it, 60)
        (english,), (german,) = await it.hung(feed=thread), await it.hung(feed=news)
        assert labels(english) == {"Make yours", "Report"}
        assert "Melden" in labels(german)
        held = discord.fault("edit message", "hold", channel=thread)
        await in_all(it, 90)
        await discord.until(lambda: held.hits or None)
        thread.archived = True  # between its opening and its picture
        held.release()
        await it.hung(2, thread)


async def test_a_message_that_was_deleted_before_its_picture_came_is_opened_anew(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        held = discord.fault("edit message", "hold", channel=it.feed)
        (picture,) = await in_all(it, 60)
        await discord.until(lambda: held.hits or None)
        (before,) = it.feed.from_bot
        await it.owner.deletes(before)
        held.release()
        (hung,) = await it.hung()
        assert hung.id != before.id
        await it.unshares(it.ann, picture)
        await it.empty()


async def test_those_who_see_a_picture_make_theirs_or_report_it(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        (picture,) = await in_all(it, 60)
        (hung,) = await it.hung()
        await it.bob.presses(hung, "Make yours")
        await whispered(it.bob, it.feed, "choose “Comic”")
        await it.picture(it.bob, 100)
        await it.bob.presses(hung, "Make yours")
        menu = await whispered(it.bob, it.feed, "from the photo you sent last")
        assert menu.selects[0].options[0][1] == "comic"
        for _ in range(2):
            await it.bob.presses(hung, "Report")
            await whispered(it.bob, it.feed, "Thank you")
        notice = await it.owner.dm.until_bot(lambda message: "shouldn't be shown" in message.words)
        assert len(it.owner.dm.from_bot) == 1
        await it.owner.presses(notice, "Look")
        look = await it.owner.dm.until_bot(lambda message: bool(message.pictures))
        assert look.pictures == picture.pictures
        await it.owner.presses(look, "Take down")
        await it.empty()
        await it.room.until_bot(lambda message: "taken it off the wall" in message.words)
        (job,) = await it.booth.jobs(it.ann)
        await it.booth.booth.discard(key(it.ann), job.id)
        await it.owner.dm.until(lambda seen: not seen.pictures or None)


async def test_a_missing_right_is_told_to_the_crew_and_waited_for(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.showing.exhibiting.RIGHTS_PAUSE_S", 600.0)  # Discord tells sooner
    monkeypatch.setattr("adapters.discord.api.refusals.PAUSE_S", 300.0)
    async with party(discord, tmp_path) as it:
        await it.feeds()
        it.feed.deny("attach_files")
        await in_all(it, 60)
        told = await it.owner.dm.until_bot(lambda message: "Attach Files" in message.words)
        assert told.words.count("Feed 1") == 1
        it.feed.allow("attach_files")
        (hung,) = await it.hung()
        assert abs(shade_of(hung.pictures[0]) - 195) < 4
        assert len(it.owner.dm.from_bot) == 1


@pytest.mark.parametrize("how", ["removed", "deleted"])
async def test_a_feed_that_is_no_more_is_taken_off_the_list(
    discord: Discord, tmp_path: Path, how: str
) -> None:
    async with party(discord, tmp_path) as it:
        other = discord.channel(discord.guild("Other", it.owner, it.ann), "wall")
        await it.feeds(other)
        await it.feeds()
        if how == "removed" and other.guild is not None:
            discord.remove_bot(other.guild)
        else:
            discord.delete_channel(other)
        await in_all(it, 60)
        await it.owner.dm.until_bot(lambda message: "can't be reached any more" in message.words)
        await it.hung()
        assert [feed.chat for feed in await it.booth.stores.postings.feeds()] == [f"discord:{it.feed.id}"]


async def test_reactions_are_votes_of_people_under_pictures_in_feeds(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.incoming.ballots.KNOWN_S", 0.0)
    async with party(discord, tmp_path) as it:
        await it.feeds()
        (picture,) = await in_all(it, 60)
        (hung,) = await it.hung()

        async def counted() -> int:
            return (await it.booth.booth.wall.newest("en"))[0].votes

        async def votes(number: int) -> None:
            async with asyncio.timeout(30):
                while await counted() != number:  # noqa: ASYNC110 # the wall tells only its own page
                    await asyncio.sleep(0.05)

        robot = discord.member("Robot")
        discord.world.change_user(replace(robot.user, bot=True))
        await it.bob.reacts(picture, "❤️")  # not in the feed
        await robot.reacts(hung, "❤️")
        await it.ann.reacts(hung, "👎🏽")
        await it.bob.reacts(hung, "❤️")
        await it.bob.reacts(hung, "🔥")
        await it.owner.reacts(hung, "🔥")
        await votes(2)
        await it.owner.unreacts(hung, "🔥")
        await votes(1)


async def test_a_maintainer_takes_a_picture_off_the_wall_by_its_menu(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        await in_all(it, 60)
        (hung,) = await it.hung()
        it.bob.forges = True
        await it.bob.context("Take off the wall", hung)
        await whispered(it.bob, it.feed, "This command has changed")
        await it.owner.context("Take off the wall", hung)
        await it.empty()
        await it.owner.slash("hold", it.room, switch="on")
        await whispered(it.owner, it.room, "waits for a yes")
        picture = await it.picture(it.ann, 100)
        await it.ann.presses(picture, "Share")
        await it.room.until_bot(lambda message: "as soon as somebody" in message.words)
        notice = await it.owner.dm.until_bot(lambda message: "waits for your yes" in message.words)
        await it.owner.presses(notice, "Show")
        (shown,) = await it.hung()
        assert shown.pictures == picture.pictures
        await it.owner.context("Take off the wall", picture)
        await it.empty()
