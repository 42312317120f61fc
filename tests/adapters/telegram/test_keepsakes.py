"""Keepsakes below a picture, and pictures without a frame."""

import io
from pathlib import Path

from PIL import Image

from tests.adapters.telegram.opened import finished, has, key, opened, selfie
from tests.fakes.telegram import Guest, Message, Telegram


async def picture_of(guest: Guest) -> Message:
    """A guest's finished picture, with its choices of keepsakes open."""
    await guest.send_photo(selfie(), "comic")
    picture = (await finished(guest.chat))[0]
    await guest.press("Keepsake", picture)
    return await guest.chat.until_bot(lambda message: has(message, "In motion"))


async def answer(guest: Guest, command: str) -> str:
    seen = len(guest.chat.from_bot)
    await guest.send_text(command)
    await guest.chat.until(lambda chat: len(chat.from_bot) > seen)
    return guest.chat.from_bot[seen].words


async def test_keepsakes_come_below_their_picture_once(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        picture = await picture_of(ann)
        presses = [await ann.press("In motion", picture) for _ in range(2)]
        loop = await ann.chat.until_bot(lambda message: message.attachment)
        for press in presses:
            await press.answered()
        assert loop.attachment is not None
        assert (loop.attachment.kind, loop.reply_to, loop.words) == ("animation", picture.id, "In motion")
        await ann.press("Before and after", picture)
        card = await ann.chat.until_bot(lambda message: message.photo and message.words == "Before and after")
        assert card.reply_to == picture.id
        await ann.press("Back", picture)
        await ann.chat.until_bot(lambda message: has(message, "Keepsake"))
        assert len(ann.chat.from_bot) == 3
        await ann.press("Delete", picture)
        await ann.press("Delete it", await ann.chat.until_bot(lambda message: has(message, "Delete it")))
        await ann.chat.until(lambda chat: not chat.from_bot)


async def test_answers_that_are_lost_make_no_second_keepsake(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        picture = await picture_of(ann)
        telegram.fault("editMessageMedia", "reset after", times=2)
        press = await ann.press("In motion", picture)
        await press.answered()
        telegram.fault("sendMessage", "reset after")
        press = await ann.press("Without frame", picture)
        assert "press again" in (await press.answered())["text"]
        assert [message.words for message in ann.chat.from_bot[1:]] == ["In motion", "Without frame"]
        assert [bool(message.picture) for message in ann.chat.from_bot[1:]] == [True, False]


async def test_what_needs_an_erased_photo_is_said(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        picture = await picture_of(ann)
        (job,) = await booth.jobs(ann)
        await booth.stores.vault.delete([f"photo/{job.id}"])
        press = await ann.press("Before and after", picture)
        assert "erased already" in (await press.answered())["text"]
        await ann.press("Without frame", picture)
        alone = await ann.chat.until_bot(lambda message: message.photo and message.words == "Without frame")
        with Image.open(io.BytesIO(alone.picture)) as image:
            assert image.size == (640, 640)


async def test_the_frame_is_switched_off(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        assert "with event" in await answer(ann, "/frame")
        assert "with event" in await answer(ann, "/frame AN")
        assert "without a frame" in await answer(ann, "/frame off")
        assert not await booth.booth.keepsakes.frame_of(key(ann))
        await ann.send_photo(selfie(), "comic")
        with Image.open(io.BytesIO((await finished(ann.chat))[0].picture)) as image:
            assert image.size == (640, 640)
