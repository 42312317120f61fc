"""The inside of a child process: one request after the other, each a pickled function and its arguments.

Started by :mod:`bot.pixels.children` as ``python -m bot.pixels.child PARENT MEMORY_BYTES``. Requests come on
standard input and replies go to what was standard output, each with its length before it (:data:`LENGTH`);
from then on descriptor 1 is standard error, so that no ``print``, in Python or in C, gets among the replies.
The end of standard input is the end of the child.
"""

import contextlib
import ctypes
import os
import pickle
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import BinaryIO, Literal

LENGTH = struct.Struct("!Q")
NICENESS = 10
"""Eight of nine turns go to the event loop while both want the processor."""

Outcome = Literal["value", "error", "memory"]
Reply = tuple[Outcome, object]

_PR_SET_PDEATHSIG = 1
_OOM_FIRST_TO_GO = "1000"


def main() -> None:
    """Serve until standard input ends."""
    parent, memory_bytes = int(sys.argv[1]), int(sys.argv[2])
    _outlive_nobody(parent)
    _restrain(memory_bytes)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (request := _received(requests)) is not None:
        reply, lasting = _answer(request)
        replies.write(LENGTH.pack(len(reply)) + reply)
        replies.flush()
        if not lasting:
            return
        del request, reply
        _give_back()


def _outlive_nobody(parent: int) -> None:
    """End with the parent, even in the middle of a request, and only then: its own signals are not ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _restrain(memory_bytes: int) -> None:
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    # A core file would be a face on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_FIRST_TO_GO, encoding="ascii")


def _give_back() -> None:
    """Let the system have what the work held (malloc_trim(3) of glibc): a child rests more than it works."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _received(requests: BinaryIO) -> bytes | None:
    head = requests.read(LENGTH.size)
    return requests.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else None


def _answer(request: bytes) -> tuple[bytes, bool]:
    """The pickled reply, and whether the child is good for another request."""
    try:
        function, args = pickle.loads(request)  # noqa: S301  # our parent's own
        return _pickled("value", function(*args)), True
    except MemoryError:
        return _pickled("memory", None), False
    except Exception as error:  # noqa: BLE001  # the top of a worker: the caller gets it
        return _pickled("error", error), True


def _pickled(outcome: Outcome, content: object) -> bytes:
    return pickle.dumps((outcome, content), pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
