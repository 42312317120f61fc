"""Looking for a guest on every disk of ours: photo, picture, name and key, in files and in all columns."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa

from bot.office.closing import compact
from bot.store.database import Database
from bot.store.tables import metadata

PIECE, PIECES = 24, 8
"""Bytes of each needle, few enough that no page of a database cuts them all; and how many of a picture."""


def pieces(data: bytes) -> list[bytes]:
    """Needles of a picture, from all over it but its head, which others share."""
    step = (len(data) - 700) // (PIECES + 1)
    assert step > PIECE, "too small a picture to be told from others"
    return [data[at : at + PIECE] for at in range(700, 700 + step * PIECES, step)]


def needles(photo: bytes, picture: bytes, name: str, guest: str) -> Mapping[str, list[bytes]]:
    """What may be found of somebody."""
    return {
        "photo": pieces(photo),
        "picture": pieces(picture),
        "name": [name.encode()],
        "key": [guest.encode()],
    }


async def found(database: Database, folder: Path, wanted: Mapping[str, list[bytes]]) -> set[tuple[str, str]]:
    """Where something of it is: (file, or table, and what); also on freed pages and in the log."""
    await compact(database)
    hits = {(place, what) for place, data in _files(folder) for what in _within(data, wanted)}
    async with database.read() as connection:
        for table in metadata.sorted_tables:
            for row in await connection.execute(sa.select(table)):
                data = b"\x00".join(map(_bytes, row))
                hits |= {(table.name, what) for what in _within(data, wanted)}
    return hits


def _within(data: bytes, wanted: Mapping[str, list[bytes]]) -> Iterator[str]:
    return (what for what, parts in wanted.items() if any(part in data for part in parts))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)).partition("/")[0], path.read_bytes()
