"""The codes on the wall: one a network that leads to the booth, drawn here as SVG."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address

from starlette.requests import Request

from adapters.web.reach import WALL, from_outside, plain_host
from adapters.web.site import WebSite
from bot.invites.links import Link, links
from bot.invites.payload import Invite, event_name
from bot.invites.wording import network_names
from bot.pixels.qr import qr_svg, sturdiest
from bot.words import Words

PLACE = "wall"
"""What scans at the wall are counted by."""


def opened_under(request: Request, public_url: str | None) -> str:
    """The address under which this page was opened, without a path: others in the room reach it as well."""
    if public_url is not None and from_outside(request.headers, request.url.scheme, public_url):
        return public_url
    return f"{request.url.scheme}://{request.url.netloc}"


def wall_links(request: Request, site: WebSite) -> Sequence[Link]:
    """What is scanned at the wall, by network.

    Without a public address the page's code leads to the address under which the wall itself was opened:
    phones in the room reach it, unless that is this very machine's own name for itself.
    """
    ways = site.ways()
    if site.public_url is None and not _is_own_machine(request.url.netloc):
        ways = replace(ways, page=opened_under(request, None))
    return links(ways, Invite(event_name(site.event), place=PLACE))


def told_codes(shown: Sequence[Link], words: Words, language: str) -> list[dict[str, str]]:
    """The codes as the page's script reads them; an address changes with what its code says."""
    names = network_names(words, language)
    return [
        {
            "network": link.network,
            "name": names[link.network],
            "label": link.label,
            "url": f"{WALL}/codes/{link.network}?v={hashlib.sha256(link.url.encode()).hexdigest()[:12]}",
        }
        for link in shown
    ]


def code_svg(link: Link) -> str:
    """A code as SVG."""
    return qr_svg(link.url, correction=sturdiest(link.url))


def _is_own_machine(authority: str) -> bool:
    host = plain_host(authority)
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
