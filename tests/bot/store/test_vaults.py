"""One suite for both vaults, and what only files can do wrong."""

import os
from pathlib import Path

import pytest

from bot.nouns import JobId
from bot.ports import Vault
from bot.store.database import Database
from bot.store.jobs import new_job_id
from bot.store.vaults import FileVault, RowVault, names_of, photo_name, picture_name


@pytest.fixture(params=["files", "rows"])
async def vault(request: pytest.FixtureRequest, tmp_path: Path, database: Database) -> Vault:
    return FileVault(tmp_path) if request.param == "files" else RowVault(database)


async def listed(vault: Vault) -> dict[str, float]:
    return {name: age async for name, age in vault.names()}


async def test_what_is_put_can_be_got_replaced_listed_and_deleted(vault: Vault) -> None:
    job = new_job_id()
    assert await vault.get(photo_name(job)) is None
    await vault.put(photo_name(job), b"one")
    await vault.put(photo_name(job), b"two\x00\xff")
    await vault.put(picture_name(job), b"picture")
    assert await vault.get(photo_name(job)) == b"two\x00\xff"
    found = await listed(vault)
    assert set(found) == set(names_of(job))
    assert all(-1 < age < 60 for age in found.values())
    assert await vault.delete([*names_of(job), photo_name(new_job_id())]) == 2
    assert await vault.get(photo_name(job)) is None
    assert not await listed(vault)


@pytest.mark.parametrize("name", ["photo/../../etc/passwd", "photo/x", "secret/" + "0" * 36, "", "/photo/x"])
async def test_a_name_that_we_did_not_make_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="<kind>/<job>"):
        await FileVault(tmp_path).put(name, b"x")


async def test_files_are_for_the_owner_only(tmp_path: Path) -> None:
    job = new_job_id()
    await FileVault(tmp_path).put(photo_name(job), b"face")
    path = tmp_path / "photo" / job
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


async def test_an_unfinished_write_of_a_killed_process_is_listed_and_can_be_deleted(tmp_path: Path) -> None:
    vault = FileVault(tmp_path)
    job = new_job_id()
    await vault.put(photo_name(job), b"face")
    part = tmp_path / "photo" / f"{JobId(job)}.part"
    part.write_bytes(b"half a fa")
    os.utime(part, (0, 0))
    found = await listed(vault)
    assert found[f"photo/{job}.part"] > 1e9
    assert await vault.delete([f"photo/{job}.part"]) == 1


async def test_the_owners_own_files_in_the_same_folder_are_none_of_our_business(tmp_path: Path) -> None:
    for name in ("photo/holiday.jpg", "notes/todo.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    assert not await listed(FileVault(tmp_path))
