"""One job on one server: upload, submit, follow, fetch, check.

Three requests while the socket works: upload, prompt, view. A submit whose outcome is unknown is never
repeated before the job was looked up; what a restart of the server took away is done again.
"""

import asyncio
import logging

from bot.errors import RenderCrashed, StyleBroken
from bot.nouns import Order, Picture, Progress
from bot.ports import Report
from comfy.answers import ABSENT, Rejection, Standing, State, write_load_name
from comfy.blame import Blame, blame_crash, blame_rejection
from comfy.client import Refused, ServerAway, ServerTrouble
from comfy.ears import Ear, Signal
from comfy.pace import Pace
from comfy.patience import Patience
from comfy.pictures import NotAPictureError, check_picture
from comfy.protocol import Crash, Failed, FileRef, Interrupted, Message, Output, Preview, Succeeded
from comfy.recipes import Recipe
from comfy.server import Server
from comfy.traces import Trace, fresh_upload_of, upload_of

log = logging.getLogger(__name__)

_SUBMITS = 3  # on one server that keeps losing the job; then the line decides
_TO_SUBMIT = {State.ABSENT, State.FAILED, State.INTERRUPTED}
_STALE = Standing(State.FAILED)
"""Of a job whose earlier result can't be used: it has to be forgotten before it is submitted again."""


class _Lost(Exception):
    """The job has to be submitted again; ``standing`` is what the server may still know of it."""

    def __init__(self, standing: Standing = ABSENT) -> None:
        super().__init__()
        self.standing = standing


class DeviceFailed(RenderCrashed):
    """The server's GPU or driver broke: it should be left alone for a while."""


class MemoryFailed(RenderCrashed):
    """The server had too little memory."""


class Rendering:
    """One job on one server."""

    def __init__(
        self, server: Server, recipe: Recipe, order: Order, report: Report, patience: Patience
    ) -> None:
        """Take where, what, for whom, and whom to tell."""
        self._server = server
        self._client = server.client
        self._recipe = recipe
        self._order = order
        self._report = report
        self._patience = patience
        self._trace = Trace()
        self._pace = Pace(recipe.graph.only(recipe.bindings.output))
        self._outputs: dict[str, tuple[FileRef, ...]] = {}
        self._submits = 0
        self._heard_any = False
        self._polled_at = 0.0

    async def run(self, *, look_first: bool) -> Picture:
        """Render.

        Args:
            look_first: Whether an earlier submit may have happened here.

        Raises:
            ServerAway: the server was lost in the middle of it; the job may still be there.
            ServerTrouble: the server's answers make no sense.
            RenderCrashed: the job failed there.
            StyleBroken: the server refused the graph, or the graph failed.
        """
        try:
            async with asyncio.timeout(self._patience.render_s):
                return await self._submit_and_follow(look_first=look_first)
        except TimeoutError as error:
            raise RenderCrashed("timeout") from error

    async def _submit_and_follow(self, *, look_first: bool) -> Picture:
        await self._claim_trace()
        standing = await self._client.look_up(self._order.job) if look_first else ABSENT
        while True:
            with self._server.ears.listening(self._order.job) as ear:
                try:
                    if standing.state in _TO_SUBMIT:
                        standing = await self._submit(standing)
                    await self._follow(ear, standing)
                    return await self._fetch()
                except _Lost as lost:
                    if self._submits == _SUBMITS:
                        raise RenderCrashed("lost") from lost
                    standing = lost.standing

    async def _claim_trace(self) -> None:
        job = self._order.job
        self._trace = await self._server.traces.claim(job)
        if self._order.attempt > 1:
            self._trace.strange = True
            self._trace.files.add(upload_of(job))

    async def _submit(self, earlier: Standing) -> Standing:
        """Upload and queue, once.

        Raises:
            _Lost: an unanswered submit didn't arrive, or a restart took the photo away in between.
        """
        job = self._order.job
        self._submits += 1
        self._outputs.clear()
        self._trace.over = False
        if earlier.state is not State.ABSENT:
            self._trace.files.update(await self._client.leavings(job))
            await self._client.forget(job)
        graph = self._recipe.bound(self._order, write_load_name(await self._upload()))
        try:
            await self._client.submit(job, graph, previews=self._order.previews)
        except ServerAway as error:
            if not error.sent:
                raise
            return await self._look()
        except Refused as error:
            raise self._refusal(error.rejection) from error
        self._server.warm = self._recipe.models
        return Standing(State.PENDING)

    async def _upload(self) -> FileRef:
        again = self._order.attempt > 1 or bool(self._trace.files)
        wanted = fresh_upload_of(self._order.job) if again else upload_of(self._order.job)
        self._trace.files.add(wanted)
        try:
            file = await self._client.upload(wanted.name, self._order.photo)
        except Refused as error:
            raise RenderCrashed(f"upload-{error.rejection.kind}") from error
        self._trace.files.add(file)
        return file

    async def _follow(self, ear: Ear, standing: Standing) -> None:
        """Listen, and poll when there is nothing to hear, until the outputs are known.

        Raises:
            _Lost: the server doesn't know the job any more.
            ServerAway: it can't be reached, or its worker is dead.
        """
        while not self._is_done(standing):
            heard = await ear.next(self._poll_in(ear))
            if heard is Signal.AWAY:
                raise ServerAway(sent=True)
            if heard is None or heard is Signal.REOPENED:
                standing = await self._look()
                self._mistrust(ear, standing)
                await self._see_to_worker(standing)
            elif not isinstance(heard, Signal):
                self._heard_any = True
                if self._hear(heard):
                    standing = await self._finished()

    def _is_done(self, standing: Standing) -> bool:
        if standing.over:
            self._trace.over = True
        for files in standing.outputs.values():
            self._trace.files.update(files)
        match standing.state:
            case State.SUCCEEDED:
                self._outputs.update(standing.outputs)
                return True
            case State.FAILED:
                raise self._failure(standing.crash)
            case State.INTERRUPTED:
                raise RenderCrashed("interrupted")
            case _:
                return False

    def _hear(self, message: Message) -> bool:
        """Take a message; return whether it was the last that is needed."""
        match message:
            case Output(node=node, files=files):
                self._outputs[node] = files
                self._trace.files.update(files)
            case Preview(data=data, media_type=media_type):
                if self._order.previews:
                    self._report(Progress(self._pace.share, Picture(data, media_type)))
            case Failed(crash=crash):
                self._trace.over = True
                raise self._failure(crash)
            case Interrupted():
                self._trace.over = True
                raise RenderCrashed("interrupted")
            case Succeeded():
                return True
            case _ if self._pace.hear(message):
                self._report(Progress(self._pace.share))
        return False

    async def _finished(self) -> Standing:
        """After success: the outputs as heard, or from the history, which may be late."""
        if self._recipe.bindings.output in self._outputs:
            return Standing(State.SUCCEEDED, dict(self._outputs))
        while True:
            standing = await self._look()
            if standing.over:
                return standing
            await asyncio.sleep(self._patience.late_s)

    async def _look(self) -> Standing:
        standing = await self._client.look_up(self._order.job)
        self._polled_at = asyncio.get_running_loop().time()
        if standing.state is State.ABSENT:
            raise _Lost
        return standing

    def _poll_in(self, ear: Ear) -> float:
        """Seconds until a poll is due: when the server is silent, or talks only of others."""
        patience = self._patience
        if self._submits == 0 and not self._heard_any:
            return patience.unheard_s
        server_due = max(self._server.ears.heard_at, self._polled_at) + patience.quiet_s
        job_due = max(ear.heard_at, self._polled_at) + patience.job_quiet_s
        return max(min(server_due, job_due) - asyncio.get_running_loop().time(), 0.0)

    def _mistrust(self, ear: Ear, standing: Standing) -> None:
        """Doubt a socket that kept silent about what the poll has found; of jobs it would have told us."""
        is_news = standing.over or (standing.state is State.RUNNING and not self._heard_any)
        is_deaf = ear.silent and self._server.quiet_for >= self._patience.quiet_s
        if self._submits > 0 and is_news and is_deaf:
            self._server.doubt()

    async def _see_to_worker(self, standing: Standing) -> None:
        if standing.state is State.PENDING and await self._server.is_stuck():
            self._server.stuck()
            raise ServerAway(sent=True)

    async def _fetch(self) -> Picture:
        files = self._outputs.get(self._recipe.bindings.output)
        if not files and self._submits == 0:
            raise _Lost(_STALE)  # an earlier try had another version of the style
        if not files:
            raise RenderCrashed("no-picture")
        try:
            picture = await self._client.view(files[0])
            await asyncio.to_thread(check_picture, picture)
        except ServerTrouble as error:
            raise _Lost(_STALE) from error
        except NotAPictureError as error:
            if self._submits == 0:
                raise _Lost(_STALE) from error
            raise RenderCrashed(error.cause) from error
        return picture

    def _refusal(self, rejection: Rejection) -> Exception:
        kinds = {rejection.kind, *(problem.kind for problem in rejection.nodes)}
        log.warning("comfyui %s: job %s refused: %s", self._server.name, self._order.job, sorted(kinds))
        match blame_rejection(rejection):
            case Blame.PHOTO:
                return _Lost()
            case Blame.GRAPH:
                self._server.doubt()
                return StyleBroken("refused")
            case blame:
                return RenderCrashed(f"refused-{blame.value}")

    def _failure(self, crash: Crash | None) -> Exception:
        blame = blame_crash(crash)
        what = f"{crash.exception_type} in {crash.node_type}" if crash else "no reason"
        log.warning("comfyui %s: job %s failed: %s", self._server.name, self._order.job, what)
        match blame:
            case Blame.MEMORY:
                return MemoryFailed(blame.value)
            case Blame.DEVICE:
                return DeviceFailed(blame.value)
            case Blame.GRAPH:
                return StyleBroken("graph")
            case _:
                return RenderCrashed(blame.value)
