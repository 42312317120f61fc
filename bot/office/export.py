"""The owner's keepsake of an event: the pictures that were shared and shown, as one ZIP archive.

``pictures.csv`` says of each its number, file, style, time and name, if one was given. Nothing else is in it:
no private picture, no photo, no guest's key.
"""

import asyncio
import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import IO

from bot.exhibits import Share
from bot.ports import Vault
from bot.store.shares import ShareStore
from bot.store.vaults import picture_name

TABLE = "pictures.csv"
_HEAD = ("number", "file", "style", "shared_at", "name")
_PAGE = 100

Progress = Callable[[int, int], None]
"""Told how many pictures are done, of how many."""


def _silent(_done: int, _of: int) -> None:
    """Where nobody looks on."""


async def export(shares: ShareStore, vault: Vault, archive: IO[bytes], progress: Progress = _silent) -> int:
    """Write everything that is shown into an archive, the first shared first; return how many pictures.

    Raises:
        OSError: there is no room for it.
    """
    shown = await everything_shown(shares)
    rows: list[tuple[object, ...]] = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:  # JPEGs are compressed already
        for done, share in enumerate(shown, 1):
            data = await vault.get(picture_name(share.job))
            if data is not None:
                rows.append(_row(share))
                await asyncio.to_thread(target.writestr, _file(share), data)
            progress(done, len(shown))
        target.writestr(TABLE, _table(rows))
    return len(rows)


async def everything_shown(shares: ShareStore) -> Sequence[Share]:
    """All that everybody may see just now, the first shared first."""
    found: list[Share] = []
    while page := await shares.shown(_PAGE, found[-1].number if found else None):
        found += page
    return found[::-1]


def vacant(path: Path) -> Path:
    """Where an archive may lie that replaces nothing: there, or beside it as ``event-2.zip`` and so on."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(place for place in chain([path], numbered) if not place.exists())


def is_export(path: Path) -> bool:
    """Whether a file is such an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return TABLE in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def pictures_in(path: Path) -> int:
    """How many pictures such an archive holds.

    Raises:
        OSError, zipfile.BadZipFile: it is none.
    """
    with zipfile.ZipFile(path) as archive:
        return len(archive.namelist()) - 1


def _file(share: Share) -> str:
    return f"{share.number:05d}-{share.style}.jpg"


def _row(share: Share) -> tuple[object, ...]:
    at = datetime.fromtimestamp(share.at, UTC).isoformat(timespec="seconds")
    return share.number, _file(share), share.style, at, _harmless(share.name)


def _table(rows: Sequence[tuple[object, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([_HEAD, *rows])
    return out.getvalue()


def _harmless(name: str) -> str:
    """A name that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@")) else name
