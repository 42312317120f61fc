"""The queue: a heap of tuples, as the real server keeps it, told as it lies."""

import asyncio
import heapq
from dataclasses import dataclass, field
from typing import Any

Item = tuple[float, str, dict[str, Any], dict[str, Any], list[str]]
"""Number, prompt id, graph, extra data, outputs. Two with equal number and id compare their graphs, which
are dicts and can't be: to push or pop them raises, and in the worker that is its end."""


@dataclass(slots=True)
class Queue:
    """What waits and what runs."""

    waiting: list[Item] = field(default_factory=list)
    running: Item | None = None
    filled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def remaining(self) -> int:
        """Jobs that wait or run."""
        return len(self.waiting) + (self.running is not None)

    def put(self, item: Item) -> None:
        """Queue an item."""
        heapq.heappush(self.waiting, item)
        self.filled.set()

    async def take(self) -> Item:
        """Wait for the lowest item and run it."""
        while not self.waiting:
            self.filled.clear()
            await self.filled.wait()
        self.running = heapq.heappop(self.waiting)
        return self.running

    def delete(self, prompt_id: str) -> bool:
        """Take an item that waits out of the queue."""
        for item in self.waiting:
            if item[1] == prompt_id:
                self.waiting.remove(item)
                heapq.heapify(self.waiting)
                return True
        return False
