"""The sheet of styles is kept fresh while nobody waits."""

import asyncio
import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from bot.errors import StyleBroken
from bot.nouns import ChatKey, JobKind, StyleId
from bot.office import trials
from bot.office.previews import PRIORITY
from bot.store.claims import ClaimStore
from bot.store.database import Database
from bot.store.jobs import JobStore, Limits, NewJob, new_job_id
from bot.store.vaults import preview_name
from tests.bot.crewed import GUEST, OWNER, Crewed, crewed, wish
from tests.bot.opened import plan, post, until
from tests.fakes.renderer import PLAIN, ScriptedRenderer

FLUX = StyleId("flux-oil")
WITH_SHEET = plan(maintainers=[OWNER], sheet=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.office.previews.LOOK_S", 0.02)


async def shown(house: Crewed, style: StyleId) -> bytes:
    async def there() -> bool:
        return await house.office.previews.of(style) is not None

    await until(there)
    picture = await house.office.previews.of(style)
    assert picture is not None
    assert picture.media_type == "image/webp"
    return picture.data


async def test_graph_styles_are_drawn_on_the_portrait_and_again_when_published(
    database_url: sa.URL, tmp_path: Path
) -> None:
    async with crewed(database_url, tmp_path, with_plan=WITH_SHEET) as house:
        first = await shown(house, FLUX)
        with Image.open(io.BytesIO(first)) as preview:
            assert max(preview.size) <= 512
        before = house.office.previews.version(FLUX)
        draft = await house.office.atelier.edit(OWNER, FLUX)
        await house.published(await house.office.atelier.change(OWNER, draft.id, "en", {"prompt": "x"}))

        async def renewed() -> bool:
            return house.office.previews.version(FLUX) != before

        await until(renewed)
        await shown(house, FLUX)
        names = [name async for name, _ in house.core.stores.vault.names() if name.startswith("preview/")]
        assert len(names) == 1  # the one before is gone
        assert (await house.office.stats.figures(OWNER)).pictures == 0
    async with crewed(database_url, tmp_path, with_plan=WITH_SHEET) as house:
        assert await house.office.previews.of(FLUX) is not None


async def test_nothing_is_drawn_while_somebody_waits(sqlite_url: sa.URL, tmp_path: Path) -> None:
    hold = asyncio.Event()
    renderer = ScriptedRenderer(hold=hold)
    async with crewed(sqlite_url, tmp_path, renderer=renderer) as house:
        view = await house.core.booth.submit(post(GUEST))
        assert await house.office.previews.draw_one() is None
        hold.set()
        await house.core.done(GUEST, view.job.id)
        job = await house.office.previews.draw_one()
        assert job is not None
        assert (job.kind, job.style) == ("preview", FLUX)
        assert await house.office.previews.draw_one() is None


async def test_a_preview_makes_way_for_a_guest_and_comes_again(sqlite_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with crewed(sqlite_url, tmp_path, renderer=renderer) as house:
        first = await house.office.previews.draw_one()
        assert first is not None
        await renderer.started.get()
        view = await house.core.booth.submit(post(GUEST))
        assert (await renderer.started.get()).job == view.job.id
        assert renderer.cancelled == [first.id]
        assert renderer.hold is not None
        renderer.hold.set()
        await house.core.done(GUEST, view.job.id)
        again = await house.office.previews.draw_one()
        assert again is not None
        assert again.style == first.style
        await shown(house, FLUX)
        assert house.office.previews.yielded() is None


async def test_trials_come_first_and_previews_last(database: Database) -> None:
    jobs, claims = JobStore(database), ClaimStore(database)
    kinds: list[tuple[JobKind, int]] = [("preview", PRIORITY), ("guest", 0), ("trial", trials.PRIORITY)]
    for kind, priority in kinds:
        new = NewJob(new_job_id(), kind, GUEST, ChatKey(GUEST), "en", 7, PLAIN, priority=priority, kind=kind)
        await jobs.add(new, Limits(guest=1, line=1))
    claimed = await claims.claim(PLAIN.renderer, "me", 5)
    assert [claim.job.kind for claim in claimed] == ["trial", "guest", "preview"]


async def test_a_style_that_comes_back_with_its_server_gets_its_preview(
    sqlite_url: sa.URL, tmp_path: Path
) -> None:
    async with crewed(sqlite_url, tmp_path) as house:
        house.bench.missing = {"flux"}
        house.bench.changed()
        assert await house.office.previews.draw_one() is None
        house.bench.missing = set()
        house.bench.changed()
        assert await house.office.previews.draw_one() is not None
        await shown(house, FLUX)


async def test_what_cannot_be_drawn_is_not_tried_all_the_time(sqlite_url: sa.URL, tmp_path: Path) -> None:
    async with crewed(sqlite_url, tmp_path) as house:
        await house.published(await house.office.atelier.by_prompt(OWNER, wish()))
        house.core.renderer.errors = [lambda: StyleBroken("missing-model")]
        first = await house.office.previews.draw_one()
        assert first is not None

        async def over() -> bool:
            return await house.core.stores.jobs.unfinished() == 0

        await until(over)
        second = await house.office.previews.draw_one()
        assert second is not None
        assert first.style != second.style
        await until(over)
        assert await house.office.previews.draw_one() is None
        assert FLUX in await house.offered()  # only guests' jobs set a style aside


async def test_retention_leaves_previews_and_erases_orphans(sqlite_url: sa.URL, tmp_path: Path) -> None:
    async with crewed(sqlite_url, tmp_path) as house:
        job = await house.office.previews.draw_one()
        assert job is not None
        await shown(house, FLUX)
        orphan = "preview/00000000-0000-0000-0000-000000000000"
        await house.core.stores.vault.put(orphan, b"nobody's")
        known = await house.core.stores.upkeep.existing([job.id])
        assert known == {job.id}
        await house.core.stores.upkeep.drop_rows([job.id])
        assert await house.core.stores.upkeep.existing([job.id]) == {job.id}
        assert await house.core.stores.vault.get(preview_name(job.id)) is not None
