"""A renderer that does what a test says, behind the real port: it paints at once, waits, fails or is away."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from PIL import Image

from bot.errors import RenderError, StyleBroken
from bot.nouns import JobId, Offer, Order, Picture, Progress, Style, StyleId
from bot.ports import Report

PLAIN = Style(StyleId("comic"), "💥", "filter", "scripted")
OTHER = Style(StyleId("oil"), "🖼️", "filter", "scripted")
HIDDEN = Style(StyleId("secret"), "🤫", "graph", "scripted", offered=False)


def inverted(jpeg: bytes) -> bytes:
    """What this renderer makes of a photo: a test can tell whose picture it is."""
    with Image.open(io.BytesIO(jpeg)) as photo:
        picture = photo.point(lambda value: 255 - value)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


@dataclass
class ScriptedRenderer:
    """``hold`` keeps every render waiting until it is set; ``errors`` are raised first, one a render."""

    name: str = "scripted"
    leaves_traces: bool = True
    slots: int = 1
    styles: Sequence[Style] = (PLAIN, OTHER, HIDDEN)
    errors: list[Callable[[], RenderError | RuntimeError]] = field(default_factory=list)
    hold: asyncio.Event | None = None
    started: asyncio.Queue[Order] = field(default_factory=asyncio.Queue)
    orders: list[Order] = field(default_factory=list)
    finished: list[JobId] = field(default_factory=list)
    cancelled: list[JobId] = field(default_factory=list)
    scrubbed: list[JobId] = field(default_factory=list)
    unreachable_copies: int = 0

    def offers(self) -> Sequence[Offer]:
        return [Offer(style, available=self.slots > 0) for style in self.styles]

    async def render(self, order: Order, report: Report) -> Picture:
        if order.style not in {style.id for style in self.styles}:
            raise StyleBroken("unknown-style")
        self.orders.append(order)
        self.started.put_nowait(order)
        try:
            report(Progress(0.5, Picture(order.photo)))
            if self.hold is not None:
                await self.hold.wait()
            if self.errors:
                error = self.errors.pop(0)
                raise error()
            self.finished.append(order.job)
            return Picture(inverted(order.photo))
        except asyncio.CancelledError:
            self.cancelled.append(order.job)
            raise

    async def scrub(self, jobs: Sequence[JobId]) -> int:
        self.scrubbed += jobs
        return self.unreachable_copies

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        yield
