"""One process of the server: queue, history, caches, and the worker that runs jobs."""

import asyncio
import random
import string
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.comfyui.disk import Disk
from tests.fakes.comfyui.faults import Behaviour
from tests.fakes.comfyui.queue import Item, Queue
from tests.fakes.comfyui.run import Run, RunFailedError, RunInterruptedError
from tests.fakes.comfyui.sockets import Sockets

Json = dict[str, Any]

_LOOK_S = 0.005


@dataclass(slots=True)
class Render:
    """One execution, for tests. Times are of the monotonic clock; ``ended`` is 0 while it runs.

    ``cold`` is whether its models had to be loaded, ``graph`` what was submitted.
    """

    job: str
    client: str | None
    started: float
    ended: float = 0.0
    outcome: str = "running"
    cold: bool = False
    graph: Json = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Caches:
    """What a process remembers of earlier jobs.

    Attributes:
        results: For the signatures of executed nodes what they told: files, for output nodes.
        black: Signatures of samplings that gave NaN.
        models: The model files in memory.
        prefixes: The random part of the names that a preview node gives.
    """

    results: dict[str, Json] = field(default_factory=dict)
    black: set[str] = field(default_factory=set)
    models: frozenset[str] = frozenset()
    prefixes: dict[str, str] = field(default_factory=dict)


class Machine:
    """A process."""

    def __init__(self, disk: Disk, behaviour: Behaviour, renders: list[Render], seed: int) -> None:
        self.disk = disk
        self.behaviour = behaviour
        self.queue = Queue()
        self.sockets = Sockets()
        self.caches = Caches()
        self.history: dict[str, Json] = {}
        self.number = 0
        self.freed = 0
        self.interrupted = asyncio.Event()
        self.worker_died = False
        self.current: Run | None = None
        self._renders = renders
        self._random = random.Random(seed)

    async def run(self) -> None:
        """Publish and work until cancelled."""
        self._worker = asyncio.create_task(self._work())
        try:
            await self.sockets.publish()
        finally:
            self._worker.cancel()

    def kill_worker(self) -> None:
        """The worker's thread is gone; HTTP goes on answering."""
        self.worker_died = True
        self._worker.cancel()

    def submit(self, item: Item) -> None:
        """Queue a prompt."""
        self.queue.put(item)
        self.say_status()

    def say_status(self) -> None:
        """Tell everybody how long the queue is."""
        self.sockets.say("status", {"status": self.status()}, None)

    def status(self) -> Json:
        """The length of the queue."""
        return {"exec_info": {"queue_remaining": self.queue.remaining}}

    def interrupt(self, prompt_id: str | None) -> None:
        """Stop a job; without an id whatever runs."""
        running = self.queue.running
        if running is not None and prompt_id in {None, running[1]}:
            self.interrupted.set()

    def cancel(self, prompt_id: str) -> bool:
        """Stop a job wherever it is."""
        running = self.queue.running
        if running is not None and running[1] == prompt_id:
            self.interrupted.set()
            return True
        deleted = self.queue.delete(prompt_id)
        if deleted:
            self.say_status()
        return deleted

    def preview_prefix(self, node_id: str) -> str:
        """What PreviewImage puts before its numbers: random, kept as long as the node lives."""
        letters = "".join(self._random.choices(string.ascii_lowercase, k=5))
        return self.caches.prefixes.setdefault(node_id, f"ComfyUI_temp_{letters}")

    async def _work(self) -> None:
        while True:
            try:
                item = await self.queue.take()
            except TypeError:
                self.worker_died = True
                return
            self.say_status()
            await self._execute(item)

    async def _late(self) -> None:
        success = time.monotonic()
        while time.monotonic() < success + self.behaviour.history_late_s:  # noqa: ASYNC110 # may be set lower
            await asyncio.sleep(min(self.behaviour.history_late_s, _LOOK_S))

    async def _execute(self, item: Item) -> None:
        number, job, graph, extra, outputs = item
        client = extra.get("client_id")
        self.interrupted.clear()
        self.current = run = Run(self, job, client, graph, outputs, extra.get("preview_method", "none"))
        render = Render(job, client, time.monotonic(), graph=graph)
        self._renders.append(render)
        try:
            await run.execute()
            render.outcome = "success"
        except RunFailedError:
            render.outcome = "error"
        except RunInterruptedError:
            render.outcome = "interrupted"
        render.cold = run.cold
        await self._late()
        self.history[job] = run.entry(number, extra, success=render.outcome == "success")
        render.ended = time.monotonic()
        self.queue.running = None
        self.current = None
        self.say_status()
        if client is not None:
            self.sockets.say("executing", {"node": None, "prompt_id": job}, client)
