"""Closing the event: its shared pictures are exported for the owner, then everything of its guests is erased.

Three steps, each of which may be repeated: the export takes its place only when it is whole; the rows leave
in one transaction; files follow, and the database is compacted. A kill between any two of them is answered
by doing it again. What hangs in chats, and copies on servers, go as soon as they can be reached.
"""

import asyncio
import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.nouns import GuestKey, JobId
from bot.office.export import Progress, export, is_export
from bot.store.audit import Deed
from bot.store.bell import CANCEL, POSTINGS, RECALLS, WALL
from bot.store.database import Database
from bot.store.lock import PRIVATE_FILE
from bot.store.stores import Stores
from bot.store.tables import (
    audit,
    blobs,
    console_events,
    guests,
    inbox,
    jobs,
    notes,
    postings,
    questions,
    recalls,
    shares,
)
from bot.store.vaults import all_names, photo_name, picture_name

BUSY_S = 30.0
_ORPHAN_AGE_S = 60.0  # who submits a photo just now writes it before its row
_LEFT_HOLES = (jobs, inbox, guests, shares, postings, recalls, notes, questions, console_events, audit, blobs)


@dataclass(frozen=True, slots=True)
class Closed:
    """What was done.

    Attributes:
        exported: Pictures in the owner's archive.
        messages: Messages that are still to be taken back.
        copies: Jobs of which a renderer's server may still hold something.
    """

    exported: int
    guests: int
    jobs: int
    photos: int
    pictures: int
    shares: int
    messages: int
    copies: int


async def export_to(stores: Stores, target: Path, progress: Progress) -> int:
    """Write the owner's archive, whole or not at all, and return how many pictures were written.

    An archive that is there is what an earlier try has left: it stays where nothing is shared any more.

    Raises:
        FileExistsError: there is something else.
        OSError: there is no room for it.
    """
    if await asyncio.to_thread(_is_taken, target) and not await stores.shares.counted():
        return 0
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as archive:
            number = await export(stores.shares, stores.vault, archive, progress)
            await asyncio.to_thread(_settle, archive)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return number


async def erase_event(stores: Stores, deed: Deed, crew: Collection[GuestKey], exported: int) -> Closed:
    """Erase everything of the event's guests; ``exported`` is told in what it returns."""
    wiped = await stores.closing.wipe(deed, crew)
    ids = [job.id for job in wiped.jobs]
    photos = await stores.vault.delete([photo_name(job) for job in ids])
    pictures = await stores.vault.delete([picture_name(job) for job in ids])
    await stores.vault.delete([name for job in ids for name in all_names(job)])
    await _sweep(stores)
    for job in ids:
        await stores.bell.ring(CANCEL, job)
    for topic in (POSTINGS, RECALLS, WALL):
        await stores.bell.ring(topic)
    await compact(stores.database)
    messages = sum((await stores.recalls.pending()).values()) + await stores.postings.waiting()
    copies = sum(number for _, number in (await stores.pulse.pulse()).erasures)
    return Closed(
        exported, wiped.guests, len(ids), photos, pictures, wiped.shares, messages=messages, copies=copies
    )


async def compact(database: Database) -> None:
    """Leave no page behind that held what was erased."""
    if database.embedded:
        await asyncio.to_thread(_vacuum, Path(database.url.database or ""))
        return
    connection = await database.own_connection()
    try:
        for table in _LEFT_HOLES:
            await connection.execute(f"VACUUM (FULL) {table.name}")
    finally:
        await connection.close()


def _vacuum(path: Path) -> None:
    """The file is written anew, without freed pages, and the log cut to nothing (SQLite, "VACUUM")."""
    with closing(sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _sweep(stores: Stores) -> None:
    """Erase files that an earlier try, or a kill, has left without a row."""
    names = [name async for name, age_s in stores.vault.names() if age_s > _ORPHAN_AGE_S]
    owners = {name: name.partition("/")[2] for name in names}
    known = await stores.upkeep.existing({JobId(job) for job in owners.values()})
    await stores.vault.delete([name for name, job in owners.items() if job not in known])


def _is_taken(target: Path) -> bool:
    """Whether an earlier export is there.

    Raises:
        FileExistsError: it is something else.
    """
    if target.exists() and not is_export(target):
        raise FileExistsError
    return target.exists()


def _settle(archive: IO[bytes]) -> None:
    archive.flush()
    os.fsync(archive.fileno())
