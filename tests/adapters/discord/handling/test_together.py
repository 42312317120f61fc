"""What the guests of a channel do together: one style for all, and a collage of the hour."""

from pathlib import Path

from tests.adapters.discord.opened import Setup, finished, key, selfie, styles_shown
from tests.adapters.discord.shared import Party, party, reachable
from tests.fakes.discord import Channel, Discord, Member, Message


async def said(it: Party, member: Member, command: str, part: str, **options: str) -> Message:
    """Give a command in the room, and wait for an answer of its own."""
    sent = await member.slash(command, it.room, **options)
    return await sent.until(lambda message: part in message.words)


async def test_a_channel_takes_one_style_for_a_while(discord: Discord, tmp_path: Path) -> None:
    async with party(discord, tmp_path) as it:
        await said(it, it.ann, "groupstyle", "Choose a style")
        on = await said(it, it.ann, "groupstyle", "all photos here", style="oil")
        assert "Oil paint" in on.words
        assert not on.ephemeral
        await it.bob.posts(it.room, discord.bot.mention, [selfie(60), selfie(100)])
        both = await finished(it.room, 2)
        assert {one.words for one in both} == {"### Here you are: Oil paint."}
        await it.ann.dms("", selfie())
        await it.ann.dm.until_bot(styles_shown)  # elsewhere one chooses as ever
        await said(it, it.bob, "groupstyle", "everybody chooses again")
        await it.bob.posts(it.room, discord.bot.mention, [selfie(60)])
        await it.room.until_bot(styles_shown)


async def test_what_is_chosen_for_one_photo_of_a_message_is_for_all_of_them(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path, Setup(guest_limit=9)) as it:
        album = await it.ann.posts(it.room, "us", [selfie(40), selfie(80), selfie(120)])
        await it.ann.context("Stylize this", album)

        def three(seen: Channel) -> list[Message] | None:
            found = [message for message in seen.from_bot if styles_shown(message)]
            return found if len(found) == 3 else None

        menus = await it.room.until(three)
        await it.ann.chooses(menus[1], "Comic")
        done = await finished(it.room, 3)
        assert {one.id for one in done} == {one.id for one in menus}
        assert {job.style for job in await it.booth.jobs(it.ann)} == {"comic"}


async def test_a_collage_of_the_hour_goes_with_the_first_of_its_pictures(
    discord: Discord, tmp_path: Path
) -> None:
    async with party(discord, tmp_path) as it:
        await it.picture(it.ann, 60)
        await said(it, it.bob, "collage", "at least two pictures")
        await it.picture(it.bob, 120)
        await it.bob.dms("comic", selfie(200))
        await finished(it.bob.dm)
        sent = await it.bob.slash("collage", it.room)
        collage = await sent.until(lambda message: message.pictures)
        assert not collage.ephemeral
        await said(it, it.ann, "collage", "just had a collage")
        await it.booth.booth.forget(key(it.ann))
        await it.room.until(lambda seen: seen.find(collage.id) is None or None)
        assert not reachable(discord, collage.pictures[0])
