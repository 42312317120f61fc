"""The tunnel's meter: what is counted, where it is kept, and when it speaks up."""

import json
import logging
from dataclasses import asdict
from datetime import UTC, datetime

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.tunnel import FREE_BYTES, FREE_REQUESTS, KEY, TunnelMeter, Usage
from bot.store.database import Database
from bot.store.meta import MetaStore

PUBLIC = "https://booth.ngrok.app"


async def hello(_request: Request) -> Response:
    return PlainTextResponse("x" * 1000)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Away(MetaStore):
    """A store that is out of reach."""

    async def recall(self, key: str) -> str | None:  # noqa: ARG002 # the store's own signature
        raise sa.exc.TimeoutError


def phone(meter: TunnelMeter, host: str = PUBLIC) -> httpx.AsyncClient:
    app = meter.around(Starlette(routes=[Route("/", hello)]), PUBLIC)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=host)


async def test_what_the_public_host_is_answered_is_counted(database: Database) -> None:
    meter = TunnelMeter(MetaStore(database), Clock())
    async with phone(meter) as outside, phone(meter, "http://192.168.8.10:30080") as inside:
        for client in (outside, outside, inside):
            assert (await client.get("/")).text == "x" * 1000
    counted = await meter.settle()
    assert (counted.month, counted.requests) == ("2026-11", 2)
    assert 2000 < counted.bytes_out < 2400


async def test_a_restart_goes_on_counting(database: Database) -> None:
    for requests in (1, 2):
        meter = TunnelMeter(MetaStore(database), Clock())
        async with meter.running(), phone(meter) as outside:
            await outside.get("/")
        assert (await meter.usage()).requests == requests


async def test_a_month_begins_at_zero(database: Database) -> None:
    clock = Clock()
    meter = TunnelMeter(MetaStore(database), clock)
    async with phone(meter) as outside:
        await outside.get("/")
        await meter.settle()
        clock.now = datetime(2026, 12, 1, tzinfo=UTC)
        await meter.settle()
        await outside.get("/")
    assert await meter.settle() == await meter.usage()
    assert ((await meter.usage()).month, (await meter.usage()).requests) == ("2026-12", 1)


async def test_a_store_that_is_away_loses_no_count(database: Database) -> None:
    meter = TunnelMeter(Away(database), Clock())
    async with phone(meter) as outside:
        await outside.get("/")
        assert (await meter.settle()).requests == 1
        await outside.get("/")
    assert (await meter.settle()).requests == 2


@pytest.mark.parametrize(
    ("requests", "size", "warned"),
    [
        (FREE_REQUESTS * 8 // 10 - 2, 0, False),
        (FREE_REQUESTS * 8 // 10 - 1, 0, True),
        (FREE_REQUESTS - 1, 0, True),
        (FREE_REQUESTS, 0, False),
        (0, FREE_BYTES - 1, True),
    ],
)
async def test_it_warns_when_a_mark_is_passed(
    database: Database, caplog: pytest.LogCaptureFixture, requests: int, size: int, warned: bool
) -> None:
    meter = TunnelMeter(MetaStore(database), Clock())
    await MetaStore(database).remember(KEY, json.dumps(asdict(Usage("2026-11", requests, size))))
    async with phone(meter) as outside:
        await outside.get("/")
    with caplog.at_level(logging.WARNING):
        await meter.settle()
    assert bool(caplog.messages) is warned
    assert all("of ngrok's free plan" in message for message in caplog.messages)
