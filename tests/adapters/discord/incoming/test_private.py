"""Alone with the bot: from the photo to the picture, in one message."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from bot.cards import Address
from bot.errors import RenderCrashed
from bot.states import JobState
from tests.adapters.discord.opened import (
    Setup,
    finished,
    opened,
    selfie,
    shade_of,
    styles_shown,
    whispered,
)
from tests.fakes.discord import Discord
from tests.fakes.renderer import ScriptedRenderer


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
        assert bool(discord.gateway.connected) is not http


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
        assert len(picture.attachments) == 1
        assert abs(shade_of(picture.pictures[0]) - 195) < 4


async def test_a_picture_costs_few_requests_and_no_sheet_where_previews_are_off(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        discord.requests.clear()
        ann = discord.member("Ann")
        await ann.dms("", selfie(60))
        await ann.chooses(await ann.dm.until_bot(styles_shown), "Comic")
        picture = (await finished(ann.dm))[0]
        asked = discord.requests.counts
        assert asked["create message"] == asked["download"] == asked["callback"] == 1
        assert asked["edit message"] <= 3
        others = sum(request.bytes_up for request in discord.requests) - len(picture.pictures[0])
        assert others < 12_000


async def test_several_pictures_of_one_message_become_a_message_each(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        photo = await ann.dms("comic, please", selfie(40), selfie(80), selfie(120))
        pictures = await finished(ann.dm, 3)
        assert len(ann.dm.from_bot) == 3
        assert {message.reply_to.message for message in pictures if message.reply_to} == {photo.id}
        shades = sorted(shade_of(message.pictures[0]) for message in pictures)
        assert shades == pytest.approx([135, 175, 215], abs=4)


async def test_a_heic_file_is_taken(discord: Discord, tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (60, 60, 60)).save(out, "HEIF")
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        await ann.dms("comic", ("IMG_0001.HEIC", out.getvalue()))
        assert abs(shade_of((await finished(ann.dm))[0].pictures[0]) - 195) < 6


async def test_pages_surprise_and_recent_styles(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        await ann.dms("", selfie())
        menu = await ann.dm.until_bot(styles_shown)
        assert len(menu.selects[0].options) <= 25
        await ann.presses(menu, "More (2 of 2)")
        page = await ann.dm.until_bot(lambda message: "(1 of 2)" in str(message.buttons))
        assert page.id == menu.id
        assert not set(page.selects[0].options) & set(menu.selects[0].options)
        await ann.presses(page, "🎲 Surprise me")
        await finished(ann.dm)
        style = (await booth.jobs(ann))[0].style
        await ann.dms("", selfie())
        second = await ann.dm.until_bot(styles_shown)
        assert second.selects[0].options[0][1] == style


async def test_again_and_other_style_make_new_messages_of_the_kept_photo(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        await ann.dms("comic", selfie(60))
        first = (await finished(ann.dm))[0]
        again = await ann.presses(first, "🔁 Again")
        second = await again.until(lambda message: message.pictures)
        assert second.id != first.id
        await ann.presses(second, "🎨 Other style")
        menu = await whispered(ann, ann.dm, "Which style")
        await ann.chooses(menu, "Oil paint")
        third = (await finished(ann.dm, 3))[-1]
        assert third.words == "### Here you are: Oil paint."
        assert discord.requests.counts["download"] == 1
        assert len(ann.dm.from_bot) == 3


async def test_delete_asks_first_and_takes_the_message_away(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        await ann.dms("comic", selfie(60))
        picture = (await finished(ann.dm))[0]
        await ann.presses(picture, "🗑️ Delete")
        asked = await whispered(ann, ann.dm, "for good?")
        await ann.presses(asked, "Keep it")
        kept = await whispered(ann, ann.dm, "Nothing was deleted")
        assert kept.id == asked.id
        await ann.presses(picture, "🗑️ Delete")
        await ann.presses(await whispered(ann, ann.dm, "for good?"), "Delete it")
        await whispered(ann, ann.dm, "Deleted for good.")
        assert ann.dm.from_bot == []
        assert list(await booth.jobs(ann)) == []


async def test_cancel_by_button_and_by_command(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        await ann.dms("", selfie())
        await ann.presses(await ann.dm.until_bot(styles_shown), "✖️ Cancel")
        await ann.dm.until_bot(lambda message: message.words.startswith("Cancelled"))
        await ann.dms("", selfie())
        await ann.dm.until_bot(styles_shown)
        await ann.slash("cancel")
        await whispered(ann, ann.dm, "Cancelled.")
        await ann.dm.until(lambda channel: not any(map(styles_shown, channel.from_bot)) or None)
        await ann.slash("cancel")
        await whispered(ann, ann.dm, "There is nothing under way")
        assert {job.state for job in await booth.jobs(ann)} == {JobState.CANCELLED}


async def test_place_progress_and_previews_are_edits_of_the_one_message(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path, Setup(previews=True)) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        ann, bob = discord.member("Ann"), discord.member("Bob")
        await ann.dms("comic", selfie(60))
        preview = await ann.dm.until_bot(lambda message: message.pictures)
        assert "▰▰▰▰▰▱▱▱▱▱ 50%" in preview.words
        sent = await bob.slash("stylize", photo=selfie(90), style="comic")
        waiting = await sent.until(lambda message: "next" in message.words)
        assert "<t:" in waiting.words
        hold.set()
        assert (await finished(ann.dm))[0].id == preview.id
        assert (await finished(bob.dm))[0].id == waiting.id


async def test_a_broken_photo_and_a_broken_render_end_in_an_apology_in_the_same_message(
    discord: Discord, tmp_path: Path
) -> None:
    renderer = ScriptedRenderer(errors=[lambda: RenderCrashed("test")] * 2)
    async with opened(discord, tmp_path, renderer=renderer):
        ann = discord.member("Ann")
        await ann.dms("", ("a.jpg", b"\xff\xd8\xffnothing"))
        await ann.dm.until_bot(lambda message: "damaged" in message.words)
        assert len(ann.dm.from_bot) == 1
        sent = await ann.slash("stylize", photo=selfie(), style="comic")
        apology = await sent.until(lambda message: "did not work out" in message.words)
        again = await ann.presses(apology, "🔁 Again")
        picture = await again.until(lambda message: message.pictures)
        assert abs(shade_of(picture.pictures[0]) - 195) < 4


async def test_what_is_no_picture_is_answered_in_the_language_of_the_guests_app(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path, Setup(max_upload=1 << 20)):
        ann = discord.member("Ann", "de")
        await ann.slash("stylize", photo=("cv.pdf", b"%PDF-1.7"), style="comic")
        await whispered(ann, ann.dm, "Art Datei")
        await ann.dms("Hallo?")  # a message doesn't say what its writer's app speaks
        await ann.dm.until_bot(lambda message: message.words.startswith("Ich mache Bilder aus Fotos"))
        await ann.dms("", ("big.jpg", b"\xff\xd8\xff" + bytes(2 << 20)))
        await ann.dm.until_bot(lambda message: "zu groß" in message.words)
        assert discord.requests.counts["download"] == 0


async def test_too_many_photos_are_refused_with_a_sentence(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path, Setup(guest_limit=1)):
        ann = discord.member("Ann")
        await ann.dms("", selfie())
        await ann.dm.until_bot(styles_shown)
        await ann.slash("stylize", photo=selfie(), style="comic")
        await ann.dm.until_bot(lambda message: "unfinished" in message.words)


async def test_a_nudge_is_a_short_answer_to_the_picture(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        await ann.dms("comic", selfie(60))
        picture = (await finished(ann.dm))[0]
        job = (await booth.jobs(ann))[0]
        for _ in range(2):  # the same one twice is one
            await booth.platform.chat.nudge(Address(job.chat, job.message, job.context), "Ready!", "nudge")
        nudges = [message for message in ann.dm.from_bot if message.words == "Ready!"]
        assert [nudge.reply_to and nudge.reply_to.message for nudge in nudges] == [picture.id]
