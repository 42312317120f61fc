"""The ops port: whether the program lives, whether it is ready, and its figures. Never through the tunnel.

Readiness asks the store alone: Telegram, Discord, the tunnel and the Spark may all be away, photos are still
taken and kept.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.gauges import Gauges
from adapters.metrics import Metrics
from bot.store.pulse import Pulse

STORE_ANSWERS_WITHIN_S = 2.0

Answer = TypeVar("Answer")

_FRESH = {"Cache-Control": "no-store"}


class Heart(Protocol):
    """What tells that the store answers, and what it holds."""

    async def beats(self) -> bool:
        """True; otherwise it raises."""
        ...

    async def pulse(self) -> Pulse:
        """What it holds."""
        ...


def ops_app(heart: Heart, metrics: Metrics, gauges: Gauges) -> ASGIApp:
    """``/healthz``, ``/readyz`` and ``/metrics``.

    Args:
        heart: The store's.
        metrics: Filled by the program; its loop watch is the caller's to start.
        gauges: Looked at with every scrape.
    """
    metrics.registry.register(gauges)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n", headers=_FRESH)

    async def readyz(_request: Request) -> Response:
        if await _answer(heart.beats) is None:
            return PlainTextResponse("the store doesn't answer\n", 503, headers=_FRESH)
        return PlainTextResponse("ready\n", headers=_FRESH)

    async def figures(request: Request) -> Response:
        gauges.pulse = await _answer(heart.pulse)
        await gauges.look()
        body, media_type = metrics.text(request.headers.get("accept", ""))
        return Response(body, headers={**_FRESH, "Content-Type": media_type})

    return Starlette(
        routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", figures)]
    )


async def _answer(ask: Callable[[], Awaitable[Answer]]) -> Answer | None:
    """What the store says; None when it fails or takes too long."""
    try:
        async with asyncio.timeout(STORE_ANSWERS_WITHIN_S):
            return await ask()
    except (SQLAlchemyError, OSError):  # TimeoutError is an OSError
        return None
