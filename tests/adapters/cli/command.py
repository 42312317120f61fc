"""The real command, as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

COMMAND = (sys.executable, "-m", "adapters.cli")


def environment(**given: str) -> dict[str, str]:
    """Ours without settings, and as on a machine that nobody sits at."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PETAFLOP_")}
    return kept | {"CI": "1"} | given


def petaflop(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        (*COMMAND, *arguments),
        cwd=cwd,
        input=stdin,
        env=environment(**(env or {})),
        capture_output=True,
        check=False,
    )


@dataclass(frozen=True)
class Server:
    """A running ``demo`` or ``serve``."""

    process: subprocess.Popen[str]
    printed: list[str]

    @property
    def url(self) -> str:
        return self.printed[0].split()[-1]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait()


@contextmanager
def running(command: str, last_line: str, cwd: Path, **settings: str) -> Iterator[Server]:
    """A server that has printed everything up to the line that begins so; its log is in ``cwd/log``."""
    with (cwd / "log").open("wb") as log:
        process = subprocess.Popen(
            (*COMMAND, command),
            cwd=cwd,
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    with process:
        try:
            assert process.stdout
            printed = []
            for line in process.stdout:
                printed.append(line.rstrip("\n"))
                if line.startswith(last_line):
                    break
            else:
                raise AssertionError((cwd / "log").read_text())
            yield Server(process, printed)
        finally:
            process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def photo(width: int = 128, height: int = 160) -> bytes:
    """A small JPEG with a gradient, so that a style has something to work on, and with a comment."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    encoded = BytesIO()
    image.save(encoded, "JPEG", quality=90, comment=b"private")
    return encoded.getvalue()
