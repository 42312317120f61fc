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

from tests.adapters.cli.command import COMMAND, environment, free_port, petaflop, photo
from tests.fakes.comfyui import Behaviour, FakeComfyUI


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
def test_the_suffix_decides_the_format(here: Path, suffix: str, format_name: str) -> None:
    done = petaflop("stylize", "me.jpg", "-s", "pixel", "-o", f"out.{suffix}", "--no-frame", cwd=here)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    with Image.open(here / f"out.{suffix}") as picture:
        assert (picture.format, picture.size) == (format_name, (128, 160))


def test_a_pipe_gives_the_same_picture_for_the_same_seed(here: Path) -> None:
    arguments = ("stylize", "-", "-s", "watercolor", "-o", "-", "--seed", "7", "--no-frame")
    one, two = (petaflop(*arguments, cwd=here, stdin=photo()).stdout for _ in range(2))
    assert one == two
    with Image.open(BytesIO(one)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (128, 160))


def test_the_photo_is_replaced_only_when_that_is_asked_for(here: Path) -> None:
    (here / "link.jpg").symlink_to("me.jpg")
    before = (here / "me.jpg").read_bytes()
    refused = petaflop("stylize", "me.jpg", "-s", "pixel", "-o", "link.jpg", cwd=here)
    assert refused.returncode == os.EX_USAGE
    assert b"OUT is IN" in refused.stderr
    assert (here / "me.jpg").read_bytes() == before
    assert petaflop("stylize", "me.jpg", "-s", "pixel", "-o", "link.jpg", "--force", cwd=here).returncode == 0
    assert (here / "link.jpg").is_symlink()
    assert (here / "me.jpg").read_bytes() != before


def test_a_broken_photo_leaves_everything_as_it_was(here: Path) -> None:
    (here / "me.jpg").write_bytes(photo()[:-200])
    (here / "out.jpg").write_text("older")
    done = petaflop("stylize", "me.jpg", "-s", "pixel", "-o", "out.jpg", "--json", cwd=here)
    assert done.returncode == os.EX_DATAERR
    assert done.stderr.decode().startswith("petaflop: This picture is damaged")
    assert done.stdout == b""
    assert (here / "out.jpg").read_text() == "older"
    assert sorted(path.name for path in here.iterdir()) == ["me.jpg", "out.jpg"]


def test_the_picture_s_file_keeps_its_permissions(here: Path) -> None:
    (here / "out.jpg").touch(mode=0o640)
    assert petaflop("stylize", "me.jpg", "-s", "pixel", "-o", "out.jpg", cwd=here).returncode == 0
    assert (here / "out.jpg").stat().st_mode & 0o777 == 0o640


def test_a_photo_over_the_limit_is_told_before_it_is_read_whole(here: Path) -> None:
    limit = {"PETAFLOP_MAX_UPLOAD": "1 kB"}
    done = petaflop("stylize", "-", "-s", "pixel", "-o", "out.jpg", cwd=here, stdin=photo(), env=limit)
    assert done.returncode == os.EX_DATAERR
    assert b"too large" in done.stderr


def test_a_graph_style_needs_a_comfyui(here: Path) -> None:
    done = petaflop("stylize", "me.jpg", "-s", "comfy-pixel", "-o", "out.jpg", cwd=here)
    assert done.returncode == os.EX_UNAVAILABLE
    assert b"PETAFLOP_COMFY_URLS" in done.stderr


def test_a_comfyui_paints_a_graph_style_and_keeps_nothing(here: Path) -> None:
    with FakeComfyUI(behaviour=Behaviour(job_seconds=0.1)) as fake:
        spark = {"PETAFLOP_COMFY_URLS": fake.url}
        done = petaflop(
            "stylize", "me.jpg", "-s", "comfy-pixel", "-o", "out.png", "--json", cwd=here, env=spark
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert httpx.get(f"{fake.url}/history").json() == {}
    assert json.loads(done.stdout)["style"] == "comfy-pixel"
    with Image.open(here / "out.png") as picture:
        assert picture.format == "PNG"


def test_a_comfyui_that_is_away_is_told(here: Path) -> None:
    nowhere = {"PETAFLOP_COMFY_URLS": f"http://127.0.0.1:{free_port()}"}
    done = petaflop("stylize", "me.jpg", "-s", "comfy-pixel", "-o", "out.jpg", cwd=here, env=nowhere)
    assert done.returncode in {os.EX_UNAVAILABLE, os.EX_TEMPFAIL}
    assert done.stderr.decode().splitlines()[-1].startswith("petaflop: ")
    assert "ComfyUI" in done.stderr.decode().splitlines()[-1]
    assert not (here / "out.jpg").exists()


def test_a_wrong_setting_is_one_line(here: Path) -> None:
    wrong = {"PETAFLOP_KEEP_PHOTOS": "soon"}
    done = petaflop("stylize", "me.jpg", "-s", "pixel", "-o", "out.jpg", cwd=here, env=wrong)
    assert done.returncode == os.EX_CONFIG
    assert done.stderr.decode().startswith("petaflop: PETAFLOP_KEEP_PHOTOS is not a duration")
    assert done.stderr.count(b"\n") == 1


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
    done = subprocess.run(
        command, cwd=here, env=environment(), stderr=terminal, stdout=subprocess.PIPE, check=True
    )
    os.close(terminal)
    shown = b""
    while chunk := _read(screen):
        shown += chunk
    os.close(screen)
    assert done.stdout == b""
    assert b"Painting" in shown
    assert shown.decode().rstrip().endswith("seed 7")


def _read(screen: int) -> bytes:
    """What was shown; a terminal that nobody writes to any more is an error on Linux."""
    try:
        return os.read(screen, 4096)
    except OSError:
        return b""
