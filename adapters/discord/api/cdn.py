"""Fetches files from Discord's servers: bounded in bytes, patient with slow lines but not with dead ones."""

import httpx

from adapters.discord.api.errors import Reason, Refused, Unreachable
from bot.errors import PhotoTooManyBytes

CONNECT_S, SILENCE_S = 5.0, 20.0
GONE = frozenset({401, 403, 404, 410})  # the signed address is over, or the file is gone
MIB = 1 << 20


class Cdn:
    """Who makes it, closes it."""

    def __init__(self, limit: int) -> None:
        """Fetch at most so many bytes a file."""
        self.limit = limit
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(SILENCE_S, connect=CONNECT_S))

    async def get(self, url: str) -> bytes:
        """What lies at the address.

        Raises:
            PhotoTooManyBytes: it is over the limit.
            Refused: the address is over (``MISSING``), or the server won't.
            DeliveryError: the server can't be reached just now.
        """
        try:
            async with self._client.stream("GET", url) as response:
                _check(response.status_code)
                return await self._read(response)
        except httpx.InvalidURL:
            raise Refused(Reason.MISSING) from None
        except httpx.HTTPError:
            raise Unreachable(unsent=False) from None  # the library's error quotes the signed address

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _read(self, response: httpx.Response) -> bytes:
        data = bytearray()
        async for chunk in response.aiter_bytes():
            data += chunk
            if len(data) > self.limit:
                raise PhotoTooManyBytes(limit_mib=self.limit // MIB)
        return bytes(data)


def _check(status: int) -> None:
    if status in GONE:
        raise Refused(Reason.MISSING)
    if status >= 500 or status == 429:
        raise Unreachable(unsent=False)
    if status != 200:
        raise Refused(Reason.OTHER)
