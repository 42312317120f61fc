"""What wall and gallery are made of: our own files, sentences that are used, nothing the policy forbids."""

import re
from pathlib import Path

import pytest

from adapters.web.assets import STATIC
from adapters.web.display import SCRIPT_WORDS
from bot.words import words
from tests.adapters.web.served import Site
from tests.adapters.web.sharing import shared
from tests.adapters.web.test_page import FONTS, Elements

TEMPLATES = STATIC.parent / "templates"
PAGES = ("wall.html", "gallery.html", "piece.html", "shared.html")
FILES = sorted([*STATIC.glob("wall/*"), *STATIC.glob("gallery/*")])
WALL_KIB = 60  # page, style sheets, scripts and fonts: a kiosk's start on a slow router


async def pages(site: Site) -> list[str]:
    """Wall, gallery, and one picture's page."""
    async with site.visitor() as guest:
        piece = await shared(guest, site, "Ann")
        addresses = ("/display", "/gallery", f"/gallery/{piece}")
        found = [(await guest.get(address)).raise_for_status().text for address in addresses]
        await guest.delete("/api/me")
        return found


async def test_the_policy_forbids_nothing_that_the_pages_do(site: Site) -> None:
    for page in await pages(site):
        for tag, attributes in Elements(page).found:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
            if tag == "script":
                assert attributes.get("src") or attributes.get("type") == "application/json"
            assert tag not in ("style", "base", "iframe", "object", "embed")


async def test_everything_on_them_comes_from_us(site: Site) -> None:
    for page in await pages(site):
        addresses = [one for one in Elements(page).addresses() if one]
        assert addresses
        assert [one for one in addresses if not re.match(r"/(?!/)|\?lang=", one)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_names_another_host(path: Path) -> None:
    assert not re.findall(r"https?://(?!www\.w3\.org)|url\((?!\")", path.read_text("utf-8"))


def test_every_sentence_is_used() -> None:
    told = "\n".join((TEMPLATES / name).read_text("utf-8") for name in PAGES)
    told += "\n".join(path.read_text("utf-8") for path in STATIC.parent.glob("*.py"))
    keys = {key for key in words().keys("en") if key.startswith(("wall-", "gallery-"))}
    idle = {
        key for key in keys if not key.startswith(SCRIPT_WORDS) and f'"{key}"' not in told.replace("'", '"')
    }
    assert not idle


def test_every_sentence_of_the_walls_scripts_is_there_and_none_is_idle() -> None:
    scripts = "\n".join(path.read_text("utf-8") for path in STATIC.glob("wall/*.js"))
    said = set(re.findall(r'\bsay\("([a-z-]+)"\)', scripts))
    assert said == {key.removeprefix(SCRIPT_WORDS) for key in words().section("en", SCRIPT_WORDS)}


def test_the_walls_scripts_find_every_part_that_they_name() -> None:
    parts = set(re.findall(r'\bid="([a-z-]+)"', (TEMPLATES / "wall.html").read_text("utf-8")))
    for path in STATIC.glob("wall/*.js"):
        assert set(re.findall(r'part\("([a-z-]+)"\)', path.read_text("utf-8"))) <= parts, path.name


def test_a_wall_is_small() -> None:
    files = [*STATIC.glob("wall/*"), *FONTS, STATIC / "fonts" / "fonts.css", TEMPLATES / "wall.html"]
    assert sum(path.stat().st_size for path in files) < WALL_KIB << 10


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [("", "de", "de"), ("?lang=en", "de", "en"), ("?lang=de", "en", "de"), ("?lang=fr", "de", "de")],
)
@pytest.mark.parametrize("path", ["/", "/display", "/gallery"])
async def test_the_address_chooses_the_language_before_the_browser(
    site: Site, path: str, query: str, header: str, language: str
) -> None:
    async with site.visitor(headers={"accept-language": header}) as guest:
        answer = await guest.get(path + query)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
