"""Under which names we answer: ours, and such as only a local network gives.

A page from elsewhere can have its own name lead to our address once it is open in a guest's browser (DNS
rebinding); the browser then takes us for that page's own server, and lets it read the wall and post in the
guest's name. ``Host`` still says the name, which a page can't change: one that anybody may register is not
ours. An address or a name of the local network belongs to nobody outside, so that those need no setting.
"""

from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.web.problems import Refused
from adapters.web.reach import plain_host

WEBHOOKS = ("/telegram/", "/discord/")
"""A secret or a signature says who sends these, by whatever name."""

LOCAL = (
    "localhost",  # RFC 6761
    "local",  # mDNS: RFC 6762; and *.svc.cluster.local
    "home.arpa",  # RFC 8375
    "internal",  # reserved for private use by ICANN in 2024
    "lan",  # OpenWrt, and most travel routers with it
    "home",  # never to be delegated, says ICANN
    "localdomain",
    "fritz.box",  # AVM's own
    "svc",  # Kubernetes' short names of services
)


def is_ours(authority: str, own: frozenset[str]) -> bool:
    """Whether a ``Host`` is an address, a name of the local network, or one of our ``own``, plain ones.

    Without a name there is no page whose name it could be: programs that speak HTTP/1.0.
    """
    host = plain_host(authority)
    return host in own or _is_address(host) or "." not in host or host.endswith(_ENDINGS)


_ENDINGS = tuple(f".{name}" for name in LOCAL)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class OwnHosts:
    """ASGI middleware before everything but :data:`WEBHOOKS`."""

    def __init__(self, app: ASGIApp, public_url: str | None, host: str) -> None:
        """Take the app, its address from outside, and the name or address that it listens on."""
        self._app = app
        names = (urlsplit(public_url or "").netloc, host)
        self._own = frozenset(plain_host(name) for name in names if name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what was sent to us.

        Raises:
            Refused: 421, whoever sent it took us for somebody else.
        """
        if scope["type"] == "http" and not scope["path"].startswith(WEBHOOKS):
            named = Headers(scope=scope).getlist("host")
            if not all(is_ours(name, self._own) for name in named):
                raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "page-problem-host")
        await self._app(scope, receive, send)
