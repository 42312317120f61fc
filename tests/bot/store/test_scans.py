"""Scans are counted once an event, by place and day, and hold nothing of a guest; on both databases."""

import asyncio

import sqlalchemy as sa

from bot.nouns import Arrival, Scans
from bot.store.database import Database
from bot.store.scans import MOST_A_DAY, ScanStore
from bot.store.tables import inbox, scans


def arrival(key: str, place: str = "hall-2", event: str = "pycon26", platform: str = "telegram") -> Arrival:
    return Arrival(key, platform, event, place)


async def counted(store: ScanStore) -> dict[tuple[str, str, str], int]:
    return {(one.platform, one.event, one.place): one.count for one in await store.all()}


async def test_each_event_is_counted_once_even_when_it_comes_at_once(database: Database) -> None:
    store = ScanStore(database)
    comers = [arrival(f"telegram:7:{number % 3}") for number in range(9)]
    assert sum(await asyncio.gather(*map(store.count, comers))) == 3
    assert await store.count(arrival("other", place="door", platform="web"))
    assert await counted(store) == {
        ("telegram", "pycon26", "hall-2"): 3,
        ("web", "pycon26", "door"): 1,
    }


async def test_no_guest_is_in_it(database: Database) -> None:
    await ScanStore(database).count(arrival("telegram:4711:12"))
    async with database.read() as connection:
        kept = [*(await connection.execute(sa.select(inbox))), *(await connection.execute(sa.select(scans)))]
    assert len(kept) == 2
    assert "4711" not in str(kept)


async def test_what_names_nothing_or_is_no_name_is_not_counted(database: Database) -> None:
    store = ScanStore(database)
    for names in (("", ""), ("x" * 65, "a"), ("a b", "c"), ("ok", "<b>"), ("ä", "")):
        assert not await store.count(Arrival("key", "web", *names))
    assert await store.count(arrival("key", place=""))
    assert list(await counted(store)) == [("telegram", "pycon26", "")]


async def test_made_up_places_do_not_fill_the_table(database: Database) -> None:
    now = [0.0]
    store = ScanStore(database, clock=lambda: now[0])
    row = {"platform": "telegram", "event": "pycon26", "day": "1970-01-01", "count": 1}
    rows = [{**row, "place": str(number)} for number in range(MOST_A_DAY)]
    async with database.write() as connection:
        await connection.execute(sa.insert(scans).values(rows))
    for key, place in (("a", "0"), ("b", "new"), ("c", "newer")):
        await store.count(arrival(key, place=place))
    found = await counted(store)
    assert (found["telegram", "pycon26", "0"], found["telegram", "", ""]) == (2, 2)
    now[0] += 86400
    await store.count(arrival("d", place="new"))
    newest = (await store.all())[0]
    assert newest == Scans("telegram", "pycon26", "new", "1970-01-02", 1)
