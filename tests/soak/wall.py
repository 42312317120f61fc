"""The screen beside the booth: it follows the wall for as long as there is one."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import httpx

AGAIN_S = 2.0
PATIENCE_S = 60.0  # a sign of life comes more often


@dataclass(slots=True)
class Screen:
    """A page that stays open; ``walls`` counts how often it was told everything."""

    url: str
    walls: int = 0

    async def watch(self) -> None:
        """Follow it, and come back after each break, until cancelled."""
        async with httpx.AsyncClient(base_url=self.url, timeout=PATIENCE_S) as http:
            while True:
                with suppress(httpx.HTTPError):
                    await self._follow(http)
                await asyncio.sleep(AGAIN_S)

    async def _follow(self, http: httpx.AsyncClient) -> None:
        async with http.stream("GET", "/display/events") as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                self.walls += line == "event: wall"
