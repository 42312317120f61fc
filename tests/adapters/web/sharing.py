"""Guests who share, and walls that watch, for tests of both."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.adapters.web.served import PATIENCE_S, Site, events, photo, post, until


async def picture(guest: httpx.AsyncClient, shade: int = 60, style: str = "comic") -> str:
    """Make a picture; its job."""
    job: str = (await post(guest, photo(shade), style)).raise_for_status().json()["id"]
    await until(guest, job, "done")
    return job


async def share(guest: httpx.AsyncClient, job: str, name: str = "") -> None:
    """Share it."""
    answer = await guest.post(f"/api/jobs/{job}/share", json={"name": name})
    assert answer.status_code == 204


async def shared(guest: httpx.AsyncClient, site: Site, name: str = "", shade: int = 60) -> str:
    """Make a picture and share it; its share."""
    await share(guest, await picture(guest, shade), name)
    return str((await site.booth.wall.newest("en", 1))[0].id)


class Watch:
    """A wall that somebody watches."""

    def __init__(self, stream: AsyncIterator[tuple[str, dict[str, Any]]]) -> None:
        self._stream = stream
        self.seen: dict[str, Any] = {}

    async def until(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the wall shows something that fits."""
        async with asyncio.timeout(PATIENCE_S):
            while not (self.seen and fits(self.seen)):
                name, data = await anext(self._stream)
                self.seen = data if name == "wall" else self.seen
        return self.seen

    async def until_shown(self, *shares: str) -> dict[str, Any]:
        """Wait until exactly these are shown, in this order."""
        return await self.until(lambda told: [piece["id"] for piece in told["pieces"]] == list(shares))


@asynccontextmanager
async def watching(guest: httpx.AsyncClient, query: str = "") -> AsyncIterator[Watch]:
    """A wall's events."""
    async with guest.stream("GET", f"/display/events{query}") as response:
        response.raise_for_status()
        yield Watch(events(response))
