"""Runs rows one after the other; one that can't run says why, and the others go on."""

import time

from tests.bench.figures import CannotRun, Figure, Outcome, Row


def outcome_of(row: Row, rounds: int | None = None) -> Outcome:
    """Run a row; what it measured before it broke is kept."""
    figures: list[Figure] = []
    trouble = None
    began = time.perf_counter()
    try:
        for figure in row.run(rounds or row.rounds):
            figures.append(figure)  # noqa: PERF402 # one by one: the next may raise
    except CannotRun as error:
        trouble = str(error)
    except Exception as error:  # noqa: BLE001 # the top of a worker: other rows go on
        trouble = f"{type(error).__name__}: {error}"
    return Outcome(row, tuple(figures), time.perf_counter() - began, trouble)
