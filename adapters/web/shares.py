"""Sharing from the guest page: a guest shows their own picture to others, and takes it back."""

import json
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.web.guests import GuestCookies, whose_job
from adapters.web.problems import Refused
from bot.booth import Booth

MOST_BODY = 1024  # bytes: a name of 32 characters, however it is written


class Shares:
    """The routes that show a picture and hide it again."""

    def __init__(self, booth: Booth, cookies: GuestCookies) -> None:
        """Take the booth, and who knows its guests."""
        self._booth = booth
        self._cookies = cookies

    def routes(self) -> list[Route]:
        """One address."""
        return [Route("/api/jobs/{job:uuid}/share", self.share, methods=["POST", "DELETE"])]

    async def share(self, request: Request) -> Response:
        """``POST``: shared, with the ``name`` of a form or JSON, if there is one. ``DELETE``: unshared."""
        guest, job = whose_job(self._cookies, request)
        if request.method == "DELETE":
            await self._booth.sharing.unshare(guest, job)
        else:
            await self._booth.sharing.share(guest, job, await _name(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)


async def _name(request: Request) -> str:
    """The name that was sent; "" is none.

    Raises:
        Refused: 400, what was sent can't be read.
    """
    try:
        fields = await short_fields(request)
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "page-problem-name") from error
    return fields.get("name", "")


async def short_fields(request: Request) -> dict[str, str]:
    """The texts of a small form or JSON object; nothing at all is no field.

    Raises:
        ValueError: it is too long, or neither.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY:
            raise ValueError(len(body))
    if not body:
        return {}
    if request.headers.get("content-type", "").startswith("application/json"):
        return _texts(_json(body))
    return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=8))


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _texts(told: object) -> dict[str, str]:
    if not isinstance(told, dict):
        raise ValueError("no object")  # noqa: TRY004 # what was sent is wrong, not our type
    texts = {str(key): value for key, value in told.items() if isinstance(value, str)}
    "".join(texts.values()).encode()  # half a character (a lone surrogate) is no text: a ValueError, too
    return texts
