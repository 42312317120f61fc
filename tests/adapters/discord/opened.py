"""The booth with its Discord bot, over a local Discord: the real core and a scripted renderer."""

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from PIL import Image

from adapters.discord.entrance import Account, Stock
from adapters.discord.platform import DiscordPlatform, Means
from adapters.serving import listen, serving
from adapters.terms import Terms
from adapters.web import WebChat, WebSite, web_app
from adapters.web.assets import preview_bytes
from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts, Plan
from bot.booth import Booth
from bot.invites.links import Ways
from bot.nouns import GuestKey, Job, Style, StyleId
from bot.office.watch import UplinkReport
from bot.pixels.captions import Framing
from bot.ports import Renderer
from bot.store.jobs import Limits
from bot.store.rows import to_job
from bot.store.stores import Stores, open_stores
from bot.store.tables import jobs
from bot.styles.no_bench import NoBench
from bot.styles.shelf import Shelf
from bot.underway.keeper import Retention
from bot.words import words
from comfy.bench import ComfyBench
from comfy.remote import ComfyRenderer
from tests.bot.invites.made import inviting
from tests.databases import sqlite_in
from tests.desk import shared_desk
from tests.fakes.discord import Channel, Discord, Member, Message
from tests.fakes.renderer import PLAIN, ScriptedRenderer

SECRET = b"a secret of the tests"
MAX_UPLOAD = 20 << 20
OIL = Style(StyleId("oil"), "🖼️", "filter", "scripted")
MANY = tuple(
    Style(StyleId(f"style{number}"), "🎨", "filter", "scripted", names={"en": f"Style {number}"})
    for number in range(25)
)


@dataclass(frozen=True, slots=True)
class Setup:
    """How one test's booth is set up; ``http`` lets interactions come to our own port."""

    http: bool = False
    gateway: bool = True
    previews: bool = False
    guest_limit: int = 5
    max_upload: int = MAX_UPLOAD
    maintainers: tuple[GuestKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What a test looks at."""

    booth: Booth
    renderer: ScriptedRenderer
    stores: Stores
    url: str
    platform: DiscordPlatform = field(repr=False)

    async def jobs(self, member: Member) -> Sequence[Job]:
        """All of a guest's rows, oldest first."""
        query = sa.select(jobs).where(jobs.c.guest == key(member)).order_by(jobs.c.seq)
        async with self.stores.database.read() as connection:
            return [to_job(row) for row in await connection.execute(query)]


def key(member: Member) -> GuestKey:
    return GuestKey(f"discord:{member.id}")


@asynccontextmanager
async def opened(
    discord: Discord,
    folder: Path,
    setup: Setup | None = None,
    *,
    renderer: ScriptedRenderer | None = None,
    comfy: ComfyRenderer | None = None,
    url: sa.URL | None = None,
) -> AsyncIterator[Opened]:
    """Open a booth, with ``comfy`` for graph styles; opening it again on the same folder is a restart."""
    setup = setup or Setup()
    async with opening(discord, folder, setup, renderer=renderer, comfy=comfy, url=url) as booth:
        await discord.until(lambda: discord.commands.registered or None)
        if setup.gateway:
            await discord.until_connected()
        if setup.http:
            discord.world.endpoint_url = f"{booth.url}/discord/interactions"
        yield booth


@asynccontextmanager
async def opening(
    discord: Discord,
    folder: Path,
    setup: Setup,
    *,
    renderer: ScriptedRenderer | None = None,
    comfy: ComfyRenderer | None = None,
    url: sa.URL | None = None,
) -> AsyncIterator[Opened]:
    """Open a booth, whether Discord is there or not."""
    renderer = renderer or ScriptedRenderer(styles=(PLAIN, OIL, *MANY))
    url = url or await sqlite_in(folder)
    desk = await shared_desk()
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(listen("127.0.0.1", 0, "PORT"))
        own = f"http://127.0.0.1:{listener.getsockname()[1]}"
        stores = await stack.enter_async_context(open_stores(url, folder))
        renderers: list[Renderer] = [renderer] if comfy is None else [renderer, comfy]
        shelf = Shelf(renderers, words())
        platform = _platform(discord, setup, stores, shelf)
        await stack.enter_async_context(platform.connected())
        chat = WebChat()
        parts = Parts(
            stores,
            renderers,
            [chat, platform.chat],
            desk,
            words(),
            listeners=lambda booth: [platform.listener(booth)],
            bench=NoBench() if comfy is None else ComfyBench(comfy),
            portrait=selfie,
            inviting=inviting(lambda: Ways(discord=platform.way_in())),
            uplinks=partial(_uplinks, platform),
            shelf=shelf,
        )
        booth = await stack.enter_async_context(open_booth(_plan(setup), parts))
        site = WebSite("Tests", SECRET, MAX_UPLOAD, 0, b"", Terms("Tests", 3600, 86400))
        app = web_app(booth, chat, words(), site, desk, platform.routes())
        await stack.enter_async_context(serving(app, listener, (), chat.close))
        await stack.enter_async_context(platform.running())
        yield Opened(booth, renderer, stores, own, platform)


async def _uplinks(platform: DiscordPlatform) -> Sequence[UplinkReport]:
    return [await platform.uplink()]


def _platform(discord: Discord, setup: Setup, stores: Stores, shelf: Shelf) -> DiscordPlatform:
    key = discord.public_key if setup.http else None
    account = Account(discord.token, discord.url, discord.gateway_url, key, gateway=setup.gateway)
    stock = Stock(stores.database, stores.inbox, stores.meta, shelf, words())
    means = Means(stock, Terms("Tests", 3600, 86400), preview_bytes, setup.previews, setup.max_upload)
    return DiscordPlatform(account, means)


def _plan(setup: Setup) -> Plan:
    return Plan(
        Limits(setup.guest_limit, 100),
        Retention(3600, 86400),
        Framing("Tests", None),
        setup.max_upload,
        previews=setup.previews,
        sheet=False,
        maintainers=setup.maintainers,
    )


def selfie(shade: int = 60, side: int = 640) -> bytes:
    """A plain grey photo; the shade tells whose it is."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (shade, shade, shade)).save(out, "JPEG", quality=95)
    return out.getvalue()


def shade_of(picture: bytes) -> int:
    """The picture's own shade, in the middle of its frame."""
    with Image.open(io.BytesIO(picture)) as image:
        value = image.convert("L").getpixel((image.width // 2, image.width // 2))
    return int(str(value))


def is_finished(message: Message) -> bool:
    """Whether a message shows a finished picture."""
    return message.words.startswith(("### Here you are", "### Bitte sehr")) and bool(message.pictures)


def styles_shown(message: Message) -> bool:
    return bool(message.selects)


async def finished(channel: Channel, count: int = 1) -> list[Message]:
    """Wait for so many finished pictures."""

    def there(seen: Channel) -> list[Message] | None:
        found = [message for message in seen.from_bot if is_finished(message)]
        return found if len(found) >= count else None

    return await channel.until(there)


async def whispered(member: Member, channel: Channel, part: str) -> Message:
    """Wait for words that only this member sees."""

    def there(seen: Channel) -> Message | None:
        only = [message for message in seen.seen_by(member.user) if message.only_for == member.id]
        return next((message for message in only if part in message.words), None)

    return await channel.until(there)
