"""The real program under measurement: ready when, what memory and how many processor seconds it has taken."""

import contextlib
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.processes import children_of, cpu_s, own_children, resident_mb, share_mb
from tests.program import Program

READY_POLL_S = 0.005
READY_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Memory:
    """MB just now: resident in the main process; in its children together, shared pages divided by users."""

    main_mb: float
    children_mb: float
    children: int


@dataclass(frozen=True, slots=True)
class Booth:
    """A program that is ready.

    Attributes:
        url: The guest page.
        ops_url: Health and metrics.
        ready_s: From the start of the process to the first 200.
        pid: The main process.
    """

    url: str
    ops_url: str
    ready_s: float
    pid: int

    def cpu_s(self) -> tuple[float, float]:
        """Processor seconds so far of the main process, and of its living children."""
        return cpu_s(self.pid), sum(map(cpu_s, children_of(self.pid)))

    def memory(self) -> Memory:
        """What it holds just now."""
        children = children_of(self.pid)
        return Memory(resident_mb(self.pid), sum(map(share_mb, children)), len(children))


@contextlib.contextmanager
def open_booth(data_dir: Path, **settings: str) -> Iterator[Booth]:
    """Start ``petaflop serve``, wait until it is ready, and stop it in the end."""
    port = free_port()
    ops_url = f"http://127.0.0.1:{port}"
    before = own_children()
    started = time.perf_counter()
    with Program(data_dir, ops_port=str(port), **settings) as program:
        wait_for(f"{ops_url}/readyz")
        ready_s = time.perf_counter() - started
        (pid,) = own_children() - before
        yield Booth(program.url, ops_url, ready_s, pid)


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for(url: str) -> None:
    """Wait for the first 200.

    Raises:
        TimeoutError: it doesn't come.
    """
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url).status_code == httpx.codes.OK:
                return
        time.sleep(READY_POLL_S)
    raise TimeoutError(url)
