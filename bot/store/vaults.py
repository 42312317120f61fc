"""Where photos and pictures lie: files beside SQLite, rows in PostgreSQL (replicas share no disk).

A name is ``<kind>/<job>``, e.g. ``photo/3f0c…``.
"""

import asyncio
import errno
import os
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import sqlalchemy as sa

from bot.errors import DiskFull
from bot.nouns import JobId
from bot.store.database import Database
from bot.store.tables import blobs
from bot.unbroken import unbroken

T = TypeVar("T")
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_UNFINISHED_SUFFIX = ".part"
KINDS = ("photo", "picture", "preview", "loop-webp", "loop-gif")
_NAME = re.compile(
    rf"({'|'.join(KINDS)})/[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}({re.escape(_UNFINISHED_SUFFIX)})?"
)


def photo_name(job: JobId) -> str:
    """Where a job's cleaned photo lies."""
    return f"photo/{job}"


def picture_name(job: JobId) -> str:
    """Where a job's picture lies."""
    return f"picture/{job}"


def preview_name(job: JobId) -> str:
    """Where the preview that a job has drawn lies."""
    return f"preview/{job}"


def loop_name(job: JobId, taste: Literal["webp", "gif"]) -> str:
    """Where a job's wipe loop lies, by its format."""
    return f"loop-{taste}/{job}"


def loop_names(job: JobId) -> tuple[str, str]:
    """A job's wipe loops: they show the photo, and go with it."""
    return loop_name(job, "webp"), loop_name(job, "gif")


def names_of(job: JobId) -> tuple[str, str]:
    """A guest's photo and picture."""
    return photo_name(job), picture_name(job)


def all_names(job: JobId) -> tuple[str, ...]:
    """All that a guest's job may have in the vault."""
    return *names_of(job), *loop_names(job)


class FileVault:
    """One file a name. A write is durable before it returns: write, fsync, rename, fsync of the folder."""

    def __init__(self, root: Path) -> None:
        """Keep everything under ``root``, which only the owner may read."""
        self._root = root

    async def put(self, name: str, data: bytes) -> None:
        """See :class:`bot.ports.Vault`."""
        await _in_thread(lambda: _write_durably(self._path(name), data))

    async def get(self, name: str) -> bytes | None:
        """See :class:`bot.ports.Vault`."""
        return await _in_thread(lambda: _read(self._path(name)))

    async def delete(self, names: Sequence[str]) -> int:
        """See :class:`bot.ports.Vault`."""
        return await _in_thread(lambda: sum(_unlink(self._path(name)) for name in names))

    async def names(self) -> AsyncIterator[tuple[str, float]]:
        """See :class:`bot.ports.Vault`; unfinished writes of a killed process are listed too."""
        for found in await _in_thread(lambda: list(_listed(self._root))):
            yield found

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a vault's name is <kind>/<job>")
        return self._root / name


class RowVault:
    """One row a name, in the same database as the jobs."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def put(self, name: str, data: bytes) -> None:
        """See :class:`bot.ports.Vault`."""
        row = self._db.insert(blobs).values(name=name, data=data, created=self._db.now())
        replaced = {"data": row.excluded.data, "created": row.excluded.created}
        async with self._db.write() as connection:
            await connection.execute(row.on_conflict_do_update(index_elements=[blobs.c.name], set_=replaced))

    async def get(self, name: str) -> bytes | None:
        """See :class:`bot.ports.Vault`."""
        async with self._db.read() as connection:
            data = await connection.scalar(sa.select(blobs.c.data).where(blobs.c.name == name))
            return None if data is None else bytes(data)

    async def delete(self, names: Sequence[str]) -> int:
        """See :class:`bot.ports.Vault`."""
        async with self._db.write() as connection:
            return (await connection.execute(blobs.delete().where(blobs.c.name.in_(names)))).rowcount

    async def names(self) -> AsyncIterator[tuple[str, float]]:
        """See :class:`bot.ports.Vault`."""
        age = (self._db.now() - blobs.c.created).label("age")
        async with self._db.read() as connection:
            rows = (await connection.execute(sa.select(blobs.c.name, age))).all()
        for row in rows:
            yield row.name, row.age


async def _in_thread(work: Callable[[], T]) -> T:
    try:
        return await unbroken(asyncio.to_thread(work))
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise DiskFull from error
        raise


def _write_durably(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(path.name + _UNFINISHED_SUFFIX)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _unlink(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _listed(root: Path) -> list[tuple[str, float]]:
    now = time.time()
    found = []
    for path in (path for kind in KINDS for path in root.glob(f"{kind}/*")):
        name = f"{path.parent.name}/{path.name}"
        if not _NAME.fullmatch(name):  # the owner's own file, in a folder that isn't only ours
            continue
        try:
            found.append((name, now - path.stat().st_mtime))
        except FileNotFoundError:  # erased while we looked
            continue
    return found
