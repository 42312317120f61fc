"""``petaflop stylize``: one photo, from the command line to a file."""

import json
import os
import pty
import signal
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from adapters.cli import main
from tests.adapters.cli.command import COMMAND, environment, free_port, petaflop, photo
from tests.fakes.comfyui import Behaviour, FakeComfyUI


def stylize(*arguments: str, style: str = "pixel") -> int:
    """The command within this process, on ``me.jpg``."""
    return main(["stylize", "me.jpg", "--style", style, *arguments])


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "me.jpg").write_bytes(photo())
    return tmp_path


def test_a_photo_becomes_a_framed_picture(here: Path) -> None:
    done = petaflop(
        "stylize", "me.jpg", "--style", "pixel", "-o", "out.jpg", "--seed", "7", "--json", cwd=here
    )
    assert (done.returncode, done.stderr) == (0, b"")
    told = json.loads(done.stdout)
    seconds = told.pop("seconds")
    with Image.open(here / "out.jpg") as picture:
        assert told == {
            "style": "pixel",
            "out": "out.jpg",
            "seed": 7,
            "width": picture.width,
            "height": picture.height,
        }
        assert picture.format == "JPEG"
        assert picture.width > 128
        assert picture.height > 160
        assert not {"exif", "comment", "icc_profile"} & set(picture.info)
    assert seconds > 0


@pytest.mark.parametrize(("suffix", "format_name"), [("PNG", "PNG"), ("webp", "WEBP")])
def test_the_suffix_decides_the_format(
    in_process: Path, capfd: pytest.CaptureFixture[str], suffix: str, format_name: str
) -> None:
    assert stylize("-o", f"out.{suffix}", "--no-frame") == 0
    assert capfd.readouterr() == ("", "")
    with Image.open(in_process / f"out.{suffix}") as picture:
        assert (picture.format, picture.size) == (format_name, (128, 160))


def test_a_pipe_gives_the_same_picture_for_the_same_seed(here: Path) -> None:
    arguments = ("stylize", "-", "-s", "watercolor", "-o", "-", "--seed", "7", "--no-frame")
    one, two = (petaflop(*arguments, cwd=here, stdin=photo()).stdout for _ in range(2))
    assert one == two
    with Image.open(BytesIO(one)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (128, 160))


def test_the_photo_is_replaced_only_when_that_is_asked_for(
    in_process: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (in_process / "link.jpg").symlink_to("me.jpg")
    before = (in_process / "me.jpg").read_bytes()
    assert stylize("-o", "link.jpg") == os.EX_USAGE
    assert "OUT is IN" in capfd.readouterr().err
    assert (in_process / "me.jpg").read_bytes() == before
    assert stylize("-o", "link.jpg", "--force") == 0
    assert (in_process / "link.jpg").is_symlink()
    assert (in_process / "me.jpg").read_bytes() != before


def test_a_broken_photo_leaves_everything_as_it_was(
    in_process: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (in_process / "me.jpg").write_bytes(photo()[:-200])
    (in_process / "out.jpg").write_text("older")
    before = sorted(in_process.iterdir())
    assert stylize("-o", "out.jpg", "--json") == os.EX_DATAERR
    printed, line = capfd.readouterr()
    assert printed == ""
    assert line.startswith("petaflop: This picture is damaged")
    assert (in_process / "out.jpg").read_text() == "older"
    assert sorted(in_process.iterdir()) == before


def test_the_picture_s_file_keeps_its_permissions(in_process: Path) -> None:
    (in_process / "out.jpg").touch(mode=0o640)
    assert stylize("-o", "out.jpg") == 0
    assert (in_process / "out.jpg").stat().st_mode & 0o777 == 0o640


def test_a_photo_over_the_limit_is_refused(
    in_process: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETAFLOP_MAX_UPLOAD", "1 kB")
    assert stylize("-o", "out.jpg") == os.EX_DATAERR
    assert "too large" in capfd.readouterr().err


def test_a_graph_style_needs_a_comfyui(in_process: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert stylize("-o", "out.jpg", style="comfy-pixel") == os.EX_UNAVAILABLE
    assert "PETAFLOP_COMFY_URLS" in capfd.readouterr().err


def test_a_comfyui_paints_a_graph_style_and_keeps_nothing(
    in_process: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeComfyUI(behaviour=Behaviour(job_seconds=0.1)) as fake:
        monkeypatch.setenv("PETAFLOP_COMFY_URLS", fake.url)
        assert stylize("-o", "out.png", "--json", style="comfy-pixel") == 0
        assert httpx.get(f"{fake.url}/history").json() == {}
    assert json.loads(capfd.readouterr().out)["style"] == "comfy-pixel"
    with Image.open(in_process / "out.png") as picture:
        assert picture.format == "PNG"


def test_a_comfyui_that_is_away_is_told(
    in_process: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETAFLOP_COMFY_URLS", f"http://127.0.0.1:{free_port()}")
    assert stylize("-o", "out.jpg", style="comfy-pixel") in {os.EX_UNAVAILABLE, os.EX_TEMPFAIL}
    last = capfd.readouterr().err.splitlines()[-1]
    assert last.startswith("petaflop: ")
    assert "ComfyUI" in last
    assert not (in_process / "out.jpg").exists()


def test_a_wrong_setting_is_one_line(
    in_process: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETAFLOP_KEEP_PHOTOS", "soon")
    assert stylize("-o", "out.jpg") == os.EX_CONFIG
    line = capfd.readouterr().err
    assert line.startswith("petaflop: PETAFLOP_KEEP_PHOTOS is not a duration")
    assert line.count("\n") == 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Children inherit it when Ctrl-C is ignored, as it is where the tests run in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_it_quietly(here: Path, interruptible: None) -> None:
    command = (*COMMAND, "stylize", "-", "-s", "pixel", "-o", "out.jpg")
    with subprocess.Popen(
        command, cwd=here, env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(bytes(1 << 20))  # more than a pipe holds: from here on it is being read
        process.stdin.flush()
        while not _waits(process.pid):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read().strip() == b""
        process.stdin.close()
    assert not (here / "out.jpg").exists()


def _waits(pid: int) -> bool:
    """Whether a process sleeps: a signal that comes between two reads is only seen after the next one."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def test_a_person_at_the_terminal_is_told_how_it_went(here: Path) -> None:
    screen, terminal = pty.openpty()
    command = (*COMMAND, "stylize", "me.jpg", "-s", "pixel", "-o", "out.jpg", "--seed", "7")
    shown = b""
    with subprocess.Popen(
        command, cwd=here, env=environment(), stderr=terminal, stdout=subprocess.PIPE
    ) as process:
        os.close(terminal)
        while chunk := _read(screen):
            shown += chunk
        assert process.stdout
        assert process.stdout.read() == b""
        assert process.wait() == 0
    os.close(screen)
    assert b"Painting" in shown
    assert shown.decode().rstrip().endswith("seed 7")


def _read(screen: int) -> bytes:
    """What was shown; a terminal that nobody writes to any more is an error on Linux."""
    try:
        return os.read(screen, 4096)
    except OSError:
        return b""
