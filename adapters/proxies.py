"""What a proxy says of a request is believed of a trusted one only, and only what it has added itself.

ngrok adds to what a request brings along, so that its own is the last value (its reference on upstream
headers); what one endpoint has forwarded to another may hold two. Uvicorn's middleware takes the last address
that is none of our proxies', but a scheme only where it stands alone: here it gets the last one.
"""

from collections.abc import Sequence
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn._types import ASGI3Application
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

SCHEME = b"x-forwarded-proto"


def behind(app: ASGIApp, trusted_proxies: Sequence[str]) -> ASGIApp:
    """The app, as it is reached through these addresses and networks; without any, nobody is believed."""
    if not trusted_proxies:
        return app
    believing = ProxyHeadersMiddleware(cast("ASGI3Application", app), list(trusted_proxies))
    return _LastScheme(cast("ASGIApp", believing))


class _LastScheme:
    """ASGI middleware that leaves of all schemes the last one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = [(name, _last(value) if name == SCHEME else value) for name, value in scope["headers"]]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)


def _last(value: bytes) -> bytes:
    return value.rpartition(b",")[2].strip()
