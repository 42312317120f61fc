"""Telegram takes a call and says nothing more: it is given up, and there is one picture nevertheless."""

import asyncio
from pathlib import Path

import pytest

from adapters.telegram.api.patience import Patience
from tests.adapters.telegram.opened import (
    Setup,
    finished,
    in_one_message,
    opened,
    selfie,
    styles_shown,
)
from tests.fakes.telegram import Guest, Telegram
from tests.fakes.telegram.faults import Kind

BRIEF = Patience(
    answer_s=1.0, send_s=1.0, process_s=1.0, process_most_s=2.0, download_s=1.0, poll_s=1, poll_late_s=1.0
)
IN_A_CHAT = ("setMessageReaction", "sendPhoto", "editMessageCaption", "editMessageMedia")
IN_NO_CHAT = ("getFile", "download", "answerCallbackQuery")
LONG_S = 60.0


async def by_button(guest: Guest) -> None:
    await guest.send_photo(selfie(60))
    await guest.press("💥 Comic", await guest.chat.until_bot(styles_shown, LONG_S))
    await finished(guest.chat, patience_s=LONG_S)
    await in_one_message(guest)


async def by_caption(guest: Guest) -> None:
    await guest.send_photo(selfie(60), caption="comic")
    await finished(guest.chat, patience_s=LONG_S)
    await in_one_message(guest)


@pytest.mark.parametrize("kind", ["hang", "hang after"])
async def test_each_call_of_the_story_may_hang(telegram: Telegram, tmp_path: Path, kind: Kind) -> None:
    async with opened(telegram, tmp_path, Setup(previews=True, patience=BRIEF)):
        await telegram.until_requested("setChatMenuButton")
        stories = []
        for method in IN_A_CHAT:
            guest = telegram.guest(method)
            telegram.fault(method, kind, chat=guest.id)
            stories.append(by_button(guest))
        for method in IN_NO_CHAT:
            telegram.fault(method, kind)
        teller = telegram.guest("sendMessage")
        telegram.fault("sendMessage", kind, chat=teller.id)
        await asyncio.gather(*stories, by_caption(teller))


async def test_a_poll_that_hangs_is_given_up(telegram: Telegram, tmp_path: Path) -> None:
    hung = telegram.fault("getUpdates", "hang", skip=1)
    async with opened(telegram, tmp_path, Setup(patience=BRIEF)):
        await by_caption(telegram.guest("Ann"))
        await by_caption(telegram.guest("Bob"))
    assert hung.hits == 1


async def test_a_hanging_courtesy_delays_nobody(telegram: Telegram, tmp_path: Path) -> None:
    reaction = telegram.fault("setMessageReaction", "hang", times=None)
    answer = telegram.fault("answerCallbackQuery", "hang", times=None)
    async with opened(telegram, tmp_path, Setup(patience=Patience(answer_s=100, leave_s=0.1))):
        await by_button(telegram.guest("Ann"))
        await telegram.world.news.until(lambda: reaction.hits and answer.hits)
