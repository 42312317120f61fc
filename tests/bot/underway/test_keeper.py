"""Retention: photos, pictures, rows and orphans go when their time is over, and nothing else does."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import DeliveryError, UnknownJob
from bot.nouns import Inbound, JobId, PhotoRef
from bot.states import JobState
from bot.store.jobs import new_job_id
from bot.store.reserve import Reserve
from bot.store.tables import guests, shares
from bot.store.tables import inbox as inbound
from bot.store.tables import jobs as table
from bot.store.vaults import names_of, photo_name, picture_name
from bot.underway.keeper import Broom, Keeper, Retention
from tests.bot.opened import ANN, BOB, Opened, opened, post
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import ScriptedRenderer

HOUR_S = 3600.0
DAY_S = 86400.0


async def age(core: Opened, job: JobId, seconds: float) -> None:
    """Let a job have changed for the last time that long ago."""
    async with core.stores.database.write() as connection:
        older = table.c.changed - seconds
        await connection.execute(table.update().where(table.c.id == job).values(changed=older))


def keeper(core: Opened, retention: Retention | None = None) -> Keeper:
    stores = core.stores
    return Keeper(
        Broom(stores.jobs, stores.upkeep, stores.shares, stores.vault, stores.reserve, stores.bell),
        retention or Retention(HOUR_S, DAY_S),
    )


async def kept(core: Opened) -> set[str]:
    return {name async for name, _ in core.stores.vault.names()}


async def test_a_photo_goes_before_its_picture(database_url: sa.URL, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as core:
        old = (await core.booth.submit(post(ANN))).job.id
        new = (await core.booth.submit(post(BOB))).job.id
        await core.done(ANN, old)
        await core.done(BOB, new)
        await age(core, old, HOUR_S + 1)
        assert await keeper(core).tidy() == 1
        assert await kept(core) == {picture_name(old), *names_of(new)}
        assert (await core.booth.picture(ANN, old)).data
        await age(core, old, DAY_S)
        assert await keeper(core).tidy() == 1
        assert await kept(core) == set(names_of(new))
        with pytest.raises(UnknownJob):
            await core.booth.look(ANN, old)


async def test_a_photo_that_still_waits_is_kept_however_long(database_url: sa.URL, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path, renderer=ScriptedRenderer(slots=0)) as core:
        waiting = (await core.booth.submit(post())).job.id
        await age(core, waiting, 10 * DAY_S)
        assert await keeper(core).tidy() == 0
        assert await kept(core) == {photo_name(waiting)}


async def test_who_never_chose_is_let_go(database_url: sa.URL, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as core:
        choosing = (await core.booth.submit(post(style=None))).job.id
        await age(core, choosing, HOUR_S + 1)
        assert await keeper(core).tidy() == 1
        assert (await core.booth.look(ANN, choosing)).job.state is JobState.CANCELLED
        assert not await kept(core)


async def test_a_photo_that_never_came_is_waited_for_as_long_as_a_picture_is_kept(
    database_url: sa.URL, tmp_path: Path
) -> None:
    ref = PhotoRef("away")
    chat = RecordingChat(photos={ref: DeliveryError(retry_after_s=10 * DAY_S)})
    async with opened(database_url, tmp_path, chat=chat) as core:
        choosing = (await core.booth.submit(post(data=ref, style=None))).job.id
        waiting = (await core.booth.submit(post(data=ref))).job.id
        for job in (choosing, waiting):
            await age(core, job, HOUR_S + 1)
        await keeper(core).tidy()
        states = [(await core.booth.look(ANN, job)).job.state for job in (choosing, waiting)]
        assert states == [JobState.CANCELLED, JobState.WAITING]
        await age(core, waiting, DAY_S)
        await keeper(core).tidy()
        sad = (await core.booth.look(ANN, waiting)).job
        assert (sad.state, sad.failure, sad.source) == (JobState.FAILED, "photo-out-of-reach", None)


async def test_what_platforms_sent_and_guests_chose_goes_in_its_time(
    database_url: sa.URL, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path) as core:
        inbox, booth = core.stores.inbox, core.booth
        old, new = Inbound("web:1", "web", "old", "chat"), Inbound("web:2", "web", "new", "chat")
        await inbox.keep_all([old, new])
        await booth.set_language(ANN, "de")
        await booth.set_language(BOB, "de")
        async with core.stores.database.write() as connection:
            older = inbound.update().where(inbound.c.key == "web:1")
            await connection.execute(older.values(created=inbound.c.created - 2 * DAY_S - 1))
            gone = guests.update().where(guests.c.guest == ANN)
            await connection.execute(gone.values(seen=guests.c.seen - 30 * DAY_S - 1))
        await keeper(core).tidy()
        assert (await inbox.keep(old), await inbox.keep(new)) == (True, False)
        assert (await booth.language_of(ANN), await booth.language_of(BOB)) == (None, "de")


async def test_orphans_of_a_crash_go_once_they_are_surely_orphans(
    database_url: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(database_url, tmp_path) as core:
        orphan = photo_name(new_job_id())
        await core.stores.vault.put(orphan, b"a photo whose row was never written")
        done = (await core.booth.submit(post())).job.id
        await core.done(ANN, done)
        assert await keeper(core).tidy() == 0
        monkeypatch.setattr("bot.underway.keeper.ORPHAN_AGE_S", -60.0)
        assert await keeper(core).tidy() == 1
        assert await kept(core) == set(names_of(done))


async def test_everything_of_a_big_event_goes_in_batches(
    sqlite_url: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.keeper.BATCH", 2)
    async with opened(sqlite_url, tmp_path) as core:
        for _ in range(5):
            await core.done(ANN, (await core.booth.submit(post())).job.id)
        assert await keeper(core, Retention(-60.0, -60.0)).tidy() == 10
        assert not await kept(core)
        assert (await core.stores.pulse.pulse()).tallies == []


def database_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("booth.db*")}


async def test_what_was_erased_is_not_left_in_the_log(tmp_path: Path) -> None:
    file = tmp_path / "booth.db"
    async with opened(sa.URL.create("sqlite+aiosqlite", database=str(file)), tmp_path) as core:
        job = (await core.booth.submit(post(ANN))).job.id
        await core.done(ANN, job)
        await core.booth.sharing.share(ANN, job, "Annabelle Q")
        await core.booth.forget(ANN)
        await keeper(core).tidy()
        files = database_files(tmp_path)
    assert "booth.db-wal" in files
    assert [name for name, data in files.items() if b"Annabelle" in data] == []


async def test_the_ballast_takes_little_of_a_small_disk(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path)
    assert await reserve.restore()
    assert await reserve.restore()
    size = (tmp_path / "ballast").stat().st_size
    assert 0 < size <= 32 << 20
    rooms = (await reserve.room_for(1 << 20, 1), await reserve.room_for(1 << 60, 1))
    assert rooms == (True, False)
    assert await reserve.release()
    assert not await reserve.release()
    assert not await reserve.room_for(0, 0)


async def test_a_share_whose_time_is_over_ends_and_its_picture_has_the_time_of_all(
    database_url: sa.URL, tmp_path: Path
) -> None:
    """Briefly shared, it stays its guest's as long as others; shared for long, it goes with its share."""
    async with opened(database_url, tmp_path) as core:
        job = (await core.booth.submit(post(ANN))).job.id
        await core.done(ANN, job)
        await core.booth.sharing.share(ANN, job, "Ann")
        await shared_ago(core, job, 2 * HOUR_S)
        brief = keeper(core, Retention(HOUR_S, DAY_S, shared_s=HOUR_S))
        await brief.tidy()
        assert await core.stores.shares.of_job(job) is None
        assert await core.booth.wall.newest("en") == []
        assert (await core.booth.picture(ANN, job)).data
        await core.booth.sharing.share(ANN, job)
        await age(core, job, DAY_S + 1)
        await shared_ago(core, job, DAY_S)
        long = keeper(core, Retention(HOUR_S, DAY_S, shared_s=2 * DAY_S))
        await long.tidy()
        assert await kept(core) == {picture_name(job)}
        assert len(await core.booth.wall.newest("en")) == 1
        await shared_ago(core, job, 2 * DAY_S + 1)
        await long.tidy()
        assert await core.booth.wall.newest("en") == []
        assert await kept(core) == set()
        with pytest.raises(UnknownJob):
            await core.booth.look(ANN, job)
        async with core.stores.database.read() as connection:
            assert (await connection.execute(sa.select(shares))).all() == []


async def shared_ago(core: Opened, job: JobId, seconds: float) -> None:
    """Let a picture have been shared so long ago."""
    async with core.stores.database.write() as connection:
        at = core.stores.database.now() - seconds
        await connection.execute(shares.update().where(shares.c.job == job).values(at=at))
