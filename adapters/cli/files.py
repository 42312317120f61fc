"""Files in, files out, or pipes, written whole or not at all."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import SetupError

PIPE = Path("-")


def read_photo(source: Path, limit: int) -> bytes:
    """A file's bytes, or standard input's; at most one more than ``limit``, so that too many can be told.

    Raises:
        SetupError: it can't be read.
    """
    try:
        if source == PIPE:
            return _read(sys.stdin.buffer, limit)
        with source.open("rb") as file:
            return _read(file, limit)
    except OSError as error:
        raise SetupError(f"The photo can't be read: {error.strerror}.", os.EX_NOINPUT) from error


def check_writable(target: Path) -> None:
    """Find out before the work whether the result will have its place.

    Raises:
        SetupError: it will not.
    """
    if target == PIPE:
        return
    if target.exists() and not target.is_file():
        raise _not_creatable("what is there is no regular file")
    if not target.parent.is_dir():
        raise _not_creatable("its directory does not exist")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise _not_creatable("its directory can't be written to")


def same_file(source: Path, target: Path) -> bool:
    """Whether both are one file, by whatever path or link."""
    if PIPE in {source, target}:
        return False
    try:
        return source.samefile(target)
    except OSError:
        return False


def write_picture(target: Path, data: bytes) -> None:
    """Write to standard output, or to a file that is replaced only once everything is on the disk.

    A symbolic link stays, and what it points at is replaced. An existing file keeps its permissions.

    Raises:
        SetupError: it can't be made.
        OSError: writing broke off; what stood there still stands.
    """
    if target == PIPE:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with written_whole(target) as file:
        file.write(data)


@contextlib.contextmanager
def written_whole(target: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file that takes its place only once the block has ended well and everything is on the disk.

    Args:
        target: A symbolic link stays, and what it points at is replaced.
        private: Only the owner may read it; else an existing file keeps its permissions.

    Raises:
        SetupError: it can't be made.
        OSError: writing broke off; what stood there still stands.
    """
    real = target.resolve()
    try:
        # In the same directory: a rename is atomic only within one file system.
        handle, name = tempfile.mkstemp(prefix=".petaflop-", dir=real.parent)
    except OSError as error:
        raise _not_creatable(error.strerror) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not private:
            beside.chmod(_permissions(real))
        beside.replace(real)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _not_creatable(reason: str | None) -> SetupError:
    return SetupError(f"The file can't be made: {reason}.", os.EX_CANTCREAT)


def _read(file: BinaryIO, limit: int) -> bytes:
    return file.read(limit + 1)


def _permissions(file: Path) -> int:
    """Those of the file that is replaced, else those that the umask leaves a new one."""
    if file.exists():
        return file.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
