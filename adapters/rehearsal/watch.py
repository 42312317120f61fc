"""How busy the renderers are: processors by the time that renders take, servers by what they say."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from bot.nouns import JobId, Offer, Order, Picture
from bot.ports import Renderer, Report
from comfy.remote import ComfyRenderer


class Watched:
    """A renderer with somebody beside it who adds up the seconds of its renders."""

    def __init__(self, renderer: Renderer) -> None:
        """Watch this one."""
        self._renderer = renderer
        self._seconds = 0.0
        self.name = renderer.name
        self.leaves_traces = renderer.leaves_traces

    @property
    def slots(self) -> int:
        """The renderer's."""
        return self._renderer.slots

    def offers(self) -> Sequence[Offer]:
        """The renderer's."""
        return self._renderer.offers()

    async def render(self, order: Order, report: Report) -> Picture:
        """Let it render, and take the time."""
        began = _now()
        try:
            return await self._renderer.render(order, report)
        finally:
            self._seconds += _now() - began

    async def scrub(self, jobs: Sequence[JobId]) -> int:
        """Let it scrub."""
        return await self._renderer.scrub(jobs)

    def running(self) -> AbstractAsyncContextManager[None]:
        """The renderer's."""
        return self._renderer.running()

    def busy_s(self) -> float:
        """Seconds of work so far, of all processors or servers together."""
        if isinstance(self._renderer, ComfyRenderer):
            return sum(server.ears.busy.seconds(_now()) for server in self._renderer.servers)
        return self._seconds

    @property
    def workplaces(self) -> int:
        """Processors or servers that can be at work at once."""
        if isinstance(self._renderer, ComfyRenderer):
            return sum(server.reachable for server in self._renderer.servers)
        return self._renderer.slots


def _now() -> float:
    return asyncio.get_running_loop().time()
