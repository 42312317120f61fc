"""Keepsakes for their guest's own eyes, and pictures without a frame."""

import io
from pathlib import Path

from PIL import Image

from tests.adapters.discord.opened import finished, key, opened, selfie, whispered
from tests.fakes.discord import Discord


def shape(data: bytes) -> tuple[str | None, tuple[int, int], int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.format, image.size, getattr(image, "n_frames", 1)


async def test_a_keepsake_takes_the_place_of_its_question(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        await ann.dms("comic", selfie())
        picture = (await finished(ann.dm))[0]
        await ann.presses(picture, "Keepsake")
        question = await whispered(ann, ann.dm, "What would you like")
        for _ in range(2):
            await ann.presses(question, "In motion")
        loop = await whispered(ann, ann.dm, "In motion")
        assert (loop.id, loop.ephemeral) == (question.id, True)
        kind, _, frames = shape(loop.pictures[0])
        assert kind == "WEBP"
        assert frames > 20
        (job,) = await booth.jobs(ann)
        await booth.stores.vault.delete([f"photo/{job.id}"])
        await ann.presses(loop, "Before and after")
        await ann.dm.until_bot(lambda message: "erased already" in message.words)
        await ann.presses(loop, "Without frame")
        alone = await whispered(ann, ann.dm, "### Without frame")
        assert shape(alone.pictures[0]) == ("JPEG", (640, 640), 1)
        assert alone.id == question.id
        await booth.booth.discard(key(ann), job.id)
        await ann.dm.until(lambda chat: alone.id not in {one.id for one in chat.seen_by(ann.user)} or None)


async def test_the_frame_is_switched_off(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        await ann.slash("frame")
        answer = await whispered(ann, ann.dm, "with event and code")
        await ann.presses(answer, "Without frame")
        changed = await whispered(ann, ann.dm, "without a frame")
        assert changed.id == answer.id
        assert not await booth.booth.keepsakes.frame_of(key(ann))
        await ann.dms("comic", selfie())
        assert shape((await finished(ann.dm))[0].pictures[0])[1] == (640, 640)
