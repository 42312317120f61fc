"""What goes wrong between us and Telegram; each story ends with one message that shows one picture."""

import asyncio
import logging
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from adapters.telegram.api.budget import Paces
from bot.states import JobState
from tests.adapters.telegram.opened import (
    Setup,
    finished,
    in_one_message,
    is_finished,
    opened,
    selfie,
    styles_shown,
)
from tests.fakes.telegram import Guest, Limits, Telegram, running
from tests.fakes.telegram.faults import Kind


async def whole_story(guest: Guest) -> None:
    await guest.send_photo(selfie(60))
    await guest.press("💥 Comic", await guest.chat.until_bot(styles_shown, 30))
    await finished(guest.chat)
    await in_one_message(guest)


KINDS: tuple[Kind, ...] = ("reset before", "reset after", "server error")


@pytest.mark.parametrize("method", ["sendPhoto", "editMessageMedia", "getFile", "download", "*"])
async def test_faults_of_each_request(telegram: Telegram, tmp_path: Path, method: str) -> None:
    async with opened(telegram, tmp_path):
        await telegram.until_requested("setChatMenuButton")
        for kind in KINDS:
            ann = telegram.guest("Ann")
            telegram.fault(method, kind)
            telegram.fault(method, kind, skip=1)
            await whole_story(ann)


async def test_a_storm_of_502(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        await telegram.until_requested("setChatMenuButton")
        telegram.fault("*", "server error", times=8)
        await whole_story(telegram.guest("Ann"))


@pytest.mark.parametrize("wish", ["", "comic"])
async def test_a_first_message_whose_answer_was_lost_is_found_after_a_restart(
    telegram: Telegram, tmp_path: Path, wish: str
) -> None:
    ann = telegram.guest("Ann")
    async with opened(telegram, tmp_path):
        method = "sendMessage" if wish else "sendPhoto"
        telegram.fault(method, "reset after")
        await ann.send_photo(selfie(60), caption=wish)
        await ann.chat.until_bot()
    async with opened(telegram, tmp_path):
        if not wish:
            await ann.press("💥 Comic")
        await finished(ann.chat)
        await in_one_message(ann)


async def test_again_whose_first_message_was_lost_makes_no_second_picture(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        await whole_story(ann)
        telegram.fault("sendMessage", "reset after")
        await ann.press("Again")
        await finished(ann.chat, 2)
        assert len([message for message in ann.chat.from_bot if is_finished(message)]) == 2


async def test_floods_in_some_chats_are_obeyed_there_and_hold_up_no_other(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with opened(telegram, tmp_path):
        told = ((telegram.guest("Ann"), 2), (telegram.guest("Bob"), 1))
        floods = [
            telegram.fault("*", "flood", chat=guest.id, retry_after=seconds, times=None)
            for guest, seconds in told
        ]
        for guest, _seconds in told:
            await guest.send_photo(selfie(60), caption="comic")
        await telegram.world.news.until(
            lambda: all(telegram.requests.of("sendMessage", chat=guest.id) for guest, _seconds in told)
        )
        await asyncio.gather(*(whole_story(telegram.guest(f"Guest {number}")) for number in range(3)))
        for flood in floods:
            flood.clear()
        for guest, seconds in told:
            await finished(guest.chat)
            await in_one_message(guest)
            sends = [sent.came_at for sent in telegram.requests.of("sendMessage", chat=guest.id)]
            assert len(sends) > 1
            assert all(later - sooner >= seconds for sooner, later in pairwise(sends))


async def test_a_storm_of_429(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        await telegram.until_requested("setChatMenuButton")
        telegram.fault("*", "flood", times=4, retry_after=1)
        await whole_story(telegram.guest("Ann"))


async def test_our_own_budget_meets_no_flood(tmp_path: Path) -> None:
    async with (
        running(limits=Limits()) as telegram,
        opened(telegram, tmp_path, Setup(previews=True, paces=Paces())),
    ):
        guests = [telegram.guest(f"Guest {number}") for number in range(4)]
        await asyncio.gather(*(guest.send_photo(selfie(60), caption="comic") for guest in guests))
        for guest in guests:
            await finished(guest.chat)
            await in_one_message(guest)
        assert {request.status for request in telegram.requests} <= {0, 200}


async def test_a_deleted_status_message_becomes_a_fresh_one(telegram: Telegram, tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with opened(telegram, tmp_path) as booth:
        booth.renderer.hold = hold
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), caption="comic")
        await booth.renderer.started.get()
        await ann.delete(await ann.chat.until_bot())
        telegram.fault("editMessageMedia", "reset after", skip=1)
        telegram.fault("sendMessage", "reset after")  # the fresh one's own answer
        hold.set()
        await finished(ann.chat)
        await in_one_message(ann)


async def test_whoever_blocks_the_bot_ends_their_jobs_quietly(telegram: Telegram, tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with opened(telegram, tmp_path) as booth:
        booth.renderer.hold = hold
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        await ann.send_photo(selfie(60), caption="comic")
        await booth.renderer.started.get()
        await ann.block_bot()
        await ann.chat.until(lambda chat: chat.bot.status == "kicked")
        async with asyncio.timeout(20):
            while (await booth.jobs(ann))[0].state is not JobState.CANCELLED:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        hold.set()
        await whole_story(bob)


async def test_a_wrong_token_turns_telegram_off_with_one_line_and_the_page_goes_on(
    telegram: Telegram, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with opened(telegram, tmp_path, Setup(token="1:WRONG")) as booth:
        async with asyncio.timeout(20):
            while "Telegram is off" not in caplog.text:  # noqa: ASYNC110 # a log tells nobody
                await asyncio.sleep(0.02)
        async with httpx.AsyncClient(base_url=booth.url) as page:
            assert (await page.get("/api/styles")).status_code == 200
        asked = len(telegram.requests)
    assert len(telegram.requests) == asked == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "WRONG" not in caplog.text


@pytest.mark.parametrize("webhook", [False, True])
async def test_it_starts_without_telegram_and_registers_when_it_can(
    telegram: Telegram, tmp_path: Path, webhook: bool
) -> None:
    ann = telegram.guest("Ann")
    with telegram.away():
        house = opened(telegram, tmp_path, Setup(webhook))
        booth = await house.__aenter__()
        async with httpx.AsyncClient(base_url=booth.url) as page:
            assert (await page.get("/api/styles")).status_code == 200
        await ann.send_photo(selfie(60))
        await telegram.until_requested("getMe")
    await ann.press("💥 Comic", await ann.chat.until_bot(styles_shown, 20))
    await finished(ann.chat)
    await in_one_message(ann)
    await house.__aexit__(None, None, None)


async def test_telegram_away_in_mid_story(telegram: Telegram, tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with opened(telegram, tmp_path) as booth:
        booth.renderer.hold = hold
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), caption="comic")
        await booth.renderer.started.get()
        with telegram.away():
            hold.set()
            await telegram.until_requested("editMessageMedia", 2)
        await finished(ann.chat)
        await in_one_message(ann)


async def test_a_restart_between_photo_and_style_and_between_button_and_picture(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann = telegram.guest("Ann")
    async with opened(telegram, tmp_path):
        await ann.send_photo(selfie(60))
        await ann.chat.until_bot(styles_shown)
    await ann.press("💥 Comic")  # nobody is there: Telegram keeps it
    async with opened(telegram, tmp_path) as booth:
        booth.renderer.hold = asyncio.Event()
        await booth.renderer.started.get()
    async with opened(telegram, tmp_path):
        await finished(ann.chat)
        await in_one_message(ann)


async def test_a_busy_group_holds_nobody_else_up(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path, Setup(guest_limit=20, paces=Paces())) as booth:
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        party = telegram.group("Party", ann)
        for _photo in range(12):
            await ann.send_photo(selfie(60), "/style comic", party.chat)
        async with asyncio.timeout(30):
            while len(await booth.jobs(ann)) < 3:  # noqa: ASYNC110 # the store tells nobody
                await asyncio.sleep(0.05)
        await bob.send_photo(selfie(60), "comic")
        await finished(bob.chat)
        assert len([message for message in party.chat.from_bot if is_finished(message)]) < 12


async def test_a_press_on_what_is_gone_blocks_nobodys_next_message(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann = telegram.guest("Ann")
    async with opened(telegram, tmp_path):
        await ann.send_photo(selfie(60), caption="comic")
        picture = (await finished(ann.chat))[0]
    for button in ("Delete", "Other style"):
        await ann.press(button, picture)
    await ann.delete(picture)
    await ann.send_text("/help")
    async with opened(telegram, tmp_path):
        await ann.chat.until_bot(lambda message: "/quality" in message.words)


async def test_a_method_that_a_server_does_not_know_turns_nothing_off(
    telegram: Telegram, tmp_path: Path
) -> None:
    unknown = ("setMyDescription", "setMessageReaction", "editMessageReplyMarkup")
    for method in unknown:
        telegram.fault(method, "server error", times=None, status=404)
    async with opened(telegram, tmp_path):
        await telegram.until_requested("setChatMenuButton")
        ann = telegram.guest("Ann")
        await whole_story(ann)
        await ann.send_photo(selfie(90), caption="comic")
        await finished(ann.chat, 2)
        await ann.press("Delete")
        await ann.send_text("/mine")
        await ann.chat.until_bot(lambda message: message.photo and message.words == "Comic")
