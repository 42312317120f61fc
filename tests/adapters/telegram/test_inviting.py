"""Invitations on Telegram, from a maintainer's command to the place that is counted."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.nouns import Scans
from tests.adapters.telegram.maintained import answered, pressed, told
from tests.adapters.telegram.opened import Setup, key, opened
from tests.bot.invites.made import read
from tests.fakes.telegram import Telegram


async def test_a_code_that_was_asked_for_is_scanned_and_counted(tmp_path: Path, telegram: Telegram) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        card = await told(mia, "/invite Bar style=comic", "Codes for your guests. Place: bar. Style: comic.")
        (link,) = read(Image.open(BytesIO(card.picture)))
        assert link == "https://t.me/petaflop_bot?start=e_pycon-de-2026__s_comic__p_bar"
        assert link in card.words
        await pressed(mia, "Poster A4", card, "Print it as it is")
        poster = await answered(mia, "Print it as it is")
        assert poster.attachment is not None
        assert poster.attachment.fields["file_name"] == "petaflop-poster-a4-bar.pdf"
        assert poster.picture.startswith(b"%PDF")
        await ann.send_text(f"/start {link.partition('=')[2]}")
        await answered(ann, "Comic")
        (scans,) = await booth.booth.scans()
        assert scans == Scans("telegram", "pycon-de-2026", "bar", scans.day, 1)
        await told(mia, "/stats", "Codes that were scanned", "bar · pycon-de-2026: 1")


async def test_a_group_that_a_code_has_added_the_bot_to_is_counted(
    tmp_path: Path, telegram: Telegram
) -> None:
    ann = telegram.guest("Ann")
    async with opened(telegram, tmp_path) as booth:
        await telegram.until_requested("getMe")
        party = telegram.group("Party", ann)
        await ann.send_text("/start@petaflop_bot e_pycon__p_bar", party.chat)
        await ann.send_text("/start@petaflop_bot", party.chat)
        await party.chat.until(lambda chat: chat.from_bot[1:] or None)  # greeted, and helped once
        (scans,) = await booth.booth.scans()
        assert scans == Scans("telegram", "pycon", "bar", scans.day, 1)
