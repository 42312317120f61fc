"""One render on one server, step by step and with a clock: what the doctor does to know that a server works.

The graph needs no model (``comfy-pixel``), so it runs on every ComfyUI; its picture of the sample portrait is
known. Photo, picture, prompt and history are removed in the end, and looked for afterwards.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import resources

from bot.errors import RenderError
from bot.nouns import JobId, Order, Picture, StyleId
from comfy.answers import Standing, State, write_load_name
from comfy.catalogue import load_catalogue
from comfy.client import ComfyError, Refused, ServerTrouble
from comfy.ears import Ear, Signal
from comfy.protocol import Executing, Failed, FileRef, Interrupted, Message, Output, Started, Succeeded
from comfy.recipes import Recipe, load_recipes
from comfy.server import Server
from comfy.traces import Trace, upload_of

PREFLIGHT = StyleId("comfy-pixel")
SEED = 7
MOST_S = 120.0  # waiting behind other jobs included
POLL_S = 1.0  # where the socket is silent


class PreflightFailed(RenderError):
    """There is no picture; ``cause`` is refused, failed, interrupted, lost, timeout or no-picture."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Seconds: of the upload, from the submit to the start, of the run, of fetching and of scrubbing."""

    upload: float = 0.0
    wait: float = 0.0
    run: float = 0.0
    fetch: float = 0.0
    scrub: float = 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A render that came to its end.

    Attributes:
        steps: How long each step took.
        clean: Whether nothing of it can be found on the server any more.
    """

    picture: Picture
    steps: Steps
    clean: bool


def preflight_recipe() -> Recipe:
    """The graph that runs everywhere.

    Raises:
        SetupError: the catalogue lacks it.
    """
    style = next(entry for entry in load_catalogue().graphs if entry.style.id == PREFLIGHT)
    return load_recipes([style])[0].recipes[0]


def reference_picture() -> bytes:
    """What the graph makes of the sample portrait, one pixel a cell; how made: docs/comfyui.md."""
    return resources.files("comfy").joinpath("preflight.png").read_bytes()


@asynccontextmanager
async def company(server: Server, meet_s: float) -> AsyncIterator[None]:
    """Learn what a server can do and listen to it while the block runs; it may turn out to be away."""
    listening = asyncio.create_task(server.run(), name=f"comfyui {server.name}")
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(meet_s):
                await server.met()
        yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def try_out(server: Server, recipe: Recipe, photo: bytes, job: JobId) -> Trial:
    """Render once on a server that is being listened to.

    Args:
        server: In :func:`company`, and with its client open.
        recipe: What to render.
        photo: A JPEG.
        job: A fresh id.

    Raises:
        PreflightFailed: the server gave no picture.
        ComfyError: the server was lost, or its answers make no sense.
    """
    attempt = _Attempt(server, recipe, Order(job, 1, recipe.style.id, photo, SEED, previews=False))
    trace = await server.traces.claim(job)
    try:
        async with asyncio.timeout(MOST_S):
            picture = await attempt.picture(trace)
    except TimeoutError as error:
        raise PreflightFailed("timeout") from error
    finally:
        began = time.monotonic()
        files = tuple(trace.files)
        server.traces.release(job)
        removed = await server.traces.remove(job)
        scrub_s = time.monotonic() - began
    clean = removed and await _is_gone(server, job, files)
    return Trial(picture, replace(attempt.steps, scrub=scrub_s), clean)


@dataclass(slots=True)
class _Attempt:
    """One job on its way."""

    server: Server
    recipe: Recipe
    order: Order
    steps: Steps = Steps()
    started: float = 0.0
    outputs: dict[str, tuple[FileRef, ...]] = field(default_factory=dict)

    async def picture(self, trace: Trace) -> Picture:
        client, clock = self.server.client, _clock()
        wanted = upload_of(self.order.job)
        trace.files.add(wanted)
        uploaded = await client.upload(wanted.name, self.order.photo)
        trace.files.add(uploaded)
        self.steps = replace(self.steps, upload=clock())
        with self.server.ears.listening(self.order.job) as ear:
            graph = self.recipe.bound(self.order, write_load_name(uploaded))
            try:
                await client.submit(self.order.job, graph, previews=False)
            except Refused as error:
                raise PreflightFailed("refused") from error
            submitted = time.monotonic()
            await self._followed(ear)
            ended = time.monotonic()
        trace.over = True
        trace.files.update(file for files in self.outputs.values() for file in files)
        started = self.started or submitted
        self.steps = replace(self.steps, wait=started - submitted, run=ended - started)
        return await self._fetched()

    async def _followed(self, ear: Ear) -> None:
        """Listen until the job is over; where there is nothing to hear, ask."""
        while True:
            heard = await ear.next(POLL_S)
            if heard is Signal.AWAY:
                raise PreflightFailed("lost")
            if heard is None or heard is Signal.REOPENED:
                standing = await self._standing()
                if standing.state is State.ABSENT:
                    raise PreflightFailed("lost")
                if self._is_over(standing):
                    return
            elif not isinstance(heard, Signal) and self._hear(heard) and await self._outputs_known():
                return

    def _hear(self, message: Message) -> bool:
        """Take a message; return whether the job has succeeded."""
        match message:
            case Started() | Executing():
                self.started = self.started or time.monotonic()
            case Output(node=node, files=files):
                self.outputs[node] = files
            case Failed():
                raise PreflightFailed("failed")
            case Interrupted():
                raise PreflightFailed("interrupted")
        return isinstance(message, Succeeded)

    async def _outputs_known(self) -> bool:
        """Whether the result was heard of; else the history is asked, which may be late."""
        return self.recipe.bindings.output in self.outputs or self._is_over(await self._standing())

    async def _standing(self) -> Standing:
        return await self.server.client.look_up(self.order.job)

    def _is_over(self, standing: Standing) -> bool:
        if standing.state in {State.FAILED, State.INTERRUPTED}:
            raise PreflightFailed(standing.state.name.lower())
        if standing.state is State.RUNNING:
            self.started = self.started or time.monotonic()
        self.outputs.update(standing.outputs)
        return standing.state is State.SUCCEEDED

    async def _fetched(self) -> Picture:
        clock = _clock()
        files = self.outputs.get(self.recipe.bindings.output)
        if not files:
            raise PreflightFailed("no-picture")
        picture = await self.server.client.view(files[0])
        self.steps = replace(self.steps, fetch=clock())
        return picture


def _clock() -> Callable[[], float]:
    began = time.monotonic()
    return lambda: time.monotonic() - began


async def _is_gone(server: Server, job: JobId, files: tuple[FileRef, ...]) -> bool:
    """Whether neither a file can be seen as a picture, nor the history knows the job."""
    try:
        standing = await server.client.look_up(job)
        return standing.state is State.ABSENT and not any([await _shows(server, file) for file in files])
    except ComfyError:
        return False


async def _shows(server: Server, file: FileRef) -> bool:
    try:
        await server.client.view(file)
    except ServerTrouble:
        return False
    return True
