"""Brought along by a guest (user install), and after an interaction's token has ended."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord.api import sender
from adapters.discord.showing import farewells
from adapters.discord.where import read
from bot.states import JobState
from tests.adapters.discord.opened import (
    finished,
    is_finished,
    opened,
    selfie,
    shade_of,
    styles_shown,
)
from tests.fakes.discord import Channel, Discord, Member


def abroad(discord: Discord) -> tuple[Channel, Member]:
    """A server that has never heard of the bot, with a guest who has installed it."""
    ann = discord.member("Ann", installed=True)
    return discord.channel(discord.guild("Elsewhere", discord.member("Owner"), ann, bot=False)), ann


async def test_a_user_install_works_in_a_server_without_the_bot(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        channel, ann = abroad(discord)
        sent = await ann.slash("stylize", channel, photo=selfie(60))
        menu = await sent.until(styles_shown)
        await ann.chooses(menu, "Comic")
        picture = await sent.until(lambda message: message.pictures)
        assert channel.from_bot == [picture]
        again = await ann.presses(picture, "🔁 Again")
        second = await again.until(lambda message: message.pictures)
        assert second.id != picture.id
        assert ann.dm.from_bot == []
        assert not discord.requests.refused


async def test_it_works_between_two_people(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        ann, bob = discord.member("Ann", installed=True), discord.member("Bob")
        talk = discord.private(ann, bob)
        sent = await ann.slash("stylize", talk, photo=selfie(60), style="comic")
        await sent.until(lambda message: message.pictures)
        photo = await bob.posts(talk, "mine", [selfie(90)])
        menu = await ann.context("Stylize this", photo)
        await ann.chooses(await menu.until(styles_shown), "Comic")
        picture = await menu.until(lambda message: message.pictures)
        assert abs(shade_of(picture.pictures[0]) - 165) < 4


async def test_where_the_token_has_ended_the_picture_comes_as_a_direct_message(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        channel, ann = abroad(discord)
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        await booth.renderer.started.get()
        sent.end_token()
        hold.set()
        picture = (await finished(ann.dm))[0]
        assert abs(shade_of(picture.pictures[0]) - 195) < 4
        assert len(ann.dm.from_bot) == 1
        assert not any(map(is_finished, channel.from_bot))
        await ann.presses(picture, "🔁 Again")
        await finished(ann.dm, 2)


async def test_where_no_direct_message_is_taken_it_waits_under_mine(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        channel, ann = abroad(discord)
        ann.closes_dms()
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        await booth.renderer.started.get()
        sent.end_token()
        hold.set()
        async with asyncio.timeout(30):
            while (await booth.jobs(ann))[0].state != JobState.DONE:  # noqa: ASYNC110 # the store tells nobody
                await asyncio.sleep(0.02)
        mine = await ann.slash("mine", channel)
        shown = await mine.until(lambda message: message.pictures)
        assert shown.ephemeral
        assert abs(shade_of(shown.pictures[0]) - 195) < 4


async def test_the_guest_is_told_before_the_token_ends(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(farewells, "BEFORE_S", 900.0)  # its end is near from the beginning
    async with opened(discord, tmp_path) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        channel, ann = abroad(discord)
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        told = await sent.until(lambda message: "direct message" in message.words)
        assert "/mine" in told.words
        hold.set()
        assert (await sent.until(lambda message: message.pictures)).id == told.id


async def test_in_a_server_with_the_bot_the_channel_stays_open_after_the_token(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Party", ann))
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        await booth.renderer.started.get()
        await sent.until(lambda message: not message.thinking)
        sent.end_token()
        hold.set()
        picture = await sent.until(lambda message: message.pictures)
        assert channel.from_bot == [picture]
        assert ann.dm.from_bot == []


async def test_an_answer_that_was_cut_off_from_its_token_is_found_in_the_channel(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Party", ann))
        monkeypatch.setattr(sender, "DEFER_S", -1.0)  # as if it had been long ago
        held = discord.fault("edit original", "hold")
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        await discord.until(lambda: held.hits or None)
        sent.end_token()
        held.release()
        picture = await channel.until_bot(is_finished)
        assert picture.id == sent.original
        assert channel.from_bot == [picture]


async def test_a_place_is_read_back_as_it_was_written(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        channel, ann = abroad(discord)
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        await sent.until(lambda message: message.pictures)
        where = read((await booth.jobs(ann))[0].context)
        assert (where.channel, where.member, where.user) == (channel.id, False, ann.id)
        assert where.token not in repr(where)
        assert read(replace(where, user=1).write()).user == 1
