"""The Host rule: wall and gallery are for the room, and answer 404 to whoever comes by the public address.

A request comes from outside when any of its headers says so, whoever has written them: the public name
in ``Host``, in what proxies add (``X-Forwarded-Host``, ``Forwarded``: RFC 7239), or https where only the
tunnel speaks it. A header that was made up can close the door, never open it, so that no proxy needs to be
trusted for this; and a tunnel passes on the name by which it was reached, or that it was reached by https.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.web.site import WebSite

WALL, GALLERY = "/display", "/gallery"
_HOST_HEADERS = ("host", "x-forwarded-host", "x-original-host")
_FORWARDED = re.compile(r'\b(host|proto)\s*=\s*("[^"]*"|[^;,\s]+)', re.IGNORECASE)


def plain_host(authority: str) -> str:
    """A host as it can be compared: without port, case, final dot, brackets; IPv6 in its one spelling."""
    try:
        host = urlsplit(f"//{authority.strip()}").hostname or ""
    except ValueError:  # brackets that don't belong together
        host = authority.strip().lower()
    host = host.rstrip(".")
    try:
        return str(ip_address(host))
    except ValueError:
        return host


def from_outside(headers: Headers, scheme: str, public_url: str | None) -> bool:
    """Whether a request has come by the public address.

    Args:
        headers: The request's.
        scheme: ``http`` or ``https``, as the server understood it.
        public_url: The address from outside; without one nobody comes from there.
    """
    if public_url is None:
        return False
    public = urlsplit(public_url)
    if plain_host(public.netloc) in set(_named_hosts(headers)):
        return True
    return public.scheme == "https" and "https" in {scheme, *_named_schemes(headers)}


def sees_gallery(headers: Headers, scheme: str, site: WebSite) -> bool:
    """Whether who asks may open the gallery."""
    return site.open_gallery or not from_outside(headers, scheme, site.public_url)


def _named_hosts(headers: Headers) -> Iterator[str]:
    for name in _HOST_HEADERS:
        for value in headers.getlist(name):
            yield from map(plain_host, value.split(","))
    yield from map(plain_host, _forwarded(headers, "host"))


def _named_schemes(headers: Headers) -> Iterator[str]:
    for value in headers.getlist("x-forwarded-proto"):
        yield from (part.strip().lower() for part in value.split(","))
    yield from map(str.lower, _forwarded(headers, "proto"))


def _forwarded(headers: Headers, wanted: str) -> Iterator[str]:
    for value in headers.getlist("forwarded"):
        for name, text in _FORWARDED.findall(value):
            if name.lower() == wanted:
                yield text.strip('"')


class RoomOnly:
    """ASGI middleware before everything under :data:`WALL` and :data:`GALLERY`."""

    def __init__(self, app: ASGIApp, public_url: str | None, *, open_gallery: bool) -> None:
        """Take the app, its address from outside, and whether the gallery may be seen there."""
        self._app = app
        self._public_url = public_url
        self._kept = (WALL,) if open_gallery else (WALL, GALLERY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what the caller may see.

        Raises:
            HTTPException: 404, as for an address that isn't there.
        """
        if scope["type"] == "http" and self._keeps(scope["path"]):
            headers = Headers(scope=scope)
            if from_outside(headers, scope["scheme"], self._public_url):
                raise HTTPException(HTTPStatus.NOT_FOUND)
        await self._app(scope, receive, send)

    def _keeps(self, path: str) -> bool:
        return any(path == kept or path.startswith(f"{kept}/") for kept in self._kept)
