"""Sharing on Discord: the person in a picture presses under it, and its card changes in place."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.nouns import SOMEBODY
from tests.adapters.discord.opened import Setup, finished, key, selfie, whispered
from tests.adapters.discord.shared import labels, party, reachable, with_button
from tests.fakes.discord import Discord


@pytest.mark.parametrize("http", [False, True])
async def test_a_picture_is_shared_and_taken_back_without_being_uploaded_again(
    discord: Discord, tmp_path: Path, http: bool
) -> None:
    async with party(discord, tmp_path, Setup(http=http)) as it:
        await it.feeds()
        picture = await it.picture(it.ann)
        assert "Share" in labels(picture)
        discord.requests.clear()
        shared = await it.shares(it.ann, picture)
        (hung,) = await it.hung()
        assert hung.pictures == picture.pictures
        assert shared.attachments == picture.attachments
        assert "on the wall" in shared.words
        asked = discord.requests.counts
        assert (asked["callback"], asked["create message"], asked["edit message"]) == (1, 1, 2)
        beside = discord.requests.bytes_up - len(picture.pictures[0])
        assert beside < 5_000  # the picture goes up once, to the feed
        await it.ann.presses(shared, "With my name")
        named = await with_button(discord, picture, "Without my name")
        await it.feed.until(lambda feed: any("Ann" in hung.words for hung in feed.from_bot) or None)
        assert it.feed.pictures == list(picture.pictures)
        assert discord.requests.bytes_up - len(picture.pictures[0]) < 9_000  # nor for a name
        discord.requests.clear()
        back = await it.unshares(it.ann, named)
        await it.empty()
        await whispered(it.ann, it.room, "gone everywhere")
        assert back.attachments == picture.attachments
        assert discord.requests.bytes_up < 3_000
        assert "on the wall" not in back.words
        assert reachable(discord, picture.pictures[0])  # in its own message it stays
        shared = await it.shares(it.ann, back)
        discord.world.users[it.ann.id] = replace(it.ann.user, name="\u3164")  # a letter that nobody sees
        await it.ann.presses(shared, "With my name")
        await whispered(it.ann, it.room, "nothing in your name that can be shown")


async def test_whoever_is_in_the_picture_shares_it_and_nobody_else(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        photo = await it.ann.posts(it.room, "look", [selfie(80)])
        menu = await it.bob.context("Stylize this", photo)
        await it.bob.chooses(await menu.until(lambda message: message.selects), "Comic")
        picture = await menu.until(lambda message: message.pictures)
        await it.bob.presses(picture, "Share")
        await whispered(it.bob, it.room, "Only the person in this picture can share it")
        await it.owner.presses(picture, "Share")
        await whispered(it.owner, it.room, "belongs to somebody else")
        shared = await it.shares(it.ann, picture)
        (hung,) = await it.hung()
        assert "Ann" not in hung.words
        await it.bob.presses(shared, "Unshare")
        await it.bob.presses(shared, "With my name")
        assert (await it.booth.jobs(it.bob))[0].subject == key(it.ann)
        await it.unshares(it.ann, shared)
        await it.empty()
        await it.bob.posts(it.room, f"{discord.bot.mention} comic", reply_to=photo)
        again = (await finished(it.room, 2))[-1]
        await it.shares(it.ann, again)
        await it.hung()


async def test_whose_photo_it_is_follows_from_where_it_comes(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        it.bob.wears(selfie(100, 256))
        await it.feeds()
        sent = await it.ann.user_context("Stylize avatar", it.bob, it.room)
        await it.ann.chooses(await sent.until(lambda message: message.selects), "Comic")
        avatar = await sent.until(lambda message: message.pictures)
        original = await it.bob.posts(it.room, "", [selfie(120)])
        await it.ann.forwards(original, it.ann.dm)
        await it.ann.chooses(await it.ann.dm.until_bot(lambda message: bool(message.selects)), "Comic")
        forwarded = (await finished(it.ann.dm))[0]
        assert "Share" not in labels(forwarded)
        ours = await it.ann.context("Stylize this", await it.picture(it.bob))
        await it.ann.chooses(await ours.until(lambda message: message.selects), "Comic")
        await ours.until(lambda message: message.pictures)
        own = await it.ann.context("Stylize this", await it.ann.posts(it.room, "", [selfie(140)]))
        await it.ann.chooses(await own.until(lambda message: message.selects), "Comic")
        await it.shares(it.ann, await own.until(lambda message: message.pictures))
        jobs = await it.booth.jobs(it.ann)
        assert [job.subject for job in jobs] == [key(it.bob), SOMEBODY, key(it.bob), None]
        await it.shares(it.bob, avatar)
        await it.hung(2)


@pytest.mark.parametrize("alone", [False, True])
async def test_what_a_guest_has_brought_along_is_shared_through_each_press(
    discord: Discord, tmp_path: Path, alone: bool
) -> None:
    async with party(discord, tmp_path) as it:
        await it.feeds()
        cat = discord.member("Cat", "de", installed=True)
        abroad = discord.channel(discord.guild("Elsewhere", discord.member("Boss"), cat, bot=False))
        if alone:
            abroad.deny_everyone("use_external_apps")
        sent = await cat.slash("stylize", abroad, photo=selfie(60), style="comic")
        picture = await sent.until(lambda message: message.pictures)
        assert picture.ephemeral is alone
        sent.end_token()  # what was given then is over; each press brings a new one
        await cat.presses(picture, "Teilen")
        shared = await with_button(discord, picture, "Zurücknehmen")
        assert shared.attachments == picture.attachments
        await it.hung()
        await cat.presses(shared, "Zurücknehmen")
        await it.empty()
        await with_button(discord, picture, "Teilen")
        assert cat.dm.from_bot == []
