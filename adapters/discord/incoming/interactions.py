"""Interactions over HTTP: verified, handed to the library, and answered 202 once they are kept."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import discord
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.discord.incoming import private
from adapters.discord.incoming.reception import Outcome, Reception
from adapters.discord.incoming.signatures import SIGNATURE, TIMESTAMP, Verifier
from adapters.discord.where import PLATFORM
from adapters.uplink import Uplink

PATH = "/discord/interactions"
MOST_BYTES = 1 << 20  # an interaction is a few kilobytes of text
PING = PONG = 1
ANSWER_S = 2.8  # Discord waits for three

log = logging.getLogger(__name__)


class Interactions:
    """The route that Discord posts to."""

    def __init__(
        self, verifier: Verifier, reception: Reception, client: discord.Client, ready: Callable[[], bool]
    ) -> None:
        """Take who verifies, who receives, and the client that understands; ``ready``: it is logged in."""
        self.uplink = Uplink(PLATFORM, "webhook")
        self._verifier = verifier
        self._reception = reception
        self._client = client
        self._ready = ready

    def routes(self) -> list[Route]:
        """One route."""
        return [Route(PATH, self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """202 once the interaction is on the disk: the answer itself goes through Discord's callback."""
        body = await _body(request)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        signature, timestamp = (request.headers.get(name, "") for name in (SIGNATURE, TIMESTAMP))
        if not self._verifier.accepts(signature, timestamp, body, time.time()):
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        self.uplink.good()
        data = _json(body)
        if data is None:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        if data.get("type") == PING:
            return JSONResponse({"type": PONG})
        return Response(status_code=await self._received(data))

    async def _received(self, data: Mapping[str, Any]) -> HTTPStatus:
        interaction = _id(data)
        if interaction is None:
            return HTTPStatus.BAD_REQUEST
        if not self._ready():
            return HTTPStatus.SERVICE_UNAVAILABLE
        if self._reception.expect(interaction) and not self._understood(data):
            self._reception.dismiss(interaction)
            return HTTPStatus.BAD_REQUEST
        return await self._ended(interaction)

    def _understood(self, data: Mapping[str, Any]) -> bool:
        try:
            private.hand_over(self._client, data)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            log.error("an interaction can't be read: %s", type(error).__name__)  # noqa: TRY400 # no values
            return False
        return True

    async def _ended(self, interaction: int) -> HTTPStatus:
        try:
            async with asyncio.timeout(ANSWER_S):
                outcome = await self._reception.outcome(interaction)
        except TimeoutError:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.ACCEPTED if outcome is Outcome.DONE else HTTPStatus.SERVICE_UNAVAILABLE


async def _body(request: Request) -> bytes | None:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _id(data: Mapping[str, Any]) -> int | None:
    value = data.get("id")
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else None
