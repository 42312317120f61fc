"""The one composition root: settings in, a running booth out. Nothing else decides who works with whom."""

import asyncio
import os
import platform
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.children import Children
from comfy.catalogue import load_catalogue
from comfy.embedded import EmbeddedRenderer
from starlette.types import ASGIApp

from adapters.serving import Address, listen, serving, url_of
from adapters.settings import Settings
from adapters.web.app import web_app
from adapters.web.chat import WebChat
from adapters.web.site import WebSite
from bot.booth import Booth, Desk
from bot.courier import Courier
from bot.keeper import Keeper, Retention
from bot.lines import Lines
from bot.painter import Framing, Painter, Studio
from bot.ports import Renderer, Vault
from bot.shelf import Shelf
from bot.staff import Staff
from bot.store.bell import Bell
from bot.store.claims import ClaimStore
from bot.store.database import Database, open_database
from bot.store.jobs import JobStore, Limits
from bot.store.meta import MetaStore
from bot.store.migrate import migrate
from bot.store.reserve import Reserve
from bot.store.upkeep import UpkeepStore
from bot.store.vaults import FileVault, RowVault
from bot.teller import Teller
from bot.words import words
from workflows.portraits import SAMPLE, portrait

LINE_LIMIT = 1000  # photos that wait; at 2 s each half an hour of work for one core
DESK_SLOTS = 2  # intake and frames, beside the renders
DESK_MEMORY = 1 << 30  # a 64 megapixel PNG with alpha takes some 800 MB to decode
DESK_SECONDS = 30.0
RENDER_MEMORY = 768 << 20  # the hungriest filter takes 400 MB for a megapixel
RENDER_SECONDS = 30.0  # an instant filter takes 1 to 2 s; ten times that on a busy board


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that lasts."""

    database: Database
    jobs: JobStore
    claims: ClaimStore
    upkeep: UpkeepStore
    meta: MetaStore
    vault: Vault
    reserve: Reserve | None
    bell: Bell


@dataclass(frozen=True, slots=True)
class House:
    """A booth that is open: what the servers are given."""

    booth: Booth
    stores: Stores
    renderers: Sequence[Renderer]
    web: ASGIApp
    web_chat: WebChat


def desk_children() -> Children:
    """Child processes for intake and frames."""
    return Children(slots=DESK_SLOTS, memory_bytes=DESK_MEMORY, seconds=DESK_SECONDS)


def render_children() -> Children:
    """Child processes for the instant filters: one a core."""
    return Children(slots=cores(), memory_bytes=RENDER_MEMORY, seconds=RENDER_SECONDS)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def make_renderers(settings: Settings, children: Children) -> Sequence[Renderer]:
    """The renderers that the settings ask for; the embedded one is always there."""
    catalogue = load_catalogue()
    return [EmbeddedRenderer(catalogue.filters, children)]


@asynccontextmanager
async def open_house(settings: Settings, page_url: str | None) -> AsyncIterator[House]:
    """Open the booth and close it again.

    Args:
        settings: What the owner decided.
        page_url: Where guests' phones reach the page, for the small code on pictures; None leaves it out.

    Raises:
        SetupError: with one line on what the owner can do.
    """
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(_open_stores(settings))
        desk_pool, render_pool = desk_children(), render_children()
        for pool in (desk_pool, render_pool):
            await stack.enter_async_context(pool.running())
        renderers = make_renderers(settings, render_pool)
        for renderer in renderers:
            await stack.enter_async_context(renderer.running())
        chat = WebChat()
        booth, staff = _crew(settings, stores, renderers, chat, desk_pool, page_url)
        await stack.enter_async_context(staff.working())
        web = web_app(booth, chat, words(), await _site(settings, stores.meta))
        yield House(booth, stores, renderers, web, chat)


async def serve(settings: Settings, announce: Callable[[Address], None]) -> None:
    """Run the booth until this task is cancelled; ``announce`` is called once guests can come.

    Raises:
        SetupError: a port is taken, or what :func:`open_house` raises.
    """
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(listen(settings.host, settings.port, "PORT"))
        ops_listener = None
        if settings.ops_port:
            ops_listener = stack.enter_context(listen(settings.host, settings.ops_port, "OPS_PORT"))
        port = listener.getsockname()[1]
        house = await stack.enter_async_context(open_house(settings, page_url(settings, port)))
        proxies = [str(network) for network in settings.trusted_proxies]
        await stack.enter_async_context(serving(house.web, listener, proxies, house.web_chat.close))
        url = url_of(settings.host, port)
        announce(Address(settings.host, port, url, None))
        await asyncio.Event().wait()


def page_url(settings: Settings, port: int) -> str | None:
    """The page's address as other people's phones reach it; None where only this machine does."""
    if settings.public_url:
        return settings.public_url
    return None


@asynccontextmanager
async def _open_stores(settings: Settings) -> AsyncIterator[Stores]:
    async with open_database(settings.database_url) as database:
        await migrate(database)
        reserve: Reserve | None = None
        vault: Vault = RowVault(database)
        if database.embedded:
            vault = FileVault(settings.data_dir)
            reserve = Reserve(settings.data_dir)
            await reserve.restore()
        yield Stores(
            database=database,
            jobs=JobStore(database),
            claims=ClaimStore(database),
            upkeep=UpkeepStore(database),
            meta=MetaStore(database),
            vault=vault,
            reserve=reserve,
            bell=Bell(database),
        )


def _crew(
    settings: Settings,
    stores: Stores,
    renderers: Sequence[Renderer],
    chat: WebChat,
    desk_pool: Children,
    page_url: str | None,
) -> tuple[Booth, Staff]:
    owner = f"{platform.node()}-{uuid.uuid4().hex[:8]}"
    shelf = Shelf(renderers, words())
    lines = Lines(stores.jobs, stores.meta, shelf)
    teller = Teller([chat], stores.claims, lines, shelf, words())
    retention = Retention(settings.keep_photos.total_seconds(), settings.keep_pictures.total_seconds())
    keeper = Keeper(stores.jobs, stores.upkeep, stores.vault, stores.reserve, retention)
    studio = Studio(
        owner=owner,
        claims=stores.claims,
        meta=stores.meta,
        vault=stores.vault,
        keeper=keeper,
        bell=stores.bell,
        lines=lines,
        shelf=shelf,
        teller=teller,
        children=desk_pool,
        words=words(),
        framing=Framing(settings.event, page_url),
        previews=settings.previews,
    )
    painters = [Painter(renderer, studio) for renderer in renderers]
    courier = Courier(owner, stores.claims, stores.vault, keeper, stores.bell, teller)
    staff = Staff(
        owner, stores.database.embedded, painters, courier, keeper, teller, stores.claims, stores.bell
    )
    desk = Desk(
        jobs=stores.jobs,
        vault=stores.vault,
        keeper=keeper,
        bell=stores.bell,
        lines=lines,
        shelf=shelf,
        teller=teller,
        intake=desk_pool,
        limits=Limits(guest=settings.guest_limit, line=LINE_LIMIT),
        max_upload_bytes=settings.max_upload,
    )
    return Booth(desk, painters), staff


async def _site(settings: Settings, meta: MetaStore) -> WebSite:
    given = settings.secret.get_secret_value().encode() if settings.secret else None
    return WebSite(
        event=settings.event,
        secret=given or await meta.secret(),
        max_upload_bytes=settings.max_upload,
        address_limit=settings.address_limit,
        sample_jpeg=portrait(SAMPLE),
        public_url=settings.public_url,
    )
