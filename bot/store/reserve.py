"""Room on the disk: a ballast that lets kept jobs finish when the disk is full.

New photos are refused while too little is free for them *and* for the pictures of the jobs already kept. If
something else fills the disk all the same, the ballast is given up, so that those jobs still end.
"""

import asyncio
import os
import shutil
from pathlib import Path

BALLAST_BYTES = 32 << 20  # some sixty pictures and their rows
BALLAST_SHARE = 0.1  # … but never more than this part of what is free
PICTURE_BYTES = 1 << 20  # a framed 1 MP JPEG takes 0.3 to 0.8 MB
ROW_BYTES = 64 << 10  # a row's changes in the write-ahead log


class Reserve:
    """Watches one file system. Sizes are bytes."""

    def __init__(self, folder: Path) -> None:
        """Keep the ballast in ``folder``."""
        self._folder = folder
        self._ballast = folder / "ballast"

    async def room_for(self, photo_bytes: int, unfinished: int) -> bool:
        """Whether one more photo fits beside the pictures of ``unfinished`` jobs and its own."""
        needed = photo_bytes + (unfinished + 1) * (PICTURE_BYTES + ROW_BYTES)
        return await asyncio.to_thread(lambda: self._ballast.exists() and self._free() >= needed)

    async def restore(self) -> bool:
        """Lay the ballast again where there is room for it; return whether it is there."""
        return await asyncio.to_thread(self._restore)

    async def release(self) -> bool:
        """Give the ballast's room to the jobs already kept; return whether there was any."""
        return await asyncio.to_thread(self._release)

    def _restore(self) -> bool:
        if self._ballast.exists():
            return True
        size = min(BALLAST_BYTES, int(self._free() * BALLAST_SHARE))
        if size < PICTURE_BYTES:
            return False
        part = self._ballast.with_suffix(".part")
        try:
            with part.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, size)
            part.replace(self._ballast)
        except OSError:
            part.unlink(missing_ok=True)
            return False
        return True

    def _release(self) -> bool:
        there = self._ballast.exists()
        self._ballast.unlink(missing_ok=True)
        return there

    def _free(self) -> int:
        return shutil.disk_usage(self._folder).free
