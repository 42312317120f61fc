"""Wall, gallery and sharing in headless Chromium: what people see, and that nothing leaves the room."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from bot.nouns import GuestKey
from tests.adapters.web.browsing import (
    DESKTOP,
    PATIENCE_MS,
    PHONE,
    SMALL_PHONE,
    STILL,
    borrowed_letters,
    browser,
    contrast_within,
    opened,
)
from tests.adapters.web.served import DISCORD_AWAY, House, Site, photo, served
from tests.adapters.web.sharing import picture, share, shared

pytestmark = pytest.mark.browser

OWNER = GuestKey("telegram:1")
KIOSK = {**STILL, "viewport": {"width": 1024, "height": 600}, "has_touch": True}
QUICK = "/display?seconds=0.2&night=off"
ROUNDS = 24
SMALL = """[...document.querySelectorAll("a, button")]
    .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
"""What fingers don't find: WCAG 2.2, 2.5.5 asks for 44 pixels."""
NODES = "document.querySelectorAll('*').length"


@pytest_asyncio.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as launched:
        yield launched


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    setup = House(telegram="BoothBot", discord="https://discord.gg/booth", maintainers=[OWNER])
    async with served(tmp_path_factory.mktemp("wall"), setup) as one:
        yield one


@pytest_asyncio.fixture
async def guest(house: Site) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who shares, and is forgotten in the end: the next test's wall is empty."""
    async with house.visitor() as one:
        yield one
        await one.delete("/api/me")


@asynccontextmanager
async def wall(chromium: Browser, site: Site, path: str = QUICK) -> AsyncIterator[Page]:
    async with opened(chromium, site.url, KIOSK) as page:
        await page.goto(f"{site.url}{path}")
        yield page


async def shows(page: Page, count: int) -> None:
    """Wait until so many small pictures hang below, all of them decoded, and a large one (or none)."""
    await page.wait_for_function(
        """(count) => {
            const small = [...document.querySelectorAll("#strip img.seen")];
            const large = document.querySelectorAll(".slot.seen .large[src]").length > 0;
            return small.length === count && large === count > 0;
        }""",
        arg=count,
        timeout=PATIENCE_MS,
    )


async def test_an_empty_wall_invites_and_a_shared_picture_hangs_until_it_is_taken_back(
    chromium: Browser, house: Site, guest: httpx.AsyncClient
) -> None:
    async with wall(chromium, house) as page:
        await expect(page.locator(".invitation h2")).to_be_visible()
        await expect(page.locator("#codes li")).to_have_count(2)
        await expect(page.locator("#codes")).to_contain_text("t.me/BoothBot")
        await page.wait_for_function(
            "() => [...document.querySelectorAll('#codes img')].every((one) => one.naturalWidth)"
        )
        job = await picture(guest)
        await share(guest, job, "Ann")
        await shows(page, 1)
        await expect(page.locator(".slot.over .whose")).to_contain_text("Ann · Comic")
        await expect(page.locator(".invitation h2")).to_be_hidden()
        assert await borrowed_letters(page) == set()
        await page.wait_for_function("() => Number(document.getElementById('made').textContent) >= 1")
        await guest.delete(f"/api/jobs/{job}/share")
        await shows(page, 0)
        assert await page.evaluate("document.querySelectorAll('img[src^=blob]').length") == 0
        assert "Ann" not in await page.content()


async def test_everything_is_on_the_screen_whatever_its_size(
    chromium: Browser, house: Site, guest: httpx.AsyncClient
) -> None:
    outside = """() => [...document.querySelectorAll("h1, .codes li, .figures dd, .figures dt, .over .large")]
        .filter((one) => {
            const { left, top, right, bottom } = one.getBoundingClientRect();
            return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
        })
        .map((one) => one.className || one.outerHTML)"""
    overlapping = """() => {
        const [head, codes, figures, stage] = ["h1", ".codes", ".figures", ".stage"]
            .map((one) => document.querySelector(one).getBoundingClientRect());
        const before = (a, b) => a.bottom <= b.top + 1 || a.right <= b.left + 1;
        return [[head, codes], [codes, figures], [stage, codes], [stage, head]]
            .map(([a, b]) => before(a, b) || before(b, a));
    }"""
    async with wall(chromium, house) as page:
        await shared(guest, house)
        await page.wait_for_selector(".slot.over .large[src]")
        for width, height in [(1024, 600), (3840, 2160), (600, 1024)]:
            await page.set_viewport_size({"width": width, "height": height})
            assert await page.evaluate(outside) == []
            assert await page.evaluate(overlapping) == [True] * 4
            assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")


async def test_the_pin_hides_the_large_picture(
    chromium: Browser, house: Site, guest: httpx.AsyncClient
) -> None:
    pin = await house.booth.office.curator.pin(OWNER)
    async with wall(chromium, house, "/display?lang=de") as page:
        await shared(guest, house)
        await shows(page, 1)
        await page.keyboard.press("m")
        await expect(page.locator("#pin")).to_be_visible()
        await page.click(".pad button[value='1']")
        await page.click(".hide")
        await expect(page.locator("#pin-told")).to_have_text("Das ist nicht die PIN.")
        await page.click(".pad button[value='close']")
        await expect(page.locator("#pin")).to_be_hidden()
        box = await page.locator("#stage").bounding_box()
        assert box is not None
        await page.mouse.move(box["x"] + 50, box["y"] + 50)
        await page.mouse.down()  # held until the question comes
        await expect(page.locator("#pin")).to_be_visible()
        await page.mouse.up()
        for digit in pin:
            await page.click(f".pad button[value='{digit}']")
        await page.click(".hide")
        await shows(page, 0)
        await expect(page.locator("#pin")).to_be_hidden()


async def test_a_server_that_is_away_is_told_and_comes_back_by_itself(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    setup = House(discord="https://discord.gg/booth", uplinks=DISCORD_AWAY)
    async with (
        served(tmp_path_factory.mktemp("first"), setup) as first,
        opened(chromium, first.url, KIOSK) as page,
    ):
        async with first.visitor() as visitor:
            await shared(visitor, first)
        await page.goto(f"{first.url}/display?blind=0.02")
        await shows(page, 1)
        away = "Discord is out of reach just now. Photos sent there are kept."
        await expect(page.locator("#banner p:visible")).to_have_text([away])
        gone = "**/display/events*"
        await page.route(gone, lambda route: route.abort())
        first.chat.close()  # the streams end, as when the server stops
        await expect(page.locator("#banner")).to_contain_text("can't reach the booth")
        for figure in ("#waiting", "#eta"):
            await expect(page.locator(figure)).to_have_text("…")
        await shows(page, 0)  # what is shared by now, nobody here knows
        await page.unroute(gone)
        # Another version answers now: the page is loaded anew, once.
        await page.route(gone, another_version)
        async with page.expect_navigation():
            pass
        await expect(page.locator("#codes")).to_be_attached()
        assert await page.evaluate("sessionStorage.getItem('petaflop.reloaded')") == "another"


async def test_a_wall_that_finds_no_room_says_why_and_an_odd_address_is_no_reason(
    chromium: Browser, house: Site
) -> None:
    async def refuse(route: Route) -> None:
        await route.fulfill(status=429, content_type="application/problem+json", body="{}")

    async with opened(chromium, house.url, KIOSK) as page:
        await page.route("**/display/events*", refuse)
        await page.goto(f"{house.url}/display?seconds=-5&blind=-1")
        await expect(page.locator("#banner")).to_contain_text("open on many screens")
        await expect(page.locator("#banner")).not_to_contain_text("can't reach", use_inner_text=True)
        script = "import(document.querySelector('script[src]').src.replace('main', 'start'))"
        asked = "[number('seconds', 9), number('blind', 10)]"
        assert await page.evaluate(f"{script}.then(({{ number }}) => {asked})") == [9, 10]


async def another_version(route: Any) -> None:
    body = 'retry: 60000\nevent: hello\ndata: {"version": "another"}\n\n'
    await route.fulfill(body=body, content_type="text/event-stream")


async def test_a_wall_does_not_grow(chromium: Browser, house: Site, guest: httpx.AsyncClient) -> None:
    """The short form of ``make soak-wall``: as many nodes and pictures after many shares as after a few."""
    async with wall(chromium, house, "/display?seconds=0.05") as page:
        jobs = [await picture(guest, shade) for shade in (40, 80, 120)]
        for job in jobs:
            await share(guest, job, "Ann")
        await shows(page, 3)
        before = await page.evaluate(NODES)
        for turn in range(ROUNDS):
            job = jobs[turn % len(jobs)]
            await guest.delete(f"/api/jobs/{job}/share")
            await share(guest, job, "Ann")
        last = (await house.booth.wall.newest("en", 1))[0].id
        await page.wait_for_selector(f"#strip li[data-id='{last}'] img.seen")
        await shows(page, 3)
        assert await page.evaluate(NODES) == before
        assert await page.evaluate("document.querySelectorAll('img[src^=blob]').length") <= 3 + 2 * 2


async def test_the_wall_dims_at_night_and_shows_no_cursor(chromium: Browser, house: Site) -> None:
    light = "getComputedStyle(document.body).getPropertyValue('--light')"
    async with opened(chromium, house.url, KIOSK) as page:
        for query, value in [("night=0-24", "0.35"), ("night=off", "1"), ("night=off&light=60", "0.6")]:
            await page.goto(f"{house.url}/display?{query}")
            await page.wait_for_function(f"() => {light} === '{value}'")
        assert await page.evaluate("getComputedStyle(document.body).cursor") == "none"


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
