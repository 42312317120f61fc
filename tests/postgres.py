"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, over a Unix socket only."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

SYSTEM_USER = "postgres"  # PostgreSQL refuses to run as root


def binaries() -> Path | None:
    """The newest installed server's programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).parent if on_path else None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a server and yield its URL with ``{database}`` in it; nothing of it lasts."""
    with TemporaryDirectory(prefix="petaflop-pg-") as folder:
        root = Path(folder)
        if os.geteuid() == 0:
            shutil.chown(root, SYSTEM_USER)
        data = root / "data"
        _run(
            [
                str(programs / "initdb"),
                "-D",
                str(data),
                "-U",
                "petaflop",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ]
        )
        options = f"-k {root} -c listen_addresses='' -c fsync=off -c max_connections=60"
        _run(
            [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(root / "log"), "-o", options, "start"]
        )
        try:
            yield f"postgresql://petaflop@/{{database}}?host={quote(str(root), safe='')}"
        finally:
            _run([str(programs / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop"])


def _run(command: Sequence[str]) -> None:
    user = pwd.getpwnam(SYSTEM_USER) if os.geteuid() == 0 else None
    subprocess.run(
        command,
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        timeout=60,
    )
