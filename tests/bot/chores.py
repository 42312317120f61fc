"""What the tests have children do, good and bad."""

import os
import signal
import sys
import time
from pathlib import Path

from bot.errors import PhotoTooManyBytes

MEMORY = 512 << 20

_warmed = 0


def warm_up() -> None:
    global _warmed  # noqa: PLW0603  # what a warm-up leaves behind is exactly this
    _warmed += 1


def warmed() -> tuple[int, int]:
    return os.getpid(), _warmed


def twice(data: bytes) -> bytes:
    return data + data


def refuse(limit_mib: float) -> None:
    raise PhotoTooManyBytes(limit_mib=limit_mib)


def exit_at_once() -> None:
    os._exit(3)


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    sys.exit("out of here")


def hang(sign: Path) -> None:
    """Write to the named pipe that it has begun, then never return."""
    sign.write_bytes(b"!")
    while True:
        time.sleep(60)


def eat(size: int) -> int:
    return len(bytearray(size))


def nap(seconds: float) -> tuple[float, float]:
    start = time.monotonic()
    time.sleep(seconds)
    return start, time.monotonic()


def chatter(words: str) -> str:
    """Write to everything that is open."""
    print(words, flush=True)  # noqa: T201
    os.write(1, words.encode())
    os.write(2, words.encode())
    return words


def unpicklable() -> object:
    return lambda: None


def inherited(name: str) -> str | None:
    return os.environ.get(name)


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def deadly(_photo: bytes, *, max_bytes: int) -> None:  # as the intake is called
    """Kill this process, as a photo may that its decoder can't stand."""
    os.kill(os.getpid(), signal.SIGKILL)


_kept: list[bytes] = []
BLOCK, BLOCKS = 64_000, 1000


def scatter() -> int:
    """Fill 64 MB with small blocks and keep the last, which lies above all others; our pid."""
    blocks = [bytes(BLOCK) for _ in range(BLOCKS)]
    _kept.append(blocks[-1])
    return os.getpid()
