"""``petaflop rehearse``."""

import asyncio
import json
import os
import secrets
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from adapters.cli.exits import Exit, exit_of
from adapters.cli.options import AsWritten, talkative
from adapters.cli.shelf import StyleType
from adapters.rehearsal.figures import Figures
from adapters.rehearsal.rehearse import Wish
from adapters.rehearsal.rehearse import rehearse as run
from adapters.settings import Settings, load_settings
from bot.nouns import Style

MOST_GUESTS = 1000
MAX_SEED = 2**31 - 1


@click.command(cls=AsWritten)
@click.option(
    "--guests", metavar="N", type=click.IntRange(1, MOST_GUESTS), required=True, help="How many come."
)
@click.option(
    "-s",
    "--style",
    "styles",
    metavar="ID",
    type=StyleType(),
    multiple=True,
    help="What they choose from; may be repeated. Else what ComfyUI offers, or the filters.",
)
@click.option(
    "--spread",
    metavar="SECONDS",
    type=click.FloatRange(0),
    default=10.0,
    show_default=True,
    help="They arrive over that time; 0 is a rush, which shows the most that can be done.",
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0, MAX_SEED),
    default=lambda: secrets.randbelow(MAX_SEED + 1),
    help="The same seed repeats guests, photos and choices; without it each time is new.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@talkative()
def rehearse(*, guests: int, styles: Sequence[Style], spread: float, seed: int, as_json: bool) -> int:
    """Let made-up guests come to the real booth, before the real ones do.

    Everything is as with real guests: intake, line, store, the renderers that
    are set up, frames and delivery. Only the guests are made up, with the two
    portraits that come with petaflop; they have no chat, and the data lies in
    a temporary directory. Nothing is left, here or on ComfyUI.

    Examples:
      petaflop rehearse --guests 20
      petaflop rehearse --guests 60 --spread 600 --style flux-oil --style flux-clay
      petaflop rehearse --guests 20 --spread 0 --seed 7 --json

    Ctrl-C ends it early and tells what was done so far.
    Ends with 0 when every guest got a picture, and with 69 when not.
    """
    settings = _settings(styles)
    wish = Wish(guests, spread, [style.id for style in styles], seed)
    with _bar(guests) as progress:
        figures = asyncio.run(_until_told(settings, wish, progress))
    if as_json:
        click.echo(json.dumps({**figures.plain(), "seed": seed}))
    else:
        Console(highlight=False).print(_table(figures, seed))
    return _code(figures).code


def _settings(styles: Sequence[Style]) -> Settings:
    """The environment's; a style that guests are not offered is offered here, when it is named."""
    if any(not style.offered for style in styles):
        return load_settings(os.environ, offer_preflight=True)
    return load_settings(os.environ)


async def _until_told(settings: Settings, wish: Wish, progress: Callable[[int], None]) -> Figures:
    """Rehearse until all are done or Ctrl-C; a second one ends at once."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def end() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    loop.add_signal_handler(signal.SIGINT, end)
    try:
        return await run(settings, wish, progress, stop)
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def _code(figures: Figures) -> Exit:
    if figures.stopped:
        return exit_of(KeyboardInterrupt())
    return Exit(os.EX_UNAVAILABLE if figures.failed else os.EX_OK)


@contextmanager
def _bar(guests: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, if that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("Guests served"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=guests)

        def done(count: int) -> None:
            progress.update(task, completed=count, refresh=True)

        yield done


def _table(figures: Figures, seed: int) -> Table:
    title = "Rehearsal, ended early" if figures.stopped else "Rehearsal"
    table = Table(title=title, show_header=False, border_style="#ff3b7b", title_style="bold #22d3ee")
    table.add_column(style="bold")
    table.add_column(justify="right")
    for name, value in _rows(figures):
        table.add_row(name, value)
    table.caption = f"Again: --guests {figures.guests} --seed {seed}"
    return table


def _rows(figures: Figures) -> Iterator[tuple[str, str]]:
    yield "guests served", f"{figures.served} of {figures.guests} in {figures.seconds:.1f} s"
    yield "guests an hour", f"{figures.per_hour:.0f}"
    for name, percent in (("half wait at most", 50), ("95 % wait at most", 95)):
        wait = figures.wait_s(percent)
        yield name, "nobody waited" if wait is None else f"{wait:.1f} s"
    for name, share in figures.busy.items():
        yield f"{_WORKPLACES.get(name, name)} busy", f"{share:.1%}"
    yield "failed", str(figures.failed)
    if figures.unfinished:
        yield "not done", str(figures.unfinished)
    yield "renders repeated", str(figures.retries)
    for code, count in figures.causes.items():
        yield f"  because of “{code}”", str(count)


_WORKPLACES = {"comfy": "ComfyUI", "embedded": "filters' cores"}
