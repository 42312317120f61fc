"""The page's HTML, its words and its files: what it is made of fits together and comes from us."""

import gzip
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from adapters.web.assets import STATIC, Assets
from adapters.web.page import SCRIPT_WORDS, fan
from bot.exhibits import ShareState
from bot.words import words
from comfy.catalogue import load_catalogue
from tests.adapters.web.served import Site
from tests.make_previews import SIDE
from workflows.portraits import SAMPLE, portrait

TEMPLATES = STATIC.parent / "templates"
SCRIPTS = sorted(STATIC.glob("js/*.js"))
SHEETS = sorted([*STATIC.glob("*.css"), STATIC / "fonts" / "fonts.css"])
FONTS = sorted(path for path in STATIC.glob("fonts/*.woff2") if not path.stem.endswith("-more"))
FIRST_VISIT_KIB = 75  # page, style sheet, scripts and fonts as sent: two seconds on a bad hotspot
PREVIEW_KIB = 40
ALL_PREVIEWS_KIB = 450


class Elements(HTMLParser):
    """All elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def addresses(self) -> Iterator[str]:
        for _, attributes in self.found:
            for name in ("src", "href", "action", "data"):
                if address := attributes.get(name):
                    yield address


async def html(site: Site, language: str = "en") -> str:
    async with site.visitor(headers={"accept-language": language}) as guest:
        answer = await guest.get("/")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-language"] == language
        assert "Accept-Language" in answer.headers["vary"]
        return answer.text


async def test_the_policy_forbids_nothing_that_the_page_does(site: Site) -> None:
    for tag, attributes in Elements(await html(site)).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        if tag == "script":
            assert attributes.get("src") or attributes.get("type") == "application/json"
        assert tag not in ("style", "base", "iframe", "object", "embed")


async def test_everything_comes_from_us_and_is_there(site: Site) -> None:
    addresses = set(Elements(await html(site)).addresses())
    async with site.visitor() as guest:
        for address in addresses:
            if address.startswith(("#", "?", "/gallery")):
                continue
            assert re.match(r"/static/[0-9a-f]{12}/", address)
            answer = await guest.get(address)
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_the_events_name_is_text_and_no_html(site: Site) -> None:
    page = await html(site)
    assert '<p class="event">Tests &amp; &lt;Friends&gt;</p>' in page
    assert "<Friends>" not in page


@pytest.mark.parametrize("language", ["en", "de"])
async def test_the_page_speaks_the_guests_language(site: Site, language: str) -> None:
    page = await html(site, language)
    assert f'<html lang="{language}">' in page
    assert words().say(language, "page-heading") in page
    assert words().say(language, "page-no-script") in page


async def test_a_file_without_its_version_is_asked_for_anew(site: Site) -> None:
    async with site.visitor() as guest:
        first = await guest.get("/static/page.css")
        assert first.headers["cache-control"] == "no-cache"
        again = await guest.get("/static/page.css", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["content-encoding"] == "gzip"


async def test_the_sample_is_a_portrait(site: Site) -> None:
    async with site.visitor() as guest:
        answer = await guest.get("/static/sample.jpg")
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.content == portrait(SAMPLE)


async def test_a_first_visit_is_small(site: Site) -> None:
    page = gzip.compress((await html(site)).encode())
    texts = [*SHEETS, *SCRIPTS]
    size = len(page) + sum(len(gzip.compress(path.read_bytes())) for path in texts)
    size += sum(path.stat().st_size for path in FONTS)
    assert size < FIRST_VISIT_KIB << 10


def test_the_version_follows_every_file(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "one.js").write_text("1")
    before = Assets(tmp_path)
    assert before.version == Assets(tmp_path).version
    (tmp_path / "js" / "one.js").write_text("2")
    changed = Assets(tmp_path)
    (tmp_path / "js" / "one.js").rename(tmp_path / "js" / "two.js")
    renamed = Assets(tmp_path)
    assert len({before.version, changed.version, renamed.version}) == 3
    assert (before.scripts, renamed.scripts) == (("one.js",), ("two.js",))
    assert renamed.preview("comic") is None


def test_every_filter_has_its_preview() -> None:
    names = {path.stem for path in STATIC.glob("previews/*.webp")}
    assert names == {str(style.id) for style in load_catalogue().filters}


def test_previews_are_small_squares() -> None:
    paths = list(STATIC.glob("previews/*.webp"))
    for path in paths:
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            assert (image.format, image.size) == ("WEBP", (SIDE, SIDE))
        assert path.stat().st_size < PREVIEW_KIB << 10
    assert sum(path.stat().st_size for path in paths) < ALL_PREVIEWS_KIB << 10


@pytest.mark.parametrize(
    ("previews", "shown"),
    [
        ("", []),
        ("ab", []),
        ("abc", ["a", "b", "c"]),
        ("abcdef", ["a", "c", "e"]),
        ("abcdefg", ["a", "c", "e"]),
    ],
)
def test_the_fan_shows_three_from_across_the_offer(previews: str, shown: list[str]) -> None:
    assert fan(list(previews)) == shown


def scripts_say() -> set[str]:
    """The keys within all calls of say() and refuse(), a choice of two included."""
    text = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    calls = re.findall(r"\b(?:say|refuse)\(((?:[^()]|\([^()]*\))*)\)", text)
    return {key for call in calls for key in re.findall(r'"([a-z-]+)"', call)}


def test_every_sentence_of_the_scripts_is_there_and_none_is_idle() -> None:
    known = {key.removeprefix(SCRIPT_WORDS) for key in words().section("en", SCRIPT_WORDS)}
    by_kind = {key for key in known if key.startswith(("kind-", "hang-"))}
    assert scripts_say() == known - by_kind
    assert {"kind-jobs", "kind-photos", "kind-pictures", "kind-shares"} <= by_kind
    assert {"hang-none", "hang-held-named", *(f"hang-{state}" for state in ShareState)} <= by_kind


def test_every_sentence_of_the_page_is_used() -> None:
    template = (TEMPLATES / "page.html").read_text("utf-8")
    python = "\n".join(path.read_text("utf-8") for path in STATIC.parent.glob("*.py"))
    for name in ("delete", "forget"):
        template = template + f" page-{name}-heading page-{name}-text page-{name}-yes"
    used = set(re.findall(r"page-[a-z-]+[a-z]", template + python))
    known = {key for key in words().keys("en") if key.startswith("page-")}
    idle = {key for key in known if not key.startswith(SCRIPT_WORDS)} - used
    assert not idle


def test_the_scripts_find_every_part_that_they_name() -> None:
    template = (TEMPLATES / "page.html").read_text("utf-8")
    parts = set(re.findall(r'\bid="([a-z-]+)"', template))
    for path in SCRIPTS:
        named = set(re.findall(r'part\("([a-z-]+)"\)', path.read_text("utf-8")))
        assert named <= parts, path.name


@pytest.mark.parametrize("path", [*SCRIPTS, *SHEETS], ids=lambda path: path.name)
def test_no_file_of_the_page_names_another_host(path: Path) -> None:
    assert not re.findall(r"https?://|url\((?!\")", path.read_text("utf-8"))
