"""What jobs have left on one server, and its removal: a face outlives its use nowhere.

ComfyUI has no way to delete a file. What is left is overwritten with one byte (the upload endpoint, with
``overwrite``, into the same folder), and the job is deleted from the history, where its prompt stands.
Uploads and results lie in the temp folder, which a restart empties.
"""

import asyncio
import logging
import uuid
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.nouns import JobId
from bot.trail import on_trail
from comfy.answers import State
from comfy.client import Client, ComfyError, Refused, ServerAway
from comfy.protocol import FileRef

log = logging.getLogger(__name__)

_NOTHING = b"\0"
_REMEMBERED = 4096
_LOOKS, _LOOK_S = 50, 0.1  # at a cancelled job that still runs


@dataclass(slots=True)
class Trace:
    """What one job may have left.

    Attributes:
        files: Uploads and results, by what we sent and what the server said.
        over: Whether the job is known to be over there; else it is looked for, and cancelled, first.
        strange: Whether another process of ours may have left something: the history is asked.
        due: Whether it may go: the job has its picture, has failed, was cancelled, or went elsewhere.
    """

    files: set[FileRef] = field(default_factory=set)
    over: bool = False
    strange: bool = False
    due: bool = False


class Traces:
    """All traces on one server; :meth:`run` removes them in the background as they fall due."""

    def __init__(self, client: Client, name: str) -> None:
        """Take the server's HTTP side, and its name for the log."""
        self._client = client
        self._name = name
        self._traces: dict[str, Trace] = {}
        self._removed: OrderedDict[str, None] = OrderedDict()
        self._wake = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    def __contains__(self, job: str) -> bool:
        """Whether the job has left something here, as far as we know."""
        return job in self._traces

    @property
    def due(self) -> int:
        """Jobs whose traces should be gone, but aren't."""
        return sum(trace.due for trace in self._traces.values())

    async def claim(self, job: str) -> Trace:
        """The job's trace, begun if there is none. It isn't due any more, and no removal of it goes on."""
        trace = self._traces.setdefault(job, Trace())
        if trace.due:
            trace.due = False
            async with self._one_at_a_time:
                pass
        return self._traces.setdefault(job, trace)

    def release(self, job: str) -> None:
        """The job needs nothing of it any more."""
        if job in self._traces:
            self._traces[job].due = True
            self._wake.set()

    def expect(self, job: str) -> None:
        """Remove what a job may have left before our time, as soon as the server can be reached."""
        trace = self._traces.setdefault(job, Trace())
        trace.files.add(upload_of(job))
        trace.strange = True
        self.release(job)

    def was_removed(self, job: str) -> bool:
        """Whether its traces were here, and were removed."""
        return job in self._removed

    def wake(self) -> None:
        """Try again: the server is back."""
        self._wake.set()

    async def run(self) -> None:
        """Remove what is due; what can't be reached waits for :meth:`wake`. Until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self.remove_due()
            except Exception:  # the top of a worker: what is due stays due
                log.exception("comfyui %s: traces stay", self._name)

    async def remove_due(self) -> None:
        """Remove all that is due and can be reached."""
        for job in [job for job, trace in self._traces.items() if trace.due]:
            await self.remove(job)

    async def remove(self, job: str) -> bool:
        """Remove what a job left; False when it can't be done now, and stays due."""
        try:
            async with self._one_at_a_time:
                with on_trail(JobId(job)):
                    await self._remove(job)
        except ServerAway:
            return False
        except ComfyError as error:
            log.warning("comfyui %s: traces of job %s stay: %s", self._name, job, error)
            return False
        return True

    def _note_removed(self, job: str) -> None:
        self._traces.pop(job, None)
        self._removed[job] = None
        while len(self._removed) > _REMEMBERED:
            self._removed.popitem(last=False)

    async def _remove(self, job: str) -> None:
        trace = self._traces.get(job)
        if trace is None or not trace.due:
            return
        if not trace.over:
            await self._end(job)
        if trace.strange or not trace.over:
            trace.files.update(await self._client.leavings(job))
        for file in tuple(trace.files):
            try:
                await self._client.upload(file.name, _NOTHING, folder=file.folder, subfolder=file.subfolder)
            except Refused as error:
                log.warning("comfyui %s: a file of job %s stays: %s", self._name, job, error)
        await self._client.forget(job)
        if trace.due:
            self._note_removed(job)

    async def _end(self, job: str) -> None:
        """See that the job runs no more: an interrupted node may finish what it is at, and write."""
        standing = await self._client.look_up(job)
        if standing.state in {State.PENDING, State.RUNNING}:
            await self._client.cancel(job)
        for _ in range(_LOOKS):
            if standing.state not in {State.PENDING, State.RUNNING}:
                return
            await asyncio.sleep(_LOOK_S)
            standing = await self._client.look_up(job)


def upload_of(job: str) -> FileRef:
    """Where a job's photo is put."""
    return FileRef(f"{job}.jpg", "", "temp")


def fresh_upload_of(job: str) -> FileRef:
    """Where it is put another time: under a new name, or the server would reuse the results of the old."""
    return FileRef(f"{job}-{uuid.uuid4().hex[:8]}.jpg", "", "temp")
