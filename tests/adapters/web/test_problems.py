"""Every error has its status and a sentence in every language; a slip of ours tells nothing personal."""

import logging
from collections.abc import Iterator
from http import HTTPStatus

import httpx
import pytest
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from adapters.web.problems import ROUTING_KEYS, Problems, Refused, problem_of
from bot import errors
from bot.errors import GuestError
from bot.words import words


def kinds(root: type[GuestError] = GuestError) -> Iterator[type[GuestError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


def made(kind: type[GuestError]) -> GuestError:
    return kind(retry_after_s=2.2) if issubclass(kind, errors.Busy) else kind()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.NotAPicture, 415),
        (errors.PhotoTooManyBytes, 413),
        (errors.PhotoDamaged, 422),
        (errors.PhotoTooManyPixels, 422),
        (errors.PhotoTooSmall, 422),
        (errors.PhotoOddShape, 422),
        (errors.UnknownStyle, 422),
        (errors.UnknownJob, 404),
        (errors.NotPossibleNow, 409),
        (errors.TooManyUnfinished, 429),
        (errors.LineFull, 503),
        (errors.StoreAway, 503),
        (errors.StorageFull, 503),
    ],
)
def test_each_kind_of_error_has_its_status(kind: type[GuestError], status: int) -> None:
    problem = problem_of(made(kind))
    assert (problem.status, problem.key) == (status, kind.key)
    assert problem.retry_after_s == (2.2 if status in (429, 503) else None)


@pytest.mark.parametrize("kind", list(dict.fromkeys(kinds())))
def test_no_kind_of_error_is_a_slip(kind: type[GuestError]) -> None:
    assert problem_of(made(kind)).status < 500 or issubclass(kind, errors.Busy)


@pytest.mark.parametrize("key", [*ROUTING_KEYS.values(), "page-problem-form", "error-unexpected"])
def test_each_sentence_is_there(key: str) -> None:
    sentences = {words().say(language, key) for language in words().languages}
    assert len(sentences) == len(words().languages)


async def answer(error: Exception, **headers: str) -> httpx.Response:
    async def fail(_: Request) -> Response:
        raise error

    app = ExceptionMiddleware(Router([Route("/", fail)]), handlers=Problems(words()).handlers())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://booth") as client:
        return await client.get("/", headers=headers)


async def test_a_slip_of_ours_is_a_warm_sentence_and_logs_no_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        told = await answer(ValueError("Ann's face"))
    assert told.status_code == 500
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"] == words().say("en", "error-unexpected")
    assert "ValueError" in caplog.text
    assert "test_problems.py" in caplog.text
    assert "Ann" not in caplog.text + told.text


async def test_a_problem_speaks_the_guests_language() -> None:
    told = await answer(errors.PhotoTooSmall(limit_px=64), **{"accept-language": "de-CH, en;q=0.5"})
    assert told.json() == {
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": words().say("de", "photo-too-small", limit_px=64),
        "code": "photo-too-small",
    }
    assert told.headers["content-language"] == "de"
    assert "Accept-Language" in told.headers["vary"]
    assert told.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("seconds", "header"), [(0.0, "1"), (0.4, "1"), (2.2, "3"), (60, "60")])
async def test_retry_after_is_whole_seconds_and_never_too_early(seconds: float, header: str) -> None:
    assert (await answer(errors.LineFull(seconds))).headers["retry-after"] == header


async def test_what_http_refuses_keeps_its_headers() -> None:
    told = await answer(HTTPException(405, headers={"Allow": "GET"}))
    assert (told.status_code, told.headers["allow"]) == (405, "GET")
    assert told.json()["code"] == "page-problem-method"


async def test_a_refusal_names_its_sentence() -> None:
    told = await answer(Refused(HTTPStatus.FORBIDDEN, "page-problem-origin"))
    assert (told.status_code, told.json()["title"]) == (403, "Forbidden")
    assert told.json()["detail"] == words().say("en", "page-problem-origin")
    assert "retry-after" not in told.headers
