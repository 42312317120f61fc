"""Notes of the core's that belong to no picture."""

from pathlib import Path

import pytest

from bot.errors import ChatGone, DeliveryError
from bot.nouns import ChatKey
from tests.adapters.telegram.opened import key, opened
from tests.fakes.telegram import Telegram


async def test_a_note_comes_to_the_guests_own_chat(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.start()
        await ann.chat.until_bot(lambda message: bool(message.text))
        await booth.platform.chat.notify(key(ann), "The line is done.", "note 1")
        await ann.chat.until_bot(lambda message: message.text == "The line is done.")


async def test_who_has_blocked_the_bot_gets_none(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.start()
        await ann.chat.until_bot(lambda message: bool(message.text))
        await ann.block_bot()
        with pytest.raises(ChatGone):
            await booth.platform.chat.notify(key(ann), "The line is done.", "note 1")


async def test_a_groups_title_is_known_while_the_bot_is_in_it(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.start()
        party = telegram.group("Party", ann)
        title = booth.platform.chat.title
        assert await title(ChatKey(f"telegram:{party.id}")) == "Party"
        assert await title(ChatKey(key(ann))) is None
        with pytest.raises(DeliveryError):
            await title(ChatKey("telegram:-4711"))
