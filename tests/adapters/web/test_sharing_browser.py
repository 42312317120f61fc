"""Sharing, forgetting and the gallery in headless Chromium, as guests do and see them on their phones."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from bot.nouns import GuestKey
from tests.adapters.web.browsing import (
    DESKTOP,
    PHONE,
    SMALL_PHONE,
    borrowed_letters,
    browser,
    contrast_within,
    opened,
)
from tests.adapters.web.served import House, Site, photo, served
from tests.adapters.web.sharing import shared

pytestmark = pytest.mark.browser

OWNER = GuestKey("telegram:1")
SMALL = """[...document.querySelectorAll("a, button")]
    .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
"""What fingers don't find: WCAG 2.2, 2.5.5 asks for 44 pixels."""


@pytest_asyncio.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as launched:
        yield launched


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    setup = House(maintainers=[OWNER])
    async with served(tmp_path_factory.mktemp("sharing"), setup) as one:
        yield one


@pytest_asyncio.fixture
async def guest(house: Site) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who shares, and is forgotten in the end: the next test's wall is empty."""
    async with house.visitor() as one:
        yield one
        await one.delete("/api/me")


async def test_a_guest_shares_with_a_name_and_takes_it_back(chromium: Browser, house: Site) -> None:
    async with opened(chromium, house.url, {**PHONE, "locale": "de-DE"}) as page:
        await make(page)
        await expect(page.locator("#hang-told")).to_have_text("Nur du siehst dieses Bild.")
        await page.fill("#hang-name", "Ann")
        await page.click("#hang-share")
        await expect(page.locator("#hang-told")).to_contain_text("hängt jetzt an der Wand")
        (piece,) = await house.booth.wall.newest("en")
        assert piece.name == "Ann"
        await page.fill("#hang-name", "\u200b\u3164")
        await page.click("#hang-share")
        await expect(page.locator("#hang-told")).to_contain_text("nichts, was sich zeigen lässt")
        assert [piece.name for piece in await house.booth.wall.newest("en")] == [""]
        await page.click("#hang-back")
        await expect(page.locator("#hang-told")).to_have_text("Nur du siehst dieses Bild.")
        assert await house.booth.wall.newest("en") == []
        await page.click("#hang-share")
        await expect(page.locator("#hang-gallery")).to_be_visible()
        await page.click("#forget")
        await page.click("#ask-forget .danger")
        await expect(page.locator("#receipt")).to_contain_text("Geteilte Bilder: 1")
        assert await house.booth.wall.newest("en") == []


async def test_forget_me_tells_beside_the_button_how_it_goes_and_keeps_its_receipt(
    chromium: Browser, house: Site
) -> None:
    held = asyncio.Event()

    async def lose(route: Route) -> None:
        await held.wait()
        await route.abort()

    async with opened(chromium, house.url, {**PHONE, "locale": "en-GB"}) as page:
        await make(page)
        await hurry(page)
        await page.route("**/api/me", lose)
        await forget(page)
        await expect(page.locator("#forget-told")).to_have_text("Erasing …")
        await expect(page.locator("#forget-told")).to_be_in_viewport()
        await page.locator("#forget").dispatch_event("click")
        await expect(page.locator("#ask-forget")).to_be_hidden()
        held.set()
        await expect(page.locator("#forget-told")).to_contain_text("I can't reach the booth")
        await expect(page.locator("#forget")).to_be_focused()
        await expect(page.locator("#receipt")).to_be_hidden()
        await page.unroute("**/api/me")
        for _ in range(2):
            await forget(page)
            await expect(page.locator("#forget-told")).to_be_empty()
            await expect(page.locator("#receipt")).to_contain_text("Photos: 1")
            await expect(page.locator("#receipt")).not_to_contain_text("nothing")


async def make(page: Page) -> None:
    """A guest's picture, on the page."""
    photo_file: Any = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photo(side=160)}
    await page.set_input_files("#file", photo_file)
    await page.locator(".style", has=page.locator("input[value=comic]")).locator(".face").click()
    await page.click("#go")
    await expect(page.locator("#hang-told")).to_be_visible()


async def forget(page: Page) -> None:
    await page.click("#forget")
    await page.click("#ask-forget .danger")


async def hurry(page: Page) -> None:
    """What the page would wait for a minute comes after a tenth of a second."""
    await page.evaluate(
        "() => { const real = setTimeout; window.setTimeout = (act, ms) => real(act, ms / 600); }"
    )


async def test_the_page_learns_that_its_picture_was_taken_off_the_wall_or_erased(
    chromium: Browser, house: Site
) -> None:
    async with opened(chromium, house.url, {**DESKTOP, "locale": "en-GB"}) as page:
        await make(page)
        await hurry(page)
        await page.click("#hang-share")
        await expect(page.locator("#hang-told")).to_contain_text("It is on the wall now")
        (piece,) = await house.booth.wall.newest("en")
        await house.booth.office.curator.hide(OWNER, piece.id)
        await expect(page.locator("#hang-told")).to_contain_text("has taken it off the wall")
        await expect(page.locator("#hang-back")).to_be_hidden()
        await page.click("#again")
        await expect(page.locator("#hang-share")).to_be_visible()
        await page.click("#hang-share")
        await expect(page.locator("#hang-told")).to_contain_text("It is on the wall now")
        await page.focus("#hang-back")
        await page.keyboard.press("Enter")
        await expect(page.locator("#hang-told")).to_have_text("Only you see this picture.")
        await expect(page.locator("#hang-share")).to_be_focused()
        await page.click("#hang-share")
        await expect(page.locator("#hang-told")).to_contain_text("It is on the wall now")
        await page.request.delete(f"{house.url}/api/me")  # as when the event is closed
        await expect(page.locator("#hang-told")).to_contain_text("It was erased")
        await expect(page.locator("#hang-row")).to_be_hidden()


async def test_the_gallery_reads_on_with_a_script_and_asks_nobody_else(
    chromium: Browser, house: Site, guest: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.web.gallery.A_PAGE", 2)
    async with opened(chromium, house.url) as page:
        for shade in (50, 100, 150):
            await shared(guest, house, "Ann", shade)
        await page.goto(f"{house.url}/gallery")
        await expect(page.locator("#pictures li")).to_have_count(2)
        await page.click("#more")
        await expect(page.locator("#pictures li")).to_have_count(3)
        await expect(page.locator("#more")).to_have_count(0)
        await expect(page.locator("#pictures li:nth-child(3) a")).to_be_focused()
        assert not await page.evaluate("document.documentElement.scrollWidth > screen.width")
        assert await page.evaluate(SMALL) == []
        await page.click("#pictures a")
        await expect(page.locator(".print img")).to_be_visible()
        assert await page.evaluate(SMALL) == []
        assert await page.evaluate("[...document.images].every((one) => one.alt)")
        await page.click(".report button")
        await expect(page.locator("[role=status]")).to_contain_text("Thank you")


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_an_empty_gallery_can_be_read_on_the_heads_navy(
    chromium: Browser, house: Site, device: dict[str, Any]
) -> None:
    async with opened(chromium, house.url, {**device, "color_scheme": "light"}) as page:
        await page.goto(f"{house.url}/gallery")
        for words in (".note", ".foot a"):
            seen = await page.locator(words).screenshot()
            assert contrast_within(seen) > 4.5, words


async def test_names_and_styles_are_whole_and_in_the_houses_letters_on_small_phones(
    chromium: Browser, house: Site, guest: httpx.AsyncClient
) -> None:
    names = ("Donaudampfschifffahrtskapitänsmü", "Wilhelmine-Charlotte v. d. Heide", "Олена Żółć")
    cut = """() => [...document.querySelectorAll(".whose, .whose *, .top *")]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"
            || one.getBoundingClientRect().right > innerWidth)
        .map((one) => one.outerHTML)"""
    async with opened(chromium, house.url, {**SMALL_PHONE, "locale": "de-DE"}) as page:
        pieces = [await shared(guest, house, name) for name in names]
        for path in ("/gallery", f"/gallery/{pieces[0]}"):
            await page.goto(house.url + path)
            for width in (320, 360, 390):
                await page.set_viewport_size({"width": width, "height": 640})
                assert await page.evaluate(cut) == []
                assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        await page.goto(f"{house.url}/gallery")
        for name in names:
            await expect(page.locator("#pictures")).to_contain_text(name)
        assert await borrowed_letters(page) == set()


async def test_long_words_are_whole_on_small_phones(chromium: Browser, house: Site) -> None:
    """What the German page says at its longest: names of styles, keepsakes, the question for a name."""
    names = "['Kirchenfenster', 'Scherenschnitt', 'Skizzenbuch (KI)']"
    rename = f"""() => document.querySelectorAll('.style .name').forEach((one, at) => {{
        one.textContent = {names}[at % 3];
    }})"""
    broken = """(chosen) => [...document.querySelectorAll(chosen)].filter((one) => one.offsetWidth
        && one.textContent.split(" ").some((word) => {
            const whole = document.createElement("span");
            whole.style.cssText = "position: absolute; white-space: nowrap";
            whole.textContent = word;
            one.append(whole);
            const { paddingLeft, paddingRight, borderLeftWidth } = getComputedStyle(one);
            const around = [paddingLeft, paddingRight, borderLeftWidth, borderLeftWidth].map(parseFloat);
            const room = one.offsetWidth - around.reduce((sum, part) => sum + part);
            const isBroken = whole.offsetWidth > room;
            whole.remove();
            return isBroken;
        })).map((one) => one.textContent)"""
    async with opened(chromium, house.url, {**SMALL_PHONE, "locale": "de-DE"}) as page:
        await page.evaluate(rename)
        await see_at_small_widths(page, broken, ".style .name")
        await make(page)
        await see_at_small_widths(page, broken, ".hang label, .hang .button, .row .button")
        await page.click("#keepsake")
        await see_at_small_widths(page, broken, ".kinds .button, .answers .button")


async def see_at_small_widths(page: Page, broken: str, chosen: str) -> None:
    for width in (320, 360, 390):
        await page.set_viewport_size({"width": width, "height": 640})
        assert await page.evaluate(broken, chosen) == [], width
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_without_scripts_nothing_is_offered_that_can_not_act(chromium: Browser, house: Site) -> None:
    async with await chromium.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = await context.new_page()
        await page.goto(house.url)
        await expect(page.locator("noscript .notice")).to_be_visible()
        box = await page.locator("noscript .notice").bounding_box()
        assert box is not None
        assert box["x"] > 10
        await expect(page.locator("button:visible")).to_have_count(0)
        await expect(page.locator(".privacy p").first).to_be_visible()
