"""Alone with the bot: from the photo to the picture, in one message."""

from pathlib import Path

import pytest

from tests.adapters.discord.opened import Setup, finished, opened, selfie, shade_of, styles_shown
from tests.fakes.discord import Discord


@pytest.mark.parametrize("http", [False, True])
async def test_slash_with_a_style_becomes_a_picture_in_its_one_answer(
    discord: Discord, tmp_path: Path, http: bool
) -> None:
    async with opened(discord, tmp_path, Setup(http=http, gateway=not http)):
        ann = discord.member("Ann")
        sent = await ann.slash("stylize", photo=selfie(60), style="comic")
        picture = await sent.until(lambda message: message.pictures)
        assert picture.words == "### Here you are: Comic."
        assert abs(shade_of(picture.pictures[0]) - 195) < 4
        assert ann.dm.from_bot == [picture]
        assert not picture.ephemeral


async def test_a_photo_is_answered_with_styles_and_the_choice_becomes_the_picture(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path, Setup(previews=True)):
        ann = discord.member("Ann")
        photo = await ann.dms("", selfie(60))
        menu = await ann.dm.until_bot(styles_shown)
        assert menu.reply_to is not None
        assert menu.reply_to.message == photo.id
        assert menu.pictures
        await ann.chooses(menu, "Comic")
        picture = (await finished(ann.dm))[0]
        assert picture.id == menu.id
        assert len(ann.dm.from_bot) == 1
        assert abs(shade_of(picture.pictures[0]) - 195) < 4
