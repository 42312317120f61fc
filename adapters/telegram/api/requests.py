"""The library's requests, counted: what Telegram has answered, and what was lost on the way."""

from typing import Any

from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from adapters.uplink import Uplink


class CountedRequest(HTTPXRequest):
    """Requests over one pool of connections.

    Args:
        uplink: Told of each request's end.
        means: The library's own arguments.
    """

    def __init__(self, uplink: Uplink, **means: Any) -> None:
        super().__init__(**means)
        self._uplink = uplink

    async def do_request(self, *of_what: Any, **more: Any) -> tuple[int, bytes]:
        """The library's: one request, its status and its body."""
        try:
            status, body = await super().do_request(*of_what, **more)
        except TelegramError as error:
            self._uplink.lost(type(error.__cause__ or error).__name__)
            raise
        if status < 400:
            self._uplink.good()
        else:
            self._uplink.refused(f"http_{status}")
        return status, body
