"""The machine that the booth runs on, as far as a maintainer wants to know it."""

import shutil
from pathlib import Path

from bot.office.watch import Disk


def disk_of(folder: Path) -> Disk | None:
    """How full the disk with this folder is; None while nobody can tell."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    return Disk(free=usage.free, total=usage.total)
