"""The webhook: Telegram posts one update, we write it down and answer 200."""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.telegram.incoming.intake import Intake, read_update
from bot.store.trouble import STORE_TROUBLE

PATH = "/telegram/webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1 << 20  # an update is a few kilobytes of text

log = logging.getLogger(__name__)


def webhook_secret(secret: bytes, bot: int) -> str:
    """What Telegram has to show: derived, so that replicas agree on it and nobody has to set it."""
    return hmac.new(secret, f"telegram webhook {bot}".encode(), hashlib.sha256).hexdigest()


class Webhook:
    """The route that Telegram posts to."""

    def __init__(self, intake: Intake, secret: str, heard: Callable[[], None] = lambda: None) -> None:
        """Take where updates are written down, what the header has to say, and whom to tell of a post."""
        self._heard = heard
        self._intake = intake
        self._secret = secret.encode()

    def routes(self) -> list[Route]:
        """One route."""
        return [Route(PATH, self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """200 once the update is on the disk; anything else lets Telegram come again."""
        shown = request.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(shown, self._secret):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        self._heard()
        body = await _body(request)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        data = _json(body)
        if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        update = read_update(data)
        try:
            await self._intake.keep([] if update is None else [update])
        except STORE_TROUBLE as error:
            log.warning("an update is left to Telegram: %s", type(error).__name__)
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return Response(status_code=HTTPStatus.OK)


async def _body(request: Request) -> bytes | None:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None
