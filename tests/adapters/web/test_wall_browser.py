"""Wall, gallery and sharing in headless Chromium: what people see, and that nothing leaves the room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from bot.nouns import GuestKey
from tests.adapters.web.browsing import (
    PATIENCE_MS,
    STILL,
    borrowed_letters,
    browser,
    opened,
)
from tests.adapters.web.served import DISCORD_AWAY, House, Site, served
from tests.adapters.web.sharing import picture, share, shared

pytestmark = pytest.mark.browser

OWNER = GuestKey("telegram:1")
KIOSK = {**STILL, "viewport": {"width": 1024, "height": 600}, "has_touch": True}
QUICK = "/display?seconds=0.2&night=off"
ROUNDS = 24
LONG_AND_TROUBLED = """() => {
    const name = "Internationale Sommerakademie für Donaudampfschifffahrt und Weltraumbahnhöfe 2026";
    document.querySelector(".event").textContent = name;
    for (const one of document.querySelectorAll("#banner, #banner p")) one.hidden = false;
}"""
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
    outside = """() => [...document.querySelectorAll(".event, h1, .codes li, .figures div *, .over .large")]
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
    covered = """() => {
        const banner = document.getElementById("banner").getBoundingClientRect();
        const beside = document.querySelectorAll(".event, h1, .codes li, .figures div, .strip li");
        return [...beside].filter((one) => {
            const { left, top, right, bottom } = one.getBoundingClientRect();
            return left < banner.right && right > banner.left && top < banner.bottom && bottom > banner.top;
        }).map((one) => one.outerHTML);
    }"""
    async with wall(chromium, house) as page:
        await shared(guest, house)
        await page.wait_for_selector(".slot.over .large[src]")
        for width, height in [(1024, 600), (3840, 2160), (600, 1024)]:
            await page.set_viewport_size({"width": width, "height": height})
            assert await page.evaluate(outside) == []
            assert await page.evaluate(overlapping) == [True] * 4
            assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")
            await page.evaluate(LONG_AND_TROUBLED)
            assert await page.evaluate(outside) == []
            assert await page.evaluate(covered) == []


async def test_the_pin_hides_the_large_picture(
    chromium: Browser, house: Site, guest: httpx.AsyncClient
) -> None:
    pin = await house.booth.office.curator.pin(OWNER)
    async with wall(chromium, house, "/display?lang=de") as page:
        await shared(guest, house)
        await shows(page, 1)
        await page.keyboard.press("m")
        await expect(page.locator("#pin")).to_be_visible()
        await page.wait_for_function("() => document.getElementById('pin-shown').naturalWidth")
        assert await page.evaluate(
            "document.querySelector('.hide').getBoundingClientRect().bottom < innerHeight"
        )
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


async def test_the_show_waits_while_the_pin_is_asked_for(
    chromium: Browser, house: Site, guest: httpx.AsyncClient
) -> None:
    large = "document.querySelector('.slot.over .whose').textContent"
    async with wall(chromium, house, "/display?seconds=0.05") as page:
        for name in ("Ann", "Bob"):
            await shared(guest, house, name)
        await shows(page, 2)
        await page.keyboard.press("m")
        name = await page.evaluate(large)
        for _ in range(3):  # many pictures would have come meanwhile
            await page.wait_for_timeout(100)
            assert await page.evaluate(large) == name
        await page.keyboard.press("Escape")
        await page.wait_for_function(f"(name) => {large} !== name", arg=name)
        assert await page.evaluate("document.getElementById('pin-shown').hasAttribute('src')") is False


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
