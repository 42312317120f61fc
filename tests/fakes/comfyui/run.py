"""One job on the machine, with all its messages in the order in which the real server sends them."""

import asyncio
import hashlib
import json
import time
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError

from tests.fakes.comfyui import pictures
from tests.fakes.comfyui.faults import Crash
from tests.fakes.comfyui.sockets import Preview

if TYPE_CHECKING:
    from tests.fakes.comfyui.machine import Machine

Json = dict[str, Any]

_EXCEPTIONS: dict[Crash, tuple[str, str]] = {
    "memory": (
        "torch.OutOfMemoryError",
        "Allocation on device 0 would exceed allowed memory. (out of memory)",
    ),
    "cuda": ("torch.AcceleratorError", "CUDA error: an illegal memory access was encountered"),
    "graph": ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (256x4096 and 768x3072)"),
    "disk": ("OSError", "[Errno 28] No space left on device: '/srv/comfyui/temp/x.png'"),
}
_MODEL_SUFFIX = ".safetensors"
_LOOK_S = 0.005


class RunFailedError(Exception):
    """A node raised."""


class RunInterruptedError(Exception):
    """Somebody stopped the job."""


class Run:
    """One job."""

    def __init__(
        self, machine: "Machine", job: str, client: str | None, graph: Json, outputs: list[str], preview: str
    ) -> None:
        self.job = job
        self.client = client
        self.node: str | None = None
        self.cold = False
        self._machine = machine
        self._graph = graph
        self._outputs = outputs
        self._previews = preview != "none"
        self._signatures: dict[str, str] = {}
        self._states: dict[str, Json] = {}
        self._done: list[str] = []
        self._results: dict[str, Json] = {}
        self._messages: list[list[Any]] = []

    async def execute(self) -> None:
        """Run the job to its end.

        Raises:
            RunFailedError: a node raised; all is told already.
            RunInterruptedError: it was stopped; all is told already.
        """
        started = time.monotonic()
        cached = [id_ for id_ in self._graph if self._signature(id_) in self._machine.caches.results]
        self._note("execution_start")
        self._note("execution_cached", nodes=cached)
        order = self._order(cached)
        try:
            await self._run_nodes(order, cached, started)
        except RunInterruptedError:
            self._note(
                "execution_interrupted",
                broadcast=True,
                node_id=self.node,
                node_type=self._graph[self.node or ""]["class_type"],
                executed=self._done,
            )
            raise
        self._note("execution_success")

    def entry(self, number: float, extra: Json, *, success: bool) -> Json:
        """What the history keeps."""
        status = {
            "status_str": "success" if success else "error",
            "completed": success,
            "messages": self._messages,
        }
        prompt = [number, self.job, self._graph, extra, self._outputs]
        return {"prompt": prompt, "outputs": self._results, "status": status, "meta": {}}

    async def _run_nodes(self, order: list[str], cached: list[str], started: float) -> None:
        for output in self._outputs:
            if output in cached:
                self._executed(output, self._machine.caches.results[self._signatures[output]])
        if not order:
            return
        seconds = self._seconds()
        drawn = await self._draw(order)
        slow = next((id_ for id_ in order if self._is_sampler(id_)), order[-1])
        for id_ in order:
            self._begin(id_)
            if id_ == slow:
                await self._take_time(id_, started, seconds, drawn)
            if id_ in drawn:
                self._executed(id_, self._save(id_, drawn[id_]))
            self._machine.caches.results[self._signature(id_)] = self._results.get(id_, {})
            self._finish(id_)

    def _seconds(self) -> float:
        behaviour, caches = self._machine.behaviour, self._machine.caches
        values = (value for node in self._graph.values() for value in node["inputs"].values())
        models = frozenset(v for v in values if isinstance(v, str) and v.endswith(_MODEL_SUFFIX))
        self.cold = bool(models) and models != caches.models
        caches.models = models or caches.models
        return behaviour.next_seconds() + (behaviour.cold_seconds if self.cold else 0.0)

    async def _draw(self, order: list[str]) -> dict[str, Image.Image]:
        """All pictures at once, beforehand: their time counts within the job's."""
        caches, behaviour = self._machine.caches, self._machine.behaviour
        for id_ in filter(self._is_sampler, order):
            if behaviour.nans > 0:
                behaviour.nans -= 1
                caches.black.add(self._signature(id_))
        black = frozenset(id_ for id_ in self._graph if self._signature(id_) in caches.black)
        disk = self._machine.disk
        outputs = [id_ for id_ in order if self._graph[id_]["class_type"] in {"SaveImage", "PreviewImage"}]

        def draw() -> dict[str, Image.Image]:
            drawn = {id_: pictures.render(self._graph, id_, disk, black) for id_ in outputs}
            return {id_: behaviour.spoil(picture) for id_, picture in drawn.items()}

        try:
            return await asyncio.to_thread(draw)
        except UnidentifiedImageError as error:
            loader = next(id_ for id_ in order if self._graph[id_]["class_type"] == "LoadImage")
            self._begin(loader)
            raise self._crash("PIL.UnidentifiedImageError", str(error)) from error

    async def _take_time(
        self, id_: str, started: float, seconds: float, drawn: dict[str, Image.Image]
    ) -> None:
        steps = int(self._graph[id_]["inputs"].get("steps", 1)) if self._is_sampler(id_) else 1
        for step in range(1, steps + 1):
            await self._sleep_until(started + seconds * step / steps)
            await self._held_at(step / steps)
            if self._machine.behaviour.crashes:
                raise self._crash(*_EXCEPTIONS[self._machine.behaviour.crashes.pop(0)])
            if self._is_sampler(id_):
                self._show(id_, drawn)
                data = {"value": step, "max": steps, "prompt_id": self.job, "node": id_}
                self._machine.sockets.say("progress", data, self.client)

    async def _sleep_until(self, at: float) -> None:
        try:
            async with asyncio.timeout(max(at - time.monotonic(), 0.0)):
                await self._machine.interrupted.wait()
        except TimeoutError:
            return
        raise RunInterruptedError

    async def _held_at(self, share: float) -> None:
        while share > self._machine.behaviour.hold:
            await self._sleep_until(time.monotonic() + _LOOK_S)

    def _show(self, id_: str, drawn: dict[str, Image.Image]) -> None:
        if self._previews and drawn:
            about = {"node_id": id_, "prompt_id": self.job, "image_type": "image/jpeg"}
            picture = next(iter(drawn.values()))
            jpeg = pictures.preview_jpeg(picture, self._machine.behaviour.preview_bytes)
            self._machine.sockets.show(Preview(about, jpeg), self.client)

    def _save(self, id_: str, picture: Image.Image) -> Json:
        node = self._graph[id_]
        is_temp = node["class_type"] == "PreviewImage"
        prefix = self._machine.preview_prefix(id_) if is_temp else node["inputs"]["filename_prefix"]
        data = pictures.png(picture, self._graph)
        place = self._machine.disk.save("temp" if is_temp else "output", prefix, data)
        return {"images": [{"filename": place.name, "subfolder": place.subfolder, "type": place.folder}]}

    def _order(self, cached: list[str]) -> list[str]:
        """Nodes that have to run, sources first."""
        order: list[str] = []

        def visit(id_: str) -> None:
            if id_ in cached or id_ in order:
                return
            for source in pictures.links(self._graph[id_]):
                visit(source)
            order.append(id_)

        for output in self._outputs:
            visit(output)
        return order

    def _signature(self, id_: str) -> str:
        """What a node's result depends on; of a photo its bytes count, too."""
        if id_ not in self._signatures:
            node = self._graph[id_]
            inputs = {
                name: [self._signature(value[0]), value[1]] if pictures.is_link(value) else value
                for name, value in sorted(node["inputs"].items())
            }
            photo = b""
            if node["class_type"] == "LoadImage":
                photo = self._machine.disk.load(node["inputs"]["image"]) or b""
            text = json.dumps([node["class_type"], inputs]).encode()
            self._signatures[id_] = hashlib.sha256(text + hashlib.sha256(photo).digest()).hexdigest()
        return self._signatures[id_]

    def _is_sampler(self, id_: str) -> bool:
        return self._graph[id_]["class_type"] in pictures.SAMPLERS

    def _begin(self, id_: str) -> None:
        self.node = id_
        self._tell_state(id_, 0.0, "running")
        if self.client is not None:
            data = {"node": id_, "display_node": id_, "prompt_id": self.job}
            self._machine.sockets.say("executing", data, self.client)

    def _finish(self, id_: str) -> None:
        self._done.append(id_)
        self._tell_state(id_, 1.0, "finished")

    def _tell_state(self, id_: str, value: float, state: str) -> None:
        self._states[id_] = {
            "value": value,
            "max": 1.0,
            "state": state,
            "node_id": id_,
            "prompt_id": self.job,
        }
        data = {"prompt_id": self.job, "nodes": dict(self._states)}
        self._machine.sockets.say("progress_state", data, self.client)

    def _executed(self, id_: str, output: Json) -> None:
        self._results[id_] = output
        if self.client is not None and output:
            data = {"node": id_, "display_node": id_, "output": output, "prompt_id": self.job}
            self._machine.sockets.say("executed", data, self.client)

    def _crash(self, exception_type: str, message: str) -> RunFailedError:
        self._note(
            "execution_error",
            node_id=self.node,
            node_type=self._graph[self.node or ""]["class_type"],
            executed=self._done,
            exception_type=exception_type,
            exception_message=message,
            traceback=['  File "/srv/comfyui/execution.py", line 543, in execute\n'],
        )
        return RunFailedError(exception_type)

    def _note(self, kind: str, *, broadcast: bool = False, **data: object) -> None:
        """Tell, and keep for the history. Without a client only broadcasts are told."""
        told = {"prompt_id": self.job, **data, "timestamp": int(time.time() * 1000)}
        self._messages.append([kind, told])
        if self.client is not None or broadcast:
            self._machine.sockets.say(kind, told, None if broadcast else self.client)
