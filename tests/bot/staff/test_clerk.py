"""What platforms send is handled once and in each chat's order, on both databases."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import ChatGone, DeliveryError
from bot.nouns import Inbound
from bot.store.tables import inbox as table
from tests.bot.opened import ANN, BOB, PATIENCE_S, Opened, opened, until
from tests.fakes.listener import RecordingListener


@pytest.fixture
def listener() -> RecordingListener:
    return RecordingListener()


@pytest.fixture
async def core(database_url: sa.URL, tmp_path: Path, listener: RecordingListener) -> AsyncIterator[Opened]:
    async with opened(database_url, tmp_path, listeners=lambda _: [listener]) as one:
        async with asyncio.timeout(PATIENCE_S):
            yield one


def inbound(number: int, lane: str = "chat 1") -> Inbound:
    return Inbound(f"web:{number}", "web", f"payload {number}", lane, ANN)


async def pending(core: Opened) -> int:
    waiting = sa.select(sa.func.count()).where(table.c.payload.is_not(None))
    async with core.stores.database.read() as connection:
        return int(await connection.scalar(waiting) or 0)


async def all_done(core: Opened) -> None:
    async def none() -> bool:
        return not await pending(core)

    await until(none)


async def test_an_event_is_handled_once_and_only_its_key_stays(
    core: Opened, listener: RecordingListener
) -> None:
    assert await core.stores.inbox.keep(inbound(1))
    await listener.until("payload 1")
    await all_done(core)
    assert not await core.stores.inbox.keep(inbound(1))
    kept = await core.stores.inbox.keep_all([inbound(1), inbound(2), inbound(2)])
    assert kept == {inbound(2).key}
    await listener.until("payload 2")
    assert listener.begun == ["payload 1", "payload 2"]
    async with core.stores.database.read() as connection:
        rows = (await connection.execute(sa.select(table).order_by(table.c.seq))).all()
    assert [(row.key, row.payload, row.guest) for row in rows[:1]] == [("web:1", None, None)]


async def test_a_chat_is_served_in_order_and_holds_no_other_up(
    core: Opened, listener: RecordingListener
) -> None:
    listener.held["payload 1"] = asyncio.Event()
    await core.stores.inbox.keep_all([inbound(1), inbound(2), inbound(3, "chat 2"), inbound(4)])
    await listener.until("payload 3")
    assert set(listener.begun) == {"payload 1", "payload 3"}
    listener.held["payload 1"].set()
    await listener.until("payload 4")
    assert listener.handled == ["payload 3", "payload 1", "payload 2", "payload 4"]


async def test_a_platform_that_is_away_is_tried_again_and_its_chat_keeps_its_order(
    core: Opened, listener: RecordingListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.worker.FIRST_RETRY_S", 0.0)
    listener.errors = [DeliveryError() for _ in range(5)]
    await core.stores.inbox.keep_all([inbound(1), inbound(2)])
    await listener.until("payload 2")
    assert listener.begun == ["payload 1"] * 6 + ["payload 2"]


async def test_a_pause_is_kept_in_its_chat_only(core: Opened, listener: RecordingListener) -> None:
    listener.errors = [DeliveryError(retry_after_s=300.0)]
    await core.stores.inbox.keep(inbound(1))
    await listener.until_begun("payload 1")
    await core.stores.inbox.keep_all([inbound(2), inbound(3, "chat 2")])
    await listener.until("payload 3")

    async def two_left() -> bool:
        return await pending(core) == 2

    await until(two_left)
    assert listener.begun == ["payload 1", "payload 3"]


async def test_who_has_blocked_us_is_not_asked_again(core: Opened, listener: RecordingListener) -> None:
    listener.errors = [ChatGone()]
    await core.stores.inbox.keep(inbound(1))
    await listener.until_begun("payload 1")
    await all_done(core)
    assert listener.begun == ["payload 1"]


async def test_a_slip_of_ours_is_tried_thrice_and_then_the_chat_goes_on(
    core: Opened,
    listener: RecordingListener,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.underway.worker.FIRST_RETRY_S", 0.0)
    listener.errors = [KeyError("what a guest wrote") for _ in range(3)]
    await core.stores.inbox.keep_all([inbound(1), inbound(2)])
    await listener.until("payload 2")
    assert listener.begun == ["payload 1"] * 3 + ["payload 2"]
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "KeyError at" in logged
    assert "wrote" not in logged
    assert "payload" not in logged


async def test_a_restart_handles_what_was_not_handled(database_url: sa.URL, tmp_path: Path) -> None:
    stuck, fresh = RecordingListener(), RecordingListener()
    stuck.held["payload 1"] = asyncio.Event()
    async with asyncio.timeout(PATIENCE_S):
        async with opened(database_url, tmp_path, listeners=lambda _: [stuck]) as before:
            await before.stores.inbox.keep_all([inbound(1), inbound(2)])
            await stuck.until_begun("payload 1")
        async with opened(database_url, tmp_path, listeners=lambda _: [fresh]):
            await fresh.until("payload 2")
    assert fresh.handled == ["payload 1", "payload 2"]
    assert not stuck.handled


async def test_without_a_listener_events_wait(database_url: sa.URL, tmp_path: Path) -> None:
    late = RecordingListener()
    async with opened(database_url, tmp_path) as before:
        await before.stores.inbox.keep(inbound(1))
        assert await before.stores.inbox.claim(["elsewhere"], "me", 5) == []
    async with asyncio.timeout(PATIENCE_S), opened(database_url, tmp_path, listeners=lambda _: [late]):
        await late.until("payload 1")


async def test_forgetting_erases_what_nobody_has_looked_at_but_ends_what_is_being_handled(
    core: Opened, listener: RecordingListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.worker.FIRST_RETRY_S", 0.0)
    listener.errors = [DeliveryError()]  # the receipt has to be sent again
    listener.held["payload 1"] = asyncio.Event()
    theirs = Inbound("web:bob", "web", "bob's", "chat 1", BOB)
    await core.stores.inbox.keep_all([inbound(1), inbound(2), theirs])
    await listener.until_begun("payload 1")
    receipt = await core.booth.forget(ANN)
    assert not any(receipt.erased.values())
    listener.held["payload 1"].set()
    await listener.until("bob's")
    assert listener.handled == ["payload 1", "bob's"]
    assert not await core.stores.inbox.keep(inbound(2))
