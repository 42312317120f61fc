"""The values that a bench is made of."""

import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Self


class CannotRun(Exception):
    """This machine lacks what a row needs; the message says what."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One measure, taken several times."""

    median: float
    least: float
    most: float
    rounds: int

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        taken = tuple(values)
        return cls(statistics.median(taken), min(taken), max(taken), len(taken))


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a row.

    Attributes:
        what: What was measured.
        unit: ``s``, ``ms``, ``MB`` (10⁶ bytes), ``kB``, ``guests`` or ``%``.
        ours: By our code.
        floor: By the floor, in the same run.
        bound: What was promised, in the same unit; going over it is marked, and nothing else.
    """

    what: str
    unit: str
    ours: Spread
    floor: Spread | None = None
    bound: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the floor, by the medians."""
        return self.ours.median / self.floor.median if self.floor and self.floor.median else None

    @property
    def exceeded(self) -> bool:
        """Whether the median is over the bound."""
        return self.bound is not None and self.ours.median > self.bound


@dataclass(frozen=True, slots=True)
class Row:
    """A question, and how it is answered.

    Attributes:
        name: For the command line.
        title: The question.
        floor: What the figures stand beside.
        rounds: How often each side is measured unless told otherwise.
        run: Yields the figures for a number of rounds; may raise :class:`CannotRun` between any two.
    """

    name: str
    title: str
    floor: str
    rounds: int
    run: Callable[[int], Iterator[Figure]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row that was run: its figures, and why there are no more of them."""

    row: Row
    figures: tuple[Figure, ...]
    seconds: float
    trouble: str | None = None
