"""Warm child processes for all work on pixels: the event loop stays free, a poisoned picture kills one child.

Our own small worker, because :mod:`anyio.to_process` (4.16) does not fit: its workers are one pool for the
whole event loop, so two kinds of work can't have bounds of their own; nothing but the end of the loop ends
them; idle ones are pruned after five minutes, so that the first guest after a pause pays for a cold start;
a run that takes too long, one that is out of memory and a crash look alike, or aren't noticed at all; what
a child writes to standard error is lost; and nothing can be set before a child's first import.
:class:`concurrent.futures.ProcessPoolExecutor` breaks as a whole when one worker dies, and can't stop one.

**Time.** A run that takes too long, or whose task is cancelled, ends with SIGKILL: a decoder in C listens to
nothing else. The next run gets a fresh child.

**Memory.** ``RLIMIT_DATA``, not ``RLIMIT_AS``: since Linux 4.7 it counts every private writable mapping,
which is what arrays and pictures are made of, while address space also counts shared libraries and what
allocators only reserve. One thread for BLAS, whose buffers are a share for each thread.

**Ends.** A child ends when its standard input does, and with its parent's death by any signal
(``PR_SET_PDEATHSIG``; elsewhere than on Linux, after the run that it is in). It is the kernel's first choice
when memory runs out, and has a lower priority than the event loop.

A child is a bulkhead, not a sandbox: it runs as the same user. It does not inherit our settings, which hold
secrets.
"""

import asyncio
import contextlib
import logging
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar, TypeVarTuple, cast

from bot.errors import ChildLost
from bot.pixels.child import LENGTH, Reply

START_SECONDS = 60.0
"""For a child's birth and warm-up, on a board that is busy with other things."""

_PIPE_BYTES = 1 << 20
_OURS = "PETAFLOP_"
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_log = logging.getLogger(__name__)


def _nothing() -> None:
    """The warm-up of those who need none."""


class Children:
    """Runs functions in child processes, at most ``slots`` at once.

    Args:
        slots: Children kept warm, and runs at once.
        memory_bytes: Most data a child may hold; the interpreter, NumPy and Pillow are 90 MB of it.
        seconds: Most wall time of one run, not counting the wait for a slot.
    """

    def __init__(self, *, slots: int, memory_bytes: int, seconds: float) -> None:
        self.slots = slots
        self._memory_bytes = memory_bytes
        self._seconds = seconds
        self._warm_up: Callable[[], object] | None = None
        self._free = asyncio.Semaphore(slots)
        self._asked = 0
        self._idle: list[_Child] = []
        self._living: set[_Child] = set()

    @contextlib.asynccontextmanager
    async def running(self, warm_up: Callable[[], object] = _nothing) -> AsyncIterator[None]:
        """Keep warm children for as long as the context lasts; afterwards there are none.

        Args:
            warm_up: What each child runs once before its first work: imports, tables, a first small picture.

        Raises:
            ChildLost: a child doesn't get through the warm-up.
        """
        self._warm_up = warm_up
        try:
            born = await asyncio.gather(*(self._born() for _ in range(self.slots)), return_exceptions=True)
            for child in born:
                if isinstance(child, BaseException):
                    raise child
                self._idle.append(child)
            yield
        finally:
            self._warm_up = None
            self._idle.clear()
            await asyncio.gather(*(self._end(child) for child in tuple(self._living)))

    @property
    def spare(self) -> int:
        """Slots in which nothing runs just now."""
        return max(0, self.slots - self._asked)

    async def run(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """Run a module's function in a warm child and return its value. Its own exceptions come through.

        Cancelling kills the child.

        Raises:
            ChildLost: ``crashed``, ``timeout`` or ``memory``.
            RuntimeError: outside of :meth:`running`.
        """
        request = pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        self._asked += 1
        try:
            async with self._borrowed() as child:
                reply = await _answered(child, request, self._seconds)
        finally:
            self._asked -= 1
        return cast("T", _value(reply))

    @contextlib.asynccontextmanager
    async def _borrowed(self) -> AsyncIterator["_Child"]:
        """A child of one's own; it comes back only when nothing went wrong."""
        async with self._free:
            child = self._warm() or await self._born()
            try:
                yield child
            except BaseException:
                await self._end(child)
                raise
            self._idle.append(child)

    def _warm(self) -> "_Child | None":
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
        return None

    async def _born(self) -> "_Child":
        if self._warm_up is None:
            raise RuntimeError("children only run within running()")
        child = await _Child.start(self._memory_bytes)
        self._living.add(child)
        child.ended.add_done_callback(lambda _: self._living.discard(child))
        try:
            request = pickle.dumps((self._warm_up, ()), pickle.HIGHEST_PROTOCOL)
            _value(await _answered(child, request, START_SECONDS))
        except BaseException:
            await self._end(child)
            raise
        return child

    async def _end(self, child: "_Child") -> None:
        child.kill()
        # Killed it is in any case; a second cancellation only no longer waits for it.
        await asyncio.shield(child.ended)


async def _answered(child: "_Child", request: bytes, seconds: float) -> Reply:
    """The child's reply, or the way in which it was lost."""
    try:
        async with asyncio.timeout(seconds):
            reply = await child.ask(request)
    except TimeoutError:
        raise _lost(child, "timeout") from None
    except (ConnectionError, asyncio.IncompleteReadError):
        raise _lost(child, "crashed") from None
    if reply[0] == "memory":
        raise _lost(child, "memory")
    return reply


def _lost(child: "_Child", cause: str) -> ChildLost:
    _log.warning("child %d is lost: %s", child.pid, cause)
    return ChildLost(cause)


def _value(reply: Reply) -> object:
    outcome, content = reply
    if outcome == "error" and isinstance(content, Exception):
        raise content
    return content


class _Child:
    """One process, with the pipes to it."""

    def __init__(self, process: Process) -> None:
        assert process.stdin and process.stdout and process.stderr  # noqa: S101, PT018  # all are pipes
        self._process, self.pid = process, process.pid
        self._stdin, self._stdout, self._stderr = process.stdin, process.stdout, process.stderr
        self.ended = asyncio.create_task(self._watch())

    @classmethod
    async def start(cls, memory_bytes: int) -> "_Child":
        command = (sys.executable, "-P", "-m", "bot.pixels.child", str(os.getpid()), str(memory_bytes))
        return cls(
            await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                env=_environment(),
                limit=_PIPE_BYTES,
                start_new_session=True,
            )
        )

    @property
    def alive(self) -> bool:
        """Asked of the kernel: the event loop may not have heard of the end yet."""
        try:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        except ChildProcessError:  # ended, and its exit code is collected already
            return False

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def ask(self, request: bytes) -> Reply:
        """Send one request and wait for its reply.

        Raises:
            ConnectionError, asyncio.IncompleteReadError: the child is gone.
        """
        self._stdin.write(LENGTH.pack(len(request)))
        self._stdin.write(request)
        await self._stdin.drain()
        (length,) = LENGTH.unpack(await self._stdout.readexactly(LENGTH.size))
        reply: Reply = pickle.loads(await self._stdout.readexactly(length))  # noqa: S301  # our child's own
        return reply

    async def _watch(self) -> None:
        """Keep standard error flowing, whose contents may show what is nobody's business, until the end."""
        while chunk := await self._stderr.read(_PIPE_BYTES):
            _log.debug("child %d wrote %d bytes to standard error", self.pid, len(chunk))
        _log.debug("child %d ended with %d", self.pid, await self._process.wait())


def _environment() -> dict[str, str]:
    """Ours without our settings, and with the very same import path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    return kept | _ONE_THREAD | {"PYTHONPATH": path}
