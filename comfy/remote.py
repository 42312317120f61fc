"""The renderer that draws on ComfyUI servers.

A job is handed to one server at a time. When that is lost, the job waits with us for a while: it goes on
where it was when the server comes back, or to another one that can run it. What it left behind is removed as
soon as it can be, wherever that is.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from bot.definitions import StyleDefinition
from bot.errors import RenderCrashed, RendererAway, StyleBroken
from bot.nouns import JobId, Offer, Order, Picture
from bot.ports import Report
from bot.trail import at_server
from comfy.answers import Standing, State
from comfy.catalogue import GraphStyle
from comfy.client import ComfyError, ServerAway, ServerTrouble
from comfy.patience import Patience
from comfy.policy import SHIPPED_POLICY, NodePolicy
from comfy.pool import Pool
from comfy.recipes import load_recipes
from comfy.rendering import DeviceFailed, MemoryFailed, Rendering
from comfy.server import Server
from comfy.stylebook import StyleBook

log = logging.getLogger(__name__)

_REMEMBERED = 1024
_WORTH_RETURNING = {State.PENDING, State.RUNNING, State.SUCCEEDED}
_LOSSES = 5  # of one job's server in a row, before the job goes back to the line


class ComfyRenderer:
    """Implements :class:`bot.ports.Renderer`.

    Attributes:
        catalogue: The styles that it was given at the beginning.
        styles: These, and what was adopted since.
    """

    name = "comfy"
    leaves_traces = True

    def __init__(
        self,
        urls: Sequence[str],
        styles: Sequence[GraphStyle],
        *,
        patience: Patience | None = None,
        policy: NodePolicy = SHIPPED_POLICY,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare; nothing is reached before :meth:`running`.

        Args:
            urls: Root URLs of the servers.
            styles: The catalogue's graph styles.
            patience: How long to wait for what.
            policy: Which node types maintainers' workflows may hold.
            changed: Called when slots or offers may have changed.

        Raises:
            SetupError: a style's graph can't be used.
        """
        self._patience = patience or Patience()
        self.catalogue = tuple(styles)
        self.styles = StyleBook(load_recipes(styles), policy)
        self._tell = changed
        self._pool = Pool(self._patience)
        self._pool.servers = tuple(
            Server(url, self.styles.entries, self._patience, self._have_changed, policy)
            for url in dict.fromkeys(urls)
        )
        self._broke_on: OrderedDict[JobId, Server] = OrderedDict()

    @property
    def servers(self) -> Sequence[Server]:
        """The servers, for whoever tells people about them."""
        return self._pool.servers

    @property
    def slots(self) -> int:
        """Two a server that is up: one job runs, the next waits behind it."""
        return self._pool.slots

    def offers(self) -> Sequence[Offer]:
        """The styles that a server can run, or could when it was last reached."""
        return [
            Offer(entry.style, available=self._pool.runs(entry))
            for entry in self.styles.entries
            if self._pool.may_run(entry)
        ]

    def adopt(self, definitions: Sequence[StyleDefinition]) -> None:
        """Draw these from now on, besides and (by id) instead of the styles given at the beginning.

        Jobs that are being drawn keep the recipe with which they began.
        """
        self.styles.adopt(definitions)
        for server in self.servers:
            server.adopt(self.styles.entries)
        self._have_changed()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep all servers company; they need not be there. Waits for those that are, but not long."""
        async with AsyncExitStack() as stack:
            for server in self.servers:
                await stack.enter_async_context(server.client)
            tasks = [
                asyncio.create_task(work, name=f"comfyui {server.name}")
                for server in self.servers
                for work in (server.run(), server.traces.run())
            ]
            try:
                await _within(self._patience.meet_s, [server.met() for server in self.servers])
                yield
            finally:
                reachable = [server for server in self.servers if server.reachable]
                await _within(self._patience.leave_s, [server.traces.remove_due() for server in reachable])
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def render(self, order: Order, report: Report) -> Picture:
        """Draw one picture.

        Raises:
            RendererAway: no server that could do it is within reach.
            RenderCrashed: this attempt failed.
            StyleBroken: no server can run the style, or its graph is wrong.
        """
        comes_again = False
        try:
            return await self._drawn(order, report)
        except RendererAway:
            comes_again = True
            raise
        finally:
            if not comes_again:
                for server in self.servers:
                    server.traces.release(order.job)

    async def scrub(self, jobs: Sequence[JobId]) -> int:
        """Remove what jobs left on any server; return how many places could not be reached yet.

        What a server that is away may hold is remembered, and removed when it comes back.
        """
        return sum([await self._scrub(server, job) for job in jobs for server in self.servers])

    async def _drawn(self, order: Order, report: Report) -> Picture:
        look_first = order.attempt > 1
        style = self.styles.entry(order.style)
        if style is None:
            raise StyleBroken("no-server")
        home = await self._holder(order.job) if look_first else None
        for loss in range(1, _LOSSES + 1):
            shunned = self._broke_on.get(order.job)
            server, recipe = await self._pool.take(style, home=home, shunned=shunned)
            at_server(server.name)
            try:
                rendering = Rendering(server, recipe, order, report, self._patience)
                return await self._on(server, rendering.run(look_first=look_first), order.job)
            except ServerAway:
                server.doubt()
                look_first, home = True, server
            finally:
                self._pool.give_back(server)
            await asyncio.sleep(self._patience.probe_pause(loss))
        raise RendererAway("flapping")

    async def _on(self, server: Server, drawing: Awaitable[Picture], job: JobId) -> Picture:
        """Draw on a server, and learn from it what the server is worth."""
        try:
            picture = await drawing
        except DeviceFailed:
            server.rest()
            self._note_broken(job, server)
            raise
        except MemoryFailed:
            with suppress(ComfyError):
                await server.client.free()
            self._note_broken(job, server)
            raise
        except ServerTrouble as error:
            self._note_broken(job, server)
            raise RenderCrashed(error.code) from error
        server.succeeded()
        return picture

    def _note_broken(self, job: JobId, server: Server) -> None:
        self._broke_on[job] = server
        while len(self._broke_on) > _REMEMBERED:
            self._broke_on.popitem(last=False)

    async def _holder(self, job: JobId) -> Server | None:
        """The server that has the job of an earlier try, if one within reach has."""
        servers = [server for server in self.servers if server.reachable]
        answers = await asyncio.gather(
            *(server.client.look_up(job) for server in servers), return_exceptions=True
        )
        for server, answer in zip(servers, answers, strict=True):
            if isinstance(answer, Standing) and answer.state in _WORTH_RETURNING:
                return server
        return None

    async def _scrub(self, server: Server, job: JobId) -> int:
        if job not in server.traces:
            if any(other.traces.was_removed(job) for other in self.servers):
                return 0
            server.traces.expect(job)
        server.traces.release(job)
        if server.reachable and await server.traces.remove(job):
            return 0
        return 1

    def _have_changed(self) -> None:
        self._pool.changed()
        self._tell()


async def _within(seconds: float, works: Iterable[Awaitable[None]]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.gather(*works)
