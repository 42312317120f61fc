"""The ops port: whether the program lives, whether it is ready, and its figures. Never through the tunnel.

Readiness asks the store alone: Telegram, Discord, the tunnel and the Spark may all be away, photos are still
taken and kept.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.metrics import Metrics, Tally

STORE_ANSWERS_WITHIN_S = 2.0

Census = Callable[[], Awaitable[Iterable[Tally]]]
"""Counts the store's jobs by state and renderer: one statement."""

_FRESH = {"Cache-Control": "no-store"}


def ops_app(census: Census, metrics: Metrics) -> ASGIApp:
    """``/healthz``, ``/readyz`` and ``/metrics``.

    Args:
        census: What tells that the store answers, and what it holds.
        metrics: Filled by the program; its loop watch is the caller's to start.
    """

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n", headers=_FRESH)

    async def readyz(_request: Request) -> Response:
        if await _answer(census) is None:
            return PlainTextResponse("the store doesn't answer\n", 503, headers=_FRESH)
        return PlainTextResponse("ready\n", headers=_FRESH)

    async def figures(request: Request) -> Response:
        metrics.stand(await _answer(census))
        body, media_type = metrics.text(request.headers.get("accept", ""))
        return Response(body, headers={**_FRESH, "Content-Type": media_type})

    return Starlette(
        routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", figures)]
    )


async def _answer(census: Census) -> Iterable[Tally] | None:
    """What the store holds; None when it fails or takes too long."""
    try:
        async with asyncio.timeout(STORE_ANSWERS_WITHIN_S):
            return await census()
    except (SQLAlchemyError, OSError):  # TimeoutError is an OSError
        return None
