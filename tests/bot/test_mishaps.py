"""Mishaps between two steps: what a frozen replica, a lost file or a lost child may not cost anybody."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import PhotoDamaged, SetupError
from bot.nouns import Place
from bot.pixels.children import Children
from bot.pixels.cleaning import Cleaner
from bot.states import JobState
from bot.store.database import open_database
from bot.store.vaults import picture_name
from bot.unbroken import unbroken
from tests.bot.chores import deadly
from tests.bot.opened import ANN, noise, opened, photo, post, shade_of
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import ScriptedRenderer

PATIENCE_S = 60.0


async def until(there: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not there():  # noqa: ASYNC110 # what is waited for has no event
            await asyncio.sleep(0.01)


async def test_a_picture_that_went_missing_is_painted_again(database_url: sa.URL, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path, chat=RecordingChat(outages=10_000)) as core:
        job = (await core.booth.submit(post(shade=50))).job.id
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if (await core.booth.look(ANN, job)).job.state is JobState.DELIVERING:
                    break
                await asyncio.sleep(0.01)
    async with opened(database_url, tmp_path, chat=RecordingChat(outages=10_000)) as core:
        await core.stores.vault.delete([picture_name(job)])
    async with opened(database_url, tmp_path) as core:
        assert abs(shade_of(await core.done(ANN, job)) - 205) < 4
        assert len(core.renderer.orders) == 1


async def test_who_lost_the_job_does_not_take_the_others_picture_away(
    postgres_database: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.staff.staff.LEASE_S", 600.0)  # whoever is frozen sends no heartbeat
    slow = ScriptedRenderer(hold=asyncio.Event())
    async with opened(postgres_database, tmp_path, renderer=slow) as frozen:
        job = (await frozen.booth.submit(post(shade=50))).job.id
        await slow.started.get()
        async with frozen.stores.database.write() as connection:
            await connection.execute(sa.text("UPDATE jobs SET lease = 0"))
        async with opened(postgres_database, tmp_path) as quick:
            await quick.done(ANN, job)
            assert slow.hold is not None
            slow.hold.set()
            await until(lambda: bool(slow.finished))
            assert abs(shade_of(await quick.done(ANN, job)) - 205) < 4


async def test_work_that_was_begun_ends_before_a_cancellation_is_felt() -> None:
    begun, ended = asyncio.Event(), []

    async def work() -> None:
        begun.set()
        await asyncio.sleep(0.02)
        ended.append(True)

    task = asyncio.create_task(unbroken(work()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended


async def test_a_child_that_dies_once_costs_the_guest_nothing() -> None:
    children = Children(slots=1, memory_bytes=1 << 30, seconds=20)
    large = noise(3000)
    async with children.running():
        first = await children.run(os.getpid)
        cleaning = asyncio.create_task(Cleaner(children, 1 << 26).clean(large))
        await until(lambda: children.spare == 0)
        os.kill(first, signal.SIGKILL)
        assert await cleaning
        assert await children.run(os.getpid) != first


async def test_a_photo_that_kills_every_child_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pixels.cleaning.clean", deadly)
    children = Children(slots=1, memory_bytes=1 << 30, seconds=20)
    async with children.running():
        with pytest.raises(PhotoDamaged):
            await Cleaner(children, 1 << 20).clean(photo())


async def test_what_is_said_of_a_jobs_place_does_not_contradict_its_state(
    sqlite_url: sa.URL, tmp_path: Path
) -> None:
    stuck = ScriptedRenderer(hold=asyncio.Event())
    async with opened(sqlite_url, tmp_path, renderer=stuck) as core:
        view = await core.booth.submit(post())  # the snapshot of the line says: waiting, number 1
        await stuck.started.get()
        now = await core.booth.look(ANN, view.job.id)
        assert (now.job.state, now.place.position) == (JobState.RENDERING, 0)
        assert now.place != Place(0, 0.0)


async def test_the_database_and_the_folder_are_their_owners_alone(sqlite_url: sa.URL, tmp_path: Path) -> None:
    async with opened(sqlite_url, tmp_path / "data") as core:
        await core.done(ANN, (await core.booth.submit(post())).job.id)
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0
        files = await asyncio.to_thread(lambda: list(tmp_path.glob("petaflop.db*")))
        assert len(files) == 4  # the database, its log, its shared memory and the lock
        assert [file.name for file in files if file.stat().st_mode & 0o077] == []


async def test_a_second_process_is_kept_away_from_the_pictures_too(tmp_path: Path) -> None:
    databases = [sa.URL.create("sqlite+aiosqlite", database=str(tmp_path / f"{n}.db")) for n in (1, 2)]
    async with opened(databases[0], tmp_path / "data"):
        with pytest.raises(SetupError, match="PETAFLOP_DATA_DIR"):
            async with opened(databases[1], tmp_path / "data"):
                pass


async def test_a_database_that_cannot_be_opened_is_said_in_one_line(postgres_database: sa.URL) -> None:
    for url in (postgres_database.set(database="nowhere"), postgres_database.set(username="nobody")):
        with pytest.raises(SetupError, match="PETAFLOP_DATABASE_URL") as told:
            async with open_database(url):
                pass
        assert "\n" not in told.value.hint
        assert "does not exist" in told.value.hint


async def test_a_file_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("this is no database, " * 100)
    with pytest.raises(SetupError, match="not a database"):
        async with open_database(sa.URL.create("sqlite+aiosqlite", database=str(tmp_path / "notes.db"))):
            pass


async def test_notifications_take_the_same_url_as_the_pool(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database.update_query_dict({"ssl": "prefer"})) as database:
        connection = await database.own_connection()
        try:
            assert await connection.fetchval("SELECT 1") == 1
        finally:
            await connection.close()
