"""``petaflop init``: asked in a terminal, or told everything at once; tokens are tried out."""

import asyncio
import os
import pty
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from adapters.cli import main
from adapters.discord.incoming.registration import PERMISSIONS as ASKED_FOR
from adapters.doctor.accounts import PERMISSIONS
from adapters.envfile import NotALine, read_env, write_env
from bot.pixels.qr import qr_terminal
from tests.adapters.cli.command import COMMAND, environment
from tests.fakes import discord as discords
from tests.fakes import telegram as telegrams
from tests.fakes.comfyui import FakeComfyUI

PUBLIC = "https://booth.example"


@pytest.fixture(autouse=True)
def environment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``--env-file`` puts into the environment stays in the test."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


def answered(folder: Path, settings: dict[str, str], dialogue: Sequence[tuple[str, str]]) -> str:
    """What a terminal shows that types each answer once its question is there."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        (*COMMAND, "init"),
        cwd=folder,
        env=environment(PYTHONUTF8="1", **settings),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown = ""
    for question, answer in dialogue:
        while question not in shown.rpartition("\n")[2]:
            shown += next(_shown(master))
        os.write(master, f"{answer}\n".encode())
        shown += "\n"
    shown += "".join(_shown(master))
    os.close(master)
    assert process.wait(30) == 0, shown
    return shown


def _shown(master: int) -> Iterator[str]:
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:  # Linux says so when the other side is closed
            return
        if not data:
            return
        yield data.decode(errors="replace")


async def test_somebody_is_asked_in_a_terminal(tmp_path: Path) -> None:
    async with telegrams.running() as telegram, discords.running() as discord:
        settings = {"PETAFLOP_TELEGRAM_API_URL": telegram.url, "PETAFLOP_DISCORD_API_URL": discord.url}
        dialogue = [
            ("The event's name", "PyCon 2026"),
            ("Telegram: the token", "2:WRONG"),
            ("Telegram: the token", telegram.token),
            ("Discord: the bot's token", discord.token),
            ("ComfyUI:", "spark"),
            ("ComfyUI:", ""),
            ("The address from outside", PUBLIC),
            ("The page:", ""),
        ]
        shown = await asyncio.to_thread(answered, tmp_path, settings, dialogue)
    file = tmp_path / "petaflop.env"
    assert read_env(file.read_text()) == {
        **settings,
        "PETAFLOP_EVENT": "PyCon 2026",
        "PETAFLOP_TELEGRAM_TOKEN": telegram.token,
        "PETAFLOP_DISCORD_TOKEN": discord.token,
        "PETAFLOP_DISCORD_PUBLIC_KEY": discord.public_key,
        "PETAFLOP_PUBLIC_URL": PUBLIC,
    }
    assert file.stat().st_mode & 0o777 == 0o600
    assert "✗ Telegram doesn't know this token." in shown
    assert "✓ It is @petaflop_bot's." in shown
    assert "✗ PETAFLOP_COMFY_URLS" in shown
    assert "Guests on Telegram: https://t.me/petaflop_bot" in shown
    assert f"{PUBLIC}/discord/interactions" in shown
    assert all(line in shown for line in qr_terminal("https://t.me/petaflop_bot").splitlines())
    for secret in ("2:WRONG", telegram.token, discord.token):
        assert secret not in shown


async def test_whoever_says_everything_at_once_is_not_asked(
    in_process: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeComfyUI() as comfy:
        async with telegrams.running() as telegram:
            monkeypatch.setenv("PETAFLOP_TELEGRAM_TOKEN", telegram.token)
            monkeypatch.setenv("PETAFLOP_TELEGRAM_API_URL", telegram.url)
            arguments = ["init", "booth.env", "--no-input", "--event", "Fest", "--comfy-urls", comfy.url]
            assert await asyncio.to_thread(main, arguments) == 0
        told = capsys.readouterr().out
        assert f"It is ComfyUI {comfy.version}." in told
    assert read_env((in_process / "booth.env").read_text()) == {
        "PETAFLOP_TELEGRAM_API_URL": telegram.url,
        "PETAFLOP_EVENT": "Fest",
        "PETAFLOP_TELEGRAM_TOKEN": telegram.token,
        "PETAFLOP_COMFY_URLS": comfy.url,
    }


async def test_a_wrong_token_ends_it_where_nobody_can_be_asked(
    in_process: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with telegrams.running() as telegram:
        monkeypatch.setenv("PETAFLOP_TELEGRAM_API_URL", telegram.url)
        arguments = ["init", "--no-input", "--telegram-token", "2:WRONG"]
        assert await asyncio.to_thread(main, arguments) == os.EX_CONFIG
    assert "Telegram doesn't know this token." in capsys.readouterr().err
    assert not (in_process / "petaflop.env").exists()


def test_without_internet_a_token_is_taken_unchecked(
    in_process: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETAFLOP_TELEGRAM_API_URL", "http://127.0.0.1:9")
    assert main(["init", "--no-input", "--telegram-token", "7:ABC", "--host", "127.0.0.1"]) == 0
    assert "Telegram can't be reached just now" in capsys.readouterr().out
    assert "PETAFLOP_TELEGRAM_TOKEN=7:ABC\n" in (in_process / "petaflop.env").read_text()


def test_a_file_that_is_there_is_kept_unless_forced(
    in_process: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = in_process / "petaflop.env"
    file.write_text("PETAFLOP_EVENT=Mine\n")
    assert main(["init", "--no-input"]) == os.EX_CANTCREAT
    assert "--force" in capsys.readouterr().err
    assert file.read_text() == "PETAFLOP_EVENT=Mine\n"
    assert main(["init", "--no-input", "--force", "--event", "Fest"]) == 0
    assert read_env(file.read_text()) == {"PETAFLOP_EVENT": "Fest"}
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("PETAFLOP_KEEP_PHOTOS=soon\n", os.EX_CONFIG, "PETAFLOP_KEEP_PHOTOS is not a duration"),
        ("# a comment\n\nhunter2\n", os.EX_CONFIG, "Line 3 of the settings' file is not NAME=value."),
        (None, os.EX_NOINPUT, "The settings can't be read: No such file or directory."),
    ],
)
def test_every_command_reads_the_file(
    in_process: Path, capsys: pytest.CaptureFixture[str], text: str | None, code: int, words: str
) -> None:
    if text is not None:
        (in_process / "booth.env").write_text(text)
    assert main(["serve", "--env-file", "booth.env"]) == code
    told = capsys.readouterr().err
    assert words in told
    assert "hunter2" not in told


def test_the_environment_comes_before_the_file(
    in_process: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (in_process / "booth.env").write_text("PETAFLOP_DATABASE_URL=mysql://a/b\nPETAFLOP_EVENT=Fest\n")
    monkeypatch.setenv("PETAFLOP_DATABASE_URL", "postgresql://db.local/booth")
    assert main(["backup", "booth.tar", "--env-file", "booth.env"]) == os.EX_UNAVAILABLE
    assert os.environ["PETAFLOP_EVENT"] == "Fest"
    assert "pg_dump" in capsys.readouterr().err


def test_a_file_of_settings_is_written_as_it_is_read() -> None:
    values = {"PETAFLOP_EVENT": "PyCon = “2026” # no comment", "PETAFLOP_SECRET": "a=b'c\"$d"}
    text = write_env(values, "Two lines\nof heading")
    assert text.startswith("# Two lines\n# of heading\nPETAFLOP_EVENT=")
    assert read_env(text) == values
    assert read_env("export A=1\nB=\n") == {"A": "1", "B": ""}
    with pytest.raises(NotALine) as wrong:
        read_env("A=1\nB C=2\n")
    assert wrong.value.number == 2


def test_the_invitation_asks_for_what_the_bot_needs() -> None:
    assert ASKED_FOR.value == PERMISSIONS
