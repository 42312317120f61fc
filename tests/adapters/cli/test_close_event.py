"""``petaflop close-event``: what it asks, what it refuses, and beside a program that serves."""

import asyncio
import json
import os
import zipfile
from pathlib import Path

import pytest

from adapters.cli import main
from adapters.settings import load_settings
from bot.exhibits import ShareState
from bot.nouns import JobId
from bot.office.export import TABLE, is_export, pictures_in
from bot.states import JobState
from bot.store.stores import open_stores
from bot.store.tables import jobs, shares
from bot.store.vaults import picture_name
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

JOB = JobId("00000000-0000-4000-8000-000000000000")


def an_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(TABLE, "")
        archive.writestr("00001-comic.jpg", b"of the first time")


async def share_one() -> None:
    """A picture is shared in the booth that is set up here; no child process begins in a folder that goes."""
    settings = load_settings({})
    settings.data_dir.mkdir()
    words = dict.fromkeys(("event", "guest", "chat", "platform", "language"), "web:ann")
    columns = "seed priority turn chat_turn due lease attempt crashes created changed"
    numbers = dict.fromkeys(columns.split(), 0)
    job = {"id": JOB, "state": JobState.DONE, "has_photo": False, "has_picture": True, **words, **numbers}
    share = {"id": "a", "job": JOB, "guest": "web:ann", "style": "comic", "state": ShareState.SHOWN, "at": 0}
    async with open_stores(settings.database_url, settings.data_dir) as stores:
        async with stores.database.write() as connection:
            await connection.execute(jobs.insert().values(job))
            await connection.execute(shares.insert().values(share))
        await stores.vault.put(picture_name(JOB), b"a picture")


def test_it_asks_first_and_says_what_it_did(in_process: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["close-event", "event.zip"]) == os.EX_USAGE  # nobody is there to say yes
    assert not (in_process / "event.zip").exists()
    assert main(["close-event", "event.zip", "--yes"]) == os.EX_OK
    said = capsys.readouterr().out
    assert "0 shared pictures are in event.zip." in said
    assert "Erased: 0 guests" in said
    assert is_export(in_process / "event.zip")


def test_an_earlier_event_keeps_its_archive(in_process: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = in_process / "kept.zip"
    an_archive(kept)
    earlier = kept.read_bytes()
    asyncio.run(share_one())
    assert main(["close-event", "kept.zip", "--yes"]) == os.EX_OK
    assert "1 shared picture is in kept-2.zip." in capsys.readouterr().out
    assert pictures_in(in_process / "kept-2.zip") == 1
    assert main(["close-event", "kept.zip", "--yes"]) == os.EX_OK
    assert "Nothing new was shared: kept.zip stays as it is." in capsys.readouterr().out
    assert kept.read_bytes() == earlier
    assert not (in_process / "kept-3.zip").exists()


def test_another_file_is_never_replaced(in_process: Path) -> None:
    (in_process / "thesis.zip").write_text("years of work")
    assert main(["close-event", "thesis.zip", "--yes"]) == os.EX_CANTCREAT
    assert (in_process / "thesis.zip").read_text() == "years of work"
    assert main(["close-event", "nowhere/event.zip", "--yes"]) == os.EX_CANTCREAT


def test_a_serving_booth_does_it(in_process: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = in_process / "kept.zip"
    an_archive(kept)
    with Program(in_process / "data"):
        assert main(["close-event", "event.zip", "--yes", "--json"]) == os.EX_OK
        assert json.loads(capsys.readouterr().out) == {**NOTHING, "archive": "event.zip"}
        assert main(["close-event", "kept.zip", "--yes", "--json"]) == os.EX_OK
    assert json.loads(capsys.readouterr().out) == {**NOTHING, "archive": "kept.zip"}
    assert pictures_in(kept) == 1  # nothing is shared any more: what is there stays
    assert is_export(in_process / "event.zip")
    left = ("close-event", "event.zip")
    assert not [path.name for path in (in_process / "data").iterdir() if path.name.startswith(left)]
