"""This machine: data directory, disk, database, fonts, child processes, ports."""

import asyncio
import os
import shutil
import time
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from adapters.doctor.findings import Finding, Tell, bad, good, hint
from adapters.renderers import DESK_MEMORY, RENDER_SECONDS
from adapters.serving import listen
from adapters.settings import Settings
from bot.errors import ChildLost, SetupError
from bot.nouns import StyleId
from bot.pixels.children import Children
from bot.pixels.fonts import Lettering, print_file, printable
from bot.pixels.intake import clean
from bot.store.database import open_database
from bot.store.migrate import HEAD
from bot.store.reserve import BALLAST_BYTES, PICTURE_BYTES
from comfy.drawing import draw
from workflows.portraits import SAMPLE, portrait

DATABASE_S = 10.0  # for a PostgreSQL that doesn't answer
FEW_PICTURES = 1000  # a day's guests
_TRUETYPE = b"\x00\x01\x00\x00"
_LETTERS = "PETaflop Grüße Žluťoučký Привет 你好"
_IN_USE = "It is in use by the petaflop that runs."


async def examine_machine(settings: Settings, tell: Tell) -> bool:
    """Look at everything that this version needs here; nothing is made or changed.

    Returns:
        Whether a petaflop runs here, with this data.
    """
    database = await look_at_database(settings.database_url)
    if settings.database_url.get_backend_name() == "sqlite":
        tell(look_at_folder(settings.data_dir))
        tell(look_at_disk(settings.data_dir))
    tell(database)
    tell(look_at_fonts())
    tell(await look_at_children(settings))
    runs = database.sentence == _IN_USE
    tell(look_at_port(settings.host, settings.port, "PORT", runs=runs))
    if settings.ops_port:
        tell(look_at_port(settings.host, settings.ops_port, "OPS_PORT", runs=runs))
    return runs


def look_at_folder(folder: Path) -> Finding:
    """The data directory: there, or can be made."""
    there = _nearest(folder)
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        advice = "Give this user the right to write there, or set PETAFLOP_DATA_DIR to another one."
        return bad("data directory", "It can't be written to.", advice, os.EX_CONFIG)
    return good("data directory", "It can be written to." if there == folder else "It will be made.")


def look_at_disk(folder: Path) -> Finding:
    """Room for pictures."""
    free = shutil.disk_usage(_nearest(folder)).free
    pictures = free // PICTURE_BYTES
    sentence = f"{free / 1e9:.1f} GB are free: room for {pictures:,} pictures."
    figures = {"free_bytes": free, "pictures": pictures}
    if free < 2 * BALLAST_BYTES:
        return bad("disk", sentence, "Make room: new photos are refused when it gets lower.")
    if pictures < FEW_PICTURES:
        return hint("disk", sentence, "Make room before the guests come.", figures)
    return good("disk", sentence, figures)


async def look_at_database(url: sa.URL) -> Finding:
    """The database: reached, and of a revision that this version can work with."""
    subject, advice = "database", "Look at PETAFLOP_DATABASE_URL, and whether the server runs."
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not os.path.exists(url.database or ""):  # noqa: ASYNC240, PTH110 # one look
        return good(subject, "It will be made at the first start.")
    try:
        async with asyncio.timeout(DATABASE_S):
            revision = await _revision(url)
    except SetupError as error:
        if error.exit_code == os.EX_TEMPFAIL:
            return good(subject, _IN_USE)
        return bad(subject, error.hint, "", error.exit_code)
    except (sa.exc.SQLAlchemyError, OSError) as error:
        sentence = f"It can't be opened ({type(error).__name__})."
        return bad(subject, sentence, "The file is damaged or not a database." if is_file else advice)
    return _judged(subject, revision)


def _judged(subject: str, revision: str | None) -> Finding:
    if revision is None:
        return good(subject, "It is empty: its tables will be made at the first start.")
    if revision > HEAD:
        advice = "Install the petaflop that wrote it, or a newer one."
        return bad(subject, "It was written by a newer petaflop.", advice)
    if revision < HEAD:
        return good(subject, "It will be migrated at the next start.", {"revision": revision})
    return good(subject, "It can be written to, and is up to date.", {"revision": revision})


async def _revision(url: sa.URL) -> str | None:
    """The migration that was last run; a transaction that could write is begun, and ended."""
    async with open_database(url) as database, database.write() as connection:
        there = await connection.run_sync(lambda sync: sa.inspect(sync).has_table("alembic_version"))
        if not there:
            return None
        return str(await connection.scalar(sa.text("SELECT version_num FROM alembic_version")))


def look_at_fonts() -> Finding:
    """The lettering of frames and of posters, on paper too."""
    try:
        weights = [Lettering(weight, 40) for weight in ("heavy", "medium")]
        widths = [weight.width(_LETTERS) for weight in weights]
        printed = [print_file(name) for weight in weights for name, _run in weight.runs(_LETTERS)]
    except OSError:
        widths, printed = [], []
    whole = printed and all(widths) and all(file.startswith(_TRUETYPE) for file in printed)
    if not whole or printable(_LETTERS) != _LETTERS:
        return bad("fonts", "Some are missing or damaged.", "Install petaflop anew.")
    return good("fonts", "Frames and posters can be lettered.")


async def look_at_children(settings: Settings) -> Finding:
    """A child process that cleans the sample portrait and draws an instant filter over it."""
    children = Children(slots=1, memory_bytes=DESK_MEMORY, seconds=RENDER_SECONDS)
    began = time.monotonic()
    try:
        async with children.running():
            started = time.monotonic()
            photo = await children.run(partial(clean, max_bytes=settings.max_upload), portrait(SAMPLE))
            await children.run(draw, StyleId("pixel"), photo.jpeg, 1, None)
    except ChildLost as error:
        advice = "It needs 1.5 GB of memory that it may use; look at the container's or user's limits."
        return bad("child processes", f"Work on pictures breaks ({error.cause}).", advice)
    figures = {"start_s": round(started - began, 3), "filter_s": round(time.monotonic() - started, 3)}
    return good("child processes", f"A first filter took {figures['filter_s']:.1f} s.", figures)


def look_at_port(host: str, port: int, variable: str, *, runs: bool) -> Finding:
    """A port: free, or taken by the petaflop that runs here."""
    subject = "page" if variable == "PORT" else "health and metrics"
    try:
        listen(host, port, variable).close()
    except SetupError as error:
        if runs:
            return good(subject, f"Port {port} is taken, most likely by the petaflop that runs.")
        return bad(subject, error.hint, "")
    return good(subject, f"Port {port} of {host} is free." if port else "Any free port will be taken.")


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())
