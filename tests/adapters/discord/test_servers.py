"""In servers: who asks gets an answer, everybody sees the picture, its buttons belong to one."""

import asyncio
from pathlib import Path

import pytest

from tests.adapters.discord.opened import (
    Setup,
    finished,
    is_finished,
    opened,
    selfie,
    shade_of,
    styles_shown,
    whispered,
)
from tests.fakes.discord import Channel, Discord, Member


def party(discord: Discord) -> tuple[Channel, Member, Member]:
    ann, bob = discord.member("Ann"), discord.member("Bob", "de")
    return discord.channel(discord.guild("Party", ann, bob)), ann, bob


async def test_slash_menus_and_mention_all_end_in_a_picture_for_everybody(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        channel, ann, bob = party(discord)
        sent = await ann.slash("stylize", channel, photo=selfie(40), style="comic")
        first = await sent.until(lambda message: message.pictures)
        theirs = await ann.posts(channel, "look at this", [selfie(80)])
        menu = await bob.context("Stylize this", theirs)
        choice = await menu.until(styles_shown)
        await bob.chooses(choice, "Comic")
        second = await menu.until(lambda message: message.pictures)
        await ann.posts(channel, f"{discord.bot.mention} comic", [selfie(120)])
        third = (await finished(channel, 3))[-1]
        shades = [shade_of(message.pictures[0]) for message in (first, second, third)]
        assert [abs(seen - wanted) < 4 for seen, wanted in zip(shades, (215, 175, 135), strict=True)]
        assert len(channel.from_bot) == 3
        assert second.words == "### Bitte sehr: Comic."


async def test_an_avatar_becomes_a_picture(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        channel, ann, bob = party(discord)
        bob.wears(selfie(60, 256))
        sent = await ann.user_context("Stylize avatar", bob, channel)
        await ann.chooses(await sent.until(styles_shown), "Comic")
        picture = await sent.until(lambda message: message.pictures)
        assert abs(shade_of(picture.pictures[0]) - 195) < 6


async def test_every_picture_of_a_message_gets_an_answer_of_its_own(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        channel, ann, bob = party(discord)
        album = await ann.posts(channel, "us", [selfie(40), selfie(80)])
        await bob.context("Stylize this", album)

        def two_menus(seen: Channel) -> list[int] | None:
            found = [message.id for message in seen.from_bot if styles_shown(message)]
            return found if len(found) == 2 else None

        for message in await channel.until(two_menus):
            shown = channel.find(message)
            assert shown is not None
            await bob.chooses(shown, "Comic")
        shades = sorted(shade_of(message.pictures[0]) for message in await finished(channel, 2))
        assert [abs(seen - wanted) < 4 for seen, wanted in zip(shades, (175, 215), strict=True)]
        assert len(channel.from_bot) == 2


async def test_others_are_told_to_make_theirs_and_get_a_menu_if_they_have_a_photo(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        channel, ann, bob = party(discord)
        sent = await ann.slash("stylize", channel, photo=selfie(40), style="comic")
        anns = await sent.until(lambda message: message.pictures)
        await bob.presses(anns, "🗑️ Delete")
        await whispered(bob, channel, "/stilisieren mit einem Foto von dir")
        mine = await bob.slash("stylize", channel, photo=selfie(80), style="oil")
        await mine.until(lambda message: message.pictures)
        again = await bob.presses(anns, "🔁 Again")
        menu = await whispered(bob, channel, "Mach deins aus dem Foto")
        assert again.message is not None
        assert again.message.ephemeral
        assert menu.selects[0].options[0][1] == "comic"  # what the other one has
        await bob.chooses(menu, "comic")
        third = (await finished(channel, 3))[-1]
        assert abs(shade_of(third.pictures[0]) - 175) < 4
        assert next(message.id for message in channel.from_bot if is_finished(message)) == anns.id
        await whispered(bob, channel, "Mach deins")
        assert not any(message.only_for == ann.id for message in channel.all_messages)


async def test_in_a_thread_the_picture_stays_in_the_thread(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        channel, ann, _ = party(discord)
        thread = discord.thread(channel)
        await ann.posts(thread, f"{discord.bot.mention} comic", [selfie(60)])
        assert len(await finished(thread)) == 1
        assert channel.from_bot == []


async def test_a_photo_that_is_refused_is_answered_in_the_place_of_the_picture(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path, Setup(guest_limit=1)) as booth:
        channel, ann, bob = party(discord)
        first = await ann.slash("stylize", channel, photo=selfie(60))
        await first.until(styles_shown)
        second = await ann.slash("stylize", channel, photo=selfie(90), style="comic")
        await second.until(lambda message: "unfinished" in message.words)
        await bob.slash("stylize", channel, photo=("notes.txt", b"hello"), style="comic")
        await whispered(bob, channel, "Art Datei")
        hold = booth.renderer.hold = asyncio.Event()
        album = await bob.posts(channel, f"{discord.bot.mention} comic", [selfie(40), selfie(80)])
        refused = await channel.until_bot(lambda message: "noch in Arbeit" in message.words)
        hold.set()
        done = await channel.until_bot(lambda message: bool(message.pictures))
        answered = [message.reply_to and message.reply_to.message for message in (done, refused)]
        assert answered == [album.id, album.id]


async def test_talk_and_pictures_of_others_are_left_alone(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        channel, ann, bob = party(discord)
        await ann.posts(channel, "hello")
        await bob.posts(channel, "me too", [selfie()])
        await ann.posts(channel, f"{discord.bot.mention} comic", [selfie(60)])
        await finished(channel)
        assert len(channel.from_bot) == 1


async def test_a_missing_permission_is_named_once_and_the_picture_comes_when_it_is_granted(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.worker.LONGEST_RETRY_S", 0.5)
    async with opened(discord, tmp_path) as booth:
        channel, ann, _ = party(discord)
        channel.deny("attach_files")
        await ann.posts(channel, f"{discord.bot.mention} comic", [selfie(60)])
        asked = await channel.until_bot(lambda message: "Attach Files" in message.words)
        refused = len(discord.requests.refused)
        assert refused == 1
        mine = await ann.slash("mine")
        assert (await mine.until(lambda message: message.pictures)).pictures
        channel.allow("attach_files")
        await ann.posts(channel, f"{discord.bot.mention} comic", [selfie(90)])  # one look is worth it again
        pictures = await finished(channel, 2)
        assert asked.id in {message.id for message in pictures}
        assert len(discord.requests.refused) == refused
        assert len(await booth.jobs(ann)) == 2


async def test_where_we_may_show_no_pictures_styles_are_chosen_from_words(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path, Setup(previews=True)):
        channel, ann, _ = party(discord)
        channel.deny("attach_files")
        await ann.posts(channel, discord.bot.mention, [selfie(60)])
        menu = await channel.until_bot(styles_shown)
        assert not menu.pictures
        await ann.chooses(menu, "Comic")  # the press brings a token, and with it another way
        assert (await finished(channel))[0].id == menu.id
        assert ann.dm.from_bot == []


async def test_where_we_may_not_speak_the_picture_comes_as_a_direct_message(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        channel, ann, _ = party(discord)
        channel.deny("send_messages")
        await ann.posts(channel, f"{discord.bot.mention} comic", [selfie(60)])
        first = await ann.dm.until_bot(lambda message: "Send Messages" in message.words)
        picture = (await finished(ann.dm))[0]
        assert picture.id == first.id
        assert abs(shade_of(picture.pictures[0]) - 195) < 4
        assert channel.from_bot == []


async def test_a_channel_that_we_may_not_see_is_served_through_the_token(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        channel, ann, _ = party(discord)
        channel.deny("view_channel")
        sent = await ann.slash("stylize", channel, photo=selfie(60))
        await ann.chooses(await sent.until(styles_shown), "Comic")
        picture = await sent.until(lambda message: message.pictures)
        assert channel.from_bot == [picture]
        assert len(discord.requests.refused) <= 2


async def test_a_picture_fits_into_what_the_server_takes(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path, Setup()):
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Small", ann, upload_limit=9_000))
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        picture = await sent.until(lambda message: message.pictures)
        assert len(picture.pictures[0]) <= 9_000
        assert abs(shade_of(picture.pictures[0]) - 195) < 6
