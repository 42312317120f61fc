"""``python -m tests.soak``: how the serving process fares over hours, and whether it stays as it is."""

import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click
from rich import box
from rich.console import Console

from tests.bench.machine import machine
from tests.bench.tables import summary
from tests.soak.readings import BOUNDS, Reading
from tests.soak.running import Told, Wish, soaked
from tests.soak.tables import grown_rows, rows_table, trend_table
from tests.soak.trends import LEAST_READINGS, Trend, trends_of
from tests.soak.visits import Crowd


@click.command()
@click.option("--minutes", default=60.0, show_default=True, help="How long guests come.")
@click.option("--warm-up", default=20.0, show_default=True, help="Minutes at the beginning that don't count.")
@click.option("--guests", default=6.0, show_default=True, help="Guests a minute.")
@click.option("--fault-every", default=60.0, show_default=True, help="Seconds from one fault to the next.")
@click.option(
    "--readings", type=click.Path(path_type=Path), help="Write every reading here, a JSON object a line."
)
def soak(minutes: float, warm_up: float, guests: float, fault_every: float, readings: Path | None) -> None:
    """Serve guests of both chats and the page for a while, with faults; tell whether anything grows."""
    facts = machine()
    with tempfile.TemporaryDirectory() as folder:
        told = asyncio.run(soaked(Path(folder), Wish(minutes, guests, fault_every), _note))
    if readings is not None:
        readings.write_text("".join(f"{json.dumps(asdict(one))}\n" for one in told.readings))
    counted = [one for one in told.readings if one.at_s >= 60 * warm_up]
    if len(counted) < LEAST_READINGS:
        sys.exit("too short for a slope: more --minutes, or less --warm-up")
    series = {name: [one.figures[name] for one in counted] for name in BOUNDS}
    _tell(summary(facts), told, trends_of([one.at_s for one in counted], series, BOUNDS), counted)


def _note(reading: Reading, crowd: Crowd) -> None:
    figures = ", ".join(f"{name} {value:.4g}" for name, value in reading.figures.items())
    click.echo(f"{reading.at_s / 60:5.1f} min, {crowd.pictures} pictures: {figures}", err=True)


def _tell(facts: str, told: Told, trends: dict[str, Trend], counted: list[Reading]) -> None:
    console, crowd = Console(width=160), told.crowd
    console.print(facts, highlight=False)
    console.print(
        f"{crowd.pictures} pictures, {crowd.shares} shared, {crowd.forgotten} guests forgotten, "
        f"{told.walls} times the wall, {told.faults} faults",
        highlight=False,
    )
    console.print(trend_table(trends, box.MARKDOWN))
    console.print(rows_table(grown_rows(counted), box.MARKDOWN))
    for what, times in told.unhappy.most_common():
        console.print(f"{times} times {what}", highlight=False, markup=False)
    grows = [name for name, trend in trends.items() if not trend.flat]
    console.print(f"grows: {', '.join(grows)}" if grows else "flat", highlight=False)


if __name__ == "__main__":
    soak()
