"""What the figures were measured on."""

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("pillow", "numpy", "pillow-heif", "starlette", "uvicorn", "sqlalchemy")
MODEL = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine() -> dict[str, str | int | float]:
    """Facts by name; ``load`` is the machine's mean over the minute before."""
    versions = {library: version(library) for library in LIBRARIES}
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": cores(),
        "processor": _processor(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        **versions,
    }


def _processor() -> str:
    try:
        found = MODEL.search(Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace"))
    except OSError:
        found = None
    return found[1] if found else platform.machine()
