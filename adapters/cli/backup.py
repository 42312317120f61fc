"""``petaflop backup`` and ``petaflop restore``."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from adapters.cli.files import PIPE, check_writable, written_whole
from adapters.cli.options import AsWritten, talkative
from adapters.settings import Settings, load_settings
from bot.errors import SetupError
from bot.store.archive import DATABASE, Contents, back_up
from bot.store.archive import restore as read_back

_ROWS = (
    "This booth is in PostgreSQL, photos and pictures too: {tool} with the URL of PETAFLOP_DATABASE_URL. "
    "docs/operations.md has the lines."
)


@click.command(cls=AsWritten)
@click.argument("file", type=click.Path(path_type=Path))
@talkative()
def backup(file: Path) -> None:
    """Write the whole booth into FILE, also while it serves; - is standard output.

    Database, photos and pictures as they are when it begins: what was
    forgotten before is not in it. FILE holds guests' photos and the secret
    that signs cookies: only you may read it, keep it so, and delete it when
    the event is over.

    Examples:
      petaflop backup booth.tar
      petaflop backup - | ssh home 'cat > booth.tar'
    Next: petaflop restore booth.tar
    """
    settings = load_settings(os.environ)
    database = _sqlite(settings, "pg_dump")
    check_writable(file)
    try:
        with _target(file) as archive:
            contents = back_up(settings.data_dir, database, archive)
    except sqlite3.Error as error:
        hint = f"The database can't be copied ({error.sqlite_errorname}): petaflop doctor looks at it."
        raise SetupError(hint, os.EX_IOERR) from error
    click.echo(f"{_told(contents)} written.", err=True)


@click.command(cls=AsWritten)
@click.argument("file", type=click.Path(path_type=Path))
@talkative()
def restore(file: Path) -> None:
    """Read a backup into a new data directory; - is standard input.

    Nothing that is there is replaced. Photos that wait are painted, pictures
    that were on their way are delivered, once the booth is started there.

    Examples:
      PETAFLOP_DATA_DIR=/var/lib/booth petaflop restore booth.tar
      ssh home 'cat booth.tar' | petaflop restore -
    Next: petaflop serve
    """
    settings = load_settings(os.environ)
    if _sqlite(settings, "pg_restore") != settings.data_dir / DATABASE:
        raise SetupError("A backup goes into a data directory: leave PETAFLOP_DATABASE_URL out for it.")
    with _source(file) as archive:
        contents = read_back(archive, settings.data_dir)
    click.echo(f"{_told(contents)} restored.", err=True)


def _sqlite(settings: Settings, tool: str) -> Path:
    """The SQLite file.

    Raises:
        SetupError: the booth is in PostgreSQL; ``tool`` is what serves instead.
    """
    url = settings.database_url
    if url.get_backend_name() != "sqlite":
        raise SetupError(_ROWS.format(tool=tool), os.EX_UNAVAILABLE)
    return Path(url.database or "")


def _told(contents: Contents) -> str:
    return f"Database, {contents.photos} photos and {contents.pictures} pictures"


@contextmanager
def _target(file: Path) -> Iterator[IO[bytes]]:
    if file == PIPE:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with written_whole(file, private=True) as archive:
        yield archive


@contextmanager
def _source(file: Path) -> Iterator[IO[bytes]]:
    if file == PIPE:
        yield sys.stdin.buffer
        return
    try:
        archive = file.open("rb")
    except OSError as error:
        raise SetupError(f"The backup can't be read: {error.strerror}.", os.EX_NOINPUT) from error
    with archive:
        yield archive
