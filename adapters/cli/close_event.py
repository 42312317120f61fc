"""``petaflop close-event``."""

import asyncio
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from adapters.cli.files import check_writable
from adapters.cli.options import AsWritten, talkative
from adapters.settings import Settings, load_settings
from bot.errors import SetupError
from bot.office.closing import Closed, erase_event, export_to
from bot.office.closing_order import Order, Orders
from bot.office.export import is_export, pictures_in
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
    told = {**asyncio.run(_close(settings, file)), "exported": pictures_in(file)}
    click.echo(json.dumps(told) if as_json else _sentence(told))


def _ask(event: str) -> None:
    """Let nobody erase a whole event by mistake.

    Raises:
        SetupError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise SetupError("Nobody is here to say yes. Add --yes to erase without a question.", os.EX_USAGE)
    if not click.confirm(_QUESTION.format(event=event), err=True):
        raise click.Abort


async def _close(settings: Settings, file: Path) -> Mapping[str, int]:
    """Close it here, or let the booth that serves do it."""
    try:
        async with open_stores(settings.database_url, settings.data_dir) as stores:
            return asdict(await _closed(stores, settings, file))
    except SetupError as error:
        if error.exit_code != os.EX_TEMPFAIL:
            raise
    return await _ordered(Orders(settings.data_dir), file)


async def _closed(stores: Stores, settings: Settings, file: Path) -> Closed:
    with click.progressbar(length=1, label="Pictures", file=sys.stderr) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = max(1, of)
            bar.update(done - bar.pos)

        exported = await export_to(stores, file, progress)
    crew = [*settings.maintainers, *await stores.crew.all()]
    return await erase_event(stores, Deed(HOUSE, Act.CLOSE_EVENT), crew, exported)


async def _ordered(orders: Orders, file: Path) -> Mapping[str, int]:
    """Have it done by the booth, and take the archive over.

    Raises:
        SetupError: the booth doesn't answer, or could not do it.
    """
    token = secrets.token_hex(8)
    orders.leave(Order(token, HOUSE))
    answer = await _answered(orders, token)
    if "error" in answer:
        orders.clear()
        hint = (
            f"The booth could not close the event ({answer['error']}). Its log says more; nothing was erased."
        )
        raise SetupError(hint, os.EX_IOERR)
    if orders.archive.exists():
        await asyncio.to_thread(_take_over, orders.archive, file)
    orders.clear()
    return {name: int(str(value)) for name, value in answer.items() if name not in ("token", "last")}


def _take_over(archive: Path, file: Path) -> None:
    """Bring the archive to where it is wanted; an empty one never takes the place of an earlier one."""
    if file.exists() and not pictures_in(archive):
        archive.unlink()
    else:
        shutil.move(archive, file)


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


def _sentence(told: Mapping[str, int]) -> str:
    exported, guests, jobs = told["exported"], told["guests"], told["jobs"]
    erased = f"Erased: {guests} guests, {jobs} jobs, {told['photos']} photos, {told['pictures']} pictures."
    lines = [f"{exported} shared pictures are in the archive.", erased]
    if told["messages"] or told["copies"]:
        left = f"{told['messages']} messages to take back, copies of {told['copies']} jobs on servers"
        lines.append(f"Still to come, while the booth serves: {left}.")
    return "\n".join(lines)
