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


def reached_under(request: Request, site: WebSite, public: str | None) -> str | None:
    """The address, without a path, under which others reach what was opened here; None if nobody does.

    It is the one under which it was opened itself, unless that is this very machine's own name for itself.

    Args:
        request: What was opened.
        site: Its public address, and the one in the room where it is known.
        public: The public address, where it is open there as well.
    """
    if site.public_url is not None and from_outside(request.headers, request.url.scheme, site.public_url):
        return site.public_url
    if not _is_own_machine(request.url.netloc):
        return f"{request.url.scheme}://{request.url.netloc}"
    return site.ways().page if site.public_url is None else public


def wall_links(request: Request, site: WebSite) -> Sequence[Link]:
    """What is scanned at the wall, by network.

    Without a public address the page's code leads to the address under which the wall itself was opened, or
    to the booth's address in the room; it isn't there where no phone would get anywhere.
    """
    ways = site.ways()
    if site.public_url is None:
        ways = replace(ways, page=reached_under(request, site, None))
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
