"""Small courtesies that nobody waits for: a reaction, the answer to a press, a search for a lost message."""

import asyncio
from collections.abc import Coroutine

from adapters.telegram.api.calls import courtesy


class Errands:
    """Runs them beside the work on events: a call that hangs holds up nothing but itself."""

    def __init__(self, leave_s: float) -> None:
        """At the end, give them ``leave_s`` seconds."""
        self._leave_s = leave_s
        self._running: set[asyncio.Task[bool]] = set()

    def run(self, errand: Coroutine[None, None, object], name: str) -> None:
        """Begin one; what Telegram says against it is no trouble."""
        task = asyncio.create_task(courtesy(errand), name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """End all of them."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=self._leave_s)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
