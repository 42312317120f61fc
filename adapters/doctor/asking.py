"""One question over HTTP: an answer in JSON with the other side's clock, or why there is none."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import httpx

ANSWERS_WITHIN_S = 10.0
BROWSERS_ONLY = MappingProxyType({"ngrok-skip-browser-warning": "1"})
"""Asks ngrok's free plan for the page behind its warning (ngrok documentation, "Free Plan Limits")."""


class Unreached(Exception):
    """Nobody has answered; ``kind`` is the kind of trouble, without an address, which may hold a token."""

    def __init__(self, kind: str) -> None:
        """Take the kind."""
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        data: The JSON, or None where it is none.
        clock_off_s: See :func:`clock_off_s`.
    """

    status: int
    data: object = field(repr=False)
    clock_off_s: float | None

    @property
    def fields(self) -> Mapping[str, object]:
        """The JSON object; empty where it is none."""
        return self.data if isinstance(self.data, dict) else {}


async def ask(url: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    """Ask once.

    Raises:
        Unreached: nobody is there.
    """
    try:
        async with httpx.AsyncClient(timeout=ANSWERS_WITHIN_S, trust_env=False) as http:
            response = await http.request(method, url, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreached(type(error).__name__) from None  # the library's error quotes the address
    return Answer(
        response.status_code, _json(response), clock_off_s(response.headers.get("Date"), time.time())
    )


def _json(response: httpx.Response) -> object:
    try:
        return response.json()
    except ValueError:
        return None


def clock_off_s(date: str | None, now: float) -> float | None:
    """How far our clock is before theirs, in seconds; below 0 it is behind.

    Args:
        date: Their ``Date`` header (RFC 9110, 6.6.1), in whole seconds.
        now: Ours, in seconds since the epoch.

    Returns:
        None where they don't say.
    """
    try:
        told = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    off = now - told.replace(tzinfo=told.tzinfo or UTC).timestamp()
    return max(0.0, off - 1.0) if off > 0 else off  # their second has gone on since it began
