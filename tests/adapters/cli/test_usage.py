"""What is typed wrong, and what help and lists say."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from adapters.cli import main, shelf
from adapters.cli.shelf import all_styles
from tests.adapters.cli.command import COMMAND, environment, petaflop

ANY = ("me.jpg", "-s", "pixel", "-o", "out.jpg")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("stylize",), os.EX_USAGE, "Missing argument 'IN'"),
        (
            ("stylize", "me.jpg", "-o", "out.jpg"),
            os.EX_USAGE,
            "Choose a style with --style: watercolor, comic",
        ),
        (("stylize", "me.jpg", "-s", "watercolour", "-o", "a.jpg"), os.EX_USAGE, "did you mean watercolor"),
        (("stylize", "me.jpg", "-s", "pixel", "-o", "out.gif"), os.EX_USAGE, "has to end in .jpg, .jpeg"),
        (("stylize", "me.jpg", "-s", "pixel", "-o", "out"), os.EX_USAGE, "has to end in"),
        (("stylize", "me.jpg", "-s", "pixel", "-o", "-", "--json"), os.EX_USAGE, "--json has no place"),
        (("stylize", *ANY, "--seed", "-1"), os.EX_USAGE, "--seed"),
        (("stylize", "not-there.jpg", *ANY[1:]), os.EX_NOINPUT, "No such file or directory"),
        (("stylize", "/", *ANY[1:]), os.EX_NOINPUT, "Is a directory"),
        (("stylize", *ANY[:-1], "nowhere/out.jpg"), os.EX_CANTCREAT, "directory does not exist"),
        (("stylize", *ANY[:-1], "folder.jpg"), os.EX_CANTCREAT, "no regular file"),
        (("nonsense",), os.EX_USAGE, "No such command 'nonsense'"),
        (("serve", "--nonsense"), os.EX_USAGE, "No such option"),
    ],
)
def test_a_mistake_is_one_line_and_a_code(
    in_process: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    assert main(arguments) == code
    printed, line = capsys.readouterr()
    assert printed == ""
    assert line.startswith("petaflop: ")
    assert words in line
    assert line.count("\n") == 1
    assert sorted(path.name for path in in_process.iterdir()) == ["folder.jpg", "me.jpg"]


def test_an_error_of_ours_shows_where_it_arose_only_when_asked(
    in_process: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(shelf, "as_json", broken)
    assert main(["styles", "--json"]) == os.EX_SOFTWARE
    brief = capsys.readouterr().err
    assert main(["styles", "--json", "--debug"]) == os.EX_SOFTWARE
    whole = capsys.readouterr().err
    assert brief.startswith("petaflop: An error in petaflop itself (ZeroDivisionError)")
    assert brief.count("\n") == 1
    assert whole.startswith("Traceback (most recent call last):")
    assert whole.endswith(brief)


def test_help_teaches(tmp_path: Path) -> None:
    done = petaflop("--help", cwd=tmp_path)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "\n    petaflop stylize me.jpg --style watercolor -o me-watercolor.jpg\n" in text
    assert [line.split()[0] for line in text.partition("Commands:")[2].splitlines()[1:5]] == [
        "demo",
        "serve",
        "init",
        "stylize",
    ]
    assert petaflop(cwd=tmp_path).stdout == done.stdout


COMMANDS = ["demo", "serve", "init", "stylize", "styles", "doctor", "backup", "restore", "rehearse"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_examples(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert f"Usage: petaflop {command}" in text
    assert "\n  Examples:\n" in text
    assert ("PETAFLOP_KEEP_PHOTOS" in text) == (command in {"demo", "serve"})


def test_version(tmp_path: Path) -> None:
    assert petaflop("--version", cwd=tmp_path).stdout.split()[0] == b"petaflop"


def test_styles_for_machines(tmp_path: Path) -> None:
    listed = json.loads(petaflop("styles", "--json", cwd=tmp_path).stdout)
    assert [style["id"] for style in listed] == list(all_styles())
    assert all(set(style) == {"id", "emoji", "name", "kind"} for style in listed)
    assert {style["kind"] for style in listed} == {"filter", "graph"}


def test_styles_in_a_pipe_are_lines_with_tabs_in_utf_8(tmp_path: Path) -> None:
    done = petaflop("styles", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [row[0] for row in rows] == list(all_styles())
    assert {row[3] for row in rows} == {"instant filter", "ComfyUI"}


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with subprocess.Popen(
        (*COMMAND, "styles"), cwd=tmp_path, env=environment(), stdout=write_end, stderr=subprocess.PIPE
    ) as process:
        os.close(write_end)
        _none, errors = process.communicate()
    assert (process.returncode, errors) == (1, b"")
