"""Whether a series of readings grows: the Theil-Sen slope, which a few spikes don't move.

P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968): the median of
the slopes of all pairs; its 95 % interval by rank, with the variance n(n-1)(2n+5)/18 of Kendall's statistic.
"""

import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HOUR_S = 3600.0
Z_95 = 1.96
LEAST_READINGS = 8


@dataclass(frozen=True, slots=True)
class Trend:
    """What became of one series after the warm-up.

    Attributes:
        begin: Median of the first third.
        end: Median of the last third.
        peak: The largest reading.
        per_hour: The slope, in units an hour; ``low`` and ``high`` are its 95 % interval.
        bound: So much an hour counts as flat.
    """

    begin: float
    end: float
    peak: float
    per_hour: float
    low: float
    high: float
    bound: float

    @property
    def flat(self) -> bool:
        """Whether it doesn't grow: not by more than the bound, or not surely at all."""
        return self.per_hour <= self.bound or self.low <= 0.0


def trend_of(times_s: Sequence[float], values: Sequence[float], bound: float) -> Trend:
    """The trend of a series.

    Raises:
        ValueError: fewer than eight readings.
    """
    count = len(values)
    if count < LEAST_READINGS:
        raise ValueError("too few readings for a slope")
    points = zip(times_s, values, strict=True)
    slopes = sorted(
        HOUR_S * (later[1] - earlier[1]) / (later[0] - earlier[0])
        for earlier, later in itertools.combinations(points, 2)
    )
    low, high = _interval(slopes, count)
    third = count // 3
    return Trend(
        statistics.median(values[:third]),
        statistics.median(values[-third:]),
        max(values),
        statistics.median(slopes),
        low,
        high,
        bound,
    )


def trends_of(
    times_s: Sequence[float], series: Mapping[str, Sequence[float]], bounds: Mapping[str, float]
) -> dict[str, Trend]:
    """The trend of each series that has a bound."""
    return {name: trend_of(times_s, series[name], bound) for name, bound in bounds.items()}


def _interval(slopes: Sequence[float], count: int) -> tuple[float, float]:
    spread = Z_95 * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    lower = max(0, round((len(slopes) - spread) / 2) - 1)
    upper = min(len(slopes) - 1, round((len(slopes) + spread) / 2))
    return slopes[lower], slopes[upper]
