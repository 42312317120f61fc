"""A listener that notes what it is handed, and does what a test says."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class RecordingListener:
    """``errors`` are raised first, one a call; what stands in ``held`` waits for its event."""

    name: str = "web"
    errors: list[Exception] = field(default_factory=list)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    handled: list[str] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, payload: str) -> None:
        await self._note(self.begun, payload)
        if payload in self.held:
            await self.held[payload].wait()
        if self.errors:
            raise self.errors.pop(0)
        await self._note(self.handled, payload)

    async def until(self, payload: str, *, times: int = 1) -> None:
        """Wait until something has been handled."""
        async with self.news:
            await self.news.wait_for(lambda: self.handled.count(payload) >= times)

    async def until_begun(self, payload: str, *, times: int = 1) -> None:
        """Wait until somebody has begun with something."""
        async with self.news:
            await self.news.wait_for(lambda: self.begun.count(payload) >= times)

    async def _note(self, where: list[str], payload: str) -> None:
        async with self.news:
            where.append(payload)
            self.news.notify_all()
