"""A disk that is really full: photos are refused with a sentence, kept jobs finish, and it recovers."""

import os
import time
from pathlib import Path

import httpx
import pytest

from tests.bot.opened import photo
from tests.program import Program, tiny_disk
from tests.test_crashes import posted, status

PATIENCE_S = 90.0


def fill(folder: Path) -> None:
    """Take the last byte."""
    with (folder / "somebody-elses.bin").open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def until_done(url: str, jobs: list[tuple[str, httpx.Cookies]]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while any(status(url, *job)["status"] != "done" for job in jobs):
        assert time.monotonic() < deadline, [status(url, *job) for job in jobs]
        time.sleep(0.1)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    if os.geteuid() != 0:
        pytest.skip("only root may mount a tiny file system")
    return tmp_path / "disk"


def test_kept_jobs_finish_new_photos_are_refused_and_space_makes_it_well_again(disk: Path) -> None:
    with tiny_disk(disk, 48), Program(disk, keep_photos="1h") as program:
        jobs = [posted(program.url, number) for number in range(5)]
        fill(disk)
        refused = httpx.post(
            f"{program.url}/api/jobs",
            files={"photo": ("p.png", photo(77, 512))},
            data={"style": "film"},
            headers={"Accept-Language": "de"},
        )
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "kein Platz" in refused.json()["detail"]
        until_done(program.url, jobs)
        (disk / "somebody-elses.bin").unlink()
        until_done(program.url, [posted(program.url, 9)])
