"""Requests that change something come from our own page, or from no page at all.

The cookie is ``SameSite=Lax``; this is the second lock, for browsers that forget the first (OWASP's
cross-site request forgery cheat sheet: Fetch Metadata, then ``Origin``). Programs send neither header.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.web.problems import Refused

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_FETCHES = frozenset({"same-origin", "none"})


def is_own(headers: Headers, public_url: str | None) -> bool:
    """Whether a browser's headers name us as the page that asks; without such headers, True."""
    fetched_from = headers.get("sec-fetch-site")
    if fetched_from is not None:
        return fetched_from in OWN_FETCHES
    origin = headers.get("origin")
    if origin is None:
        return True
    ours = {headers.get("host", ""), urlsplit(public_url or "").netloc}
    return urlsplit(origin).netloc in ours - {""}


class SameOrigin:
    """ASGI middleware that lets strangers' pages look, but not change."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        """Take the app to protect, and its address from outside."""
        self._app = app
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is ours.

        Raises:
            Refused: 403.
        """
        unsafe = scope["type"] == "http" and scope["method"] not in SAFE
        if unsafe and not is_own(Headers(scope=scope), self._public_url):
            raise Refused(HTTPStatus.FORBIDDEN, "page-problem-origin")
        await self._app(scope, receive, send)
