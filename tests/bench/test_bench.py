import io
import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from rich.console import Console

from tests.bench.__main__ import bench
from tests.bench.figures import CannotRun, Figure, Row, Spread
from tests.bench.running import outcome_of
from tests.bench.tables import plain, table_of, verdicts


def row(run_raises: Exception | None = None) -> Row:
    def run(rounds: int) -> Iterator[Figure]:
        yield Figure("work", "s", Spread.of([3.0] * rounds), Spread.of([1.5]), bound=2.0)
        if run_raises is not None:
            raise run_raises

    return Row("made-up", "A made-up row", "nothing", 4, run)


def test_a_spread_is_median_least_and_most() -> None:
    assert Spread.of([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0, 3)


def test_a_figure_stands_beside_floor_and_bound() -> None:
    (figure,) = outcome_of(row()).figures
    assert figure.ours.rounds == 4
    assert figure.ratio == 2.0
    assert figure.exceeded
    assert Figure("bytes", "kB", Spread.of([1.0])).ratio is None


@pytest.mark.parametrize("error", [CannotRun("no /proc"), ValueError("no /proc")])
def test_a_row_that_breaks_says_why_and_keeps_what_it_measured(error: Exception) -> None:
    outcome = outcome_of(row(error))
    assert len(outcome.figures) == 1
    assert outcome.trouble
    assert verdicts([outcome]) == [
        "made-up: work is over its bound",
        f"made-up: {outcome.trouble}",
    ]
    assert "no /proc" in outcome.trouble


def test_the_table_marks_what_is_over_its_bound() -> None:
    console = Console(width=120, file=io.StringIO(), record=True)
    console.print(table_of(outcome_of(row(), rounds=1)))
    shown = console.export_text()
    assert [word for word in ("3 s", "1.5 s", "2.00", "over 2 s") if word not in shown] == []


def test_json_carries_everything() -> None:
    told = json.loads(json.dumps(plain(outcome_of(row(), rounds=1))))
    three, half = ({"median": value, "least": value, "most": value, "rounds": 1} for value in (3.0, 1.5))
    assert told["figures"] == [
        {
            "what": "work",
            "unit": "s",
            "ours": three,
            "floor": half,
            "bound": 2.0,
            "ratio": 2.0,
            "exceeded": True,
        }
    ]


def test_every_row_is_listed() -> None:
    told = CliRunner().invoke(bench, ["--list"])
    assert told.exit_code == 0
    names = [line.split()[0] for line in told.stdout.splitlines() if not line.startswith(" ")]
    assert names == ["intake", "filters", "guests", "start", "page", "comfy", "burst", "servers"]


def test_a_real_row_runs_to_its_end_with_the_real_program() -> None:
    told = CliRunner().invoke(bench, ["page", "--json", "--rounds", "1"])
    assert told.exit_code == 0, told.output
    report = json.loads(told.stdout)
    (page,) = report["rows"]
    assert page["trouble"] is None
    assert report["machine"]["cores"] >= 1
    by_name = {figure["what"]: figure["ours"]["median"] for figure in page["figures"]}
    parts = [size for what, size in by_name.items() if what.startswith("first visit: ") and "all" not in what]
    (whole,) = (size for what, size in by_name.items() if what.startswith("first visit: all"))
    assert all(size > 0 for size in parts)
    assert whole == pytest.approx(sum(parts))  # nothing is downloaded that no line counts
    assert all(figure["unit"] == "kB" for figure in page["figures"])
