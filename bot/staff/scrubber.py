"""The scrubber: sees that nothing of a job that is over stays on a renderer's servers, also across restarts.

A renderer removes a job's traces by itself, right after the picture is there. What it could not reach then is
written down, and asked for again from here until it says that nothing is left.
"""

import asyncio
import logging
from collections.abc import Sequence

from bot.ports import Renderer
from bot.store.traces import TraceStore
from bot.store.trouble import STORE_TROUBLE

EVERY_S = 20.0
BATCH = 100

log = logging.getLogger(__name__)


class Scrubber:
    """Asks the renderers that leave traces."""

    def __init__(self, renderers: Sequence[Renderer], traces: TraceStore) -> None:
        """Take whom to ask, and where it is written down."""
        self._renderers = [renderer for renderer in renderers if renderer.leaves_traces]
        self._traces = traces

    async def run(self) -> None:
        """Ask for ever."""
        while True:
            try:
                await self.scrub()
            except STORE_TROUBLE as error:
                log.warning("scrubbing is put off: %s", type(error).__name__)
            await asyncio.sleep(EVERY_S)

    async def scrub(self) -> int:
        """Ask once for all that is due; return how many jobs still have something left."""
        left = 0
        for renderer in self._renderers:
            due = await self._traces.due(renderer.name, BATCH)
            gone = [job for job in due if await renderer.scrub([job]) == 0]
            if gone:
                await self._traces.gone(gone)
            left += len(due) - len(gone)
        return left
