"""Alone with the bot: from the photo to the picture, in one message."""

import asyncio
from pathlib import Path

from tests.adapters.telegram.opened import (
    Setup,
    finished,
    opened,
    requests_of,
    selfie,
    shade_of,
    styles_shown,
)
from tests.fakes.telegram import Limits, running


async def test_a_selfie_becomes_a_picture_in_one_message(tmp_path: Path) -> None:
    async with running(limits=Limits()) as telegram, opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        photo = await ann.send_photo(selfie(60))
        sheet = await ann.chat.until_bot(styles_shown)
        assert sheet.photo
        assert sheet.reply_to == photo.id
        press = await ann.press("💥 Comic", sheet)
        await press.answered()
        picture = (await finished(ann.chat))[0]
        assert picture.id == sheet.id
        assert len(ann.chat.from_bot) == 1
        assert abs(shade_of(picture.picture) - 195) < 4
        seen = ann.chat.find(photo.id)
        assert seen is not None
        assert seen.reactions.get(telegram.world.bot.id) == ("👀",)
        asked = requests_of(telegram)
        assert len(asked) <= 8, asked
        assert [asked.count(method) for method in ("getFile", "download", "sendPhoto")] == [1, 1, 1]
