"""Traces on renderers' servers: remembered until they are gone, across restarts and erased rows."""

from pathlib import Path

import sqlalchemy as sa

from bot.staff.scrubber import Scrubber
from bot.store.traces import TraceStore
from tests.bot.opened import ANN, opened, post
from tests.fakes.renderer import ScriptedRenderer


async def test_what_could_not_be_reached_is_asked_for_again_after_a_restart(
    database_url: sa.URL, tmp_path: Path
) -> None:
    away = ScriptedRenderer(unreachable_copies=1)
    async with opened(database_url, tmp_path, renderer=away) as core:
        job = (await core.booth.submit(post())).job.id
        await core.done(ANN, job)
        assert dict((await core.booth.forget(ANN)).pending) == {"scripted": 1}
        assert await Scrubber([away], core.stores.traces).scrub() == 1
    back = ScriptedRenderer()
    async with opened(database_url, tmp_path, renderer=back) as core:
        await Scrubber([back], core.stores.traces).scrub()
        assert set(back.scrubbed) == {job}  # by the scrubber of the booth itself, too
        assert await core.stores.traces.due("scripted", 10) == []


async def test_a_job_that_is_still_at_work_is_left_alone(database_url: sa.URL, tmp_path: Path) -> None:
    idle = ScriptedRenderer(slots=0, unreachable_copies=1)  # the booth's own scrubber finds nothing gone
    async with opened(database_url, tmp_path, renderer=idle) as core:
        job = (await core.booth.submit(post())).job.id
        assert await core.stores.traces.note("scripted", job)
        assert await core.stores.traces.note("scripted", job)
        assert await core.stores.traces.due("scripted", 10) == []
        await core.booth.discard(ANN, job)
        assert await core.stores.traces.due("scripted", 10) == [job]


async def test_who_leaves_nothing_is_not_asked(database_url: sa.URL, tmp_path: Path) -> None:
    clean = ScriptedRenderer(leaves_traces=False)
    async with opened(database_url, tmp_path, renderer=clean) as core:
        await core.done(ANN, (await core.booth.submit(post())).job.id)
        assert await TraceStore(core.stores.database).due("scripted", 10) == []
        assert await Scrubber([clean], core.stores.traces).scrub() == 0
