"""``petaflop stylize``: check, read, make, write, tell."""

import asyncio
import json
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from adapters.cli.files import PIPE, check_writable, read_photo, same_file, write_picture
from adapters.cli.finish import FORMATS, Finished, Format
from adapters.cli.making import Stage, Wish, make
from adapters.cli.options import AsWritten, talkative
from adapters.cli.shelf import StyleType, all_styles, english_name
from adapters.settings import load_settings
from bot.nouns import Style

MAX_SEED = 2**31 - 1

_path = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Errand:
    """What stood on the command line; named as there."""

    source: Path
    style: Style
    target: Path
    seed: int
    no_frame: bool
    force: bool
    as_json: bool


def _named(_context: click.Context, _option: click.Parameter, style: Style | None) -> Style:
    if style is None:
        raise click.UsageError(f"Choose a style with --style: {', '.join(all_styles())}.")
    return style


def _any_seed() -> int:
    return secrets.randbelow(MAX_SEED + 1)


@click.command(cls=AsWritten)
@click.argument("source", metavar="IN", type=_path)
@click.option(
    "-s", "--style", type=StyleType(), callback=_named, metavar="ID", help="One of: petaflop styles"
)
@click.option(
    "-o", "--out", "target", metavar="OUT", required=True, type=_path, help=f"Ends in {', '.join(FORMATS)}."
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0, MAX_SEED),
    default=_any_seed,
    help="The same seed repeats a picture; without it each is new.",
)
@click.option("--no-frame", is_flag=True, help="The picture alone, without frame and footer.")
@click.option("--force", is_flag=True, help="Let OUT replace IN, when both are the same file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object about the picture.")
@talkative()
def stylize(**given: Any) -> None:
    """Give one photo a style, without a server.

    IN is a JPEG, PNG, WebP, AVIF, HEIC, GIF or BMP. OUT is replaced if it
    exists, unless it is IN itself, and only once the picture is whole. Either
    may be - for a pipe; a piped picture is a JPEG.

    Examples:
      petaflop stylize me.jpg --style watercolor -o me-watercolor.jpg
      petaflop stylize me.heic -s comic -o me.png --no-frame --seed 7
      petaflop stylize - -s oil -o - < me.jpg > me-oil.jpg
      petaflop stylize me.jpg -s pixel -o me-pixel.webp --json

    The JSON object has: style, seconds, width, height, out, seed.
    Next: petaflop demo, for everybody's phone.
    """
    _run(Errand(**given))


def _run(errand: Errand) -> None:
    """Make the picture; nothing is read before it is clear that the command makes sense."""
    target_format = _checked(errand)
    check_writable(errand.target)
    settings = load_settings(os.environ)
    photo = read_photo(errand.source, settings.max_upload)
    wish = Wish(
        photo, errand.style, english_name(errand.style), errand.seed, target_format, not errand.no_frame
    )
    started = time.monotonic()
    with _progress() as stage:
        finished = asyncio.run(make(settings, wish, stage))
    write_picture(errand.target, finished.data)
    _tell(errand, finished, time.monotonic() - started)


def _checked(errand: Errand) -> Format:
    """The format that OUT asks for.

    Raises:
        click.UsageError: OUT can't be meant so.
    """
    if errand.source == PIPE and sys.stdin.isatty():
        raise click.UsageError("IN is -, but nothing is piped in.")
    if same_file(errand.source, errand.target) and not errand.force:
        raise click.UsageError("OUT is IN: choose another file, or add --force to replace the photo.")
    if errand.target == PIPE:
        return _piped(errand)
    found = FORMATS.get(errand.target.suffix.lower())
    if found is None:
        raise click.UsageError(f"OUT has to end in {', '.join(FORMATS)}, or be - for a pipe.")
    return found


def _piped(errand: Errand) -> Format:
    if sys.stdout.isatty():
        raise click.UsageError("OUT is -, but a terminal shows no pictures: send it to a file.")
    if errand.as_json:
        raise click.UsageError("OUT is -, so that --json has no place: both would go to standard output.")
    return "JPEG"


@contextmanager
def _progress() -> Iterator[Stage]:
    """A bar on standard error, if that is a terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description:20}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Starting", total=1.0)

        def stage(description: str, share: float) -> None:
            progress.update(task, description=description, completed=share, refresh=True)

        yield stage


def _tell(errand: Errand, finished: Finished, seconds: float) -> None:
    """As JSON on standard output; else to a person at the terminal only."""
    figures = {
        "style": errand.style.id,
        "seconds": round(seconds, 3),
        "width": finished.width,
        "height": finished.height,
        "out": str(errand.target),
        "seed": errand.seed,
    }
    if errand.as_json:
        click.echo(json.dumps(figures))
    elif sys.stderr.isatty():
        size = f"{finished.width} × {finished.height}"
        click.echo(f"{english_name(errand.style)}, {size}, {seconds:.1f} s, seed {errand.seed}", err=True)
