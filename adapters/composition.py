"""The one composition root: settings in, a running booth out. Nothing else decides who works with whom."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from starlette.types import ASGIApp

from adapters.examples import examples
from adapters.gauges import Gauges
from adapters.inviting import page_address
from adapters.machine import disk_of
from adapters.metrics import Metrics
from adapters.network import http_url, lan_urls, own_url
from adapters.ops import ops_app
from adapters.platforms import Platform, make_platforms, terms_of, uplinks_of, ways_of
from adapters.renderers import desk_children, make_bench, make_renderers, render_children
from adapters.serving import Address, listen, serving
from adapters.settings import Settings
from adapters.steps import log_step
from adapters.tracing import traced
from adapters.tunnel import metered
from adapters.web.app import web_app
from adapters.web.chat import WebChat
from adapters.web.site import WebSite
from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts, Plan
from bot.booth import Booth
from bot.invites.colours import Colours
from bot.office.closing_order import Orders
from bot.office.invitations import Inviting
from bot.office.mailbox import Mailbox
from bot.pixels import intake
from bot.pixels.captions import Framing
from bot.ports import Renderer
from bot.store.bell import line_topic
from bot.store.jobs import Limits
from bot.store.meta import MetaStore
from bot.store.stores import Stores, open_stores
from bot.styles.shelf import Shelf
from bot.trail import OnStep, all_of, no_step
from bot.underway.keeper import Retention
from bot.words import words
from comfy import drawing
from comfy.remote import ComfyRenderer
from workflows.portraits import SAMPLE, portrait

LINE_LIMIT = 1000  # photos that wait; at 2 s each half an hour of work for one core


@dataclass(frozen=True, slots=True)
class House:
    """A booth that is open: what the servers are given."""

    booth: Booth
    stores: Stores
    renderers: Sequence[Renderer]
    platforms: Sequence[Platform]
    web: ASGIApp
    web_chat: WebChat


@asynccontextmanager
async def open_house(
    settings: Settings, page_url: str | None, on_step: OnStep = no_step
) -> AsyncIterator[House]:
    """Open the booth and close it again.

    Args:
        settings: What the owner decided.
        page_url: Where guests' phones reach the page, for the small code on pictures; None leaves it out.
        on_step: Told of every step of every job.

    Raises:
        SetupError: with one line on what the owner can do.
    """
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings.database_url, settings.data_dir))
        desk, render = desk_children(), render_children()
        await stack.enter_async_context(desk.running(intake.warm_up))
        await stack.enter_async_context(render.running(drawing.warm_up))
        renderers = make_renderers(settings, render, stores.bell.event(line_topic(ComfyRenderer.name)).set)
        for renderer in renderers:
            await stack.enter_async_context(renderer.running())
        chat = WebChat()
        secret = await _secret(settings, stores.meta)
        shelf = Shelf(renderers, words())
        platforms = make_platforms(settings, stores, shelf, secret)
        for platform in platforms:
            await stack.enter_async_context(platform.connected())
        parts = Parts(
            stores,
            renderers,
            [chat, *(platform.chat for platform in platforms)],
            desk,
            words(),
            on_step=on_step,
            listeners=lambda booth: [platform.listener(booth) for platform in platforms],
            bench=make_bench(renderers),
            portrait=partial(portrait, SAMPLE),
            mailbox=Mailbox(settings.data_dir),
            orders=Orders(settings.data_dir) if stores.database.embedded else None,
            walls=lambda: [f"{url}/display" for url in lan_urls(settings.host, settings.port)],
            shelf=shelf,
            inviting=_inviting(settings, platforms, page_url),
            disk=partial(disk_of, settings.data_dir),
            uplinks=partial(uplinks_of, platforms),
        )
        booth = await stack.enter_async_context(open_booth(plan(settings, page_url), parts))
        routes = [route for platform in platforms for route in platform.routes()]
        web = web_app(booth, chat, words(), _site(settings, secret, platforms, page_url), desk, routes)
        for platform in platforms:
            await stack.enter_async_context(platform.running())
        yield House(booth, stores, renderers, platforms, web, chat)


async def serve(settings: Settings, announce: Callable[[Address], None]) -> None:
    """Run the booth until this task is cancelled; ``announce`` is called once guests can come.

    Raises:
        SetupError: a port is taken, or what :func:`open_house` raises.
    """
    metrics = Metrics()
    proxies = [str(network) for network in settings.trusted_proxies]
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(listen(settings.host, settings.port, "PORT"))
        ops = (
            stack.enter_context(listen(settings.host, settings.ops_port, "OPS_PORT"))
            if settings.ops_port
            else None
        )
        port = listener.getsockname()[1]
        send = await stack.enter_async_context(traced())
        on_step = all_of(metrics.step, log_step, send)
        house = await stack.enter_async_context(open_house(settings, page_address(settings, port), on_step))
        if ops is not None:
            await stack.enter_async_context(metrics.watching_the_loop())
            await stack.enter_async_context(
                serving(ops_app(house.stores.pulse, metrics, _gauges(settings, house)), ops)
            )
        web = await stack.enter_async_context(metered(house.web, settings.public_url, house.stores.meta))
        await stack.enter_async_context(serving(web, listener, proxies, house.web_chat.close))
        ops_url = None if ops is None else own_url(settings.host, ops.getsockname()[1])
        code = await house.booth.office.crew.first_code() if has_chats(settings) else None
        announce(Address(settings.host, port, http_url(settings.host, port), ops_url, code))
        await asyncio.Event().wait()


def plan(settings: Settings, page_url: str | None) -> Plan:
    """The core's part of the settings."""
    return Plan(
        limits=Limits(guest=settings.guest_limit, line=LINE_LIMIT),
        retention=Retention(
            settings.keep_photos.total_seconds(),
            settings.keep_pictures.total_seconds(),
            None if settings.keep_shared is None else settings.keep_shared.total_seconds(),
        ),
        framing=Framing(settings.event, page_url),
        max_upload_bytes=settings.max_upload,
        previews=settings.previews,
        maintainers=settings.maintainers,
    )


def has_chats(settings: Settings) -> bool:
    """Whether there is a chat in which somebody could become a maintainer."""
    return settings.telegram_token is not None or settings.discord_token is not None


def _gauges(settings: Settings, house: House) -> Gauges:
    servers = [server for one in house.renderers if isinstance(one, ComfyRenderer) for server in one.servers]
    uplinks = [uplink for platform in house.platforms for uplink in platform.uplinks]
    return Gauges(uplinks, servers, settings.data_dir if house.stores.database.embedded else None)


async def _secret(settings: Settings, meta: MetaStore) -> bytes:
    given = settings.secret.get_secret_value().encode() if settings.secret else None
    return given or await meta.secret()


def _inviting(settings: Settings, platforms: Sequence[Platform], page_url: str | None) -> Inviting:
    return Inviting(
        event=settings.event,
        kept_s=(settings.keep_photos.total_seconds(), settings.keep_pictures.total_seconds()),
        colours=Colours(*settings.poster_colours),
        ways=partial(ways_of, platforms, settings, page_url),
        examples=examples,
    )


def _site(settings: Settings, secret: bytes, platforms: Sequence[Platform], page_url: str | None) -> WebSite:
    return WebSite(
        event=settings.event,
        secret=secret,
        max_upload_bytes=settings.max_upload,
        address_limit=settings.address_limit,
        sample_jpeg=portrait(SAMPLE),
        host=settings.host,
        public_url=settings.public_url,
        ways=partial(ways_of, platforms, settings, page_url),
        terms=terms_of(settings),
        open_gallery=settings.open_gallery,
    )
