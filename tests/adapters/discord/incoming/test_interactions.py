"""Interactions over HTTP: only Discord's own and fresh ones, each kept before it is answered, once."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest
from nacl.signing import SigningKey

from adapters.discord.events import Command, PhotoSent
from adapters.discord.incoming import reception
from adapters.discord.incoming.interactions import MOST_BYTES, PATH
from adapters.discord.incoming.signatures import SIGNATURE, TIMESTAMP
from adapters.discord.where import Where
from tests.adapters.discord import payloads as p
from tests.adapters.discord.doorway import Setup, Standing, standing
from tests.fakes.discord import Discord
from tests.fakes.discord.interaction import MESSAGE as ANSWERED_WITH_MESSAGE

HTTP_ONLY = Setup(http=True, gateway=False)
PHOTO = b"\xff\xd8\xff"
UNREADABLE = [
    *(b"", b"{", b"[]", b"null", b'"x"', b"[" * 100_000),
    b'{"type": 2}',
    b'{"type": 2, "id": 5}',
    b'{"type": 2, "id": "x"}',
    b'{"type": 2, "id": "5"}',
    b'{"type": 2, "id": "5", "token": "secretthing"}',
]


@asynccontextmanager
async def reached(discord: Discord, folder: Path, setup: Setup = HTTP_ONLY) -> AsyncIterator[Standing]:
    """The entrance, whose address Discord knows."""
    async with standing(discord, folder, setup) as door:
        await door.ready()
        await discord.endpoint.set_url(door.url + PATH)  # tries PING, and a forged signature
        yield door


def somebody_else(folder: Path) -> AbstractContextManager[sqlite3.Connection]:
    """Another connection to the database."""
    file = folder / "petaflop.db"
    return closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False))


async def test_kept_then_answered_202_with_nothing_and_deferred_by_the_callback(
    discord: Discord, tmp_path: Path
) -> None:
    ann = discord.member("Ann", "de")
    async with reached(discord, tmp_path) as door:
        held = discord.fault("callback", "hold")
        sent = await ann.slash("stylize", photo=PHOTO, style="comic")
        (event,) = await door.kept(1, PhotoSent)
        await discord.until(lambda: sent.deliveries or None)
        assert sent.deliveries == [202]  # before the callback has come through
        assert sent.response is None
        held.release()
        await sent.answered()
        assert event.where.interaction == sent.id
        assert sent.message is not None
        assert (sent.message.thinking, sent.message.ephemeral) == (True, False)
        assert discord.gateway.connections == 0
        answer = await discord.endpoint.post(sent.payload)
        assert (answer.status_code, answer.content) == (202, b"")


async def test_a_repeated_id_is_dropped_in_this_process_and_after_a_restart(
    discord: Discord, tmp_path: Path
) -> None:
    ann = discord.member("Ann")
    async with reached(discord, tmp_path) as door:
        sent = await ann.slash("help")
        await sent.answered()
        await discord.endpoint.redeliver(sent)
        assert len(await door.kept(1, Command)) == 1
    async with reached(discord, tmp_path) as door:
        await discord.endpoint.redeliver(sent)
        assert len(await door.kept(1, Command)) == 1
        assert sent.deliveries == [202, 202, 202]
        assert discord.requests.counts["callback"] == 1


async def test_forged_stale_and_malformed_requests_are_refused(discord: Discord, tmp_path: Path) -> None:
    good = json.dumps(p.interaction(data=p.slash("help"))).encode()
    async with reached(discord, tmp_path) as door:
        post = discord.endpoint.post
        assert (await post(good, key=SigningKey.generate())).status_code == 401
        assert (await post(good, age_s=302)).status_code == 401
        assert (await post(good, age_s=-302)).status_code == 401
        signed = discord.endpoint.signed(good + b" ")
        assert (await post(good, headers=signed)).status_code == 401
        for header in (SIGNATURE, TIMESTAMP):
            assert (await post(good, headers={header: None})).status_code == 401
            assert (await post(good, headers={header: "x"})).status_code == 401
        assert (await post(discord.endpoint.ping(), age_s=302)).status_code == 401
        assert await door.events() == []
        async with httpx.AsyncClient(base_url=door.url) as stranger:
            assert (await stranger.post(PATH)).status_code == 401
            assert (await stranger.get(PATH)).status_code == 405
        assert (await post(good, age_s=290)).status_code == 202
        await door.kept(1, Command)


async def test_what_discord_has_signed_but_nobody_can_read_is_400_and_not_logged(
    discord: Discord, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with reached(discord, tmp_path) as door:
        for body in UNREADABLE:
            assert (await discord.endpoint.post(body)).status_code == 400, body[:40]
        assert await door.events() == []
    assert "secretthing" not in caplog.text


async def test_a_body_without_end_is_not_read_to_its_end(discord: Discord, tmp_path: Path) -> None:
    async with reached(discord, tmp_path):
        assert (await discord.endpoint.post(bytes(MOST_BYTES + 1))).status_code == 413


async def test_commands_of_yesterday_are_answered_at_once(discord: Discord, tmp_path: Path) -> None:
    async with reached(discord, tmp_path) as door:
        payload = p.interaction(data=p.slash("gone"))
        assert (await discord.endpoint.post(payload)).status_code == 202
        assert discord.requests.counts["callback"] == 1
        assert await door.events() == []


async def test_suggestions_come_at_once_and_leave_nothing_behind(discord: Discord, tmp_path: Path) -> None:
    ann = discord.member("Ann", "de")
    async with reached(discord, tmp_path) as door:
        assert await ann.types("stylize", "style", "co") == (("💥 Comic", "comic"),)
        assert await ann.types("stylize", "style", "zebra") == ()
        assert await door.events() == []


async def test_without_the_store_the_guest_is_told_at_once(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "KEEP_S", 0.5)
    ann = discord.member("Ann", "de")
    async with reached(discord, tmp_path) as door:
        with somebody_else(tmp_path) as somebody:
            await asyncio.to_thread(somebody.execute, "BEGIN IMMEDIATE")
            sent = await ann.slash("stylize", photo=PHOTO)
            await sent.answered()
            await discord.until(lambda: sent.deliveries or None)
            assert await door.events() == []
        assert sent.deliveries == [503]
        assert sent.response == ANSWERED_WITH_MESSAGE
        assert sent.message is not None
        assert sent.message.ephemeral
        assert "gleich noch einmal" in sent.message.words


async def test_before_we_are_logged_in_discord_is_told_to_come_again(
    discord: Discord, tmp_path: Path
) -> None:
    away = discord.fault("get me", "hold")
    async with standing(discord, tmp_path, HTTP_ONLY) as door:
        discord.world.endpoint_url = door.url + PATH
        pong = await discord.endpoint.post(discord.endpoint.ping())
        assert (pong.status_code, pong.json()) == (200, {"type": 1})
        help_ = p.interaction(data=p.slash("help"))
        assert (await discord.endpoint.post(help_)).status_code == 503
        away.release()
        await door.ready()
        assert (await discord.endpoint.post(help_)).status_code == 202


async def test_interactions_over_http_and_messages_over_the_gateway(discord: Discord, tmp_path: Path) -> None:
    ann = discord.member("Ann")
    async with reached(discord, tmp_path, Setup(http=True)) as door:
        await discord.until_connected()
        await ann.dms("hello", PHOTO)
        await (await ann.slash("stylize", photo=PHOTO)).answered()
        first, second = await door.kept(2, PhotoSent)
        assert {bool(event.where.interaction) for event in (first, second)} == {True, False}


async def test_where_a_guest_brings_us_along_we_know_it(discord: Discord, tmp_path: Path) -> None:
    ann = discord.member("Ann", installed=True)
    theirs = discord.channel(discord.guild("Theirs", ann, bot=False))
    async with reached(discord, tmp_path) as door:
        sent = await ann.slash("stylize", theirs, photo=PHOTO)
        await sent.answered()
        (event,) = await door.kept(1, PhotoSent)
        assert isinstance(event.where, Where)
        assert not event.where.member
