"""The page in headless Chromium, as a guest meets it: our own page, our own filters, a real server."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, Page, Route, expect

from tests.adapters.web.browsing import (
    DESKTOP,
    PATIENCE_MS,
    PHONE,
    SMALL_PHONE,
    borrowed_letters,
    browser,
    opened,
)
from tests.adapters.web.served import Site, noise, painting, photo, served
from workflows.portraits import portrait

pytestmark = pytest.mark.browser

DEVICES: dict[str, dict[str, Any]] = {"phone": PHONE, "small phone": SMALL_PHONE, "desktop": DESKTOP}
JOBS = "**/api/jobs"
ORIENTATION = 0x0112


@pytest_asyncio.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as launched:
        yield launched


@pytest_asyncio.fixture(scope="module")
async def painted(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A site that paints with our own filters."""
    async with painting() as renderer, served(tmp_path_factory.mktemp("site"), renderer=renderer) as one:
        yield one


def file(data: bytes, name: str = "me.jpg", kind: str = "image/jpeg") -> Any:
    return {"name": name, "mimeType": kind, "buffer": data}


async def choose(page: Page, data: bytes | None = None) -> None:
    await page.set_input_files("#file", file(photo(side=160) if data is None else data))
    await in_state(page, "ready")


async def pick(page: Page, style: str) -> None:
    """Tap a style's picture."""
    tile = page.locator(".style", has=page.locator(f"input[value={style}]"))
    await tile.locator(".face").click()


async def make(page: Page, style: str = "pixel") -> None:
    await pick(page, style)
    await page.click("#go")
    await in_state(page, "done")


async def in_state(page: Page, state: str) -> None:
    await expect(page.locator("#booth")).to_have_attribute("data-state", state, timeout=PATIENCE_MS)


async def is_shown(page: Page) -> bool:
    """Whether the picture on the stage has really been decoded."""
    return bool(await page.wait_for_function("() => document.getElementById('shown').naturalWidth > 64"))


async def scrolls_sideways(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > screen.width"))


@pytest.mark.parametrize("device", DEVICES)
async def test_choose_upload_watch_see_delete(chromium: Browser, painted: Site, device: str) -> None:
    async with opened(chromium, painted.url, DEVICES[device]) as page:
        assert not await scrolls_sideways(page)
        await choose(page, portrait("hopper"))
        assert not await scrolls_sideways(page)
        await make(page, "watercolor")
        assert await is_shown(page)
        assert not await scrolls_sideways(page)
        async with page.expect_download() as downloading:
            await page.click("#keep")
        download = await downloading.value
        assert download.suggested_filename == "petaflop-watercolor.jpg"
        with Image.open(Path(await download.path())) as picture:
            assert picture.format == "JPEG"
            assert min(picture.size) > 300
        await expect(page.locator("#album li")).to_have_count(1)
        await page.click("#delete")
        await expect(page.locator("#ask-delete")).to_be_visible()
        assert not await scrolls_sideways(page)
        async with page.expect_response(lambda answer: answer.request.method == "DELETE") as erasing:
            await page.click("#ask-delete .danger")
        assert (await erasing.value).status == 204
        await in_state(page, "start")
        await expect(page.locator("#earlier")).to_be_hidden()


async def test_a_code_chooses_the_style_and_leaves_the_address(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await page.goto(f"{painted.url}/?i=e_pycon__s_comic__p_bar")
        await expect(page.locator("input[value=comic]")).to_be_checked()
        assert page.url == f"{painted.url}/"
        assert await borrowed_letters(page) == set()


async def test_the_whole_way_by_keyboard(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url, DESKTOP) as page:
        for _ in range(3):
            await page.keyboard.press("Tab")
        await expect(page.locator("#sample")).to_be_focused()
        await page.keyboard.press("Enter")
        await in_state(page, "ready")
        await expect(page.locator("#styles-heading")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        await page.keyboard.press("ArrowRight")
        await expect(page.locator("input[value=watercolor]")).to_be_checked()
        await page.keyboard.press("Tab")
        await expect(page.locator("#go")).to_be_focused()
        await page.keyboard.press("Enter")
        await in_state(page, "done")
        await expect(page.locator("#keep")).to_be_focused()
        await expect(page.locator("#spoken")).to_have_text("Your picture is ready!")
        await page.locator("#delete").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#ask-delete button[value=no]")).to_be_focused()
        await page.keyboard.press("Escape")
        await in_state(page, "done")


async def test_everything_that_can_be_pressed_has_a_name(chromium: Browser, painted: Site) -> None:
    nameless = """() => [...document.querySelectorAll("button, a, input:not([type=file]), img, progress")]
        .filter((one) => !(one.ariaLabel || one.textContent.trim() || one.hasAttribute("alt")
            || one.labels?.[0]?.textContent.trim() || one.getAttribute("aria-labelledby")))
        .map((one) => one.outerHTML)"""
    async with opened(chromium, painted.url) as page:
        assert await page.evaluate(nameless) == []


async def test_the_camera_takes_a_photo_after_a_countdown(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await page.click("#take")
        await expect(page.locator("#camera")).to_be_visible()
        await expect(page.locator("#shoot")).to_be_enabled()
        await page.click("#shoot")
        await expect(page.locator("#count")).to_have_text("3")
        await in_state(page, "ready")
        await expect(page.locator("#camera")).to_be_hidden()
        assert await is_shown(page)
        assert await page.evaluate("document.getElementById('finder').srcObject") is None


async def test_closing_the_camera_leaves_everything_as_it_was(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await page.click("#take")
        await expect(page.locator("#shoot")).to_be_enabled()
        await page.keyboard.press("Escape")
        await expect(page.locator("#camera")).to_be_hidden()
        await in_state(page, "start")
        await page.wait_for_function("() => document.getElementById('finder').srcObject === null")


async def test_without_a_camera_the_phones_own_app_opens(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await page.evaluate("Object.defineProperty(navigator, 'mediaDevices', {value: undefined})")
        async with page.expect_file_chooser() as choosing:
            await page.click("#take")
        chooser = await choosing.value
        assert await chooser.element.get_attribute("capture") == "user"


async def test_a_refused_camera_is_told_kindly(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await page.evaluate(
            """() => { navigator.mediaDevices.getUserMedia =
                () => Promise.reject(new DOMException("", "NotAllowedError")); }"""
        )
        await page.click("#take")
        await expect(page.locator("#notice")).to_contain_text("Choose a picture instead")
        await expect(page.locator("#camera")).to_be_hidden()


async def test_a_dropped_picture_is_taken_and_other_things_are_not(chromium: Browser, painted: Site) -> None:
    drop = """async ([name, type]) => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 100;
        const blob = await new Promise((resolve) => canvas.toBlob(resolve));
        const carried = new DataTransfer();
        carried.items.add(new File([blob], name, { type }));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true }));
    }"""
    async with opened(chromium, painted.url) as page:
        await page.evaluate(drop, ["notes.txt", "text/plain"])
        await expect(page.locator("#notice")).to_contain_text("That is no picture")
        await page.evaluate(drop, ["me.png", "image/png"])
        await in_state(page, "ready")
        await expect(page.locator("#notice")).to_be_hidden()


async def test_another_style_and_again_upload_nothing(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        posted: list[int] = []
        page.on(
            "request",
            lambda request: (
                posted.append(len(request.post_data_buffer or b"")) if request.method == "POST" else None
            ),
        )
        await choose(page)
        await make(page)
        await page.click("#other")
        await in_state(page, "ready")
        await make(page, "poster")
        await page.click("#again")
        await expect(page.locator("#album li")).to_have_count(3)
        assert len(posted) == 3
        assert max(posted[1:]) < 600
        await page.locator("#album button").last.click()
        await expect(page.locator("#keep")).to_have_attribute("download", "petaflop-pixel.jpg")


async def test_an_answer_that_is_lost_makes_no_second_job(chromium: Browser, painted: Site) -> None:
    keys: list[str | None] = []
    made: set[str] = set()

    async def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        answer = await route.fetch()
        made.add((await answer.json())["id"])
        if len(keys) == 1:
            await route.abort("connectionreset")
        else:
            await route.fulfill(response=answer)

    async with opened(chromium, painted.url) as page:
        await page.route(JOBS, lose_the_first_answer)
        await choose(page)
        await make(page)
        assert len(keys) == 2
        assert len(set(keys)) == len(made) == 1


async def test_offline_is_told_and_ends_by_itself(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await choose(page)
        await pick(page, "pixel")
        await page.context.set_offline(True)
        await page.click("#go")
        await expect(page.locator("#telling")).to_contain_text("You are offline")
        await page.context.set_offline(False)
        await in_state(page, "done")


async def test_a_refusal_is_told_in_the_servers_words(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url, {**PHONE, "locale": "de-DE"}) as page:
        await choose(page, noise(3000))
        await pick(page, "pixel")
        await page.click("#go")
        await expect(page.locator("#notice")).to_contain_text("Das ist kein Bild, das ich lesen kann")
        await in_state(page, "ready")


async def test_a_picture_that_the_browser_can_not_read_is_sent_as_it_is(
    chromium: Browser, painted: Site
) -> None:
    heic = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (160, 160), "orange")).save(heic)
    async with opened(chromium, painted.url) as page:
        await page.set_input_files("#file", file(heic.getvalue(), "IMG_1.HEIC", ""))
        await in_state(page, "ready")
        await make(page)
        assert await is_shown(page)


async def test_a_photo_is_made_small_upright_and_anonymous_before_it_leaves(
    chromium: Browser, painted: Site
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # lies on its side: width and height change places
    exif.get_ifd(0x8825)[1] = "N"  # a place on earth
    taken = io.BytesIO()
    Image.new("RGB", (3000, 1500), "teal").save(taken, "JPEG", exif=exif)
    script = """async (bytes) => {
        const { prepare } = await import("/static/js/photo.js");
        const { blob } = await prepare(new File([new Uint8Array(bytes)], "me.jpg", { type: "image/jpeg" }));
        return [...new Uint8Array(await blob.arrayBuffer())];
    }"""
    async with opened(chromium, painted.url) as page:
        sent = bytes(await page.evaluate(script, list(taken.getvalue())))
    with Image.open(io.BytesIO(sent)) as image:
        assert (image.format, image.size) == ("JPEG", (1024, 2048))
        assert not image.getexif()


async def test_a_reloaded_page_goes_on_watching(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await choose(page, portrait("hopper"))
        await pick(page, "oil")
        async with page.expect_response(JOBS) as posting:
            await page.click("#go")
        assert (await posting.value).status == 202
        await page.wait_for_function("() => sessionStorage.getItem('petaflop.current')")
        await page.reload()
        await in_state(page, "done")
        assert await is_shown(page)
        await page.reload()
        await expect(page.locator("#album img")).to_have_count(1)


async def test_keepsakes_are_seen_and_saved(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url, SMALL_PHONE) as page:
        await choose(page, portrait("hopper"))
        await make(page)
        await page.click("#keepsake")
        await expect(page.locator("[data-kind=card]")).to_have_attribute("aria-pressed", "true")
        await page.click("[data-kind=loop]")
        await expect(page.locator("#keepsake-shown")).to_have_attribute("alt", "In motion")
        async with page.expect_download() as downloading:
            await page.click("#keepsake-keep")
        assert (await downloading.value).suggested_filename == "petaflop-loop.webp"
        assert not await scrolls_sideways(page)
        async with page.expect_response("**/api/me/frame"):
            await page.uncheck("#frame")
        await page.click("#keepsakes-close")
        await page.click("#keepsake")
        await expect(page.locator("#frame")).not_to_be_checked()


async def test_forget_me_shows_a_receipt(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await choose(page)
        await make(page)
        await page.click("#forget")
        await page.click("#ask-forget .danger")
        await expect(page.locator("#receipt")).to_contain_text("Photos: 1")
        await expect(page.locator("#earlier")).to_be_hidden()
        await in_state(page, "start")
        assert await page.context.cookies() == []
        assert await page.evaluate("sessionStorage.length") <= 1


async def test_cancel_goes_back_to_the_styles(chromium: Browser, painted: Site) -> None:
    async with opened(chromium, painted.url) as page:
        await choose(page, portrait("hopper"))
        await pick(page, "oil")
        async with page.expect_response(JOBS):
            await page.click("#go")
        await page.click("#cancel")
        await in_state(page, "ready")
        await expect(page.locator("#notice")).to_contain_text("Cancelled")
        await make(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_can_be_read_on_their_ground(chromium: Browser, painted: Site, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text; measured on what is plain text on plain ground."""
    contrast = """(chosen) => {
        const light = (color) => {
            const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((one) => {
                const part = one / 255;
                return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (one) => {
            for (let at = one; at; at = at.parentElement) {
                const color = getComputedStyle(at).backgroundColor;
                if (!color.startsWith("rgba(0, 0, 0, 0")) return color;
            }
            return "rgb(255, 255, 255)";
        };
        return [...document.querySelectorAll(chosen)].map((one) => {
            const both = [light(getComputedStyle(one).color), light(ground(one))];
            const [low, high] = both.sort((a, b) => a - b);
            return [one.className || one.id || one.tagName, (high + 0.05) / (low + 0.05)];
        });
    }"""
    chosen = ".choice h2, .style .name, .privacy p, .privacy h2, .privacy .button, #choose, .hint"
    async with opened(chromium, painted.url, {**DESKTOP, "color_scheme": scheme}) as page:
        measured = await page.evaluate(contrast, chosen)
        assert len(measured) > 15
        assert [one for one in measured if one[1] < 4.5] == []
