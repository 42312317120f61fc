"""``petaflop close-event``."""

import asyncio
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from adapters.cli.files import check_writable
from adapters.cli.options import AsWritten, talkative
from adapters.settings import Settings, load_settings
from bot.errors import SetupError
from bot.office.closing import erase_event, export_to
from bot.office.closing_order import Orders
from bot.office.export import is_export, pictures_in, vacant
from bot.store.audit import HOUSE, Act, Deed
from bot.store.stores import Stores, open_stores

TAKEN_S = 30.0
"""So long a booth that serves may take to look at the order."""

LOOK_S = 0.2
_QUESTION = "Erase everything that guests have left at {event}, but for the archive of what they shared?"


@click.command(cls=AsWritten)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Don't ask before everything is erased.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object: what was exported and erased.")
@talkative()
def close_event(file: Path, *, yes: bool, as_json: bool) -> None:
    """Write the shared pictures into FILE (ZIP), then erase all of the event.

    An archive that is there stays: the new one is pyconf-2.zip then.
    Guests, photos, pictures, jobs, shares and what hangs in feeds are gone
    afterwards; styles, maintainers and counts stay. It works beside a booth
    that serves, too; what can't be reached just now is taken back as soon as
    the booth reaches it. Doing it again after a break ends the same.

    Examples:
      petaflop close-event pyconf.zip
      petaflop close-event pyconf.zip --yes --json
    Next: keep FILE; look at petaflop doctor before the next event.
    """
    settings = load_settings(os.environ)
    check_writable(file)
    if file.exists() and not is_export(file):
        raise SetupError("FILE is there, and no archive of an event. Name another one.", os.EX_CANTCREAT)
    if not yes:
        _ask(settings.event)
    done = asyncio.run(_close(settings, file))
    click.echo(json.dumps({**done.told, "archive": str(done.archive)}) if as_json else _sentence(done))


def _ask(event: str) -> None:
    """Let nobody erase a whole event by mistake.

    Raises:
        SetupError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise SetupError("Nobody is here to say yes. Add --yes to erase without a question.", os.EX_USAGE)
    if not click.confirm(_QUESTION.format(event=event), err=True):
        raise click.Abort


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done, by the names of :class:`Closed`, and the archive that lies there now."""

    told: Mapping[str, int]
    archive: Path


async def _close(settings: Settings, file: Path) -> _Done:
    """Close it here, or let the booth that serves do it."""
    try:
        async with open_stores(settings.database_url, settings.data_dir) as stores:
            return await _closed(stores, settings, file)
    except SetupError as error:
        if error.exit_code != os.EX_TEMPFAIL:
            raise
    return await _ordered(Orders(settings.data_dir), file)


async def _closed(stores: Stores, settings: Settings, file: Path) -> _Done:
    archive = vacant(file) if await stores.shares.counted() else file
    with click.progressbar(length=1, label="Pictures", file=sys.stderr) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = max(1, of)
            bar.update(done - bar.pos)

        exported = await export_to(stores, archive, progress)
    crew = [*settings.maintainers, *await stores.crew.all()]
    closed = await erase_event(stores, Deed(HOUSE, Act.CLOSE_EVENT), crew, exported)
    return _Done(asdict(closed), archive)


async def _ordered(orders: Orders, file: Path) -> _Done:
    """Have it done by the booth, and take the archive over.

    Raises:
        SetupError: the booth doesn't answer, or could not do it.
    """
    order = orders.leave(secrets.token_hex(8), HOUSE)
    answer = await _answered(orders, order.token)
    if "error" in answer:
        orders.clear()
        hint = (
            f"The booth could not close the event ({answer['error']}). Its log says more; nothing was erased."
        )
        raise SetupError(hint, os.EX_IOERR)
    archive = await asyncio.to_thread(_take_over, orders.archive(order), file)
    orders.clear()
    told = {name: int(str(value)) for name, value in answer.items() if name not in ("token", "last")}
    return _Done(told, archive)


def _take_over(archive: Path, file: Path) -> Path:
    """Bring the archive to where it is wanted, or beside an earlier one; an empty one isn't kept there."""
    if file.exists() and not pictures_in(archive):
        archive.unlink()
        return file
    place = vacant(file)
    shutil.move(archive, place)
    return place


async def _answered(orders: Orders, token: str) -> Mapping[str, object]:
    until = time.monotonic() + TAKEN_S
    while True:
        answer = orders.answer(token)
        if answer is not None:
            until = time.monotonic() + TAKEN_S * 10  # it is at work: a large event takes a while to compact
            if answer.get("last"):
                return answer
        if time.monotonic() > until:
            orders.withdraw()
            hint = "The booth that uses this data directory doesn't answer. Stop it, then try again."
            raise SetupError(hint, os.EX_TEMPFAIL)
        await asyncio.sleep(LOOK_S)


def _sentence(done: _Done) -> str:
    told, guests, jobs = done.told, done.told["guests"], done.told["jobs"]
    erased = f"Erased: {guests} guests, {jobs} jobs, {told['photos']} photos, {told['pictures']} pictures."
    lines = [_archived(told["exported"], done.archive), erased]
    if told["messages"] or told["copies"]:
        left = f"{told['messages']} messages to take back, copies of {told['copies']} jobs on servers"
        lines.append(f"Still to come, while the booth serves: {left}.")
    return "\n".join(lines)


def _archived(exported: int, archive: Path) -> str:
    if not exported and pictures_in(archive):
        return f"Nothing new was shared: {archive} stays as it is."
    pictures = "1 shared picture is" if exported == 1 else f"{exported} shared pictures are"
    return f"{pictures} in {archive}."
