"""One ComfyUI server as we live with it: reached, checked, listened to, lost and found again.

::

    unknown ──► up ◄──► away          away: it doesn't answer; probed with a growing pause
                │  ▲
                ▼  │
          stuck, resting              stuck: its worker thread is dead (jobs wait, none runs); only its
                                      restart helps. resting: its GPU failed; left alone for a while

One socket a server, opened before the first submit. The old one is closed before a new one is opened: of two
with the same client id the newer gets all, until the older closes; then it goes deaf without a word (ComfyUI
issue 16010).
"""

import asyncio
import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import Enum
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from comfy.answers import Queue, System
from comfy.client import Client, ComfyError
from comfy.ears import Ears, Signal
from comfy.menu import Menu, check_styles
from comfy.nodes import NodeTypes
from comfy.patience import Patience
from comfy.policy import SHIPPED_POLICY, NodePolicy
from comfy.protocol import FEATURE_FLAGS, Executing, Started, read_frame
from comfy.recipes import Recipe, StyleRecipes
from comfy.shapes import MalformedError
from comfy.traces import Traces

log = logging.getLogger(__name__)

_SOCKET_TROUBLE = (OSError, WebSocketException, TimeoutError)


class Health(Enum):
    """Whether a server can be given jobs; the value is for people."""

    UNKNOWN = "never reached"
    UP = "up"
    AWAY = "away"
    STUCK = "its worker is dead: restart ComfyUI"
    RESTING = "its GPU failed"


class Server:
    """One server.

    Attributes:
        name: Host and port, for logs and people.
        client: Its HTTP side.
        ears: Who listens to it.
        traces: What our jobs have left on it.
        menu: What it can run, as of the last time that it was reached.
        system: What it said about itself then; None before.
        heard_at: When it said that, by the loop's clock.
        types: Its nodes, and with them its models, as of then.
        health: Whether it can be given jobs.
        taken: Jobs of ours that it holds or is about to get.
        warm: The models of the job it was given last.
    """

    def __init__(
        self,
        url: str,
        styles: Sequence[StyleRecipes],
        patience: Patience,
        changed: Callable[[], None],
        policy: NodePolicy = SHIPPED_POLICY,
    ) -> None:
        """Take its root URL, the styles to hold against it, and whom to tell when its health changes."""
        self.name = urlsplit(url).netloc.rpartition("@")[2]
        client_id = str(uuid.uuid4())
        self.client = Client(url, client_id, patience)
        self.ears = Ears()
        self.traces = Traces(self.client, self.name)
        self.menu = Menu()
        self.system: System | None = None
        self.health = Health.UNKNOWN
        self.taken = 0
        self.warm: frozenset[str] = frozenset()
        self.heard_at: float | None = None
        self.types: NodeTypes | None = None
        self._styles = styles
        self._policy = policy
        self._patience = patience
        self._changed = changed
        self._socket_url = _socket_url(url, client_id)
        self._doubted = asyncio.Event()
        self._met = asyncio.Event()
        self._device_failures = 0

    async def run(self) -> None:
        """Reach the server, listen, and begin anew whenever it is lost; until cancelled."""
        failures = 0
        while True:
            try:
                await self._learn()
                await self._listen()
                failures = 0
            except (ComfyError, *_SOCKET_TROUBLE) as error:
                failures += 1
                self._become(Health.AWAY, type(error).__name__)
            except Exception:  # the top of a worker: a server is never given up
                failures += 1
                log.exception("comfyui %s: unexpected", self.name)
                self._become(Health.AWAY)
            await asyncio.sleep(self._patience.probe_pause(max(failures, 1)))

    async def met(self) -> None:
        """Wait until it is known for the first time whether the server is there."""
        await self._met.wait()

    def adopt(self, styles: Sequence[StyleRecipes]) -> None:
        """Hold other styles against it from now on; those that it knows already are not checked again."""
        self._styles = styles
        if self.types is not None:
            self.menu = check_styles(styles, self.types, self._policy, self.menu)

    async def learn_again(self) -> None:
        """Ask what its nodes and models are now: they change while it runs, and it doesn't say so.

        Raises:
            ComfyError: it doesn't answer, or not as it should.
        """
        types = await self.client.node_types()
        if types != self.types:
            self._taste(types)
            self._changed()

    def recipe(self, entry: StyleRecipes) -> Recipe | None:
        """How it would draw a style, also one that is replaced by now but that a job began with."""
        if entry not in self.menu.verdicts and self.types is not None:
            self.menu = check_styles([entry, *self.menu.verdicts], self.types, self._policy, self.menu)
        return self.menu.recipe(entry)

    def doubt(self) -> None:
        """Have the server checked and its socket reopened: it did not say what it should have said."""
        if self.health is not Health.STUCK:
            self._doubted.set()

    def rest(self) -> None:
        """Leave it alone for a while: its GPU or driver failed, and may go on failing."""
        self._device_failures += 1
        seconds = self._patience.rest(self._device_failures)
        self._become(Health.RESTING, f"for {seconds:g} s")
        asyncio.get_running_loop().call_later(seconds, self._rested)

    def succeeded(self) -> None:
        """A job has succeeded: its GPU works."""
        self._device_failures = 0

    def stuck(self) -> None:
        """Its worker is dead."""
        self._become(Health.STUCK)

    async def refresh(self) -> None:
        """Ask how much memory it has left; what it doesn't answer stays as it was said last."""
        if self.reachable:
            with suppress(ComfyError):
                self.system = await self.client.system()

    @property
    def ready(self) -> bool:
        """Whether it can be given jobs."""
        return self.health is Health.UP

    @property
    def memory(self) -> tuple[int, int] | None:
        """Free and total bytes of the memory that it renders in, as it last said; None when it hasn't."""
        devices = self.system.devices if self.system else ()
        if not devices:
            return None
        return sum(one.memory_free for one in devices), sum(one.memory for one in devices)

    @property
    def reachable(self) -> bool:
        """Whether it answers, even if it can't be given jobs."""
        return self.health not in {Health.UNKNOWN, Health.AWAY}

    @property
    def quiet_for(self) -> float:
        """Seconds since the last frame of its socket."""
        return asyncio.get_running_loop().time() - self.ears.heard_at

    def _rested(self) -> None:
        if self.health is Health.RESTING:
            self._become(Health.UP)

    async def _learn(self) -> None:
        """Ask what the server is and can; cheap enough to be done at every new beginning."""
        self._doubted.clear()
        self.system = await self.client.learn()
        self.heard_at = asyncio.get_running_loop().time()
        self._taste(await self.client.node_types())

    def _taste(self, types: NodeTypes) -> None:
        self.types = types
        self.menu = check_styles(self._styles, types, self._policy)

    async def _listen(self) -> None:
        """Open the socket and hand on what it says, until it ends or somebody doubts it."""
        async with connect(
            self._socket_url,
            max_size=None,
            max_queue=None,
            compression=None,
            proxy=None,
            open_timeout=self._patience.connect_s,
            ping_interval=self._patience.ping_s,
            ping_timeout=self._patience.ping_s,
            close_timeout=self._patience.probe_most_s,
        ) as socket:
            await socket.send(FEATURE_FLAGS)
            await self._opened()
            reader = asyncio.create_task(self._read(socket))
            doubter = asyncio.create_task(self._doubted.wait())
            try:
                await asyncio.wait({reader, doubter}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                reader.cancel()
                doubter.cancel()

    async def _opened(self) -> None:
        self.ears.heard_at = asyncio.get_running_loop().time()
        if await self.is_stuck():
            self.stuck()
        elif self.health is not Health.RESTING:
            self._become(Health.UP, self.system.version if self.system else "")
        self.ears.signal(Signal.REOPENED)

    async def is_stuck(self) -> bool:
        """Whether the same jobs wait, and none runs, at two looks with a pause in between."""
        before = await self.client.queue()
        if not before.stuck:
            return False
        await asyncio.sleep(self._patience.stuck_s)
        return _same_wait(before, await self.client.queue())

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for frame in socket:
                self._hear(frame)

    def _hear(self, frame: str | bytes) -> None:
        try:
            message = read_frame(frame)
        except MalformedError as error:
            log.debug("comfyui %s: %s", self.name, error)
            return
        if self.health is Health.STUCK and isinstance(message, Started | Executing):
            self._become(Health.UP)
        self.ears.hear(message)

    def _become(self, health: Health, detail: str = "") -> None:
        self._met.set()
        if health is self.health:
            return
        level = logging.INFO if health is Health.UP else logging.WARNING
        log.log(level, "comfyui %s: %s %s", self.name, health.value, detail)
        self.health = health
        if health in {Health.AWAY, Health.STUCK}:
            self.ears.signal(Signal.AWAY)
        else:
            self.traces.wake()
        self._changed()


def _same_wait(before: Queue, after: Queue) -> bool:
    return after.stuck and not set(before.pending).isdisjoint(after.pending)


def _socket_url(url: str, client_id: str) -> str:
    parts = urlsplit(url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    return f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}/ws?clientId={client_id}"
