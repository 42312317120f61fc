"""What the doctor finds at local platforms: tokens, webhooks, the public address, the clock."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from adapters.doctor.accounts import DiscordAccount, DiscordSessions, TelegramHook
from adapters.doctor.asking import ask, clock_off_s
from adapters.doctor.findings import Finding, Grade, exit_code
from adapters.doctor.platforms import (
    examine_platforms,
    look_at_clock,
    look_at_endpoint,
    look_at_hook,
    look_at_sessions,
)
from adapters.doctor.tunnel import look_at_open
from adapters.serving import listen, serving
from adapters.settings import Settings, load_settings
from tests.fakes import discord as discords
from tests.fakes import telegram as telegrams

PUBLIC = "https://booth.example"
NOW = 1_800_000_000.0
HOOK = TelegramHook(f"{PUBLIC}/telegram/webhook", 0, "", 0)
KEY = "ab" * 32
APPLICATION = DiscordAccount("7", "PETaflop", KEY, None, reads_messages=True, clock_off_s=0.0)


def settings(**given: str) -> Settings:
    return load_settings({f"PETAFLOP_{name.upper()}": value for name, value in given.items()})


async def found(given: Settings, *, runs: bool = False) -> list[Finding]:
    told: list[Finding] = []
    await examine_platforms(given, told.append, runs=runs)
    return told


def sentences(findings: list[Finding], grade: Grade) -> list[str]:
    return [one.sentence for one in findings if one.grade is grade]


@asynccontextmanager
async def telegram(**more: str) -> AsyncIterator[tuple[telegrams.Telegram, Settings]]:
    async with telegrams.running() as served:
        yield served, settings(telegram_token=served.token, telegram_api_url=served.url, **more)


async def test_without_tokens_nobody_is_asked() -> None:
    assert await found(settings()) == []


async def test_telegram_is_well() -> None:
    async with telegram() as (_served, given):
        findings = await found(given)
    assert sentences(findings, Grade.GOOD) == [
        "The token is @petaflop_bot's.",
        "It is polled.",
    ]
    assert len(findings) == 2


async def test_a_token_that_telegram_refuses_is_a_wrong_setting() -> None:
    async with telegram() as (served, given):
        wrong = settings(telegram_token="2:OTHER", telegram_api_url=given.telegram_api_url)
        findings = await found(wrong)
        assert served.requests.entries
    assert sentences(findings, Grade.BAD) == ["It refuses the token."]
    assert exit_code(findings) == os.EX_CONFIG
    assert "2:OTHER" not in str(findings)


async def test_telegram_out_of_reach() -> None:
    async with telegram() as (served, given):
        with served.away():
            (finding,) = await found(given)
    assert finding.sentence.startswith("It can't be reached (")
    assert served.token not in str(finding)


async def test_something_else_answers_for_telegram() -> None:
    async with telegram() as (served, given):
        served.fault("getMe", "server error", times=None)
        (finding,) = await found(given)
    assert finding.sentence == "It answers, but not as it should (HTTP 502)."


@pytest.mark.parametrize(
    ("hook", "public_url", "grade", "said"),
    [
        (HOOK, PUBLIC, Grade.GOOD, "leads here"),
        (replace(HOOK, url=""), None, Grade.GOOD, "polled"),
        (HOOK, None, Grade.HINT, "though PETAFLOP_PUBLIC_URL isn't"),
        (replace(HOOK, url=""), PUBLIC, Grade.HINT, "not registered"),
        (HOOK, "https://other.example", Grade.BAD, "somewhere else"),
        (
            replace(HOOK, error="Wrong response: 502 Bad Gateway", error_at=NOW - 120),
            PUBLIC,
            Grade.HINT,
            "2 min ago",
        ),
        (replace(HOOK, error="Timed out", error_at=NOW - 7200), PUBLIC, Grade.GOOD, "leads here"),
        (replace(HOOK, waiting=500), PUBLIC, Grade.HINT, "500 updates wait"),
    ],
)
def test_a_webhook_is_held_against_the_settings(
    hook: TelegramHook, public_url: str | None, grade: Grade, said: str
) -> None:
    finding = look_at_hook(hook, public_url, NOW)
    assert finding.grade is grade
    assert said in finding.sentence


async def test_discord_is_well() -> None:
    async with discords.running() as served:
        findings = await found(settings(discord_token=served.token, discord_api_url=served.url))
    assert sentences(findings, Grade.BAD) == sentences(findings, Grade.HINT) == []
    assert "Commands and buttons come through the gateway." in sentences(findings, Grade.GOOD)
    gateway = next(one for one in findings if one.figures and one.subject == "Discord")
    assert gateway.sentence == "The gateway is there."
    assert gateway.figures == {"sessions": 1000}


async def test_discord_without_the_content_of_messages() -> None:
    async with discords.running(message_content=False) as served:
        findings = await found(settings(discord_token=served.token, discord_api_url=served.url))
    assert sentences(findings, Grade.HINT) == ["It isn't given the content of messages."]


async def test_discord_tells_nothing_of_its_gateway() -> None:
    async with discords.running() as served:
        served.fault("get gateway", "server error", status=500)
        findings = await found(settings(discord_token=served.token, discord_api_url=served.url))
    assert sentences(findings, Grade.BAD) == ["It answers, but not as it should (HTTP 500)."]


@pytest.mark.parametrize(
    ("remaining", "grade", "said"),
    [(900, Grade.GOOD, "is there"), (7, Grade.HINT, "only 7 more"), (0, Grade.BAD, "for 2.5 h")],
)
def test_the_gateways_sessions_are_judged(remaining: int, grade: Grade, said: str) -> None:
    finding = look_at_sessions(DiscordSessions(remaining, 9000.0))
    assert finding.grade is grade
    assert said in finding.sentence


async def test_discord_refuses_the_token() -> None:
    async with discords.running() as served:
        findings = await found(settings(discord_token="no.such.token", discord_api_url=served.url))
    assert sentences(findings, Grade.BAD) == ["It refuses the token."]


@pytest.mark.parametrize(
    ("endpoint", "given", "grade", "said"),
    [
        (None, {}, Grade.GOOD, "through the gateway"),
        (f"{PUBLIC}/discord/interactions", {}, Grade.BAD, "go to the portal's"),
        (None, {"discord_public_key": "cd" * 32}, Grade.BAD, "another application's"),
        (None, {"discord_public_key": KEY}, Grade.HINT, "is not set: the gateway is used"),
        (None, {"discord_public_key": KEY, "discord_gateway": "0"}, Grade.BAD, "and the gateway is off"),
        (
            f"{PUBLIC}/discord/interactions",
            {"discord_public_key": KEY, "public_url": PUBLIC},
            Grade.GOOD,
            "over HTTP",
        ),
        (
            f"{PUBLIC}/elsewhere",
            {"discord_public_key": KEY, "public_url": PUBLIC},
            Grade.BAD,
            "somewhere else",
        ),
    ],
)
def test_the_portal_is_held_against_the_settings(
    endpoint: str | None, given: dict[str, str], grade: Grade, said: str
) -> None:
    finding = look_at_endpoint(replace(APPLICATION, endpoint_url=endpoint), settings(**given))
    assert finding.grade is grade
    assert said in finding.sentence


@asynccontextmanager
async def tunnel(*, booth: bool, ops: bool, wall: bool = False) -> AsyncIterator[str]:
    async def styles(_request: Request) -> Response:
        return JSONResponse([]) if booth else PlainTextResponse("ERR_NGROK_8012", 502)

    async def metrics(_request: Request) -> Response:
        return PlainTextResponse("petaflop_jobs 1") if ops else PlainTextResponse("", 404)

    async def display(_request: Request) -> Response:
        return PlainTextResponse("", 200 if wall else 404)

    app = Starlette(
        routes=[Route("/api/styles", styles), Route("/metrics", metrics), Route("/display", display)]
    )
    with listen("127.0.0.1", 0, "PORT") as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with serving(app, listener):
            yield address


@pytest.mark.parametrize(
    ("booth", "ops", "runs", "grade", "said"),
    [
        (True, False, True, Grade.GOOD, "It leads to a booth."),
        (False, False, True, Grade.BAD, "It answers 502, but no booth does."),
        (False, False, False, Grade.HINT, "It answers 502; no booth runs here yet."),
        (True, True, True, Grade.BAD, "Health and metrics are open to the world."),
    ],
)
async def test_the_public_address(*, booth: bool, ops: bool, runs: bool, grade: Grade, said: str) -> None:
    async with tunnel(booth=booth, ops=ops) as address:
        findings = await found(settings(public_url=address), runs=runs)
    assert said in sentences(findings, grade)


async def test_a_wall_that_the_world_sees_is_told() -> None:
    async with tunnel(booth=True, ops=False, wall=True) as address:
        findings = await found(settings(public_url=address), runs=True)
    assert sentences(findings, Grade.BAD) == ["The wall is open to the world."]


@pytest.mark.parametrize(
    ("seen", "open_gallery", "said"),
    [
        (set[str](), False, []),
        ({"/display"}, False, ["The wall is open to the world."]),
        ({"/gallery"}, False, ["The gallery is open to the world."]),
        ({"/gallery"}, True, []),
        (
            {"/metrics", "/display", "/gallery"},
            True,
            ["Health and metrics are open to the world.", "The wall is open to the world."],
        ),
    ],
)
def test_what_is_for_the_room_is_not_for_the_world(
    seen: set[str], said: list[str], *, open_gallery: bool
) -> None:
    assert [one.sentence for one in look_at_open(seen, open_gallery=open_gallery)] == said


async def test_an_address_that_nobody_answers() -> None:
    with listen("127.0.0.1", 0, "PORT") as listener:
        port = listener.getsockname()[1]
    (finding,) = await found(settings(public_url=f"http://127.0.0.1:{port}"))
    assert finding.sentence == "It can't be reached (ConnectError)."


@pytest.mark.parametrize(
    ("off_s", "grade", "said"),
    [
        (0.4, Grade.GOOD, "right"),
        (-40.0, Grade.HINT, "40 s slow"),
        (3600.0, Grade.BAD, "3600 s fast"),
    ],
)
def test_a_clock_is_judged(off_s: float, grade: Grade, said: str) -> None:
    finding = look_at_clock(off_s)
    assert finding.grade is grade
    assert said in finding.sentence


@pytest.mark.parametrize(
    ("date", "off_s"),
    [
        ("Tue, 24 Nov 2026 12:00:00 GMT", -10.0),
        ("Tue, 24 Nov 2026 11:59:50 GMT", 0.0),
        ("Tue, 24 Nov 2026 11:59:49 GMT", 0.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 3589.0),
        ("yesterday", None),
        (None, None),
    ],
)
def test_the_other_sides_clock_is_read(date: str | None, off_s: float | None) -> None:
    now = datetime(2026, 11, 24, 11, 59, 50, tzinfo=UTC).timestamp()
    assert clock_off_s(date, now) == off_s


async def test_a_server_that_tells_the_time_is_believed() -> None:
    async with tunnel(booth=True, ops=False) as address:
        answer = await ask(address)
    assert answer.clock_off_s is not None
    assert abs(answer.clock_off_s) < 30
