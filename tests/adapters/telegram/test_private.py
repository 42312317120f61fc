"""Alone with the bot: from the photo to the picture, in one message."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from adapters.telegram.api.budget import Paces
from bot.cards import Address
from bot.errors import RenderCrashed
from bot.states import JobState
from tests.adapters.telegram.opened import (
    Setup,
    finished,
    has,
    key,
    opened,
    requests_of,
    selfie,
    shade_of,
    styles_shown,
)
from tests.fakes.renderer import ScriptedRenderer
from tests.fakes.telegram import Limits, running


@pytest.mark.parametrize("webhook", [False, True])
async def test_a_selfie_becomes_a_picture_in_one_message_with_eight_requests_at_most(
    tmp_path: Path, webhook: bool
) -> None:
    async with (
        running(limits=Limits()) as telegram,
        opened(telegram, tmp_path, Setup(webhook, paces=Paces())),
    ):
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


async def test_a_second_photo_uploads_no_sheet_again(tmp_path: Path) -> None:
    async with running() as telegram:
        for number in range(2):  # the second time after a restart
            async with opened(telegram, tmp_path):
                ann = telegram.guest(f"Ann {number}")
                await ann.send_photo(selfie())
                await ann.chat.until_bot(styles_shown)
        sent = telegram.requests.of("sendPhoto")
        assert sent[0].bytes_up > 20_000
        assert sent[1].bytes_up < 5_000


async def test_the_photo_is_fetched_while_the_guest_chooses_in_the_smallest_size_that_is_enough(
    tmp_path: Path,
) -> None:
    async with running() as telegram, opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(side=2400))
        await telegram.until_requested("download")
        assert telegram.requests.of("download")[0].bytes_down < len(selfie(side=2400)) / 2
        async with asyncio.timeout(20):
            while not (await booth.jobs(ann))[0].has_photo:  # noqa: ASYNC110 # the store tells nobody
                await asyncio.sleep(0.02)
        assert (await booth.jobs(ann))[0].state is JobState.CHOOSING


async def test_a_caption_that_names_a_style_chooses_it_at_once(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path):
        ann = telegram.guest("Ann", language="de")
        await ann.send_photo(selfie(60), caption="Ölfarbe bitte!")
        picture = (await finished(ann.chat))[0]
        assert picture.caption == "Bitte sehr: Ölfarbe."
        assert len(ann.chat.from_bot) == 1
        assert telegram.requests.of("sendPhoto") == []


async def test_a_file_is_taken_even_as_heic(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (60, 60, 60)).save(out, "HEIF")
    async with running() as telegram, opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        await ann.send_document(out.getvalue(), "IMG_0001.HEIC", "comic", mime_type="image/heic")
        assert abs(shade_of((await finished(ann.chat))[0].picture) - 195) < 6


async def test_each_photo_of_an_album_gets_its_own_message_and_shares_the_caption(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        photos = await ann.send_album([selfie(40), selfie(80), selfie(120)], "comic")
        pictures = await finished(ann.chat, 3)
        by_photo = {picture.reply_to: shade_of(picture.picture) for picture in pictures}
        assert len(ann.chat.from_bot) == 3
        for photo, shade in zip(photos, (215, 175, 135), strict=True):
            assert abs(by_photo[photo.id] - shade) < 4


async def test_the_style_of_one_of_an_album_is_for_all_of_it_after_a_restart_as_well(tmp_path: Path) -> None:
    async with running() as telegram:
        ann = telegram.guest("Ann")
        async with opened(telegram, tmp_path):
            await ann.send_photo(selfie(200))  # another one, which goes on waiting
            photos = await ann.send_album([selfie(40), selfie(80), selfie(120)])
            await ann.chat.until(
                lambda chat: len([one for one in chat.from_bot if styles_shown(one)]) == 4, 30
            )
        async with opened(telegram, tmp_path):
            second = next(one for one in ann.chat.from_bot if one.reply_to == photos[1].id)
            await ann.press("💥 Comic", second)
            pictures = await finished(ann.chat, 3)
            assert {picture.reply_to for picture in pictures} == {photo.id for photo in photos}
        async with opened(telegram, tmp_path):  # Telegram tells of the album's last photo late
            late = await ann.send_photo(selfie(160), album=photos[0].album)
            found = await finished(ann.chat, 4)
            assert late.id in {picture.reply_to for picture in found}
            assert len([one for one in ann.chat.from_bot if styles_shown(one)]) == 1


async def test_an_album_beyond_the_limit_is_refused_with_one_sentence(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path, Setup(guest_limit=4)):
        ann = telegram.guest("Ann")
        await ann.send_album([selfie(shade) for shade in range(40, 140, 10)])
        await ann.send_text("/privacy")  # handled after all of them
        await ann.chat.until_bot(lambda message: message.words.startswith("Only you get your pictures"), 30)
        said = [message for message in ann.chat.from_bot if "unfinished" in message.words]
        assert len(said) == 1
        assert len([message for message in ann.chat.from_bot if styles_shown(message)]) == 4
        assert len(ann.chat.from_bot) == 6


async def test_a_forwarded_photo_is_a_photo(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path):
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        photo = await bob.send_photo(selfie(90))
        await ann.forward(photo)
        sheet = await ann.chat.until_bot(styles_shown)
        await ann.press("💥 Comic", sheet)
        assert abs(shade_of((await finished(ann.chat))[0].picture) - 165) < 4


async def test_pages_surprise_and_recent_styles(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie())
        sheet = await ann.chat.until_bot(styles_shown)
        await ann.press("More (2 of 2)", sheet)
        page = await ann.chat.until_bot(lambda message: has(message, "More (1 of 2)"))
        assert page.id == sheet.id
        assert page.picture != sheet.picture
        await ann.press("🎲 Surprise me")
        await finished(ann.chat)
        style = (await booth.jobs(ann))[0].style
        await ann.send_photo(selfie())
        second = await ann.chat.until_bot(lambda message: styles_shown(message) and message.id != sheet.id)
        assert second.buttons[0].data is not None
        assert second.buttons[0].data.endswith(f":{style}")
        assert second.buttons[0].text.startswith("★")


async def test_again_and_other_style_make_new_messages_of_the_kept_photo(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), caption="comic")
        first = (await finished(ann.chat))[0]
        await ann.press("Again", first)
        second = next(one for one in await finished(ann.chat, 2) if one.id != first.id)
        assert second.reply_to == first.id
        await ann.press("Other style", second)
        await ann.chat.until(lambda chat: styles_shown(chat.find(second.id) or second))
        await ann.press("🖼️ Oil paint", second)
        third = next(one for one in await finished(ann.chat, 3) if one.id not in (first.id, second.id))
        assert third.caption == "Here you are: Oil paint."
        assert telegram.requests.of("getFile")[1:] == []
        assert len(ann.chat.from_bot) == 3


async def test_delete_asks_first_and_takes_the_message_away(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), caption="comic")
        picture = (await finished(ann.chat))[0]
        await ann.press("Delete", picture)
        await ann.chat.until_bot(lambda message: has(message, "Delete it"))
        press = await ann.press("Delete it", picture)
        assert (await press.answered())["text"] == "Deleted for good."
        await ann.chat.until(lambda chat: not chat.from_bot)
        assert list(await booth.jobs(ann)) == []


async def test_cancel_by_button_and_by_command(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie())
        await ann.chat.until_bot(styles_shown)
        await ann.press("Cancel")
        await ann.chat.until_bot(lambda message: message.words.startswith("Cancelled"))
        await ann.send_photo(selfie())
        await ann.chat.until_bot(styles_shown)
        await ann.send_text("/cancel")
        await ann.chat.until(lambda chat: not any(map(styles_shown, chat.from_bot)))
        await ann.send_text("/cancel")
        await ann.chat.until_bot(lambda message: message.words == "There is nothing under way.")
        assert {job.state for job in await booth.jobs(ann)} == {JobState.CANCELLED}


async def test_live_previews_are_shown_in_the_one_message(tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with running() as telegram, opened(telegram, tmp_path, Setup(previews=True)) as booth:
        booth.renderer.hold = hold
        ann = telegram.guest("Ann")
        sent = await ann.send_photo(selfie(60), caption="comic")
        preview = await ann.chat.until_bot(lambda message: message.photo)
        assert preview.reply_to == sent.id
        assert "▰▰▰▰▰▱▱▱▱▱ 50%" in preview.words
        hold.set()
        assert (await finished(ann.chat))[0].id == preview.id


async def test_a_broken_photo_and_a_broken_render_end_in_an_apology_in_the_same_message(
    tmp_path: Path,
) -> None:
    renderer = ScriptedRenderer(errors=[lambda: RenderCrashed("test")] * 2)
    async with running() as telegram, opened(telegram, tmp_path, renderer=renderer):
        ann = telegram.guest("Ann")
        await ann.send_document(b"\xff\xd8\xffnothing", "a.jpg", mime_type="image/jpeg")
        broken = await ann.chat.until_bot(lambda message: "damaged" in message.words)
        assert len(ann.chat.from_bot) == 1
        await ann.send_photo(selfie(), caption="comic")
        apology = await ann.chat.until_bot(lambda message: "did not work out" in message.words)
        assert apology.id != broken.id
        await ann.press("Again", apology)
        assert abs(shade_of((await finished(ann.chat))[0].picture) - 195) < 4


async def test_what_is_no_picture_is_answered_with_what_to_send(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path):
        for kind, words in {
            "sticker": "sticker",
            "video": "moves",
            "voice": "ears",
            "animation": "moves",
        }.items():
            ann = telegram.guest("Ann")
            await ann.send_other(kind)
            answer = await ann.chat.until_bot()
            assert words in answer.words
            assert "photo" in answer.words


async def test_other_files_and_texts_are_answered_in_the_guests_language(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path):
        ann = telegram.guest("Ann", language="de")
        await ann.send_document(b"%PDF-1.7", "cv.pdf", mime_type="application/pdf")
        await ann.chat.until_bot(lambda message: "Art Datei" in message.words)
        await ann.send_document(b"\xff\xd8\xff" + bytes(21 << 20), "big.jpg", mime_type="image/jpeg")
        await ann.chat.until_bot(lambda message: "zu groß" in message.words)
        await ann.send_text("Hallo?")
        await ann.chat.until_bot(lambda message: message.words.startswith("Ich mache Bilder aus Fotos"))
        assert key(ann) == f"telegram:{ann.id}"


async def test_too_many_photos_are_refused_with_a_sentence(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path, Setup(guest_limit=1)):
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie())
        await ann.chat.until_bot(styles_shown)
        await ann.send_photo(selfie())
        await ann.chat.until_bot(lambda message: "unfinished" in message.words)


async def test_a_nudge_is_a_short_answer_to_the_picture(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), caption="comic")
        picture = (await finished(ann.chat))[0]
        job = (await booth.jobs(ann))[0]
        await booth.platform.chat.nudge(Address(job.chat, job.message, job.context), "Ready!", "nudge")
        nudge = await ann.chat.until_bot(lambda message: message.text == "Ready!")
        assert nudge.reply_to == picture.id
