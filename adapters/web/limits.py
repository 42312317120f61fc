"""How many posts a minute one address may send: a moving window, in this process's memory."""

import time
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from adapters.web.problems import Refused

HOME_PREFIX = 64  # an IPv6 household owns at least a /64, so one of its addresses alone says nothing


def address_key(host: str | None) -> str:
    """What is counted: an IPv4 address, an IPv6 /64, or ``local`` where there is none (a socket)."""
    try:
        address = ip_address((host or "").partition("%")[0])
    except ValueError:
        return "local"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, HOME_PREFIX), strict=False))


class AddressLimit:
    """Counts posts by address; 0 a minute is no limit."""

    def __init__(self, posts_a_minute: int) -> None:
        """Take the limit."""
        self._item = RateLimitItemPerMinute(posts_a_minute) if posts_a_minute else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def check(self, request: Request) -> None:
        """Count this request.

        Raises:
            Refused: 429, with the seconds until the address may post again.
        """
        if self._item is None:
            return
        key = address_key(request.client.host if request.client else None)
        if not await self._limiter.hit(self._item, key):
            window = await self._limiter.get_window_stats(self._item, key)
            wait_s = window.reset_time - time.time()
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "page-problem-address-limit", wait_s)
