"""Group moments in the core: one style for all, and a collage of the hour, on both databases."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from bot.cards import Address
from bot.errors import Banned, CollageSoon, TooFewPictures, UnknownStyle
from bot.guests.moments import Collage
from bot.nouns import SOMEBODY, ChatKey, GuestKey, JobId, StyleId
from bot.pixels.collage import WIDTH
from bot.states import JobState
from bot.store.tables import jobs, moments
from tests.bot.opened import Opened, opened, plan, post, until
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import PLAIN

OWNER, ANN, BOB = GuestKey("telegram:1"), GuestKey("telegram:7"), GuestKey("telegram:8")
GROUP, OTHER = ChatKey("telegram:-100"), ChatKey("telegram:-200")


@asynccontextmanager
async def together(url: sa.URL, folder: Path) -> AsyncIterator[Opened]:
    chat = RecordingChat("telegram")
    async with opened(url, folder, with_plan=plan(maintainers=[OWNER], guest_limit=0), chat=chat) as core:
        yield core


async def picture(
    core: Opened, guest: GuestKey, chat: ChatKey = GROUP, subject: GuestKey | None = None
) -> JobId:
    view = await core.booth.submit(replace(post(guest), chat=chat, subject=subject))
    await core.done(guest, view.job.id)
    return view.job.id


async def pass_time(core: Opened, seconds: float) -> None:
    """As if so many seconds had passed since."""
    async with core.stores.database.write() as connection:
        earlier = {"until": moments.c.until - seconds, "collage": moments.c.collage - seconds}
        await connection.execute(moments.update().values(**earlier))
        await connection.execute(jobs.update().values(changed=jobs.c.changed - seconds))


async def placed(core: Opened, collage: Collage, message: str = "collage 1") -> bool:
    return await core.booth.moments.placed(collage, Address(GROUP, message), "en")


async def taken_back(core: Opened, message: str) -> None:
    async def gone() -> bool:
        there = {address.message for address, _ in core.chat.taken_back}
        return message in there and not await core.stores.recalls.pending()

    await until(gone)


async def test_photos_take_the_style_of_the_moment(database_url: sa.URL, tmp_path: Path) -> None:
    async with together(database_url, tmp_path) as core:
        booth = core.booth
        assert await booth.moments.style_of(GROUP) is None
        await booth.moments.set_style(GROUP, ANN, PLAIN.id)
        for guest in (ANN, BOB):
            view = await booth.submit(replace(post(guest, style=None), chat=GROUP))
            assert (view.job.style, view.job.state) == (PLAIN.id, JobState.WAITING)
        elsewhere = await booth.submit(replace(post(ANN, style=None), chat=OTHER))
        assert elsewhere.job.state is JobState.CHOOSING
        assert await booth.moments.end(GROUP)
        assert not await booth.moments.end(GROUP)
        own = await booth.submit(replace(post(ANN, style=None), chat=GROUP))
        assert own.job.style is None


async def test_a_moment_is_over_by_itself(database_url: sa.URL, tmp_path: Path) -> None:
    async with together(database_url, tmp_path) as core:
        style_of = core.booth.moments.style_of
        await core.booth.moments.set_style(GROUP, ANN, PLAIN.id, minutes=10)
        await pass_time(core, 590.0)
        assert await style_of(GROUP) == PLAIN.id
        await pass_time(core, 11.0)
        assert await style_of(GROUP) is None
        await core.booth.moments.set_style(GROUP, ANN, PLAIN.id, minutes=10_000)
        await pass_time(core, 3601.0)
        assert await style_of(GROUP) is None


async def test_a_style_that_is_hidden_ends_the_moment(database_url: sa.URL, tmp_path: Path) -> None:
    async with together(database_url, tmp_path) as core:
        await core.booth.moments.set_style(GROUP, ANN, PLAIN.id)
        await core.booth.office.wardrobe.hide(OWNER, PLAIN.id)
        assert await core.booth.moments.style_of(GROUP) is None
        view = await core.booth.submit(replace(post(ANN, style=None), chat=GROUP))
        assert view.job.state is JobState.CHOOSING
        with pytest.raises(UnknownStyle):
            await core.booth.moments.set_style(GROUP, ANN, PLAIN.id)
        with pytest.raises(UnknownStyle):
            await core.booth.moments.set_style(GROUP, ANN, StyleId("nothing"))


async def test_the_banned_have_no_moment(database_url: sa.URL, tmp_path: Path) -> None:
    async with together(database_url, tmp_path) as core:
        for _ in range(2):
            await picture(core, BOB)
        await core.booth.office.hand.ban(OWNER, ANN)
        with pytest.raises(Banned):
            await core.booth.moments.set_style(GROUP, ANN, PLAIN.id)
        with pytest.raises(Banned):
            await core.booth.moments.collage(ANN, GROUP, "en")


async def test_a_collage_is_of_this_chat_and_this_hour(database_url: sa.URL, tmp_path: Path) -> None:
    async with together(database_url, tmp_path) as core:
        old = await picture(core, ANN)
        await pass_time(core, 3601.0)
        elsewhere = await picture(core, ANN, OTHER)
        with pytest.raises(TooFewPictures):
            await core.booth.moments.collage(ANN, GROUP, "en")
        newest = [await picture(core, guest) for guest in (ANN, BOB, ANN)]
        foreign = await picture(core, ANN, subject=SOMEBODY)
        collage = await core.booth.moments.collage(BOB, GROUP, "de")
        assert list(collage.jobs) == newest[::-1]
        assert not {old, elsewhere, foreign} & set(collage.jobs)
        with Image.open(io.BytesIO(collage.picture.data)) as sheet:
            assert sheet.width == WIDTH
        with pytest.raises(CollageSoon) as soon:
            await core.booth.moments.collage(ANN, GROUP, "en")
        assert 0 < soon.value.retry_after_s <= 60
        await pass_time(core, 61.0)
        assert len((await core.booth.moments.collage(ANN, GROUP, "en")).jobs) == 3


async def test_at_most_twelve_are_on_a_collage(sqlite_url: sa.URL, tmp_path: Path) -> None:
    async with together(sqlite_url, tmp_path) as core:
        made = [await picture(core, ANN) for _ in range(13)]
        assert list((await core.booth.moments.collage(ANN, GROUP, "en")).jobs) == made[:0:-1]


async def test_what_a_maintainer_took_down_is_on_no_collage(database_url: sa.URL, tmp_path: Path) -> None:
    async with together(database_url, tmp_path) as core:
        first, second, third = [await picture(core, ANN) for _ in range(3)]
        hidden = await core.booth.sharing.share(ANN, second)
        await core.booth.office.curator.hide(OWNER, hidden.id)
        assert list((await core.booth.moments.collage(ANN, GROUP, "en")).jobs) == [third, first]


async def test_a_collage_comes_down_with_the_first_of_its_pictures(
    database_url: sa.URL, tmp_path: Path
) -> None:
    async with together(database_url, tmp_path) as core:
        anns, _ = await picture(core, ANN), await picture(core, BOB)
        collage = await core.booth.moments.collage(ANN, GROUP, "en")
        assert await placed(core, collage)
        await core.booth.sharing.share(ANN, anns)
        await core.booth.sharing.unshare(ANN, anns)  # the group has seen it without a share
        assert not core.chat.taken_back
        await core.booth.forget(BOB)
        await taken_back(core, "collage 1")


async def test_a_collage_of_a_picture_that_was_erased_meanwhile_stays_nowhere(
    database_url: sa.URL, tmp_path: Path
) -> None:
    async with together(database_url, tmp_path) as core:
        for guest in (ANN, BOB):
            await picture(core, guest)
        collage = await core.booth.moments.collage(ANN, GROUP, "en")
        await core.booth.forget(BOB)
        assert not await placed(core, collage, "collage 2")
        await taken_back(core, "collage 2")
