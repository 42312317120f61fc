"""The fake as tests hold it: a server in a thread of its own, and everything that can be done to it."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.fakes.closing import close, settled
from tests.fakes.comfyui.app import make_app
from tests.fakes.comfyui.disk import Disk
from tests.fakes.comfyui.faults import Behaviour, Fault
from tests.fakes.comfyui.machine import Machine, Render
from tests.fakes.comfyui.schemas import load_types
from tests.fakes.comfyui.wire import Wire

T = TypeVar("T")

FLUX_ALL_IN_ONE = {"checkpoints": ["flux1-schnell-fp8.safetensors"]}
FLUX_SPLIT = {
    "diffusion_models": ["flux1-schnell.safetensors"],
    "text_encoders": ["clip_l.safetensors", "t5xxl_fp8_e4m3fn.safetensors"],
    "vae": ["ae.safetensors"],
}
_FOLDERS = ("checkpoints", "diffusion_models", "text_encoders", "vae", "loras", "controlnet")


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came in."""

    at: float
    method: str
    path: str


class _Server(uvicorn.Server):
    """Ends at once, not at the next tenth of a second."""

    def __init__(self, config: uvicorn.Config, ended: asyncio.Event) -> None:
        super().__init__(config)
        self._ended = ended

    async def main_loop(self) -> None:
        await self._ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            await close(server)
        for listener in sockets or ():
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(100):
            if not self.server_state.connections:
                return
            await asyncio.sleep(0.002)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await settled()


class FakeComfyUI:
    """A server for as long as the context lasts.

    Attributes:
        behaviour: How jobs go.
        faults: What happens to requests.
        disk: Its files; they outlive a restart, but for temp.
        seen: Requests by HTTP, without those for the websocket.
        renders: Executions, over all restarts.
        wire: The network before it.
    """

    def __init__(
        self,
        *,
        version: str = "0.28.1",
        port: int = 0,
        models: Mapping[str, Sequence[str]] = FLUX_ALL_IN_ONE,
        behaviour: Behaviour | None = None,
        max_upload: int = 104_857_600,
        seed: int = 1,
    ) -> None:
        self.version = version
        self.max_upload = max_upload
        self.behaviour = behaviour or Behaviour()
        self.faults: list[Fault] = []
        self.disk = Disk()
        self.seen: list[Seen] = []
        self.renders: list[Render] = []
        self.models: dict[str, list[str]] = {folder: list(models.get(folder, ())) for folder in _FOLDERS}
        self.types = load_types(version, self.models)
        self._seed = seed
        self._port = port
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._live, name="fake comfyui", daemon=True)

    @property
    def url(self) -> str:
        """Its root."""
        return f"http://127.0.0.1:{self.wire.port}"

    @property
    def requests(self) -> list[str]:
        """What came in, as ``METHOD /path``."""
        return [f"{seen.method} {seen.path}" for seen in self.seen]

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.result(timeout=60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(timeout=60)

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return not self._process.done()

    def stop(self) -> None:
        """The process ends: it refuses, and all its connections break."""
        self._do(self._stop())

    def start(self) -> None:
        """A new process begins: queue, history, caches and temp are empty."""
        self._do(self._start())

    def restart(self, down_s: float = 0.0) -> None:
        """Stop now, and start again after some seconds; doesn't wait for that."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.call_later, down_s, self._start_later)

    def refuse(self) -> None:
        """Refuse new connections."""
        self._do(self.wire.refuse())

    def accept(self) -> None:
        """Take connections again."""
        self._do(self.wire.accept())

    def freeze(self, *, frozen: bool = True) -> None:
        """Let nothing pass, in either way."""
        self._call(partial(self.wire.freeze, frozen=frozen))

    def drop_sockets(self) -> None:
        """Cut all websockets."""
        for connection in list(self.machine.sockets.all):
            self._call(partial(self.wire.reset, connection.port))

    def deafen(self) -> None:
        """What the closing of an older socket does to the newer ones: nothing reaches them any more."""
        self._call(self.machine.sockets.by_id.clear)

    def kill_worker(self) -> None:
        """The worker's thread is gone; HTTP goes on answering."""
        self._call(self.machine.kill_worker)

    def set_models(self, models: Mapping[str, Sequence[str]]) -> None:
        """Other model files lie on its disk now."""
        self.models = {folder: list(models.get(folder, ())) for folder in _FOLDERS}
        self.types = load_types(self.version, self.models)

    def busy_s(self) -> float:
        """Seconds spent in renders."""
        return sum((render.ended or time.monotonic()) - render.started for render in self.renders)

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    def _call(self, work: Callable[[], object]) -> None:
        async def called() -> None:
            work()

        self._do(called())

    def _start_later(self) -> None:
        self._starting = self._loop.create_task(self._start())

    async def _stop(self) -> None:
        await self.wire.refuse()
        self.wire.reset_all()
        self._process.cancel()
        await asyncio.gather(self._process, return_exceptions=True)
        for render in self.renders:
            if render.outcome == "running":
                render.outcome, render.ended = "killed", time.monotonic()

    async def _start(self) -> None:
        self.disk.restart()
        self._seed += 1
        self._new_process()
        await self.wire.accept()

    def _new_process(self) -> None:
        self.machine = Machine(self.disk, self.behaviour, self.renders, self._seed)
        self._process = asyncio.get_running_loop().create_task(self.machine.run())

    def _live(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._ready.done():
                self._ready.set_exception(error)
            raise

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._new_process()
        config = uvicorn.Config(
            self._with_faults(make_app(self)),
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
            ws_max_size=2**30,
            ws_ping_interval=None,
            timeout_graceful_shutdown=1,
        )
        cut_off = asyncio.Event()
        server = _Server(config, cut_off)
        # asyncio turns Nagle's algorithm off only where the protocol is named; else each answer takes 40 ms
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        self.wire = Wire(self._port, listener.getsockname()[1])
        await self.wire.accept()
        self._ready.set_result(None)
        await self._ended.wait()
        await self.wire.close()
        cut_off.set()  # only now: whoever still came through the wire would be forgotten
        self._process.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(serving, self._process, return_exceptions=True)

    def _with_faults(self, app: ASGIApp) -> ASGIApp:
        async def faulty(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            method, path = scope["method"], scope["path"]
            self.seen.append(Seen(time.monotonic(), method, path))
            fault = next((fault for fault in self.faults if fault.strikes(method, path)), None)
            if fault is None:
                await app(scope, receive, send)
            else:
                await self._strike(fault, app, (scope, receive, send))

        return faulty

    async def _strike(self, fault: Fault, app: ASGIApp, call: tuple[Scope, Receive, Send]) -> None:
        scope, receive, send = call

        async def swallow(_message: Message) -> None:
            return

        match fault.kind:
            case "hang":
                await self._ended.wait()
            case "error-500":
                start = {
                    "type": "http.response.start",
                    "status": 500,
                    "headers": [(b"content-type", b"text/plain")],
                }
                await send(start)
                await send({"type": "http.response.body", "body": b"500 Internal Server Error"})
                return
            case "reset-after":
                await app(scope, receive, swallow)
        self.wire.reset(scope["client"][1])
