"""``petaflop doctor``: what it finds, on a healthy and on a broken house."""

import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from PIL import Image, ImageOps

from adapters.cli import main
from adapters.doctor import servers
from tests.comfy.support import faces, plain_graph, put_photo
from tests.fakes.comfyui import FakeComfyUI, Fault
from tests.fakes.comfyui.server import FLUX_SPLIT
from tests.program import Program
from workflows.portraits import HOPPER, portrait


@dataclass(frozen=True)
class Doctor:
    """The command in this process, in a directory of its own, with free ports."""

    capsys: pytest.CaptureFixture[str]

    def ends_with(self, *arguments: str) -> int:
        return main(["doctor", *arguments])

    def finds(self, *arguments: str, code: int = 0) -> list[dict[str, object]]:
        assert self.ends_with(*arguments, "--json") == code
        told = json.loads(self.capsys.readouterr().out)
        assert told["well"] == (code == 0)
        assert told["exit_code"] == code
        findings: list[dict[str, object]] = told["findings"]
        return findings

    def bad(self, *arguments: str, code: int = os.EX_UNAVAILABLE) -> list[str]:
        """The sentences of what is bad."""
        findings = self.finds(*arguments, code=code)
        return [str(one["sentence"]) for one in findings if one["grade"] == "bad"]


@pytest.fixture
def doctor(in_process: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Doctor:
    monkeypatch.setenv("PETAFLOP_PORT", "0")
    monkeypatch.setenv("PETAFLOP_OPS_PORT", "0")
    return Doctor(capsys)


@pytest.fixture
def comfy() -> Iterator[FakeComfyUI]:
    with FakeComfyUI() as fake:
        yield fake


def test_all_is_well(doctor: Doctor, comfy: FakeComfyUI) -> None:
    findings = doctor.finds("--comfy", comfy.url)
    assert {one["grade"] for one in findings} == {"good"}
    subjects = [one["subject"] for one in findings]
    assert subjects[:6] == ["data directory", "disk", "database", "fonts", "child processes", "page"]
    name = comfy.url.removeprefix("http://")
    assert subjects[6:] == [name] * 6
    (render,) = [one for one in findings if "render" in str(one["sentence"])][:1]
    figures = render["figures"]
    assert isinstance(figures, dict)
    assert set(figures) == {"upload_s", "wait_s", "run_s", "fetch_s", "scrub_s"}
    assert figures["run_s"] > 0


def test_nothing_is_left_anywhere(doctor: Doctor, comfy: FakeComfyUI, in_process: Path) -> None:
    before = sorted(in_process.iterdir())
    assert doctor.ends_with("--comfy", comfy.url) == 0
    assert faces(comfy) == {}
    assert comfy.machine.history == {}
    assert sorted(in_process.iterdir()) == before


def test_people_get_a_line_each(doctor: Doctor, comfy: FakeComfyUI) -> None:
    comfy.set_models({"checkpoints": ["flux1-schnel-fp8.safetensors"]})
    assert doctor.ends_with("--comfy", comfy.url) == 0
    lines = doctor.capsys.readouterr().out.splitlines()
    assert "✓ fonts: Frames and posters can be lettered." in lines
    assert any(line.endswith("It can paint 2 of 16 styles.") and line.startswith("! ") for line in lines)
    (reason,) = [line for line in lines if ": Not " in line]
    assert " and 10 more: " in reason
    assert "“flux1-schnell-fp8.safetensors”, which the server lacks. Did you mean" in reason
    assert "  → docs/comfyui.md says which file goes where." in lines
    assert lines[-1] == "All is well; 2 hints."


def test_the_server_of_the_settings_is_looked_at(
    doctor: Doctor, comfy: FakeComfyUI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETAFLOP_COMFY_URLS", comfy.url)
    assert any(one["subject"] == comfy.url.removeprefix("http://") for one in doctor.finds())
    assert "POST /prompt" in comfy.requests


def test_without_a_server_the_filters_remain(doctor: Doctor) -> None:
    (last,) = [one for one in doctor.finds() if one["grade"] == "hint"]
    assert last["sentence"] == "No server is set up."


def test_a_server_that_is_away(doctor: Doctor, comfy: FakeComfyUI) -> None:
    comfy.stop()
    assert doctor.bad("--comfy", comfy.url) == ["It doesn't answer."]


def test_something_else_listens_there(doctor: Doctor, comfy: FakeComfyUI) -> None:
    comfy.faults.append(Fault("error-500", "GET", "/system_stats"))
    assert doctor.bad("--comfy", comfy.url) == ["It answers, but not as ComfyUI does (http-500)."]


@pytest.mark.parametrize(("version", "said"), [("0.3.63", "too old"), ("", "doesn't tell")])
def test_its_version_is_judged(doctor: Doctor, comfy: FakeComfyUI, version: str, said: str) -> None:
    comfy.version = version
    findings = doctor.finds("--comfy", comfy.url, code=os.EX_UNAVAILABLE if version else 0)
    assert any(said in str(one["sentence"]) for one in findings)


def test_both_supported_ends_of_versions_are_well(doctor: Doctor) -> None:
    with FakeComfyUI(version="0.3.64", models=FLUX_SPLIT) as old:
        assert doctor.bad("--comfy", old.url, code=0) == []


def test_a_dead_worker_is_told(doctor: Doctor, comfy: FakeComfyUI) -> None:
    comfy.kill_worker()
    put_photo(comfy, "somebody.jpg", "red")
    httpx.post(f"{comfy.url}/prompt", json={"prompt": plain_graph("somebody.jpg")}).raise_for_status()
    assert doctor.bad("--comfy", comfy.url) == ["Its worker is dead: jobs wait, and none runs."]
    assert comfy.requests.count("POST /prompt") == 1  # nothing is put behind what waits already


def test_a_server_that_can_t_be_listened_to(
    doctor: Doctor, comfy: FakeComfyUI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "MEET_S", 2.0)
    comfy.faults.append(Fault("reset-before", "GET", "/object_info", times=99))
    assert doctor.bad("--comfy", comfy.url) == ["It answers, but not for its nodes or its websocket."]


def test_a_server_that_paints_wrongly(doctor: Doctor, comfy: FakeComfyUI) -> None:
    comfy.behaviour.spoil = ImageOps.invert
    (sentence,) = doctor.bad("--comfy", comfy.url)
    assert sentence.endswith("the picture has other lights or colours than it should have.")


def test_a_server_whose_renders_break(doctor: Doctor, comfy: FakeComfyUI) -> None:
    comfy.behaviour.crashes.append("disk")
    assert doctor.bad("--comfy", comfy.url) == ["A render without a model broke (failed)."]


def test_a_server_that_can_t_be_cleaned(doctor: Doctor, comfy: FakeComfyUI) -> None:
    comfy.faults.append(Fault("error-500", "POST", "/upload/image", times=99, skip=1))
    assert doctor.bad("--comfy", comfy.url) == ["Something of the render could not be removed there."]


def test_any_photo_can_be_tried(doctor: Doctor, comfy: FakeComfyUI, in_process: Path) -> None:
    (in_process / "me.jpg").write_bytes(portrait(HOPPER))
    assert doctor.bad("--comfy", comfy.url, "--photo", "me.jpg", code=0) == []
    comfy.behaviour.spoil = lambda picture: Image.new("RGB", picture.size)
    (sentence,) = doctor.bad("--comfy", comfy.url, "--photo", "me.jpg")
    assert sentence.endswith("the picture is black.")
    assert faces(comfy) == {}


def test_a_wrong_setting_ends_with_its_own_code(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETAFLOP_KEEP_PHOTOS", "soon")
    (sentence,) = doctor.bad(code=os.EX_CONFIG)
    assert sentence.startswith("PETAFLOP_KEEP_PHOTOS ")


def test_a_wrong_url_is_a_mistake_of_the_command_line(doctor: Doctor) -> None:
    assert doctor.ends_with("--comfy", "spark") == os.EX_USAGE


def test_a_data_directory_that_can_t_be(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETAFLOP_DATA_DIR", "me.jpg/data")
    assert "It can't be written to." in doctor.bad(code=os.EX_CONFIG)


def test_a_database_that_is_none(doctor: Doctor, in_process: Path) -> None:
    (in_process / "data").mkdir()
    (in_process / "data" / "petaflop.db").write_bytes(b"not a database, but long enough for one" * 100)
    (sentence,) = doctor.bad()
    assert sentence.startswith("The database can't be opened: file is not a database.")


def test_a_port_that_is_taken(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PETAFLOP_PORT", str(taken.getsockname()[1]))
        (sentence,) = doctor.bad()
    assert sentence.endswith("is taken. Set PETAFLOP_PORT to another one.")


def test_a_petaflop_that_runs_is_no_trouble(
    doctor: Doctor, in_process: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Program(in_process / "data") as program:
        monkeypatch.setenv("PETAFLOP_PORT", program.url.rpartition(":")[2])
        sentences = [str(one["sentence"]) for one in doctor.finds()]
    assert "It is in use by the petaflop that runs." in sentences
    assert any("taken, most likely by the petaflop that runs" in one for one in sentences)
    sentences = [str(one["sentence"]) for one in doctor.finds()]
    assert "It can be written to, and is up to date." in sentences


def test_help_teaches(doctor: Doctor) -> None:
    assert doctor.ends_with("--help") == 0
    text = doctor.capsys.readouterr().out
    assert "\n    petaflop doctor --comfy http://spark.local:8188\n" in text
    assert "69 when" in text
