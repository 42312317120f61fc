"""The real program as a child process, for tests that kill it or look at it from outside."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

ADDRESS = re.compile(r"http://\S+:\d+")


class Program:
    """``petaflop serve`` on a free port of the loopback, over a data directory that outlives it."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        """Not started yet; ``settings`` are environment variables without their prefix."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PETAFLOP_")}
        given = {"data_dir": str(data_dir), "port": "0", "ops_port": "0", **settings}
        self._environment = clean | {f"PETAFLOP_{name.upper()}": value for name, value in given.items()}
        self._arguments: tuple[str, ...] = ()
        self._log: Path | None = None
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def logs(self, log: Path, *arguments: str) -> None:
        """From the next start on it logs into a file, as these arguments say."""
        self._log, self._arguments = log, arguments

    def start(self) -> Self:
        """Start it and wait until it listens."""
        with self._log.open("ab") if self._log else nullcontext() as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "adapters.cli", "serve", *self._arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = ADDRESS.search(line)
        assert found, f"the program said {line!r} and ended with {self._process.wait(10)}"
        self.url = found.group()
        return self

    def kill(self) -> None:
        """What a power cut leaves of it: SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM, and its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(90)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
        return code

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Stop, if it runs still."""
        if self._process is not None:
            self.stop()


@contextmanager
def tiny_disk(folder: Path, size_mib: int) -> Iterator[Path]:
    """A file system of its own that is soon full; needs root.

    Raises:
        PermissionError: this user may not mount.
    """
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_mib}m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        raise PermissionError("mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
