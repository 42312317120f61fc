"""How updates come in: webhook and long polling, each kept before it is acknowledged, handled once."""

import logging
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from adapters.telegram.incoming.webhook import HEADER, MOST_BYTES, PATH, webhook_secret
from bot.store.tables import inbox
from tests.adapters.telegram.opened import (
    SECRET,
    Opened,
    Setup,
    finished,
    opened,
    selfie,
    styles_shown,
)
from tests.fakes.telegram import Telegram

UPDATE = {
    "update_id": 70,
    "message": {
        "message_id": 5,
        "date": 1,
        "chat": {"id": 99, "type": "private", "first_name": "Ann"},
        "from": {"id": 99, "is_bot": False, "first_name": "Ann", "last_name": "Secretname"},
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    },
}


async def kept(booth: Opened) -> list[str | None]:
    """The payloads in the inbox; None is handled."""
    async with booth.stores.database.read() as connection:
        return list((await connection.execute(sa.select(inbox.c.payload))).scalars())


async def polled(telegram: Telegram) -> None:
    """Wait until somebody asks for updates; a long poll's request is not counted before it ends."""
    await telegram.world.news.until(lambda: telegram.inbox.asked)


async def test_the_webhook_asks_for_its_secret_and_for_updates_that_can_be_read(
    telegram: Telegram, tmp_path: Path
) -> None:
    good = {HEADER: webhook_secret(SECRET, 1)}
    async with (
        opened(telegram, tmp_path, Setup(webhook=True)) as booth,
        httpx.AsyncClient(base_url=booth.url) as stranger,
    ):
        assert (await stranger.post(PATH, json=UPDATE)).status_code == 403
        assert (await stranger.post(PATH, json=UPDATE, headers={HEADER: "x"})).status_code == 403
        assert (
            await stranger.post(PATH, json=UPDATE, headers={HEADER.encode(): "é".encode()})
        ).status_code == 403
        assert (await stranger.post(PATH, content=b"{", headers=good)).status_code == 400
        assert (await stranger.post(PATH, content=b"[]", headers=good)).status_code == 400
        assert (await stranger.post(PATH, json={"message": {}}, headers=good)).status_code == 400
        assert (await stranger.post(PATH, content=bytes(MOST_BYTES + 1), headers=good)).status_code == 413
        assert (await stranger.get(PATH)).status_code == 405
        assert await kept(booth) == []


async def test_an_update_is_kept_once_without_a_name_and_answered_200(
    telegram: Telegram, tmp_path: Path
) -> None:
    good = {HEADER: webhook_secret(SECRET, 1)}
    telegram.fault("sendMessage", "server error", times=None)
    async with (
        opened(telegram, tmp_path, Setup(webhook=True)) as booth,
        httpx.AsyncClient(base_url=booth.url) as courier,
    ):
        for _again in range(3):
            assert (await courier.post(PATH, json=UPDATE, headers=good)).status_code == 200
        found = await kept(booth)
        assert len(found) == 1
        assert "Secretname" not in str(found)
        assert "Ann" not in str(found)


async def test_a_redelivered_update_makes_no_second_message(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path, Setup(webhook=True)) as booth:
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), "comic")
        await finished(ann.chat)
        good = {HEADER: webhook_secret(SECRET, 1)}
        async with booth.stores.database.read() as connection:
            keys = list((await connection.execute(sa.select(inbox.c.key))).scalars())
        number = max(int(key.rpartition(":")[2]) for key in keys)
        async with httpx.AsyncClient(base_url=booth.url) as courier:
            again = await courier.post(PATH, json={**UPDATE, "update_id": number}, headers=good)
        assert again.status_code == 200
        await ann.send_text("/help")
        await ann.chat.until(lambda chat: len(chat.from_bot) == 2)


@pytest.mark.parametrize("webhook", [False, True])
async def test_an_update_that_the_library_can_not_read_blocks_nobody_and_is_not_logged(
    telegram: Telegram, tmp_path: Path, webhook: bool, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"chat": {"id": 5, "type": "private", "first_name": "Secretname"}, "date": 1}
    telegram.inbox.put("message", broken, 5)
    async with opened(telegram, tmp_path, Setup(webhook=webhook)):
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), "comic")
        await finished(ann.chat)
        await telegram.inbox.until_empty()
    assert "can't be read" in caplog.text
    assert "Secretname" not in caplog.text


async def test_from_polling_to_the_webhook_and_back_without_a_hand(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann = telegram.guest("Ann")
    for number, webhook in enumerate((False, True, False)):
        await ann.send_photo(selfie(60), "comic")  # while nobody is there
        async with opened(telegram, tmp_path, Setup(webhook=webhook)):
            await finished(ann.chat, number + 1)
            assert bool(telegram.hook.url) == webhook
    assert len(ann.chat.from_bot) == 3


async def test_only_what_is_used_is_asked_for(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        await polled(telegram)
    kinds = {"message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member"}
    assert set(telegram.inbox.asked) == kinds


async def test_a_webhook_set_by_hand_does_not_stop_polling(
    telegram: Telegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with opened(telegram, tmp_path):
        await polled(telegram)
        async with httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}") as hand:
            await hand.post("/setWebhook", json={"url": "http://127.0.0.1:9/elsewhere"})
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60))
        await ann.chat.until_bot(styles_shown, 20)
    assert telegram.token not in caplog.text


async def test_no_guest_waits_for_another(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        slow, quick = telegram.guest("Slow"), telegram.guest("Quick")
        telegram.fault("sendPhoto", "slow", chat=slow.id, delay_s=5, times=1)
        await slow.send_photo(selfie(60))
        await telegram.until_requested("setMessageReaction")
        await quick.send_photo(selfie(90), "comic")
        await finished(quick.chat)
        assert slow.chat.from_bot == []


@pytest.mark.postgres
async def test_two_replicas_share_one_poll_and_make_each_picture_once(
    telegram: Telegram, tmp_path: Path, postgres_database: sa.URL
) -> None:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(opened(telegram, tmp_path / "1", url=postgres_database))
        await polled(telegram)
        other = opened(telegram, tmp_path / "2", url=postgres_database)
        async with other as second:
            await telegram.until_requested("getMe", 2)
            guests = [telegram.guest(f"Guest {number}") for number in range(4)]
            for guest in guests:
                await guest.send_photo(selfie(60))
            for guest in guests:
                await guest.press("💥 Comic", await guest.chat.until_bot(styles_shown))
            for guest in guests:
                await finished(guest.chat)
                assert len(guest.chat.from_bot) == 1
            assert len(first.renderer.orders) + len(second.renderer.orders) == 4
        assert {request.status for request in telegram.requests.of("getUpdates")} <= {0, 200}


@pytest.mark.postgres
async def test_another_replica_polls_when_the_first_is_gone(
    telegram: Telegram, tmp_path: Path, postgres_database: sa.URL
) -> None:
    async with AsyncExitStack() as first, AsyncExitStack() as second:
        await first.enter_async_context(opened(telegram, tmp_path / "1", url=postgres_database))
        await polled(telegram)
        await second.enter_async_context(opened(telegram, tmp_path / "2", url=postgres_database))
        await telegram.until_requested("getMe", 2)
        await first.aclose()
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), "comic")
        await finished(ann.chat)
        assert len(ann.chat.from_bot) == 1


@pytest.mark.postgres
async def test_the_whole_story_on_postgresql_with_a_restart(
    telegram: Telegram, tmp_path: Path, postgres_database: sa.URL
) -> None:
    ann = telegram.guest("Ann")
    async with opened(telegram, tmp_path, Setup(webhook=True), url=postgres_database):
        await ann.send_photo(selfie(60))
        await ann.chat.until_bot(styles_shown)
    async with opened(telegram, tmp_path, Setup(webhook=True), url=postgres_database):
        await ann.press("💥 Comic")
        await finished(ann.chat)
        assert len(ann.chat.from_bot) == 1
