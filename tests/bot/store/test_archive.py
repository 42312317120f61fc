"""A booth in one file: written while it serves, read back whole, without anything that was erased."""

import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.nouns import GuestKey, JobId
from bot.states import JobState
from bot.store.archive import Contents, back_up, restore
from bot.store.migrate import HEAD
from tests.bot.opened import ANN, BOB, Opened, opened, post, shade_of
from tests.databases import sqlite_in, sqlite_url

Spoil = Callable[[dict[str, bytes]], dict[str, bytes]]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def saved(folder: Path) -> io.BytesIO:
    target = io.BytesIO()
    back_up(folder, folder / "petaflop.db", target)
    target.seek(0)
    return target


def members(backup: io.BytesIO) -> dict[str, bytes]:
    backup.seek(0)
    with tarfile.open(fileobj=backup) as tar:
        sources = {member.name: tar.extractfile(member) for member in tar}
        return {name: source.read() for name, source in sources.items() if source is not None}


def tarred(files: dict[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    target.seek(0)
    return target


async def painted(core: Opened, guest: GuestKey, shade: int) -> JobId:
    view = await core.booth.submit(post(guest, shade))
    await core.done(guest, view.job.id)
    return view.job.id


async def test_a_booth_that_serves_is_saved_and_goes_on_elsewhere(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    url = await sqlite_in(here)
    async with opened(url, here) as core:
        forgotten = await painted(core, BOB, 200)
        faces = [await core.stores.vault.get(f"{kind}/{forgotten}") for kind in ("photo", "picture")]
        await core.booth.forget(BOB)
        kept = await painted(core, ANN, 60)
        secret = await core.stores.meta.secret()
        backup = saved(here)
    found = members(backup)
    assert found.keys() == {"petaflop.db", f"photo/{kept}", f"picture/{kept}", "manifest.json"}
    everything = b"".join(found.values())
    assert str(BOB).encode() not in everything
    assert all(face and face not in everything for face in faces)

    backup.seek(0)
    assert restore(backup, there) == Contents(photos=1, pictures=1, revision=HEAD)
    assert {path.stat().st_mode & 0o077 for path in there.rglob("*")} == {0}
    async with opened(sqlite_url(there), there) as core:
        view = await core.booth.look(ANN, kept)
        assert view.job.state is JobState.DONE
        assert abs(shade_of((await core.booth.picture(ANN, kept)).data) - (255 - 60)) < 4
        assert await core.stores.meta.secret() == secret
        await painted(core, BOB, 90)


async def test_what_was_erased_since_it_began_is_left_out(tmp_path: Path) -> None:
    url = await sqlite_in(tmp_path)
    async with opened(url, tmp_path) as core:
        job = await painted(core, ANN, 60)
        await core.stores.vault.delete([f"photo/{job}"])
        assert f"photo/{job}" not in members(saved(tmp_path))
    assert not [name for name in names(tmp_path) if name.startswith(".backup-")]


async def test_a_guest_in_the_log_beside_the_database_is_saved(tmp_path: Path) -> None:
    url = await sqlite_in(tmp_path)
    async with opened(url, tmp_path) as core:
        job = await painted(core, ANN, 60)
        assert (tmp_path / "petaflop.db-wal").stat().st_size > 0
        (tmp_path / "copy.db").write_bytes(members(saved(tmp_path))["petaflop.db"])
    with closing(sqlite3.connect(tmp_path / "copy.db")) as database:
        assert database.execute("SELECT id FROM jobs").fetchall() == [(job,)]


def test_there_is_nothing_to_save_before_the_first_start(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="nothing to back up"):
        saved(tmp_path)


async def test_a_booth_is_never_replaced(tmp_path: Path) -> None:
    await sqlite_in(tmp_path)
    backup = saved(tmp_path)
    with pytest.raises(SetupError, match="has a booth already"):
        restore(backup, tmp_path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda files: files | {"../escaped": b"x"},
        lambda files: files | {"/etc/escaped": b"x"},
        lambda files: files | {"photo/name": b"x"},
        lambda files: files | {"petaflop.db": files["petaflop.db"][:-1]},
        lambda files: {name: data for name, data in files.items() if name != "petaflop.db"},
        lambda files: {name: data for name, data in files.items() if name != "manifest.json"},
        lambda files: files | {"manifest.json": b"{"},
        lambda files: files | {"manifest.json": b"{}"},
        lambda _files: {},
    ],
)
async def test_what_is_no_backup_leaves_nothing_behind(tmp_path: Path, spoil: Spoil) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    await sqlite_in(here)
    with pytest.raises(SetupError, match="no backup of petaflop's") as refused:
        restore(tarred(spoil(members(saved(here)))), there)
    assert refused.value.exit_code == os.EX_DATAERR
    assert names(there) == {"booth.lock"}
    assert names(tmp_path) == {"here", "there"}


@pytest.mark.parametrize("cut", [0, 100, 5000])
async def test_a_backup_that_was_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    here = tmp_path / "here"
    here.mkdir()
    await sqlite_in(here)
    with pytest.raises(SetupError, match="no backup of petaflop's"):
        restore(io.BytesIO(saved(here).read()[:cut]), tmp_path / "there")


async def test_a_newer_petaflops_backup_says_so(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    await sqlite_in(here)
    files = members(saved(here))
    manifest = json.loads(files["manifest.json"]) | {"revision": "9999"}
    with pytest.raises(SetupError, match="newer petaflop"):
        restore(tarred(files | {"manifest.json": json.dumps(manifest).encode()}), tmp_path / "there")
