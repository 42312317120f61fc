"""One booth in one file: written while it serves, and read back into a new data directory. SQLite only.

A tar archive: ``manifest.json``, ``petaflop.db``, and the photos, pictures and previews that its rows own.
The database is copied by ``VACUUM INTO``: one consistent view, also of what stands in the write-ahead log,
without a page that was freed, so what is erased is not in it (SQLite documentation, "VACUUM"). The copy
decides which files go along: a face that was forgotten before the backup began is nowhere in it.
"""

import hashlib
import io
import json
import os
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.errors import SetupError
from bot.nouns import JobId
from bot.store.lock import PRIVATE_FILE, PRIVATE_FOLDER, alone
from bot.store.migrate import HEAD
from bot.store.vaults import KINDS, photo_name, picture_name

FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "petaflop.db"
BUSY_S = 30.0  # a writer holds the file for milliseconds
_MEMBER = re.compile(rf"({'|'.join(KINDS)})/[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in an archive."""

    photos: int
    pictures: int
    revision: str
    """Of the database's migrations."""


def back_up(data_dir: Path, database: Path, archive: IO[bytes]) -> Contents:
    """Write everything that is kept into an archive; the booth may be serving meanwhile.

    Args:
        data_dir: Where photos and pictures lie.
        database: The SQLite file.
        archive: Is written from its beginning to its end.

    Raises:
        SetupError: there is no database.
        OSError, sqlite3.Error: it can't be read, or there is no room for the copy beside it.
    """
    if not database.is_file():
        raise SetupError("There is nothing to back up yet: the database is made at the first start.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=data_dir) as folder:
        copy = Path(folder) / DATABASE
        _copy(database, copy)
        revision, names = _owned(copy)
        with tarfile.open(fileobj=archive, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            digest = _add(tar, DATABASE, copy.read_bytes())
            sums = {DATABASE: digest} | dict(_added(tar, data_dir, names))
            manifest = {"format": FORMAT, "revision": revision, "sha256": sums}
            _add(tar, MANIFEST, json.dumps(manifest, indent=1).encode())
    return _counted(sums, revision)


def restore(archive: IO[bytes], data_dir: Path) -> Contents:
    """Read an archive into a data directory that has no booth in it yet.

    The database comes last and at once: a restore that broke off leaves no booth behind that looks whole.

    Raises:
        SetupError: the directory has a booth, or one is open there; or the archive is none, is damaged, or
            was written by a newer version.
        OSError: there is no room.
    """
    with ExitStack() as stack:
        stack.enter_context(alone(data_dir / "booth.lock"))
        _check_empty(data_dir)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=".restore-", dir=data_dir)))
        sums, manifest = _unpacked(archive, folder)
        contents = _checked(sums, manifest)
        for name in sorted(sums, key=lambda name: name == DATABASE):
            target = data_dir / name
            target.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            (folder / name).replace(target)
        _sync(data_dir, *(data_dir / kind for kind in KINDS))
        return contents


def _copy(database: Path, copy: Path) -> None:
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))  # VACUUM INTO takes an empty file
    with closing(sqlite3.connect(f"file:{_quoted(database)}?mode=ro", uri=True, timeout=BUSY_S)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))


def _quoted(path: Path) -> str:
    """A path as SQLite's URIs have it."""
    return path.absolute().as_uri().removeprefix("file://")


def _owned(copy: Path) -> tuple[str, list[str]]:
    """The copy's revision, and the names of the files that its rows own."""
    with closing(sqlite3.connect(copy)) as database:
        ((revision,),) = database.execute("SELECT version_num FROM alembic_version")
        rows = database.execute("SELECT id, has_photo, has_picture FROM jobs ORDER BY seq")
        owned = [
            name
            for job, has_photo, has_picture in rows
            for name, there in ((photo_name(JobId(job)), has_photo), (picture_name(JobId(job)), has_picture))
            if there
        ]
        previews = [blob for (blob,) in database.execute("SELECT blob FROM previews ORDER BY style")]
    return str(revision), [*owned, *previews]


def _added(tar: tarfile.TarFile, data_dir: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        try:
            data = (data_dir / name).read_bytes()
        except FileNotFoundError:  # erased since we began
            continue
        yield name, _add(tar, name, data)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> str:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), PRIVATE_FILE
    tar.addfile(member, io.BytesIO(data))
    return hashlib.sha256(data).hexdigest()


def _check_empty(data_dir: Path) -> None:
    if any((data_dir / name).exists() for name in (DATABASE, *KINDS)):
        hint = "The data directory has a booth already; set PETAFLOP_DATA_DIR to a new one."
        raise SetupError(hint, os.EX_CANTCREAT)


def _unpacked(archive: IO[bytes], folder: Path) -> tuple[dict[str, str], dict[str, object]]:
    """Lay the members that we know into the folder; return their sums, and the manifest.

    Raises:
        SetupError: something else is among them, or it is no archive.
    """
    sums: dict[str, str] = {}
    manifest: dict[str, object] = {}
    try:
        with tarfile.open(fileobj=archive, mode="r|") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or not (
                    member.name in {MANIFEST, DATABASE} or _MEMBER.fullmatch(member.name)
                ):
                    raise _not_ours()
                if member.name == MANIFEST:
                    manifest = json.load(source)
                else:
                    sums[member.name] = _write(folder / member.name, source.read())
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise _not_ours() from error
    return sums, manifest


def _write(path: Path, data: bytes) -> str:
    path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(data).hexdigest()


def _checked(sums: dict[str, str], manifest: dict[str, object]) -> Contents:
    revision = str(manifest.get("revision", ""))
    if manifest.get("format") == FORMAT and revision > HEAD:
        hint = "This backup was written by a newer petaflop; install that version, or a newer one."
        raise SetupError(hint, os.EX_DATAERR)
    if manifest.get("format") != FORMAT or manifest.get("sha256") != sums or DATABASE not in sums:
        raise _not_ours()
    return _counted(sums, revision)


def _counted(sums: dict[str, str], revision: str) -> Contents:
    kinds = [name.partition("/")[0] for name in sums]
    return Contents(kinds.count("photo"), kinds.count("picture"), revision)


def _not_ours() -> SetupError:
    return SetupError("This is no backup of petaflop's, or it is damaged or cut off.", os.EX_DATAERR)


def _sync(*folders: Path) -> None:
    for folder in folders:
        if folder.is_dir():
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
