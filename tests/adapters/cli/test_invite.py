"""``petaflop invite``: links, codes and posters, with and without the networks."""

import json
import os
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from adapters.cli import main
from adapters.inviting import ask_ways
from adapters.settings import load_settings
from bot.errors import SetupError
from bot.invites.links import Ways, discord_install
from bot.pixels.qr import qr_terminal
from tests.bot.invites.made import read
from tests.fakes import discord as discords
from tests.fakes import telegram as telegrams

PUBLIC = "https://booth.example"
NOBODY = "http://127.0.0.1:9"
NAMED = ("--bot-name", "@PetaflopBoothBot")
TELEGRAM = "https://t.me/PetaflopBoothBot?start=e_pycon-2026__p_halle-2"


@pytest.fixture
def settings(in_process: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A booth with an address from outside."""
    monkeypatch.setenv("PETAFLOP_PUBLIC_URL", PUBLIC)
    monkeypatch.setenv("PETAFLOP_EVENT", "PyCon 2026")
    return in_process


def test_everything_there_is_stands_in_the_terminal(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["invite", *NAMED, "--place", "Halle 2"]) == os.EX_OK
    shown = capsys.readouterr().out
    web = f"{PUBLIC}/?i=e_pycon-2026__p_halle-2"
    for address in (TELEGRAM, web):
        assert address in shown
        assert qr_terminal(address) in shown


def test_machines_are_told_the_same(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["invite", *NAMED, "--place", "bar", "--style", "Comic", "--event", "Größe", "--json"]
    assert main([*arguments, "--only", "telegram", "--group"]) == os.EX_OK
    assert json.loads(capsys.readouterr().out) == {
        "event": "grosse",
        "place": "bar",
        "style": "comic",
        "links": {"telegram": "https://t.me/PetaflopBoothBot?startgroup=e_grosse__s_comic__p_bar"},
        "out": None,
    }


@pytest.mark.parametrize("name", ["code.png", "code.svg", "code.pdf"])
def test_a_code_becomes_a_file(settings: Path, name: str) -> None:
    assert main(["invite", "telegram", *NAMED, "--place", "Halle 2", "-o", name]) == os.EX_OK
    data = (settings / name).read_bytes()
    if name.endswith("png"):
        image = Image.open(BytesIO(data))
        assert image.size == (709, 709)  # 60 mm at 300 dots an inch
        assert read(image) == [TELEGRAM]
    elif name.endswith("pdf"):
        document = pypdfium2.PdfDocument(data)
        assert read(document[0].render(scale=3).to_pil()) == [TELEGRAM]
        document.close()
    else:
        assert data.startswith(b"<svg ")


def test_a_poster_shows_what_the_booth_makes(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["invite", "poster", *NAMED, "--place", "Halle 2", "--language", "de", "-o", "poster.pdf"])
    assert (code, capsys.readouterr().out) == (os.EX_OK, "")
    document = pypdfium2.PdfDocument((settings / "poster.pdf").read_bytes())
    text = document[0].get_textpage().get_text_range()
    assert sorted(read(document[0].render(scale=1.6).to_pil())) == [
        f"{PUBLIC}/?i=e_pycon-2026__p_halle-2",
        TELEGRAM,
    ]
    document.close()
    for words in ("PyCon 2026", "Werde zum Bild.", "Comic", "Vorher", "Im Browser"):
        assert words in text


async def test_the_networks_are_asked_who_the_bot_is() -> None:
    async with telegrams.running() as telegram, discords.running() as discord:
        given = {
            "PETAFLOP_TELEGRAM_TOKEN": telegram.token,
            "PETAFLOP_TELEGRAM_API_URL": telegram.url,
            "PETAFLOP_DISCORD_TOKEN": discord.token,
            "PETAFLOP_DISCORD_API_URL": discord.url,
            "PETAFLOP_PUBLIC_URL": PUBLIC,
        }
        ways = await ask_ways(load_settings(given))
        server = {**given, "PETAFLOP_DISCORD_INVITE": "https://discord.gg/petaflop"}
        named = await ask_ways(load_settings(server), "PetaflopBoothBot", ("telegram", "discord"))
        with pytest.raises(SetupError) as refused:
            await ask_ways(load_settings({**given, "PETAFLOP_TELEGRAM_TOKEN": "1:hunter2"}))
    assert ways == Ways("petaflop_bot", discord_install(discord.world.bot.id), PUBLIC, PUBLIC)
    assert named == Ways("PetaflopBoothBot", "https://discord.gg/petaflop", None, PUBLIC)
    assert refused.value.exit_code == os.EX_CONFIG
    assert "hunter2" not in refused.value.hint


@pytest.mark.parametrize("arguments", [["--format", "terminal", "-o", "-"], ["--format", "terminal"], []])
def test_a_terminal_may_be_named(
    settings: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["invite", "telegram", *NAMED, "--place", "Halle 2", *arguments]) == os.EX_OK
    assert qr_terminal(TELEGRAM) in capsys.readouterr().out


def test_what_no_code_and_no_poster_can_say_is_said(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["invite", "poster", *NAMED, "--only", "telegram", "-o", "poster.png"]
    assert main([*arguments, "--event", "مؤتمر", "--place", "قاعة 2", "--json"]) == os.EX_OK
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["links"]["telegram"].endswith(f"?start=e_{told['event']}__p_{told['place']}")
    assert f"can't spell the event's name: they say {told['event']}" in said.err
    assert f"can't spell the place's name: they say {told['place']}" in said.err
    assert "the poster shows the event's name without مؤتر: " in said.err
    assert main(["invite", "web", "--event", "東京", "--json"]) == os.EX_OK
    assert "poster" not in capsys.readouterr().err


def test_discord_goes_over_our_short_link(
    settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETAFLOP_DISCORD_INVITE", "https://discord.gg/petaflop")
    assert main(["invite", "discord", "--place", "bar", "--json"]) == os.EX_OK
    assert json.loads(capsys.readouterr().out)["links"] == {"discord": f"{PUBLIC}/i/e_pycon-2026__p_bar"}
    assert main(["invite", "discord", "--place", "bar", "--json", "--plain"]) == os.EX_OK
    links = json.loads(capsys.readouterr().out)["links"]
    assert links == {"discord": "https://discord.gg/petaflop"}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["poster"], os.EX_USAGE, "A poster is a PDF or a PNG"),
        (["poster", "-o", "poster.svg"], os.EX_USAGE, "A poster is a PDF or a PNG"),
        (["web", "--format", "png"], os.EX_USAGE, "both a name and a format"),
        (["web", "-o", "code.gif"], os.EX_USAGE, "has to end in .png, .svg, .pdf"),
        (["-o", "code.png", *NAMED], os.EX_USAGE, "say which of telegram, web"),
        (["web", "-o", "nowhere/code.png"], os.EX_CANTCREAT, "directory does not exist"),
        (["telegram"], os.EX_CONFIG, "There is nothing to invite to"),
        (["web", "--style", "nosuch"], os.EX_USAGE, "petaflop styles"),
        (["web", "--style", "comik"], os.EX_USAGE, "did you mean comic"),
        (["web", "--size", "letter"], os.EX_USAGE, "--size and --language are a poster's"),
        (["web", "--event", "a\nb"], os.EX_CONFIG, "PETAFLOP_EVENT is not one line"),
        (
            ["web", "--event", "e" * 20, "--style", "flux-sketchbook", "--place", "p" * 24],
            os.EX_DATAERR,
            "A code holds 64 characters",
        ),
    ],
)
def test_what_makes_no_sense_is_said_in_a_line(
    settings: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    assert main(["invite", *arguments]) == code
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_offline_the_bot_has_to_be_named(
    settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETAFLOP_TELEGRAM_TOKEN", "1:hunter2")
    monkeypatch.setenv("PETAFLOP_TELEGRAM_API_URL", NOBODY)
    assert main(["invite", "telegram"]) == os.EX_TEMPFAIL
    told = capsys.readouterr().err
    assert "--bot-name" in told
    assert "hunter2" not in told
    assert main(["invite", "telegram", *NAMED, "--json"]) == os.EX_OK
