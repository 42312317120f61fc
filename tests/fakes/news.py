"""Waiting for a change without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 10.0


class News:
    """Wakes everybody who waits for a condition whenever something has changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def spread(self) -> None:
        """Something has changed: conditions are looked at again."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], T | None], patience_s: float | None = PATIENCE_S) -> T:
        """What the condition returned when it was first true; None is endless patience.

        Raises:
            TimeoutError: it was not true within so many seconds.
        """
        async with asyncio.timeout(patience_s):
            while not (found := condition()):
                await self._change()
        return found

    async def _change(self) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
