"""``python -m tests.bench [ROW …]``: all rows, or the named ones."""

import json

import click
from rich import box
from rich.console import Console

from tests.bench.figures import Outcome
from tests.bench.machine import machine
from tests.bench.rows import ROWS
from tests.bench.running import outcome_of
from tests.bench.tables import plain, summary, table_of, verdicts

NAMES = [row.name for row in ROWS]


@click.command()
@click.argument("names", metavar="[ROW]…", nargs=-1, type=click.Choice(NAMES))
@click.option("--list", "only_list", is_flag=True, help="Say which rows there are, and end.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--markdown", is_flag=True, help="Print Markdown, for docs/bench.md.")
@click.option(
    "--rounds", type=click.IntRange(min=1), help="Measure each side so often, instead of as a row asks."
)
def bench(
    names: tuple[str, ...], *, only_list: bool, as_json: bool, markdown: bool, rounds: int | None
) -> None:
    """Measure, each figure beside its floor in the same run: median (least–most).

    No figure fails anything: a machine may be busy. docs/bench.md explains the rows.
    """
    chosen = [row for row in ROWS if not names or row.name in names]
    if only_list:
        for row in chosen:
            print(f"{row.name:10}{row.title}\n{'':10}beside: {row.floor}")
        return
    facts = machine()
    outcomes = []
    with Console(stderr=True).status("measuring") as status:
        for row in chosen:
            status.update(f"measuring {row.name}")
            outcomes.append(outcome_of(row, rounds))
    if as_json:
        print(json.dumps({"machine": facts, "rows": [plain(one) for one in outcomes]}, indent=2))
    else:
        _tell(summary(facts), outcomes, markdown=markdown)


def _tell(facts: str, outcomes: list[Outcome], *, markdown: bool) -> None:
    console = Console(width=160 if markdown else None)
    console.print(facts, highlight=False)
    for outcome in outcomes:
        console.print(
            f"\n{'### ' * markdown}{outcome.row.title} ({outcome.seconds:.0f} s)\n", highlight=False
        )
        console.print(f"Beside: {outcome.row.floor}.", highlight=False)
        console.print(table_of(outcome, box.MARKDOWN if markdown else box.SIMPLE_HEAD))
    for line in verdicts(outcomes):
        console.print(line, highlight=False, markup=False)


if __name__ == "__main__":
    bench()
