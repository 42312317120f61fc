"""``make soak-wall``: a wall in Chromium over thousands of shared pictures, and what it then holds.

A booth with real pictures shares and unshares them without a pause; each share has an id of its own, so for
the wall they are all new. After so many large pictures the page's heap (after a collection), its nodes, and
the memory of Chromium's renderer process are written down: what leaks, grows with the pictures.
"""

import asyncio
import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import httpx
import psutil
from PIL import Image
from playwright.async_api import CDPSession, Page, ViewportSize

from tests.adapters.web.browsing import browser
from tests.adapters.web.served import post, served, until
from tests.adapters.web.sharing import share
from workflows.portraits import COLLINS, HOPPER, portrait

SIZE: ViewportSize = {"width": 1024, "height": 600}
MARKS = (100, 1000, 3000)
JOBS = 12
SIDE = 1024  # px, as guests' pictures are
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What a wall holds after so many large pictures; memory in MiB."""

    pictures: int
    heap: float
    nodes: int
    elements: int
    renderer: float


@click.command()
@click.option("--pictures", type=click.IntRange(min=1), multiple=True, default=MARKS, show_default=True)
def main(pictures: tuple[int, ...]) -> None:
    """Show so many pictures on a wall, and say what it holds after each number of them."""
    print("pictures | JS heap MiB | DOM nodes | elements | renderer MiB")
    asyncio.run(soak(sorted(pictures), tell))


def tell(one: Figures) -> None:
    """Print one line of the table."""
    held = f"{one.nodes:9} | {one.elements:8} | {one.renderer:12.1f}"
    print(f"{one.pictures:8} | {one.heap:11.2f} | {held}", flush=True)


async def soak(marks: Sequence[int], on_mark: Callable[[Figures], None]) -> None:
    """Show pictures on a wall; ``on_mark`` is told the figures at each mark."""
    with tempfile.TemporaryDirectory() as folder:
        async with served(Path(folder)) as site, site.visitor() as guest, browser() as chromium:
            jobs = await _hung(guest)
            page = await chromium.new_page(viewport=SIZE, reduced_motion="reduce")
            seen = _counted(page)
            await page.goto(f"{site.url}/display?seconds=0.05&night=off")
            session = await page.context.new_cdp_session(page)
            for mark in marks:
                await _share_until(mark, guest, jobs, seen)
                on_mark(await _figures(len(seen), page, session))


async def _hung(guest: httpx.AsyncClient) -> list[str]:
    jobs = []
    for number in range(JOBS):
        with Image.open(io.BytesIO(portrait((COLLINS, HOPPER)[number % 2]))) as whole:
            photo = whole.convert("RGB").resize((SIDE, SIDE)).rotate(number)
        out = io.BytesIO()
        photo.save(out, "JPEG")
        job = (await post(guest, out.getvalue())).raise_for_status().json()["id"]
        await until(guest, job, "done")
        await share(guest, job, "Ann")
        jobs.append(job)
    return jobs


def _counted(page: Page) -> list[str]:
    """The large pictures that the page has asked for."""
    seen: list[str] = []
    page.on(
        "request",
        lambda request: seen.append("") if "/pictures/" in request.url and "?" not in request.url else None,
    )
    return seen


async def _share_until(mark: int, guest: httpx.AsyncClient, jobs: Sequence[str], seen: Sequence[str]) -> None:
    """Share anew until the wall has shown so many large pictures."""
    turn = 0
    while len(seen) < mark:
        before, job = len(seen), jobs[turn % len(jobs)]
        turn += 1
        await guest.delete(f"/api/jobs/{job}/share")
        await share(guest, job, "Ann")
        while len(seen) == before:  # noqa: ASYNC110 # the page tells nobody
            await asyncio.sleep(0.01)


async def _figures(pictures: int, page: Page, session: CDPSession) -> Figures:
    await session.send("HeapProfiler.collectGarbage")
    await session.send("Performance.enable")
    told = {one["name"]: one["value"] for one in (await session.send("Performance.getMetrics"))["metrics"]}
    elements = int(await page.evaluate("document.querySelectorAll('*').length"))
    return Figures(pictures, told["JSHeapUsedSize"] / MIB, int(told["Nodes"]), elements, _renderer_mib())


def _renderer_mib() -> float:
    """What Chromium's renderer processes hold for themselves alone."""
    of_us = psutil.Process().children(recursive=True)
    renderers = [one for one in of_us if "--type=renderer" in one.cmdline()]
    return float(sum(one.memory_full_info().uss for one in renderers)) / MIB


if __name__ == "__main__":
    main()
