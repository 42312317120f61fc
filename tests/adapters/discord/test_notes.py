"""Notes of the core's that belong to no picture."""

from pathlib import Path

import pytest

from bot.errors import DeliveryError
from bot.nouns import ChatKey
from tests.adapters.discord.opened import key, opened
from tests.fakes.discord import Discord


async def test_a_note_comes_by_direct_message_and_only_once(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        for _ in range(2):  # the second after an answer that was lost
            await booth.platform.chat.notify(key(ann), "The line is done.", "note 1")
        await ann.dm.until_bot(lambda message: message.words == "The line is done.")
        assert len(ann.dm.from_bot) == 1
        await booth.platform.chat.notify(key(ann), "The line is done.", "note 2")  # it has run dry again
        assert len(ann.dm.from_bot) == 2


async def test_a_channels_name_is_known_and_direct_messages_have_none(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Party", ann))
        title = booth.platform.chat.title
        assert await title(ChatKey(f"discord:{channel.id}")) == f"#{channel.name}"
        await ann.dms("hello")
        await ann.dm.until_bot(lambda message: bool(message.words))
        assert await title(ChatKey(f"discord:{ann.dm.id}")) is None
        with pytest.raises(DeliveryError):
            await title(ChatKey("discord:1"))
