"""Keepsakes: what they show, whose they are, how long they last; and pictures without a frame."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.errors import KeepsakeFailed, PhotoErased, RenderCrashed, UnknownJob
from bot.nouns import GuestKey, JobId
from bot.pixels import wipe_loop
from bot.pixels.bare import bare, bare_jpeg, whereabouts
from bot.pixels.frame import FrameCaption, frame_jpeg
from bot.pixels.keepsake_card import CardWords, card_jpeg, compose_card, plan_card
from bot.pixels.wipe_loop import FRAMES, MOST_BYTES, Taste, loop_bytes, wipe
from bot.store.vaults import loop_name, names_of, photo_name, picture_name
from tests.bot.opened import ANN, BOB, Opened, opened, photo, post
from tests.bot.pictures import encoded, marked
from tests.bot.underway.test_keeper import HOUR_S, age, keeper, kept

CAPTION = FrameCaption("DevFest", "Comic", "23 Nov 2026", link="https://t.me/PetaflopBoothBot")
BEFORE, AFTER = (200, 40, 40), (40, 60, 200)


def plain(size: tuple[int, int], colour: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", size, colour)


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(np.asarray(ImageChops.difference(one, other.convert("RGB"))).mean())


# -- without a frame -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(256, 384), (640, 480), (1024, 1024)], ids=str)
def test_a_framed_picture_knows_where_it_lies(size: tuple[int, int]) -> None:
    picture = marked(*size)
    found = bare(frame_jpeg(encoded(picture, "PNG"), CAPTION))
    factor = found.width // size[0]
    assert found.size == (size[0] * factor, size[1] * factor)
    assert difference(picture.resize(found.size, Image.Resampling.NEAREST), found) < 2


@pytest.mark.parametrize(
    "comment",
    [
        b"",
        b"picture 0 0 97 96",
        b"picture 9 9 9 20",
        b"picture 1 2 3",
        b"a picture 0 0 9 9",
        whereabouts((0, 90, 9, 4)),
    ],
)
def test_a_comment_that_is_not_ours_cuts_nothing(comment: bytes) -> None:
    picture = marked(96, 96)
    assert bare(encoded(picture, "JPEG", comment=comment)).size == picture.size


def test_what_is_cut_out_carries_no_metadata() -> None:
    with Image.open(io.BytesIO(bare_jpeg(frame_jpeg(encoded(marked(), "PNG"), CAPTION)))) as alone:
        assert "comment" not in alone.info
        assert not alone.getexif()


def test_transparent_parts_show_the_paper() -> None:
    assert bare(encoded(Image.new("RGBA", (8, 8)), "PNG")).getpixel((4, 4)) == (0xFA, 0xF7, 0xF0)


# -- the card --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(480, 640), (640, 640), (640, 480), (300, 1500)], ids=str)
def test_a_card_shows_both_at_one_size(size: tuple[int, int]) -> None:
    plan = plan_card(size, headed=True)
    card = compose_card(plain((900, 700), BEFORE), plain(size, AFTER), CardWords("DevFest", "", ""))
    assert card.size == plan.size
    (left, top), (width, height) = plan.corner, plan.panel
    first = (left + width // 2, top + height // 2)
    second = (first[0] + plan.offset[0], first[1] + plan.offset[1])
    assert (card.getpixel(first), card.getpixel(second)) == (BEFORE, AFTER)
    assert max(plan.offset) > 0.87 * (height if size[0] > size[1] else width)


@given(st.integers(64, 2048), st.integers(64, 2048), st.booleans())
@settings(max_examples=50, deadline=None)
def test_pictures_and_seam_stay_on_the_card(width: int, height: int, headed: bool) -> None:
    plan = plan_card((width, height), headed=headed)
    right = plan.corner[0] + plan.offset[0] + plan.panel[0]
    bottom = plan.corner[1] + plan.offset[1] + plan.panel[1]
    assert right < plan.size[0]
    assert bottom < plan.size[1]
    assert all(0 <= x <= right and 0 <= y <= bottom for x, y in plan.seam)


def test_a_card_takes_any_words() -> None:
    words = CardWords("Konferenz " * 30, "🎉", "Ein sehr langer Name für einen Stil, den niemand so nennt")
    with Image.open(io.BytesIO(card_jpeg(photo(), frame_jpeg(photo(200), CAPTION), words))) as card:
        assert card.format == "JPEG"
        assert "comment" not in card.info


# -- the loop --------------------------------------------------------------------------------------------


def test_the_edge_wipes_from_the_photo_to_the_picture() -> None:
    frames = wipe(plain((300, 200), BEFORE), plain((400, 600), AFTER), 240)
    assert {frame.size for frame in frames} == {(160, 240)}
    blue = [float((np.asarray(frame)[..., 2] > 150).mean()) for frame in frames]
    assert blue == sorted(blue)
    assert (blue[0], blue[-1], len(frames)) == (0.0, 1.0, FRAMES)


@pytest.mark.parametrize("taste", ["webp", "gif"])
def test_a_loop_comes_back_to_where_it_began(taste: Taste) -> None:
    loop = loop_bytes(
        encoded(marked(480, 640), "PNG"), frame_jpeg(encoded(marked(480, 640, "L"), "PNG"), CAPTION), taste
    )
    assert len(loop) <= MOST_BYTES
    with Image.open(io.BytesIO(loop)) as image:
        assert (image.format, image.size, getattr(image, "n_frames", 1)) == (
            taste.upper(),
            (384, 512),
            2 * FRAMES - 2,
        )
        assert image.info["loop"] == 0
        shown, seconds = [], 0.0
        for number in range(2 * FRAMES - 2):
            image.seek(number)
            shown.append(image.convert("RGB"))
            seconds += image.info["duration"] / 1000
    assert 1.5 < seconds < 2.5
    assert all(difference(shown[way], shown[-way]) < 6 for way in range(1, FRAMES - 1))
    assert difference(shown[0], shown[FRAMES - 1]) > 20


def test_noise_makes_a_loop_smaller_rather_than_larger() -> None:
    noisy = encoded(Image.effect_noise((512, 512), 90).convert("RGB"), "PNG")
    for taste in ("webp", "gif"):
        assert len(loop_bytes(noisy, encoded(marked(), "PNG"), taste)) <= MOST_BYTES


def test_what_cannot_be_small_enough_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wipe_loop, "MOST_BYTES", 100)
    with pytest.raises(RenderCrashed) as told:
        loop_bytes(photo(), photo(), "gif")
    assert told.value.cause == "loop-too-large"


# -- whose they are --------------------------------------------------------------------------------------


@pytest.fixture
async def core(database_url: sa.URL, tmp_path: Path) -> AsyncIterator[Opened]:
    async with opened(database_url, tmp_path) as one:
        yield one


async def finished(core: Opened, guest: GuestKey = ANN) -> JobId:
    job = (await core.booth.submit(post(guest))).job.id
    await core.done(guest, job)
    return job


async def test_keepsakes_are_for_the_pictures_own_guest(core: Opened) -> None:
    job, keepsakes = await finished(core), core.booth.keepsakes
    for give in (keepsakes.card, keepsakes.plain, lambda who, what: keepsakes.loop(who, what, "webp")):
        assert (await give(ANN, job)).data
        with pytest.raises(UnknownJob):
            await give(BOB, job)
    assert (await keepsakes.loop(ANN, job, "gif")).media_type == "image/gif"
    assert await kept(core) == {*names_of(job), loop_name(job, "webp"), loop_name(job, "gif")}


async def test_a_loop_is_drawn_once(core: Opened) -> None:
    job, keepsakes = await finished(core), core.booth.keepsakes
    await core.stores.vault.put(loop_name(job, "webp"), b"drawn before")
    assert (await keepsakes.loop(ANN, job, "webp")).data == b"drawn before"


async def test_keepsakes_go_with_the_photo(core: Opened) -> None:
    job, keepsakes = await finished(core), core.booth.keepsakes
    await keepsakes.loop(ANN, job, "webp")
    await age(core, job, HOUR_S + 1)
    await keeper(core).tidy()
    assert await kept(core) == {picture_name(job)}
    with pytest.raises(PhotoErased):
        await keepsakes.loop(ANN, job, "webp")
    with pytest.raises(PhotoErased):
        await keepsakes.card(ANN, job)
    assert (await keepsakes.plain(ANN, job)).data


@pytest.mark.parametrize("way", ["discard", "forget"])
async def test_erasing_leaves_no_keepsake(core: Opened, way: str) -> None:
    job, keepsakes = await finished(core), core.booth.keepsakes
    await keepsakes.loop(ANN, job, "gif")
    if way == "discard":
        await core.booth.discard(ANN, job)
    else:
        await core.booth.forget(ANN)
    assert not await kept(core)
    with pytest.raises(UnknownJob):
        await keepsakes.loop(ANN, job, "gif")


async def test_a_picture_that_cannot_be_read_is_an_apology(core: Opened) -> None:
    job = await finished(core)
    await core.stores.vault.put(photo_name(job), b"no photo")
    with pytest.raises(KeepsakeFailed):
        await core.booth.keepsakes.loop(ANN, job, "webp")


async def test_the_frame_can_be_switched_off_and_on(core: Opened) -> None:
    keepsakes = core.booth.keepsakes
    assert await keepsakes.frame_of(ANN)
    await keepsakes.set_frame(ANN, on=False)
    assert (await keepsakes.frame_of(ANN), await keepsakes.frame_of(BOB)) == (False, True)
    sizes = []
    for guest in (ANN, BOB):
        picture = (await core.booth.picture(guest, await finished(core, guest))).data
        with Image.open(io.BytesIO(picture)) as image:
            sizes.append(image.size)
    assert sizes[0] == (96, 96)
    assert min(sizes[1]) > 96
    await keepsakes.set_frame(ANN, on=True)
    assert await keepsakes.frame_of(ANN)
    await core.booth.forget(ANN)
    assert await keepsakes.frame_of(ANN)
