"""A whole core for tests: real stores, real child processes, a scripted renderer and a recording chat."""

import asyncio
import io
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from PIL import Image

from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts, Plan
from bot.bench import StyleBench
from bot.booth import Booth
from bot.nouns import ChatKey, GuestKey, JobId, JobView, PhotoRef, Post, StyleId
from bot.office.closing_order import Orders
from bot.office.mailbox import Mailbox
from bot.office.watch import Disk
from bot.pixels.captions import Framing
from bot.ports import Listener
from bot.states import FINISHED, JobState
from bot.store.jobs import Limits
from bot.store.stores import Stores, open_stores
from bot.styles.no_bench import NoBench
from bot.underway.keeper import Retention
from bot.words import words
from tests.bot.invites.made import inviting
from tests.desk import shared_desk
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import PLAIN, ScriptedRenderer

PATIENCE_S = 60.0
ANN, BOB = GuestKey("web:ann"), GuestKey("web:bob")
_events = itertools.count()


def plan(
    *,
    guest_limit: int = 5,
    line: int = 100,
    photos_s: float = 3600,
    pictures_s: float = 86400,
    maintainers: Sequence[GuestKey] = (),
    sheet: bool = False,
) -> Plan:
    return Plan(
        limits=Limits(guest_limit, line),
        retention=Retention(photos_s, pictures_s),
        framing=Framing("Test event", None),
        max_upload_bytes=2 << 20,
        maintainers=maintainers,
        sheet=sheet,
    )


def photo(shade: int = 60, side: int = 96) -> bytes:
    """A plain grey photo; the shade tells whose it is."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (shade, shade, shade)).save(out, "PNG")
    return out.getvalue()


def noise(side: int) -> bytes:
    """A photo that takes a while to read."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 80).save(out, "PNG", compress_level=1)
    return out.getvalue()


def post(
    guest: GuestKey = ANN,
    shade: int = 60,
    *,
    style: StyleId | None = PLAIN.id,
    event: str = "",
    data: bytes | PhotoRef | None = None,
    context: str = "",
) -> Post:
    return Post(
        event=event or f"event-{next(_events)}",
        guest=guest,
        chat=ChatKey(guest),
        language="en",
        photo=photo(shade) if data is None else data,
        style=style,
        context=context,
    )


def shade_of(jpeg: bytes) -> int:
    """The picture's own shade, in the middle of its frame."""
    with Image.open(io.BytesIO(jpeg)) as image:
        value = image.convert("L").getpixel((image.width // 2, image.width // 2))
    return int(str(value))


async def until(check: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something has become true; looking ever more rarely leaves it time for that."""
    pause_s = 0.01
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if await check():
                return
            await asyncio.sleep(pause_s)
            pause_s = min(0.1, pause_s * 1.5)


@dataclass
class Opened:
    """What a test looks at."""

    booth: Booth
    stores: Stores
    renderer: ScriptedRenderer
    chat: RecordingChat

    async def finished(self, guest: GuestKey, job: JobId) -> JobView:
        """Wait until a job has come to its end."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                view = await self.booth.look(guest, job)
                if view.job.state in FINISHED:
                    return view
                await asyncio.sleep(0.01)

    async def done(self, guest: GuestKey, job: JobId) -> bytes:
        """Wait for a job's picture."""
        view = await self.finished(guest, job)
        assert view.job.state is JobState.DONE, view.job.failure
        return (await self.booth.picture(guest, job)).data


@asynccontextmanager
async def opened(
    url: sa.URL,
    folder: Path,
    *,
    with_plan: Plan | None = None,
    renderer: ScriptedRenderer | None = None,
    chat: RecordingChat | None = None,
    listeners: Callable[[Booth], Sequence[Listener]] = lambda _booth: (),
    bench: StyleBench | None = None,
    mailbox: Mailbox | None = None,
    orders: Orders | None = None,
) -> AsyncIterator[Opened]:
    """Open a core on a database; opening it again on the same one is a restart."""
    renderer, chat = renderer or ScriptedRenderer(), chat or RecordingChat()
    desk = await shared_desk()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(url, folder))
        parts = Parts(
            stores,
            [renderer],
            [chat],
            desk,
            words(),
            listeners=listeners,
            bench=bench or NoBench(),
            portrait=lambda: photo(100, 128),
            mailbox=mailbox,
            orders=orders,
            inviting=inviting(),
            disk=lambda: Disk(free=3 << 30, total=4 << 30),
        )
        booth = await stack.enter_async_context(open_booth(with_plan or plan(), parts))
        yield Opened(booth, stores, renderer, chat)
