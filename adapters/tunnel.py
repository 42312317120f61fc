"""What goes through the tunnel in a month, counted where it passes, and a word when a free plan is at risk.

ngrok's free plan has 20,000 requests and 1 GB out a month (docs/ngrok.md); when they are used up, nobody gets
through until the month is over. Counted is each answer to a request for our public host, with its headers, as
it goes to ngrok's agent. Two replicas that add up at the same moment may lose one minute: an estimate.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.store.meta import MetaStore
from bot.store.trouble import STORE_TROUBLE

FREE_REQUESTS = 20_000
FREE_BYTES = 1_000_000_000
WARN_AT = (0.8, 1.0)
SETTLE_S = 60.0  # a power cut forgets at most a minute's count
KEY = "tunnel"
STATUS_LINE = len("HTTP/1.1 200 OK\r\n\r\n")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Usage:
    """What went through in one month."""

    month: str
    """As ``2026-11``, in UTC."""
    requests: int = 0
    bytes_out: int = 0

    @property
    def share(self) -> float:
        """The part of the free plan that is used up; 1.0 is all of it."""
        return max(self.requests / FREE_REQUESTS, self.bytes_out / FREE_BYTES)

    def plus(self, other: "Usage") -> "Usage":
        """Both together; where they are of two months, the later one alone."""
        if other.month != self.month:
            return max(self, other, key=lambda usage: usage.month)
        return Usage(self.month, self.requests + other.requests, self.bytes_out + other.bytes_out)


class TunnelMeter:
    """Counts as ASGI middleware, and adds the counts to the month's sum in the store."""

    def __init__(self, meta: MetaStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Take where the sum is kept, and a clock."""
        self._meta = meta
        self._now = now
        self._fresh = Usage(self._month())

    def around(self, app: ASGIApp, public_url: str) -> ASGIApp:
        """The app, with its answers to the public host counted."""
        host = urlsplit(public_url).netloc

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or Headers(scope=scope).get("host") != host:
                await app(scope, receive, send)
                return
            self._count(1, 0)

            async def passed_on(message: Message) -> None:
                self._count(0, _size(message))
                await send(message)

            await app(scope, receive, passed_on)

        return counted

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Settle every minute while the block runs, and once more at its end."""
        task = asyncio.create_task(self._settle_for_ever(), name="tunnel-meter")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            await self.settle()

    async def settle(self) -> Usage:
        """Add what was counted to the month's sum, and warn once when it passes a mark.

        A store that doesn't answer leaves the count for the next time.
        """
        fresh, self._fresh = self._fresh, Usage(self._month())
        try:
            before = await self.usage()
            after = before.plus(fresh)
            if after != before:
                await self._meta.remember(KEY, json.dumps(asdict(after)))
        except STORE_TROUBLE:
            self._fresh = fresh.plus(self._fresh)
            return fresh
        _warn(before if before.month == after.month else Usage(after.month), after)
        return after

    async def usage(self) -> Usage:
        """What the store has of this month, or of the one that was counted last."""
        kept = await self._meta.recall(KEY)
        return Usage(**json.loads(kept)) if kept else Usage(self._month())

    def _count(self, requests: int, size: int) -> None:
        self._fresh = self._fresh.plus(Usage(self._fresh.month, requests, size))

    def _month(self) -> str:
        return self._now().strftime("%Y-%m")

    async def _settle_for_ever(self) -> None:
        while True:
            await asyncio.sleep(SETTLE_S)
            await self.settle()


@asynccontextmanager
async def metered(app: ASGIApp, public_url: str | None, meta: MetaStore) -> AsyncIterator[ASGIApp]:
    """The app with a meter around it while the block runs; without a public URL, the app."""
    if public_url is None:
        yield app
        return
    meter = TunnelMeter(meta)
    async with meter.running():
        yield meter.around(app, public_url)


def _size(message: Message) -> int:
    if message["type"] == "http.response.start":
        return STATUS_LINE + sum(len(name) + len(value) + 4 for name, value in message.get("headers", ()))
    return len(message.get("body", b""))


def _warn(before: Usage, after: Usage) -> None:
    for mark in WARN_AT:
        if before.share < mark <= after.share:
            log.warning(
                "the tunnel has carried %d requests and %d MB this month: %.0f %% of ngrok's free plan; "
                "docs/ngrok.md says what to do",
                after.requests,
                after.bytes_out // 1_000_000,
                100 * after.share,
            )
