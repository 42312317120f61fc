"""The gateway: whatever ends a connection or is missed, no message that is meant for us is lost."""

import asyncio
import logging
import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.discord.events import PhotoSent
from adapters.discord.incoming import client as client_module
from adapters.discord.incoming.gateway import intents
from tests.adapters.discord.doorway import Setup, Standing, eventually, settled, standing
from tests.fakes.discord import Discord, running

PHOTO = b"\xff\xd8\xff"
BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("MESSAGE_CREATE", {"content": "secretthing"}),
    ("MESSAGE_CREATE", {"id": "1", "channel_id": "2", "author": None, "content": "secretthing"}),
    ("INTERACTION_CREATE", {"id": "1", "token": "secretthing"}),
    ("GUILD_CREATE", {}),
    ("MESSAGE_UPDATE", {}),
    ("NEW_IN_2027", {"x": 1}),
]


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our Discord takes a second session sooner than the real one."""
    monkeypatch.setattr(client_module, "IDENTIFY_GAP_S", 0.1)


async def photos(door: Standing, *wishes: str) -> None:
    """Wait for photos with these wishes, once each, in whatever order."""
    events = await door.kept(len(wishes), PhotoSent)
    assert sorted(event.wish for event in events) == sorted(wishes)


def said(caplog: pytest.LogCaptureFixture) -> str:
    """What our own log says; the library's is silenced in the program."""
    return "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("adapters"))


async def test_a_session_that_stands_counts_as_good_before_anybody_says_a_word(
    discord: Discord, tmp_path: Path
) -> None:
    async with standing(discord, tmp_path) as door:
        await settled(discord)
        held = next(one for one in door.entrance.uplinks if one.via == "gateway")

        async def is_up() -> bool:
            return held.up

        await eventually(is_up)
        assert door.entrance.uplink().heard_s is None
        await discord.member("Ann").dms("one", PHOTO)
        await photos(door, "one")
        report = door.entrance.uplink()
        assert (report.via, report.up, report.trouble) == ("gateway", True, "")
        assert report.heard_s is not None


async def test_a_dropped_connection_is_resumed_and_nothing_is_read_twice(
    discord: Discord, tmp_path: Path
) -> None:
    ann = discord.member("Ann")
    async with standing(discord, tmp_path) as door:
        await settled(discord)
        await ann.dms("one", PHOTO)
        await photos(door, "one")
        discord.gateway.drop()
        await ann.dms("two", PHOTO)
        await photos(door, "one", "two")
        assert discord.gateway.resumed == 1
        assert len(discord.gateway.identified) == 1
        assert discord.requests.counts["list messages"] == 0


@pytest.mark.parametrize("how", ["invalidated", "forgotten", "asked to reconnect"])
async def test_after_a_lost_session_open_conversations_are_read_again(
    discord: Discord, tmp_path: Path, how: str
) -> None:
    ann, bob = discord.member("Ann"), discord.member("Bob")
    party = discord.channel(discord.guild("Party", ann, bob))
    async with standing(discord, tmp_path) as door:
        await settled(discord)
        await ann.dms("one", PHOTO)
        await bob.posts(party, f"{discord.bot.mention} two", [PHOTO])
        await photos(door, "one", "two")
        discord.gateway.away = True
        match how:
            case "invalidated":
                discord.gateway.invalidate(resumable=False)
            case "forgotten":
                discord.gateway.close(1001)
                discord.gateway.forget()
            case _:
                discord.gateway.reconnect()
                discord.gateway.forget()
        await ann.dms("three", PHOTO, PHOTO)
        await bob.posts(party, f"{discord.bot.mention} four", [PHOTO])
        await bob.posts(party, "for somebody else", [PHOTO])
        discord.gateway.away = False
        await photos(door, "one", "two", "three", "four")
        assert len(discord.gateway.identified) == 2


async def test_what_was_said_while_nobody_was_there_is_read_at_the_next_start(
    discord: Discord, tmp_path: Path
) -> None:
    ann, gone = discord.member("Ann"), discord.member("Gone")
    party = discord.channel(discord.guild("Party", ann))
    closed_ = discord.channel(discord.guild("Closed", gone))
    async with standing(discord, tmp_path) as door:
        await settled(discord)
        await ann.dms("one", PHOTO)
        await (await ann.slash("stylize", party, photo=PHOTO, style="two")).answered()
        await gone.posts(closed_, f"{discord.bot.mention} three", [PHOTO])
        await photos(door, "one", "two", "three")
    assert closed_.guild is not None
    discord.remove_bot(closed_.guild)
    await ann.dms("four", PHOTO)
    await ann.posts(party, f"{discord.bot.mention} five", [PHOTO])
    discord.fault("list messages", "server error", status=503, times=2)
    discord.fault("list messages", "reset before", skip=1)
    async with standing(discord, tmp_path) as door:
        await photos(door, "one", "two", "three", "four", "five")


async def test_an_event_that_nobody_can_read_harms_no_other(
    discord: Discord, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ann = discord.member("Ann")
    async with standing(discord, tmp_path) as door:
        await settled(discord)
        for event, data in BROKEN:
            discord.gateway.dispatch(event, data)
        await ann.dms("one", PHOTO)
        await photos(door, "one")
        assert discord.gateway.connections == 1
    assert "MESSAGE_CREATE can't be read" in said(caplog)
    assert "secretthing" not in said(caplog)


async def test_without_the_privileged_intent_it_goes_on_and_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(message_content=False) as discord:
        ann = discord.member("Ann")
        party = discord.channel(discord.guild("Party", ann))
        async with standing(discord, tmp_path) as door:
            await settled(discord)
            await ann.dms("one", PHOTO)
            await ann.posts(party, f"{discord.bot.mention} two", [PHOTO])
            await photos(door, "one", "two")
        assert discord.gateway.identified == [intents(content=how).value for how in (True, False)]
    assert said(caplog).count("Message Content Intent") == 1


@pytest.mark.parametrize("when", ["at the start", "taken back"])
async def test_a_wrong_token_turns_discord_off_with_one_line(
    discord: Discord, tmp_path: Path, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "adapters.discord")
    setup = Setup(token="MTAw.wrong.token" if when == "at the start" else None)
    async with standing(discord, tmp_path, setup) as door:

        async def off() -> bool:
            return door.entrance.calls.off

        if when == "taken back":
            await settled(discord)
            discord.gateway.close(4004)
        await eventually(off)
        asked = len(discord.requests)
        assert await door.events() == []
    assert len(discord.requests) == asked
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("adapters")]
    assert len(lines) == 1
    assert lines[0].startswith("Discord is off: it refuses the token. Set PETAFLOP_DISCORD_TOKEN")


async def test_it_starts_without_discord_and_finds_it_later(discord: Discord, tmp_path: Path) -> None:
    ann = discord.member("Ann")
    async with AsyncExitStack() as stack:
        with discord.away():
            door = await stack.enter_async_context(standing(discord, tmp_path))
            await discord.until_requested("get me", 2)
        await settled(discord)
        await ann.dms("one", PHOTO)
        await photos(door, "one")


@pytest.mark.parametrize("code", [4000, 4010, 4013])
async def test_whatever_code_a_connection_is_closed_with_a_new_one_is_made(
    discord: Discord, tmp_path: Path, code: int
) -> None:
    ann = discord.member("Ann")
    async with standing(discord, tmp_path) as door:
        await settled(discord)
        await ann.dms("one", PHOTO)
        await photos(door, "one")
        discord.gateway.close(code)
        await ann.dms("two", PHOTO)
        await photos(door, "one", "two")
        # Discord is still answered: the gateway's end is not the end of the other requests.
        await door.entrance.client.get_partial_messageable(ann.dm.id).send("hello")


async def test_the_address_of_the_gateway_is_asked_for_where_none_is_set(
    discord: Discord, tmp_path: Path
) -> None:
    async with standing(discord, tmp_path, Setup(asks_for_gateway=True)):
        await discord.until_connected()
    assert discord.requests.counts["get gateway"] + discord.requests.counts["get bot gateway"] >= 1


async def test_a_message_is_kept_as_soon_as_the_store_is_back(discord: Discord, tmp_path: Path) -> None:
    ann = discord.member("Ann")
    async with standing(discord, tmp_path) as door:
        await settled(discord)
        await door.ready()
        file = tmp_path / "petaflop.db"
        with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as somebody:
            await asyncio.to_thread(somebody.execute, "BEGIN IMMEDIATE")
            await ann.dms("one", PHOTO)
            await ann.dms("two", PHOTO)
            assert await door.events() == []
            somebody.execute("COMMIT")
        await photos(door, "one", "two")


@pytest.mark.postgres
async def test_two_replicas_hold_one_connection_and_the_second_takes_over(
    discord: Discord, tmp_path: Path, postgres_database: sa.URL
) -> None:
    ann = discord.member("Ann")
    async with AsyncExitStack() as first, AsyncExitStack() as second:
        one = await first.enter_async_context(standing(discord, tmp_path / "1", url=postgres_database))
        await settled(discord)
        other = await second.enter_async_context(standing(discord, tmp_path / "2", url=postgres_database))
        await other.ready()
        await ann.dms("one", PHOTO)
        await photos(one, "one")
        assert discord.gateway.connections == 1
        await first.aclose()
        await ann.dms("two", PHOTO)  # while nobody listens
        await photos(other, "one", "two")
        assert discord.gateway.connections == 2
