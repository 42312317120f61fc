"""The booth with its Telegram bot, over a local Bot API: the real core and a scripted renderer."""

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from PIL import Image

from adapters.serving import listen, serving
from adapters.telegram.api.budget import Pace, Paces
from adapters.telegram.api.patience import Patience
from adapters.telegram.platform import Account, Means, TelegramPlatform
from adapters.terms import Terms
from adapters.web import WebChat, WebSite, web_app
from adapters.web.assets import preview_bytes
from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts, Plan
from bot.booth import Booth
from bot.invites.links import Ways
from bot.nouns import GuestKey, Job, Style, StyleId
from bot.office.crew import Crew
from bot.office.watch import UplinkReport
from bot.pixels.captions import Framing
from bot.ports import Renderer
from bot.store.jobs import Limits
from bot.store.rows import to_job
from bot.store.stores import Stores, open_stores
from bot.store.tables import jobs
from bot.styles.no_bench import NoBench
from bot.underway.keeper import Retention
from bot.words import words
from comfy.bench import ComfyBench
from comfy.remote import ComfyRenderer
from tests.bot.invites.made import inviting
from tests.databases import sqlite_in
from tests.desk import shared_desk
from tests.fakes.renderer import PLAIN, ScriptedRenderer
from tests.fakes.telegram import Chat, Guest, Message, Telegram

SECRET = b"a secret of the tests"
MAX_UPLOAD = 20 << 20
HASTY = Paces(*[Pace(rate=1000.0, burst=1000.0, reserve=0.0)] * 3)  # stories that are not about pace
OIL = Style(StyleId("oil"), "🖼️", "filter", "scripted")
MANY = tuple(
    Style(StyleId(style), "🎨", "filter", "scripted")
    for style in ("watercolor", "pencil", "warhol", "synthwave", "pixel", "poster", "film", "riso", "bricks")
)


@dataclass(frozen=True, slots=True)
class Setup:
    """How one test's booth is set up; ``webhook`` lets updates come to our own port."""

    webhook: bool = False
    previews: bool = False
    guest_limit: int = 5
    token: str | None = None
    pictures_s: float = 86400
    maintainers: tuple[GuestKey, ...] = ()
    paces: Paces = HASTY
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a test looks at."""

    booth: Booth
    renderer: ScriptedRenderer
    stores: Stores
    url: str
    platform: TelegramPlatform = field(repr=False)

    async def jobs(self, guest: Guest) -> Sequence[Job]:
        """All of a guest's rows, oldest first."""
        query = sa.select(jobs).where(jobs.c.guest == key(guest)).order_by(jobs.c.seq)
        async with self.stores.database.read() as connection:
            return [to_job(row) for row in await connection.execute(query)]


def key(guest: Guest) -> GuestKey:
    return GuestKey(f"telegram:{guest.id}")


@asynccontextmanager
async def opened(
    telegram: Telegram,
    folder: Path,
    setup: Setup | None = None,
    *,
    renderer: ScriptedRenderer | None = None,
    comfy: ComfyRenderer | None = None,
    url: sa.URL | None = None,
    port: int = 0,
) -> AsyncIterator[Opened]:
    """Open a booth, with ``comfy`` for graph styles; opening it again on the same folder is a restart."""
    setup = setup or Setup()
    renderer = renderer or ScriptedRenderer(styles=(PLAIN, OIL, *MANY))
    url = url or await sqlite_in(folder)
    desk = await shared_desk()
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(listen("127.0.0.1", port, "PORT"))
        own = f"http://127.0.0.1:{listener.getsockname()[1]}"
        stores = await stack.enter_async_context(open_stores(url, folder))
        platform = _platform(telegram, setup, stores, own)
        await stack.enter_async_context(platform.connected())
        chat = WebChat()
        renderers: list[Renderer] = [renderer] if comfy is None else [renderer, comfy]
        parts = Parts(
            stores,
            renderers,
            [chat, platform.chat],
            desk,
            words(),
            listeners=lambda booth: [platform.listener(booth)],
            bench=NoBench() if comfy is None else ComfyBench(comfy),
            portrait=selfie,
            inviting=inviting(lambda: Ways(telegram=platform.way_in())),
            uplinks=partial(_uplinks, platform),
        )
        booth = await stack.enter_async_context(open_booth(_plan(setup), parts))
        site = WebSite("Tests", SECRET, MAX_UPLOAD, 0, b"", Terms("Tests", 3600, 86400))
        app = web_app(booth, chat, words(), site, desk, platform.routes())
        await stack.enter_async_context(serving(app, listener, (), chat.close))
        await stack.enter_async_context(platform.running())
        yield Opened(booth, renderer, stores, own, platform)


async def _uplinks(platform: TelegramPlatform) -> Sequence[UplinkReport]:
    return [await platform.uplink()]


def _platform(telegram: Telegram, setup: Setup, stores: Stores, own: str) -> TelegramPlatform:
    token = setup.token or telegram.token
    account = Account(token, telegram.url, own if setup.webhook else None, SECRET)
    terms = Terms("Tests", 3600, setup.pictures_s)
    means = Means(
        stores.database,
        stores.inbox,
        stores.meta,
        words(),
        terms,
        Crew(setup.maintainers, stores.crew, stores.audit),
        preview_bytes,
        setup.previews,
        setup.paces,
        setup.patience,
    )
    return TelegramPlatform(account, means)


def _plan(setup: Setup) -> Plan:
    return Plan(
        Limits(setup.guest_limit, 100),
        Retention(3600, setup.pictures_s),
        Framing("Tests", None),
        MAX_UPLOAD,
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
    return (message.caption or "").startswith(("Here you are", "Bitte sehr"))


def has(message: Message, *texts: str) -> bool:
    return any(button.text in texts for button in message.buttons)


def styles_shown(message: Message) -> bool:
    return any("Surprise" in button.text or "Überrasch" in button.text for button in message.buttons)


async def finished(chat: Chat, count: int = 1, patience_s: float = 30.0) -> list[Message]:
    """Wait for so many finished pictures."""

    def there(seen: Chat) -> list[Message] | None:
        found = [message for message in seen.from_bot if is_finished(message)]
        return found if len(found) >= count else None

    return await chat.until(there, patience_s)


async def in_one_message(guest: Guest, shade: int = 60) -> None:
    """One message of the bot is left, and it shows the guest's own picture."""
    await guest.chat.until(lambda chat: len(chat.from_bot) == 1, 30)
    assert abs(shade_of(guest.chat.from_bot[0].picture) - (255 - shade)) < 4


def requests_of(telegram: Telegram) -> list[str]:
    """What a photo costs: everything but polling and what registers the bot."""
    setting_up = (
        "getUpdates",
        "getMe",
        "setWebhook",
        "deleteWebhook",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "setChatMenuButton",
    )
    return [request.method for request in telegram.requests.without(*setting_up)]
