"""What a soak tells, as tables."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table

from tests.soak.readings import Reading
from tests.soak.trends import Trend

Change = tuple[int, int]
"""Rows at the first reading, and at the last."""


def trend_table(trends: Mapping[str, Trend], style: box.Box) -> Table:
    """A line a series: where it was, where it is, and how it went."""
    table = Table("", "first third", "last third", "peak", "an hour", "95 %", "flat below", "", box=style)
    for name, trend in trends.items():
        table.add_row(
            name,
            f"{trend.begin:.4g}",
            f"{trend.end:.4g}",
            f"{trend.peak:.4g}",
            f"{trend.per_hour:+.2f}",
            f"{trend.low:+.2f} to {trend.high:+.2f}",
            f"{trend.bound:g}",
            "flat" if trend.flat else "GROWS",
        )
    return table


def grown_rows(readings: Sequence[Reading]) -> dict[str, Change]:
    """Rows by table, first and last."""
    first, last = readings[0].rows, readings[-1].rows
    return {name: (first.get(name, 0), last.get(name, 0)) for name in sorted({*first, *last})}


def rows_table(rows: Mapping[str, Change], style: box.Box) -> Table:
    """A line a table of the database."""
    table = Table("rows", "after the warm-up", "at the end", box=style)
    for name, (first, last) in rows.items():
        table.add_row(name, str(first), str(last))
    return table
