"""The slope of a soak: what grows is told from what only sways."""

import math
import random

import pytest
from rich import box
from rich.console import Console

from tests.soak.readings import Reading
from tests.soak.tables import grown_rows, rows_table, trend_table
from tests.soak.trends import HOUR_S, trend_of, trends_of

TIMES = [15.0 * number for number in range(120)]


def leaking(per_hour: float, noise: float, seed: int = 1) -> list[float]:
    dice = random.Random(seed)
    return [200 + per_hour * at / HOUR_S + dice.gauss(0, noise) for at in TIMES]


@pytest.mark.parametrize("per_hour", [12.0, 60.0, 600.0])
def test_a_leak_is_found_with_its_size_under_noise(per_hour: float) -> None:
    trend = trend_of(TIMES, leaking(per_hour, noise=1.0), bound=6.0)
    assert not trend.flat
    assert trend.low < per_hour < trend.high
    assert trend.end > trend.begin


def test_what_sways_and_what_shrinks_is_flat() -> None:
    swaying = [200 + 20 * math.sin(at / 60) for at in TIMES]
    assert trend_of(TIMES, swaying, bound=1.0).flat
    assert trend_of(TIMES, leaking(-50, noise=1.0), bound=1.0).flat
    assert trend_of(TIMES, [7.0] * len(TIMES), bound=0.0).flat


def test_a_slow_sure_growth_below_its_bound_is_flat_and_above_it_is_not() -> None:
    values = leaking(5.0, noise=0.01)
    assert trend_of(TIMES, values, bound=6.0).flat
    assert not trend_of(TIMES, values, bound=4.0).flat


def test_a_few_spikes_don_t_move_the_slope() -> None:
    values = leaking(12.0, noise=0.5)
    spiked = [*values[:-6], *(value + 400 for value in values[-6:])]
    assert abs(trend_of(TIMES, spiked, 1.0).per_hour - 12) < 3
    assert trend_of(TIMES, spiked, 1.0).peak > 500


def test_too_few_readings_have_no_slope() -> None:
    with pytest.raises(ValueError, match="too few"):
        trend_of(TIMES[:7], TIMES[:7], 1.0)


def test_tables_tell_what_grows() -> None:
    series = {"memory": leaking(600, 1.0), "tasks": [40.0] * len(TIMES)}
    trends = trends_of(TIMES, series, {"memory": 6.0, "tasks": 4.0})
    readings = [Reading(0, {}, {"jobs": 10}), Reading(60, {}, {"jobs": 12, "notes": 1})]
    assert grown_rows(readings) == {"jobs": (10, 12), "notes": (0, 1)}
    console = Console(width=160, record=True)
    console.print(trend_table(trends, box.MARKDOWN), rows_table(grown_rows(readings), box.MARKDOWN))
    told = {line.split("|")[1].strip(): line for line in console.export_text().splitlines() if "|" in line}
    assert "GROWS" in told["memory"]
    assert "flat" in told["tasks"]
    assert told["notes"].split() == ["|", "notes", "|", "0", "|", "1", "|"]
