"""``petaflop backup`` and ``restore``: beside a program that runs, and what they refuse."""

import os
from pathlib import Path

import pytest

from adapters.cli import main
from tests.databases import sqlite_in
from tests.program import Program


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_running_booth_moves_house(
    in_process: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Program(in_process / "data"):
        assert main(["backup", "booth.tar"]) == 0
    assert (in_process / "booth.tar").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("PETAFLOP_DATA_DIR", "elsewhere")
    assert main(["restore", "booth.tar"]) == 0
    assert (in_process / "elsewhere" / "petaflop.db").is_file()
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "Database, 0 photos and 0 pictures written.",
        "Database, 0 photos and 0 pictures restored.",
    ]
    assert main(["restore", "booth.tar"]) == os.EX_CANTCREAT


async def test_a_backup_replaces_its_file_only_when_it_is_whole(in_process: Path) -> None:
    (in_process / "booth.tar").write_text("the last one")
    assert main(["backup", "booth.tar"]) == os.EX_CONFIG  # there is no database yet
    assert (in_process / "booth.tar").read_text() == "the last one"
    (in_process / "data").mkdir()
    await sqlite_in(in_process / "data")
    (in_process / "data" / "petaflop.db").write_bytes(b"not a database, but long enough for one" * 100)
    assert main(["backup", "booth.tar"]) == os.EX_IOERR
    assert (in_process / "booth.tar").read_text() == "the last one"
    assert not [name for name in names(in_process) if name.startswith(".")]


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_of_postgresql_its_own_tools_take_care(
    in_process: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    tool: str,
) -> None:
    monkeypatch.setenv("PETAFLOP_DATABASE_URL", "postgresql://booth:hunter2@db.local/booth")
    assert main([command, "booth.tar"]) == os.EX_UNAVAILABLE
    told = capsys.readouterr().err
    assert tool in told
    assert "hunter2" not in told


def test_a_backup_that_is_not_there(in_process: Path) -> None:
    assert main(["restore", "booth.tar"]) == os.EX_NOINPUT
    assert main(["restore", "me.jpg"]) == os.EX_DATAERR
