"""The program is killed with SIGKILL in mid-work, again and again; every job ends once, with its own picture.

``PETAFLOP_TEST_KILLS`` (``make kills``) kills more often.
"""

import os
import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.opened import photo
from tests.program import Program

KILLS = int(os.environ.get("PETAFLOP_TEST_KILLS", "4"))
JOBS = 8
PATIENCE_S = 240.0


def posted(url: str, number: int) -> tuple[str, httpx.Cookies]:
    """A photo of a guest of its own."""
    answer = httpx.post(
        f"{url}/api/jobs",
        files={"photo": ("p.png", photo(20 + 25 * number, 512))},
        data={"style": "film"},
        timeout=90,
    )
    assert answer.status_code == 202, answer.text
    return answer.json()["id"], answer.cookies


def status(url: str, job: str, cookies: httpx.Cookies) -> dict[str, Any]:
    answer = httpx.get(f"{url}/api/jobs/{job}", cookies=cookies, timeout=90)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.timeout(300 + 20 * KILLS)
def test_kills_in_mid_work_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    dice = random.Random(20261123)
    program = Program(tmp_path)
    with program:
        jobs = [posted(program.url, number) for number in range(JOBS)]
        for _ in range(KILLS):
            time.sleep(dice.uniform(0.0, 1.2))  # the moment of a power cut is nobody's choice
            program.kill()
            program.start()
        deadline = time.monotonic() + PATIENCE_S
        while any(status(program.url, *job)["status"] != "done" for job in jobs):
            assert time.monotonic() < deadline, [status(program.url, *job)["status"] for job in jobs]
            time.sleep(0.1)
        pictures = [httpx.get(f"{program.url}/api/jobs/{job}/picture", cookies=mine) for job, mine in jobs]
        assert {picture.status_code for picture in pictures} == {200}
        assert len({picture.content for picture in pictures}) == JOBS
    with sqlite3.connect(tmp_path / "petaflop.db") as database:
        rows = database.execute("SELECT state, crashes FROM jobs").fetchall()
    database.close()
    assert rows == [("done", 0)] * JOBS  # a kill of the program is not a crash of the photo
    assert len(list((tmp_path / "picture").iterdir())) == JOBS


@pytest.mark.timeout(300)
def test_sigterm_ends_it_quickly_with_0_and_the_work_goes_on_after_the_next_start(tmp_path: Path) -> None:
    program = Program(tmp_path)
    with program:
        job = posted(program.url, 1)
        asked = time.monotonic()
        assert program.stop() == 0
        print(f"SIGTERM to end: {time.monotonic() - asked:.2f} s")  # noqa: T201 # a figure, not a check
        program.start()
        deadline = time.monotonic() + PATIENCE_S
        while status(program.url, *job)["status"] != "done":
            assert time.monotonic() < deadline
            time.sleep(0.05)
