"""``petaflop close-event``: what it asks, what it refuses, and beside a program that serves."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from adapters.cli import main
from bot.office.export import TABLE, is_export, pictures_in
from tests.program import Program

NOTHING = {
    "exported": 0,
    "guests": 0,
    "jobs": 0,
    "photos": 0,
    "pictures": 0,
    "shares": 0,
    "messages": 0,
    "copies": 0,
}


def test_it_asks_first_and_says_what_it_did(in_process: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["close-event", "event.zip"]) == os.EX_USAGE  # nobody is there to say yes
    assert not (in_process / "event.zip").exists()
    assert main(["close-event", "event.zip", "--yes"]) == os.EX_OK
    assert "Erased: 0 guests" in capsys.readouterr().out
    assert is_export(in_process / "event.zip")


def test_another_file_is_never_replaced(in_process: Path) -> None:
    (in_process / "thesis.zip").write_text("years of work")
    assert main(["close-event", "thesis.zip", "--yes"]) == os.EX_CANTCREAT
    assert (in_process / "thesis.zip").read_text() == "years of work"
    assert main(["close-event", "nowhere/event.zip", "--yes"]) == os.EX_CANTCREAT


def test_a_serving_booth_does_it(in_process: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = in_process / "kept.zip"
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(TABLE, "")
        archive.writestr("00001-comic.jpg", b"of the first time")
    with Program(in_process / "data"):
        assert main(["close-event", "event.zip", "--yes", "--json"]) == os.EX_OK
        assert json.loads(capsys.readouterr().out) == NOTHING
        assert main(["close-event", "kept.zip", "--yes", "--json"]) == os.EX_OK
    assert json.loads(capsys.readouterr().out) == {**NOTHING, "exported": 1}
    assert pictures_in(kept) == 1  # nothing is shared any more: what is there stays
    assert is_export(in_process / "event.zip")
    left = ("close-event", "event.zip")
    assert not [path.name for path in (in_process / "data").iterdir() if path.name.startswith(left)]
