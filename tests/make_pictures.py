"""Makes the README's pictures anew with the real program: ``make pictures``. Needs Chromium.

``docs/img/page.webp`` is the guest page on a phone, from choosing to the picture; ``docs/img/styles.webp`` is
every instant filter over the two shipped portraits; ``docs/img/poster.webp`` is a poster;
``docs/img/wall.webp`` is the wall with pictures that were shared.
"""

import asyncio
import io
import tempfile
from itertools import cycle
from pathlib import Path

import httpx
from PIL import Image
from playwright.async_api import FilePayload, Page

from adapters.examples import examples
from bot.invites.links import Ways, links
from bot.invites.payload import Invite, event_name
from bot.invites.pixels import draw_sheet
from bot.invites.poster import Poster, poster_sheet
from bot.invites.wording import poster_words
from bot.words import DEFAULT_LANGUAGE, words
from comfy.catalogue import load_catalogue
from tests.adapters.web.browsing import browser
from tests.adapters.web.served import post, until
from tests.adapters.web.sharing import share
from tests.make_previews import DRAWN_SIDE, FACES, SEED, face
from tests.program import Program
from workflows.filters import apply_filter
from workflows.portraits import SAMPLE, portrait

FOLDER = Path(__file__).parent.parent / "docs" / "img"
NIGHT = (17, 18, 30)
PHONE = (390, 844)
GAP = 28
SCREEN = (1024, 600)
STYLE = "oil"
SHARED = (
    ("warhol", ""),
    ("comic", "Ann"),
    ("pixel", "Grace"),
    ("watercolor", ""),
    ("riso", "Zoë"),
    ("pencil", ""),
    ("lowpoly", "Max"),
    ("synthwave", "Eileen"),
)
DISCORD, OUTSIDE = "https://discord.gg/your-event", "https://booth.example"
TILE, COLUMNS = 236, 6
QUALITY = 82
EVENT = "DevFest 2026"
POSTER_DPI = 225  # drawn three times as large as it is shown


def side_by_side(shots: list[Image.Image]) -> Image.Image:
    """Pictures in a row on the night's blue."""
    width = sum(shot.width + GAP for shot in shots) + GAP
    sheet = Image.new("RGB", (width, max(shot.height for shot in shots) + 2 * GAP), NIGHT)
    x = GAP
    for shot in shots:
        sheet.paste(shot, (x, GAP))
        x += shot.width + GAP
    return sheet


async def page_shots(url: str) -> list[Image.Image]:
    """The page before a photo, with a photo and a style, and with the picture."""
    async with browser() as chromium:
        page = await chromium.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en")
        await page.goto(url)
        shots = [await _shot(page)]
        photo: FilePayload = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": portrait(SAMPLE)}
        await page.set_input_files("input[type=file]", files=[photo])
        await page.locator(f"input[name=style][value={STYLE}]").check()
        await page.evaluate("scrollTo(0, 170)")
        shots.append(await _shot(page))
        await page.get_by_role("button", name="Make my picture").click()
        await page.get_by_role("button", name="Again").wait_for()
        return [*shots, await _shot(page)]


async def _shot(page: Page, *, still: bool = True) -> Image.Image:
    """What the page shows; ``still`` where no stream stays open."""
    if still:
        await page.wait_for_load_state("networkidle")
    await page.evaluate(
        "Promise.all(document.getAnimations().map((one) => one.effect.getTiming().iterations === Infinity"
        " || one.finished.catch(() => {})))"
    )
    return Image.open(io.BytesIO(await page.screenshot())).convert("RGB")


async def wall_shot(url: str) -> Image.Image:
    """The wall on its 7-inch screen, after guests have made pictures and shared them."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as guest:
        for number, (style, name) in enumerate(SHARED):
            job = (
                (await post(guest, portrait(list(FACES)[number % 2]), style)).raise_for_status().json()["id"]
            )
            await until(guest, job, "done")
            await share(guest, job, name)
    async with browser() as chromium:
        page = await chromium.new_page(viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="en")
        await page.goto(f"{url}/display?night=off")
        await page.locator(f"#strip li:nth-child({len(SHARED)}) img.seen").wait_for()
        await page.locator(".slot.over").wait_for()
        return await _shot(page, still=False)


def style_sheet() -> Image.Image:
    """Every instant filter, a tile each."""
    styles = load_catalogue().filters
    tiles = [
        apply_filter(style.id, face(name), SEED).resize((TILE, TILE), Image.Resampling.LANCZOS)
        for style, name in zip(styles, cycle(FACES), strict=False)
    ]
    rows = -(-len(tiles) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (TILE + 8) + 8, rows * (TILE + 8) + 8), NIGHT)
    for place, tile in enumerate(tiles):
        sheet.paste(tile, (8 + place % COLUMNS * (TILE + 8), 8 + place // COLUMNS * (TILE + 8)))
    return sheet


def poster() -> Image.Image:
    """A poster with three codes, as ``petaflop invite poster`` makes it."""
    ways = Ways("your_booth_bot", DISCORD, OUTSIDE, OUTSIDE)
    shown = links(ways, Invite(event_name(EVENT), place="entrance"))
    said = poster_words(words(), DEFAULT_LANGUAGE, EVENT, (3600.0, 86_400.0), examples())
    drawn = draw_sheet(poster_sheet(Poster("a4", said, shown, examples())), POSTER_DPI)
    return drawn.resize((drawn.width // 3, drawn.height // 3), Image.Resampling.LANCZOS)


def main() -> None:
    """Write all pictures."""
    assert DRAWN_SIDE >= TILE
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Program(Path(folder), event=EVENT) as program:
        shots = asyncio.run(page_shots(program.url))
    side_by_side(shots).save(FOLDER / "page.webp", quality=QUALITY, method=6)
    settings = {"event": EVENT, "discord_invite": DISCORD, "public_url": OUTSIDE}
    with tempfile.TemporaryDirectory() as folder, Program(Path(folder), **settings) as program:
        asyncio.run(wall_shot(program.url)).save(FOLDER / "wall.webp", quality=QUALITY, method=6)
    poster().save(FOLDER / "poster.webp", quality=QUALITY, method=6)
    style_sheet().save(FOLDER / "styles.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
