"""Which server gets a job: the least busy that can run it, and of several the one whose model is warm."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.errors import RendererAway, StyleBroken
from comfy.patience import Patience
from comfy.recipes import Recipe, StyleRecipes
from comfy.server import Health, Server

PLACES = 2
"""Jobs on a server: one runs, one waits behind it with its photo there, so that the GPU never waits for us.
More would be out of reach for the line's fairness."""


class Pool:
    """The servers, and who waits for a place on one."""

    def __init__(self, patience: Patience) -> None:
        """Begin without servers."""
        self.servers: Sequence[Server] = ()
        self._patience = patience
        self._change = asyncio.Event()

    @property
    def slots(self) -> int:
        """Jobs wanted at once."""
        return sum(PLACES for server in self.servers if server.health is Health.UP)

    def changed(self) -> None:
        """Something may be possible now that was not before."""
        self._change.set()
        self._change = asyncio.Event()

    def runs(self, style: StyleRecipes) -> bool:
        """Whether a server that is up can run the style."""
        return any(server.health is Health.UP and server.recipe(style) for server in self.servers)

    def may_run(self, style: StyleRecipes) -> bool:
        """Whether a server that was up once could run it then."""
        return any(server.recipe(style) for server in self.servers)

    async def take(
        self, style: StyleRecipes, *, home: Server | None, shunned: Server | None
    ) -> tuple[Server, Recipe]:
        """Take a place for a job; :meth:`give_back` it in the end.

        Args:
            style: What the job needs.
            home: Where the job is already: it is taken as soon as it is up, and without regard to places.
            shunned: Where the job broke the last time: taken only if there is no other.

        Raises:
            RendererAway: no server that could run it came back in time.
            StyleBroken: no server can run it.
        """
        clock = asyncio.get_running_loop()
        deadline: float | None = None
        while True:
            able = {
                server: recipe
                for server in self.servers
                if server.health is Health.UP and (recipe := server.recipe(style))
            }
            server = _choice(able, home, shunned)
            if server is not None:
                server.taken += 1
                return server, able[server]
            if able:
                deadline = None
            elif not self._could_come(style):
                raise StyleBroken("no-server")
            elif deadline is None:
                deadline = clock.time() + self._patience.away_s
            elif clock.time() >= deadline:
                raise RendererAway("away")
            await self._changes(deadline)

    def give_back(self, server: Server) -> None:
        """Free a place."""
        server.taken -= 1
        self.changed()

    def _could_come(self, style: StyleRecipes) -> bool:
        """Whether a server can run it, or is yet to be reached for the first time."""
        return any(server.types is None or server.recipe(style) for server in self.servers)

    async def _changes(self, deadline: float | None) -> None:
        change = self._change
        try:
            async with asyncio.timeout_at(deadline):
                await change.wait()
        except TimeoutError:
            return


def _choice(able: Mapping[Server, Recipe], home: Server | None, shunned: Server | None) -> Server | None:
    if home in able:
        return home
    free = [server for server in able if server.taken < PLACES]
    return min(free, key=lambda s: (s is shunned, s.taken, _coldness(s, able[s].models)), default=None)


def _coldness(server: Server, models: frozenset[str]) -> int:
    """0 where the models are in memory already, 1 where none are, 2 where others would be driven out."""
    if server.warm == models:
        return 0
    return 2 if server.warm else 1
