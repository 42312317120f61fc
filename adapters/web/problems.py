"""Errors as ``application/problem+json`` (RFC 9457), in a sentence that the guest understands; or as a page.

``title`` is the status's own phrase (the type is ``about:blank``), ``detail`` the guest's sentence, and
``code`` the sentence's key, for scripts.
"""

import logging
import math
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from adapters.web.language import language_of, worded
from adapters.web.missing import ProblemPages
from bot.errors import (
    Banned,
    Busy,
    DiskFull,
    GuestError,
    NotAPicture,
    NotPossibleNow,
    NotYourPhoto,
    PhotoErased,
    PhotoError,
    PhotoTooManyBytes,
    StorageFull,
    StoreAway,
    TooManyUnfinished,
    UnknownJob,
    UnknownStyle,
)
from bot.office.slips import PinLocked, WrongPin
from bot.words import Words

log = logging.getLogger(__name__)

STORE_RETRY_S = 10.0

Handler = Callable[[Request, Exception], Awaitable[Response]]
Values = Mapping[str, str | int | float]

STATUS: Mapping[type[Exception], HTTPStatus] = MappingProxyType(
    {
        NotAPicture: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        PhotoTooManyBytes: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        PhotoError: HTTPStatus.UNPROCESSABLE_ENTITY,
        UnknownStyle: HTTPStatus.UNPROCESSABLE_ENTITY,
        UnknownJob: HTTPStatus.NOT_FOUND,
        PhotoErased: HTTPStatus.GONE,
        NotPossibleNow: HTTPStatus.CONFLICT,
        NotYourPhoto: HTTPStatus.FORBIDDEN,
        WrongPin: HTTPStatus.FORBIDDEN,
        PinLocked: HTTPStatus.TOO_MANY_REQUESTS,
        Banned: HTTPStatus.FORBIDDEN,
        TooManyUnfinished: HTTPStatus.TOO_MANY_REQUESTS,
        Busy: HTTPStatus.SERVICE_UNAVAILABLE,
        GuestError: HTTPStatus.BAD_REQUEST,
    }
)
ROUTING_KEYS = MappingProxyType({404: "page-problem-not-found", 405: "page-problem-method"})


class Refused(Exception):
    """A request that HTTP itself refuses; ``key`` names the sentence."""

    def __init__(self, status: HTTPStatus, key: str, retry_after_s: float | None = None) -> None:
        """Take the status, the sentence's key, and the seconds after which another try makes sense."""
        super().__init__(key)
        self.status = status
        self.key = key
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as its answer tells it."""

    status: HTTPStatus
    key: str
    retry_after_s: float | None = None
    values: Values = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_of(error: Exception) -> Problem:
    """What an error looks like from outside."""
    match _translated(error):
        case Busy() as busy:
            return Problem(_status(busy), busy.key, busy.retry_after_s, busy.values)
        case GuestError() as told:
            return Problem(_status(told), told.key, values=told.values)
        case Refused() as refused:
            return Problem(refused.status, refused.key, refused.retry_after_s)
        case HTTPException() as routing:
            key = ROUTING_KEYS.get(routing.status_code, "page-problem-form")
            return Problem(HTTPStatus(routing.status_code), key, headers=routing.headers or {})
        case ClientDisconnect():  # in mid-upload: nobody reads this answer
            return Problem(HTTPStatus.BAD_REQUEST, "page-problem-form")
        case _:
            return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "error-unexpected")


def _translated(error: Exception) -> Exception:
    """The store's troubles as guests know them; a request does no other input and output."""
    if isinstance(error, DiskFull):
        return StorageFull(STORE_RETRY_S)
    if isinstance(error, (SQLAlchemyError, OSError)):
        log.warning("the store is away: %s", type(error).__name__)
        return StoreAway(STORE_RETRY_S)
    return error


def _status(error: GuestError) -> HTTPStatus:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


class Problems:
    """Answers errors in the guest's language."""

    def __init__(self, words: Words, pages: ProblemPages | None = None) -> None:
        """Take the catalogue of sentences, and who makes pages for those who ask for one."""
        self._words = words
        self._pages = pages

    def handlers(self) -> Mapping[type[Exception], Handler]:
        """For Starlette's ExceptionMiddleware, in place of its own handler of HTTPException."""
        return {HTTPException: self.answer, Exception: self.answer}

    async def answer(self, request: Request, error: Exception) -> Response:
        """The problem document; a slip of ours is logged."""
        problem = problem_of(error)
        if problem.status is HTTPStatus.INTERNAL_SERVER_ERROR:
            _log_slip(request, error)
        language = language_of(request, self._words)
        headers = worded(language) | {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
        headers |= problem.headers
        if problem.retry_after_s is not None:
            headers["Retry-After"] = str(max(1, math.ceil(problem.retry_after_s)))
        detail = self._words.say(language, problem.key, **problem.values)
        if self._pages is not None and self._pages.wanted(request):
            return HTMLResponse(self._pages.html(request, problem.status, detail), problem.status, headers)
        told = {
            "title": problem.status.phrase,
            "status": problem.status.value,
            "detail": detail,
            "code": problem.key,
        }
        return JSONResponse(told, problem.status, headers, media_type="application/problem+json")


def _log_slip(request: Request, error: Exception) -> None:
    # The kind and the place only: a message may hold what a guest sent.
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s at %s\n%s", type(error).__name__, request.method, place)
