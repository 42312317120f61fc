"""What goes over the wire to Discord, watched from outside the library: silence, and what Discord refuses.

The library sets no limit on a silent connection below five minutes, and repeats a 429 by itself without a
word. aiohttp's tracing, which the library lets us hand in, shows both. A call is cancelled only while it
waits for Discord: cancelled during a global rate limit, the library would hold back all later ones for ever.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from types import SimpleNamespace
from typing import TypeVar

import aiohttp

from adapters.discord.api.errors import Limited, Unreachable
from adapters.discord.where import PLATFORM
from adapters.uplink import Uplink

SILENCE_S = 20.0  # without a byte either way; a slow upload goes on
INVALID = frozenset({401, 403, 429})  # what Discord counts (developer documentation, "Rate Limits")
INVALID_ALLOWED, INVALID_WINDOW_S = 500, 600.0  # Discord bans an address at 10,000 in ten minutes
LOOK_S = 1.0

Answer = TypeVar("Answer")


class Abandoned(Exception):
    """Nobody waits for this call any more: it is not made."""


class _Flight:
    """One call of the library's, with all the requests that it makes."""

    def __init__(self) -> None:
        self.moved: float | None = None  # since when the wire is silent; None off the wire
        self.begun = self.sent = False
        self.abandoned = False

    @property
    def rests(self) -> bool:
        """Whether it waits between two tries."""
        return self.begun and self.moved is None

    def silent_s(self) -> float:
        return 0.0 if self.moved is None else time.monotonic() - self.moved


_flight: ContextVar[_Flight | None] = ContextVar("discord_flight", default=None)


class Wire:
    """Watches one client's requests.

    Attributes:
        tracing: What the client takes as ``http_trace``.
        uplink: What was answered and lost.
    """

    def __init__(self, silence_s: float = SILENCE_S) -> None:
        """Nothing was sent yet."""
        self._silence_s = silence_s
        self._invalid: deque[float] = deque()
        self.uplink = Uplink(PLATFORM, "api")
        self.tracing = aiohttp.TraceConfig()
        self.tracing.on_request_start.append(self._started)
        self.tracing.on_request_chunk_sent.append(self._moved)
        self.tracing.on_request_end.append(self._answered)
        self.tracing.on_response_chunk_received.append(self._landed)
        self.tracing.on_request_exception.append(self._broke)

    async def patiently(
        self, call: Callable[[], Awaitable[Answer]], stale: Callable[[], bool] = lambda: False
    ) -> Answer:
        """Make a call, and give it up when the wire is silent for too long.

        Args:
            stale: Whether nobody wants it any more; then it is given up between two of the library's tries.

        Raises:
            Limited: too much was refused of late, nothing is asked.
            Unreachable: silence, or it was given up; the call may have had an effect.
        """
        self._check()
        flight = _Flight()
        token = _flight.set(flight)
        try:
            task = asyncio.ensure_future(_awaited(call))
        finally:
            _flight.reset(token)
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=min(LOOK_S, self._silence_s))
                if task.done():
                    break
                if flight.silent_s() >= self._silence_s:
                    self.uplink.lost("silence")
                    raise Unreachable(unsent=not flight.sent)
                if flight.rests and stale():
                    raise Unreachable(unsent=not flight.sent)
            return task.result()
        finally:
            await _ended(task, flight)

    def _check(self) -> None:
        now = time.monotonic()
        while self._invalid and self._invalid[0] < now - INVALID_WINDOW_S:
            self._invalid.popleft()
        if len(self._invalid) >= INVALID_ALLOWED:
            raise Limited(self._invalid[0] + INVALID_WINDOW_S - now)

    # -- aiohttp's signals ------------------------------------------------------------------------------

    async def _started(self, *_of_no_interest: object) -> None:
        flight = _flight.get()
        if flight is None:
            return
        if flight.abandoned:
            raise Abandoned
        flight.begun, flight.moved = True, time.monotonic()

    async def _moved(self, *_of_no_interest: object) -> None:
        flight = _flight.get()
        if flight is not None:
            flight.sent, flight.moved = True, time.monotonic()

    async def _answered(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, seen: aiohttp.TraceRequestEndParams
    ) -> None:
        status = seen.response.status
        if status in INVALID:
            self._invalid.append(time.monotonic())
        if status < 400:
            self.uplink.good()
        else:
            self.uplink.refused(f"http_{status}")
        await self._moved()

    async def _broke(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        seen: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        if not isinstance(seen.exception, asyncio.CancelledError | Abandoned):
            self.uplink.lost(type(seen.exception).__name__)
        await self._landed()

    async def _landed(self, *_of_no_interest: object) -> None:
        flight = _flight.get()
        if flight is not None:
            flight.moved = None


async def _awaited(call: Callable[[], Awaitable[Answer]]) -> Answer:
    return await call()


async def _ended(task: "asyncio.Task[Answer]", flight: _Flight) -> None:
    if task.done():
        return
    flight.abandoned = True
    if flight.moved is None:  # in one of the library's pauses, which must not be cut short; it ends by itself
        task.add_done_callback(_heard)
        return
    task.cancel()
    await asyncio.wait({task})


def _heard(task: "asyncio.Task[Answer]") -> None:
    if not task.cancelled():
        task.exception()
