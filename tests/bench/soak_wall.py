"""``make soak-wall``: a wall in Chromium over thousands of shared pictures, and what it then holds.

A booth with real pictures shares and unshares them without a pause; each share has an id of its own, so for
the wall they are all new. After so many large pictures the page's heap (after a collection), its nodes, and
the memory of Chromium's renderer process are written down: what leaks, grows with the pictures.

Chromium is spoken to over its DevTools protocol, in three commands only: Playwright has it record every
answer of the network, which takes more memory than the wall does.
"""

import asyncio
import io
import itertools
import json
import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import click
import httpx
import psutil
import websockets
from PIL import Image

from tests.adapters.web.browsing import ARGUMENTS, chromium
from tests.adapters.web.served import Site, post, served, until
from tests.adapters.web.sharing import share
from workflows.portraits import COLLINS, HOPPER, portrait

MARKS = (100, 1000, 3000)
JOBS = 12
SIDE = 1024  # px, as guests' pictures are
PATIENCE_S = 60.0
MIB = 1 << 20
WALL = "/display?seconds=0.05&night=off"
FLAGS = (
    "--headless",
    "--force-prefers-reduced-motion",
    "--window-size=1024,600",
    "--remote-debugging-port=0",
)
LARGE = "document.querySelector('#strip .now')?.dataset.id"


@click.command()
@click.option("--pictures", type=click.IntRange(min=1), multiple=True, default=MARKS, show_default=True)
def main(pictures: tuple[int, ...]) -> None:
    """Show so many pictures on a wall, and say what it holds after each number of them."""
    print("pictures | JS heap MiB | DOM nodes | renderer MiB")
    asyncio.run(soak(sorted(pictures)))


async def soak(marks: Sequence[int]) -> None:
    """Print a line at each mark."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            served(Path(folder)) as site,
            site.visitor() as guest,
            _tab(site.url + WALL, Path(folder)) as tab,
        ):
            turns = itertools.cycle(await _hung(guest))
            for number in range(1, marks[-1] + 1):
                await _shown_anew(site, guest, next(turns), tab)
                if number in marks:
                    print(f"{number:8} | {await tab.figures()}", flush=True)


async def _hung(guest: httpx.AsyncClient) -> list[str]:
    """Jobs whose pictures hang on the wall."""
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


async def _shown_anew(site: Site, guest: httpx.AsyncClient, job: str, tab: "Tab") -> None:
    """Share a picture anew, and wait until it is the large one."""
    await guest.delete(f"/api/jobs/{job}/share")
    await share(guest, job, "Ann")
    newest = (await site.booth.wall.newest("en", 1))[0].id
    async with asyncio.timeout(PATIENCE_S):
        while await tab.evaluate(LARGE) != newest:  # noqa: ASYNC110 # the page tells nobody
            await asyncio.sleep(0.01)


class Tab:
    """One page, over the DevTools protocol."""

    def __init__(self, socket: websockets.ClientConnection, process: int) -> None:
        self._socket = socket
        self._process = process
        self._numbers = itertools.count(1)

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One command, and its answer."""
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        async for message in self._socket:
            told = json.loads(message)
            if told.get("id") == number:
                result: dict[str, Any] = told["result"]
                return result
        raise ConnectionError(method)

    async def evaluate(self, expression: str) -> object:
        """What an expression is in the page."""
        told = await self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")

    async def figures(self) -> str:
        """Heap after a collection, nodes, and what the page's process holds for itself alone."""
        await self.ask("HeapProfiler.collectGarbage")
        await self.ask("Performance.enable")
        told = {one["name"]: one["value"] for one in (await self.ask("Performance.getMetrics"))["metrics"]}
        held = max(one.memory_full_info().uss for one in self._renderers())
        return f"{told['JSHeapUsedSize'] / MIB:11.2f} | {told['Nodes']:9.0f} | {held / MIB:12.1f}"

    def _renderers(self) -> list[psutil.Process]:
        family = psutil.Process(self._process).children(recursive=True)
        return [one for one in family if "--type=renderer" in one.cmdline()]


@asynccontextmanager
async def _tab(url: str, folder: Path) -> AsyncIterator[Tab]:
    profile = f"--user-data-dir={folder / 'profile'}"
    browser = await asyncio.create_subprocess_exec(
        chromium(), *ARGUMENTS, *FLAGS, profile, url, stderr=asyncio.subprocess.PIPE
    )
    try:
        address = await asyncio.wait_for(_page_address(browser, url), PATIENCE_S)
        async with websockets.connect(address, max_size=None) as socket:
            yield Tab(socket, browser.pid)
    finally:
        browser.terminate()
        await browser.communicate()


async def _page_address(browser: asyncio.subprocess.Process, url: str) -> str:
    """Where the page's own socket is: the browser says on which port it listens, and lists its pages."""
    assert browser.stderr is not None
    port = ""
    while not port:
        found = re.search(rb"ws://127\.0\.0\.1:(\d+)/", await browser.stderr.readline())
        port = found[1].decode() if found else ""
    async with httpx.AsyncClient() as asking:
        while True:
            listed = (await asking.get(f"http://127.0.0.1:{port}/json/list")).json()
            for page in listed:
                if page["url"] == url:
                    return str(page["webSocketDebuggerUrl"])
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    main()
