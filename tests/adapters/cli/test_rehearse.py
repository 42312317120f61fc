"""``petaflop rehearse``: made-up guests through the real booth."""

import json
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.cli import main
from adapters.rehearsal.figures import Figures
from adapters.rehearsal.guests import make_guests, make_photo
from bot.nouns import StyleId
from bot.pixels.intake import clean
from tests.adapters.cli.command import COMMAND, environment
from tests.comfy.support import faces, outcomes
from tests.fakes.comfyui import Behaviour, FakeComfyUI

STYLES = [StyleId("pixel"), StyleId("comic")]


@pytest.fixture
def comfy(in_process: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeComfyUI]:
    """A server that the settings name."""
    with FakeComfyUI(behaviour=Behaviour(job_seconds=0.1)) as fake:
        monkeypatch.setenv("PETAFLOP_COMFY_URLS", fake.url)
        monkeypatch.setenv("TMPDIR", str(in_process))
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield fake


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    assert main(["rehearse", *arguments, "--json"]) == code
    figures: dict[str, Any] = json.loads(capsys.readouterr().out)
    return figures


def test_guests_are_served_by_comfyui_and_leave_nothing(
    comfy: FakeComfyUI, in_process: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(in_process.iterdir())
    figures = told(capsys, "--guests", "8", "--spread", "0.2", "--seed", "5")
    assert (figures["served"], figures["failed"], figures["unfinished"]) == (8, 0, 0)
    assert figures["seed"] == 5
    assert 0 < figures["wait_p50_s"] <= figures["wait_p95_s"] <= figures["wait_most_s"]
    assert figures["guests_per_hour"] == pytest.approx(3600 * 8 / figures["seconds"], rel=0.01)
    assert 0.1 < figures["busy"]["comfy"] <= 1
    assert figures["busy"]["embedded"] == 0
    assert outcomes(comfy) == ["success"] * 8
    assert faces(comfy) == {}
    assert comfy.machine.history == {}
    assert sorted(in_process.iterdir()) == before


def test_a_style_for_maintainers_can_be_named(comfy: FakeComfyUI, capsys: pytest.CaptureFixture[str]) -> None:
    figures = told(capsys, "--guests", "2", "--spread", "0", "--style", "comfy-pixel")
    assert figures["served"] == 2
    assert outcomes(comfy) == ["success", "success"]


def test_renders_that_break_are_counted(comfy: FakeComfyUI, capsys: pytest.CaptureFixture[str]) -> None:
    comfy.behaviour.crashes.append("disk")
    figures = told(capsys, "--guests", "3", "--spread", "0", "--style", "flux-oil")
    assert (figures["served"], figures["retries"], figures["causes"]) == (3, 1, {"machine": 1})


def test_guests_without_a_picture_are_counted(comfy: FakeComfyUI, capsys: pytest.CaptureFixture[str]) -> None:
    comfy.behaviour.crashes += ["graph"]
    figures = told(capsys, "--guests", "2", "--spread", "0", "--style", "flux-oil", code=os.EX_UNAVAILABLE)
    assert (figures["served"], figures["failed"], figures["causes"]) == (1, 1, {"graph": 1})


def test_people_get_a_table(in_process: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--guests", "2", "--spread", "0", "--style", "pixel", "--seed", "7")
    assert main(["rehearse", *arguments]) == 0
    table = capsys.readouterr().out
    words = ("2 of 2 in", "guests an hour", "filters' cores busy", "renders repeated", "--guests 2 --seed 7")
    assert [word for word in words if word not in table] == []


def test_a_style_that_nobody_paints_ends_it_before_the_start(
    comfy: FakeComfyUI, capsys: pytest.CaptureFixture[str]
) -> None:
    comfy.stop()
    assert main(["rehearse", "--guests", "2", "--style", "flux-oil"]) == os.EX_UNAVAILABLE
    line = capsys.readouterr().err.splitlines()[-1]
    assert line == "petaflop: Nobody within reach can paint flux-oil: petaflop doctor says why."


def test_ctrl_c_tells_what_was_done_so_far(comfy: FakeComfyUI, in_process: Path) -> None:
    comfy.behaviour.job_seconds = 1.0
    arguments = ("rehearse", "--guests", "10", "--spread", "0", "--style", "flux-oil", "--json")
    with subprocess.Popen(
        (*COMMAND, *arguments),
        cwd=in_process,
        env=environment(PETAFLOP_COMFY_URLS=comfy.url, TMPDIR=str(in_process)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 60
        while outcomes(comfy).count("success") < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=90)
    assert (process.returncode, errors) == (130, "")
    figures = json.loads(printed)
    assert figures["stopped"]
    assert figures["served"] >= 1
    assert figures["served"] + figures["unfinished"] == 10
    assert faces(comfy) == {}
    assert list(in_process.glob("petaflop-rehearsal-*")) == []


def test_the_same_seed_makes_the_same_guests() -> None:
    one, two, other = (make_guests(12, 60.0, STYLES, seed) for seed in (7, 7, 8))
    assert one == two
    assert one != other
    assert len({guest.photo for guest in one}) == 12
    assert {guest.style for guest in one} == set(STYLES)
    assert all(5 * n <= guest.at_s < 5 * (n + 1) for n, guest in enumerate(one))


def test_made_up_photos_are_good_enough_for_intake() -> None:
    photo = clean(make_photo(random.Random(3)), max_bytes=20 << 20)
    assert min(photo.width, photo.height) >= 512


def test_figures_of_nobody() -> None:
    nobody = Figures(5, 0, 0, 0.0, (), {}, 0, {}, stopped=True)
    assert (nobody.per_hour, nobody.wait_s(95), nobody.unfinished) == (0.0, None, 5)
    one = Figures(1, 1, 0, 2.0, (1.5,), {}, 0, {}, stopped=False)
    assert (one.per_hour, one.wait_s(95)) == (1800.0, 1.5)
