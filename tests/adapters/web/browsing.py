"""A headless Chromium for tests of the page: the system's own, nothing is downloaded."""

import io
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-site-isolation-trials",  # one process a page instead of three: most of a test's time is theirs
    "--renderer-process-limit=1",
    "--disable-features=SpareRendererForSitePerProcess,IsolateOrigins,site-per-process,MediaRouter,Translate",
    "--use-fake-ui-for-media-stream",  # the camera is a test picture, and nobody is asked
    "--use-fake-device-for-media-stream",
)
STILL = {"reduced_motion": "reduce"}  # without a graphics card every frame costs
PHONE = {**STILL, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL_PHONE = {**PHONE, "viewport": {"width": 320, "height": 640}}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PATIENCE_MS = 60_000
_devices: WeakKeyDictionary[Browser, dict[str, BrowserContext]] = WeakKeyDictionary()


def chromium() -> str:
    """The system's Chromium; skipped where there is none, never in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get("CI"):
        pytest.fail("CI must have Chromium (apt: chromium)")
    if found is None:
        pytest.skip("no Chromium is installed (apt: chromium)")
    return found


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """One browser for many pages."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        try:
            yield launched
        finally:
            await launched.close()


@asynccontextmanager
async def opened(chromium: Browser, url: str, device: dict[str, Any] | None = None) -> AsyncIterator[Page]:
    """The page on a device that knows nobody; it must end without an error and a stranger's address."""
    kind = dict(device or PHONE)
    screen, scheme = kind.pop("viewport"), kind.pop("color_scheme", "light")
    async with _borrowed(chromium, kind) as context, await context.new_page() as page:
        await page.set_viewport_size(screen)
        await page.emulate_media(color_scheme=scheme)
        page.set_default_timeout(PATIENCE_MS)
        complaints: list[str] = []
        asked: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(url)
        yield page
        own = (url, "data:", f"blob:{url}")
        assert [address for address in asked if not address.startswith(own)] == []
        assert [told for told in complaints if not told.startswith("Failed to load resource")] == []
        assert await page.evaluate("localStorage.length") == 0  # what a page keeps ends with it


@asynccontextmanager
async def _borrowed(chromium: Browser, kind: dict[str, Any]) -> AsyncIterator[BrowserContext]:
    """A device with an open page, whose process lives on: a fresh one takes most of a test's time.

    It has forgotten its last user, and is thrown away after a failure.
    """
    devices, name = _devices.setdefault(chromium, {}), repr(kind)
    context = devices.pop(name, None)
    if context is None:
        context = await chromium.new_context(**kind)
        await context.new_page()
    try:
        yield context
    except BaseException:
        await context.close()
        raise
    await context.clear_cookies()
    devices[name] = context


def contrast_within(screenshot: bytes) -> float:
    """The contrast of the lightest to the darkest pixel (WCAG 2.2, 1.4.3 asks for 4.5 of words)."""
    with Image.open(io.BytesIO(screenshot)) as image:
        colours = image.convert("RGB").getcolors(1 << 24) or []
    lights = [_light(colour) for _, colour in colours]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def _light(colour: Any) -> float:
    """WCAG's relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


async def borrowed_letters(page: Page) -> set[str]:
    """The system's fonts that some of the page is written with just now, by their names."""
    await page.evaluate("document.fonts.ready.then(() => null)")
    session = await page.context.new_cdp_session(page)
    await session.send("DOM.enable")
    await session.send("CSS.enable")
    root = (await session.send("DOM.getDocument"))["root"]["nodeId"]
    found = await session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})
    used = [await session.send("CSS.getPlatformFontsForNode", {"nodeId": node}) for node in found["nodeIds"]]
    await session.detach()
    return {font["familyName"] for one in used for font in one["fonts"] if not font["isCustomFont"]}
