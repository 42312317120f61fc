"""The real program, killed with SIGKILL in mid-story: each photo becomes one picture in one message."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.adapters.cli.command import free_port
from tests.adapters.telegram.opened import is_finished, selfie, styles_shown
from tests.fakes.telegram import Chat, Guest, Message, Telegram
from tests.program import Program

GUESTS = 2
PATIENCE_S = 60.0


async def story(guest: Guest) -> None:
    await guest.send_photo(selfie(60))
    sheet = await guest.chat.until_bot(styles_shown, PATIENCE_S)
    await guest.press(sheet.buttons[2].text, sheet)
    await guest.chat.until(pictures_of, PATIENCE_S)


def pictures_of(chat: Chat) -> list[Message]:
    return [message for message in chat.from_bot if is_finished(message)]


@pytest.mark.parametrize(("way", "kills"), [("polling", 2), ("webhook", 1)])
async def test_kills_in_mid_story(telegram: Telegram, tmp_path: Path, way: str, kills: int) -> None:
    dice = random.Random(20261124)
    settings = {"telegram_token": telegram.token, "telegram_api_url": telegram.url, "previews": "0"}
    if way == "webhook":
        port = free_port()
        settings |= {"port": str(port), "public_url": f"http://127.0.0.1:{port}"}
    program = Program(tmp_path, **settings)
    guests = [telegram.guest(f"Guest {number}") for number in range(GUESTS)]
    await asyncio.to_thread(program.start)
    try:
        stories = asyncio.gather(*(story(guest) for guest in guests))
        for _ in range(kills):
            await asyncio.sleep(dice.uniform(0.3, 1.5))  # the moment of a power cut is nobody's choice
            await asyncio.to_thread(program.kill)
            await asyncio.to_thread(program.start)
        await stories
        for guest in guests:
            assert len(pictures_of(guest.chat)) == len(guest.chat.from_bot) == 1, guest.chat.drawn()
    finally:
        assert await asyncio.to_thread(program.stop) == 0
