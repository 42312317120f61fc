"""From start to ready, and what memory that takes, beside a server that only says hello.

With chats, both bots have tokens and nobody answers: what is measured is the program, not a platform.
"""

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.booth import Memory, open_booth, wait_for
from tests.bench.figures import Figure, Row, Spread
from tests.bench.measure import ROOT
from tests.bench.processes import resident_mb

READY_S = 3.0
MAIN_MB = 180.0
NOBODY = "http://127.0.0.1:9"
CHATS = {
    "telegram_token": "1:BENCH",
    "telegram_api_url": NOBODY,
    "discord_token": "MTAwMDAwMDAwMDAwMDAwMDAx.bench.token",
    "discord_api_url": f"{NOBODY}/api/v10",
    "discord_gateway_url": "ws://127.0.0.1:9",
    "discord_public_key": "ab" * 32,
}


@dataclass(frozen=True, slots=True)
class Start:
    """One round: seconds of each start, MB once ready."""

    cold_s: float
    again_s: float
    memory: Memory
    chats_s: float
    chats_memory: Memory
    hello_s: float
    hello_mb: float


def started() -> Start:
    """Start on an empty data directory, then on the one that this made, then the floor."""
    with tempfile.TemporaryDirectory() as folder:
        with open_booth(Path(folder)) as booth:
            cold_s, memory = booth.ready_s, booth.memory()
        with open_booth(Path(folder)) as booth:
            again_s = booth.ready_s
        with open_booth(Path(folder), **CHATS) as booth:
            chats_s, chats_memory = booth.ready_s, booth.memory()
    return Start(cold_s, again_s, memory, chats_s, chats_memory, *_hello())


def _hello() -> tuple[float, float]:
    began = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.floors.hello"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as hello:
        assert hello.stdout
        with contextlib.ExitStack() as stack:
            stack.callback(hello.kill)
            wait_for(hello.stdout.readline().strip())
            return time.perf_counter() - began, resident_mb(hello.pid)


def run(rounds: int) -> Iterator[Figure]:
    started()
    taken = [started() for _ in range(rounds)]
    hello_s = Spread.of(one.hello_s for one in taken)
    yield Figure("ready, new data directory", "s", Spread.of(one.cold_s for one in taken), hello_s)
    yield Figure("ready, started again", "s", Spread.of(one.again_s for one in taken), hello_s)
    yield Figure(
        "memory of the main process",
        "MB",
        Spread.of(one.memory.main_mb for one in taken),
        Spread.of(one.hello_mb for one in taken),
    )
    yield Figure("ready, with both chats", "s", Spread.of(one.chats_s for one in taken), hello_s, READY_S)
    yield Figure(
        "memory of the main process, with both chats",
        "MB",
        Spread.of(one.chats_memory.main_mb for one in taken),
        Spread.of(one.hello_mb for one in taken),
        MAIN_MB,
    )
    yield Figure(
        f"memory of its {taken[0].memory.children} children together",
        "MB",
        Spread.of(one.memory.children_mb for one in taken),
    )


START = Row(
    "start",
    "From the start of the process to the first 200 of /readyz, and resident memory then",
    "a hello-world on uvicorn that has imported Starlette, SQLAlchemy, Pillow and NumPy",
    3,
    run,
)
