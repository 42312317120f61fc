"""The guest page on a real socket, over a real core; renders are scripted or our own filters."""

import asyncio
import io
import json
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from adapters.serving import listen, serving
from adapters.terms import Terms
from adapters.web import WebChat, WebSite, web_app
from adapters.web.guests import COOKIE, PREFIX
from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts, Plan
from bot.booth import Booth
from bot.invites.links import Ways
from bot.nouns import GuestKey
from bot.office.watch import UplinkReport
from bot.pixels.captions import Framing
from bot.pixels.children import Children
from bot.ports import Renderer
from bot.store.jobs import Limits
from bot.store.stores import Stores, open_stores
from bot.underway.keeper import Retention
from bot.words import words
from comfy.catalogue import load_catalogue
from comfy.drawing import warm_up
from comfy.embedded import EmbeddedRenderer
from tests.databases import sqlite_in
from tests.desk import shared_desk
from tests.fakes.renderer import ScriptedRenderer
from workflows.portraits import SAMPLE, portrait

MAX_UPLOAD = 2 << 20
SECRET = b"a secret of the tests"
PATIENCE_S = 60.0
FINAL = ("done", "failed", "cancelled")
DISCORD_AWAY = (
    UplinkReport("telegram", "polling", up=True),
    UplinkReport("discord", "gateway", up=False, trouble="gateway-away", answers=False),
)


@dataclass(frozen=True, slots=True)
class House:
    """How the site of one test is set up."""

    guest_limit: int = 5
    line: int = 100
    address_limit: int = 0
    public_url: str | None = None
    trusted_proxies: Sequence[str] = ()
    telegram: str | None = None
    discord: str | None = None
    page: str | None = None
    open_gallery: bool = False
    kept_shared_s: float | None = None
    maintainers: Sequence[GuestKey] = ()
    uplinks: Sequence[UplinkReport] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What a test of the site looks at."""

    url: str
    port: int
    booth: Booth
    chat: WebChat
    renderer: Renderer
    stores: Stores

    def visitor(self, **options: Any) -> httpx.AsyncClient:
        """A guest's browser: keeps cookies, knows nobody else's."""
        return httpx.AsyncClient(base_url=self.url, timeout=PATIENCE_S, **options)

    def guest_of(self, visitor: httpx.AsyncClient) -> GuestKey:
        """Whom the visitor's cookie names."""
        return GuestKey(PREFIX + visitor.cookies[COOKIE].partition(".")[0])

    async def watched_by(self, count: int) -> None:
        """Wait until so many streams are open."""
        async with asyncio.timeout(PATIENCE_S):
            while self.chat.watched() != count:  # noqa: ASYNC110 # streams end without telling a test
                await asyncio.sleep(0.01)


@asynccontextmanager
async def served(
    folder: Path, house: House | None = None, renderer: Renderer | None = None
) -> AsyncIterator[Site]:
    """A site on a free port of the loopback, with SQLite in the folder."""
    house, chat, renderer = house or House(), WebChat(), renderer or ScriptedRenderer()
    plan = Plan(
        Limits(house.guest_limit, house.line),
        Retention(3600, 86400, shared_s=house.kept_shared_s),
        Framing("Tests", None),
        MAX_UPLOAD,
        maintainers=house.maintainers,
    )
    settings = WebSite(
        "Tests & <Friends>",
        SECRET,
        MAX_UPLOAD,
        house.address_limit,
        portrait(SAMPLE),
        Terms("Tests", 3600, 86400, house.kept_shared_s, house.open_gallery),
        "booth.example.net",
        house.public_url,
        lambda: Ways(house.telegram, house.discord, house.public_url or house.page, house.public_url),
        open_gallery=house.open_gallery,
    )
    url = await sqlite_in(folder)
    desk = await shared_desk()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(url, folder))
        parts = Parts(
            stores,
            [renderer],
            [chat],
            desk,
            words(),
            portrait=lambda: portrait(SAMPLE),
            uplinks=partial(_reports, house),
        )
        booth = await stack.enter_async_context(open_booth(plan, parts))
        listener = stack.enter_context(listen("127.0.0.1", 0, "PORT"))
        app = web_app(booth, chat, words(), settings, desk)
        await stack.enter_async_context(serving(app, listener, list(house.trusted_proxies), chat.close))
        port = listener.getsockname()[1]
        yield Site(f"http://127.0.0.1:{port}", port, booth, chat, renderer, stores)


async def _reports(house: House) -> Sequence[UplinkReport]:
    return house.uplinks


@asynccontextmanager
async def painting() -> AsyncIterator[EmbeddedRenderer]:
    """Our own filters, in one warm child process."""
    children = Children(slots=1, memory_bytes=768 << 20, seconds=30)
    async with children.running(warm_up):
        yield EmbeddedRenderer(load_catalogue().filters, children)


def photo(shade: int = 60, side: int = 96) -> bytes:
    """A plain grey photo; the shade tells whose it is."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (shade, shade, shade)).save(out, "JPEG", quality=95)
    return out.getvalue()


def noise(size: int) -> bytes:
    """Bytes that are no picture."""
    return random.Random(size).randbytes(size)


def shade_of(picture: bytes) -> int:
    """The picture's own shade, in the middle of its frame."""
    with Image.open(io.BytesIO(picture)) as image:
        value = image.convert("L").getpixel((image.width // 2, image.width // 2))
    return int(str(value))


async def post(
    guest: httpx.AsyncClient,
    data: bytes | None = None,
    style: str = "comic",
    *,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    """Post a photo."""
    files = {"photo": ("me.jpg", photo() if data is None else data, "image/jpeg")}
    return await guest.post("/api/jobs", data={"style": style}, files=files, headers=headers)


async def until(guest: httpx.AsyncClient, job: str, *wanted: str) -> dict[str, Any]:
    """Look until the job has one of the statuses, ever more rarely: a look costs more than most jobs."""
    pause_s = 0.02
    async with asyncio.timeout(PATIENCE_S):
        while True:
            answer = await guest.get(f"/api/jobs/{job}")
            told: dict[str, Any] = answer.raise_for_status().json()
            if told["status"] in (wanted or FINAL):
                return told
            await asyncio.sleep(pause_s)
            pause_s = min(0.2, pause_s * 1.5)


async def events(response: httpx.Response) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The named events of a stream, as (name, data)."""
    name = ""
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


async def watched(guest: httpx.AsyncClient, job: str) -> list[tuple[str, dict[str, Any]]]:
    """All events of a job until its stream ends."""
    async with guest.stream("GET", f"/api/jobs/{job}/events") as response:
        response.raise_for_status()
        return [event async for event in events(response)]
