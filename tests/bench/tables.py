"""Outcomes for people, as tables in the terminal or in Markdown, and for machines, as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from tests.bench.figures import Figure, Outcome, Spread

EXCEEDED = "over "


def table_of(outcome: Outcome, style: box.Box = box.SIMPLE_HEAD) -> Table:
    """A row's figures: each beside its floor and its bound."""
    table = Table(box=style, header_style="bold", expand=False)
    for name, side in (
        ("", "left"),
        ("ours", "right"),
        ("floor", "right"),
        ("ratio", "right"),
        ("bound", "right"),
    ):
        table.add_column(name, justify="right" if side == "right" else "left", no_wrap=bool(name))
    for figure in outcome.figures:
        table.add_row(*_cells(figure))
    return table


def plain(outcome: Outcome) -> dict[str, object]:
    """What ``--json`` tells of a row."""
    return {
        "row": outcome.row.name,
        "title": outcome.row.title,
        "floor": outcome.row.floor,
        "seconds": round(outcome.seconds, 1),
        "trouble": outcome.trouble,
        "figures": [asdict(one) | {"ratio": one.ratio, "exceeded": one.exceeded} for one in outcome.figures],
    }


def summary(facts: Mapping[str, str | int | float]) -> str:
    """The machine in one line."""
    return " · ".join(f"{name} {value}" for name, value in facts.items())


def verdicts(outcomes: Sequence[Outcome]) -> list[str]:
    """The bounds that were exceeded and the rows that didn't run through, a line each."""
    over = [
        f"{outcome.row.name}: {figure.what} is over its bound"
        for outcome in outcomes
        for figure in outcome.figures
        if figure.exceeded
    ]
    return over + [f"{outcome.row.name}: {outcome.trouble}" for outcome in outcomes if outcome.trouble]


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    bound = "" if figure.bound is None else f"{EXCEEDED * figure.exceeded}{figure.bound:g} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return figure.what, _shown(figure.ours, figure.unit), _shown(figure.floor, figure.unit), ratio, bound


def _shown(spread: Spread | None, unit: str) -> str:
    if spread is None:
        return ""
    median, least, most = (_digits(value) for value in (spread.median, spread.least, spread.most))
    return f"{median} {unit}" if least == most else f"{median} {unit} ({least}–{most})"


def _digits(value: float) -> str:
    """Three digits that say something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
