"""What lies between Discord and the inbox: many events at once, and how far each channel is read."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.discord.events import Command, Guest, NoPhoto
from adapters.discord.incoming.intake import MOST, Intake
from adapters.discord.incoming.journal import CHANNELS, OPEN_S, Journal, snowflake
from adapters.discord.where import Where
from bot.store.stores import Stores, open_stores
from bot.store.tables import inbox
from tests.adapters.discord import payloads as p

NOW = snowflake(time.time())


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    url = sa.URL.create("sqlite+aiosqlite", database=str(tmp_path / "petaflop.db"))
    async with open_stores(url, tmp_path) as opened:
        yield opened


def command(number: int, channel: int = 1, *, member: bool = True) -> Command:
    where = Where(channel, interaction=NOW + number, member=member)
    return Command(f"discord:i:{NOW + number}", where, Guest(p.ANN), "help")


def said(number: int, channel: int) -> NoPhoto:
    """A message."""
    return NoPhoto(f"discord:m:{NOW + number}", Where(channel), Guest(p.ANN), "text")


async def keys(stores: Stores) -> list[str]:
    query = sa.select(inbox.c.key).order_by(inbox.c.seq)
    async with stores.database.read() as connection:
        return list((await connection.execute(query)).scalars())


async def test_a_crowd_is_kept_in_its_order_and_each_is_told_whether_it_is_new(
    stores: Stores, tmp_path: Path
) -> None:
    intake = Intake(stores.inbox, Journal(stores.meta))
    assert await intake.keep(command(7))
    file = tmp_path / "petaflop.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as somebody:
        await asyncio.to_thread(somebody.execute, "BEGIN IMMEDIATE")
        crowd = [asyncio.ensure_future(intake.keep(command(number))) for number in range(MOST + 20)]
        await asyncio.sleep(0)
        somebody.execute("COMMIT")
    told = await asyncio.gather(*crowd)
    assert [number for number, fresh in enumerate(told) if not fresh] == [7]
    expected = [command(number).key for number in (7, *range(7), *range(8, MOST + 20))]
    assert await keys(stores) == expected


async def test_who_stops_waiting_harms_nobody(stores: Stores) -> None:
    intake = Intake(stores.inbox, Journal(stores.meta))
    hasty = asyncio.ensure_future(intake.keep(command(1)))
    patient = asyncio.ensure_future(intake.keep(command(2)))
    await asyncio.sleep(0)
    hasty.cancel()
    assert await patient
    await intake.close()
    assert await keys(stores) == [command(1).key, command(2).key]


async def test_all_are_told_when_nothing_could_be_kept(stores: Stores) -> None:
    async with stores.database.write() as connection:
        await connection.execute(sa.schema.DropTable(inbox))
    intake = Intake(stores.inbox, Journal(stores.meta))
    told = await asyncio.gather(*(intake.keep(command(n)) for n in range(3)), return_exceptions=True)
    assert [type(error) for error in told] == [sa.exc.OperationalError] * 3


async def test_how_far_a_channel_is_read_outlives_a_restart(stores: Stores) -> None:
    intake = Intake(stores.inbox, Journal(stores.meta))
    for number, channel in [(1, 10), (2, 20), (3, 10), (1, 10)]:
        await intake.keep(said(number, channel))
    await intake.close()
    opened = await Journal(stores.meta).open()
    assert [(read.channel, read.last) for read in opened] == [(10, NOW + 3), (20, NOW + 2)]


async def test_a_command_opens_a_conversation_and_says_nothing_of_what_was_said_before(
    stores: Stores,
) -> None:
    before = Intake(stores.inbox, Journal(stores.meta))
    await before.keep(said(1, 10))
    await before.close()
    intake = Intake(stores.inbox, Journal(stores.meta))
    await intake.keep(command(5, 10))
    await intake.keep(command(6, 20))
    await intake.keep(command(8, 30, member=False))  # there we can't read
    await intake.close()
    opened = await Journal(stores.meta).open()
    assert [(read.channel, read.last) for read in opened] == [(20, NOW + 6), (10, NOW + 1)]


async def test_what_is_heard_while_it_is_looked_up_is_not_forgotten(stores: Stores) -> None:
    await Journal(stores.meta).heard(Where(10), NOW + 1)
    journal = Journal(stores.meta)
    opening = asyncio.ensure_future(journal.open())
    await asyncio.sleep(0)
    await journal.heard(Where(10), NOW + 9)
    await journal.heard(Where(20), NOW + 9)
    assert [(read.channel, read.last) for read in await opening] == [(10, NOW + 1)]
    again = await Journal(stores.meta).open()
    assert [(read.channel, read.last) for read in again] == [(20, NOW + 9), (10, NOW + 1)]


async def test_replicas_add_to_each_other(stores: Stores) -> None:
    one, other = Journal(stores.meta), Journal(stores.meta)
    await one.heard(Where(10), NOW + 1)
    await other.heard(Where(20, guild=5), NOW + 2)
    await other.heard(Where(10), NOW + 3)
    await other.write()
    assert [(read.channel, read.last, read.guild) for read in await one.open()] == [
        (10, NOW + 3, None),
        (20, NOW + 2, 5),
    ]


async def test_what_is_noted_behind_a_gap_does_not_count_until_the_gap_is_read(stores: Stores) -> None:
    journal = Journal(stores.meta)
    await journal.heard(Where(10), NOW + 1)
    await journal.open()
    await journal.heard(Where(10), NOW + 9)
    assert [read.last for read in await journal.open()] == [NOW + 1]
    journal.read(10)
    await journal.heard(Where(10), NOW + 9)
    assert [read.last for read in await journal.open()] == [NOW + 9]


async def test_only_so_many_and_no_old_conversations_are_remembered(stores: Stores) -> None:
    journal = Journal(stores.meta)
    await journal.heard(Where(1), snowflake(time.time() - OPEN_S - 60))
    await asyncio.gather(*(journal.heard(Where(channel), NOW + channel) for channel in range(100, 310)))
    channels = [read.channel for read in await journal.open()]
    assert channels == list(range(309, 309 - CHANNELS, -1))


async def test_a_journal_that_can_not_be_read_is_an_empty_one(stores: Stores) -> None:
    await stores.meta.remember("discord-channels", "{")
    journal = Journal(stores.meta)
    assert await journal.open() == []
    await journal.heard(Where(10), NOW)
    assert len(await Journal(stores.meta).open()) == 1
