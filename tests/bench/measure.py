"""Work measured in a fresh process each time, so that neither caches nor memory pass from one to the next."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figures import CannotRun, Spread

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # as in the booth's children
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Work:
    """A module's function with its arguments, and those of a first run that doesn't count."""

    function: Callable[..., object]
    args: tuple[object, ...]
    warm_up: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """What rounds of one work took: seconds of processor, and the process's peak with its imports in MB."""

    cpu_s: Spread
    peak_mb: Spread


def side_by_side(ours: Work, floor: Work, rounds: int) -> tuple[Costs, Costs]:
    """Measure both in turn: A B A B …

    Raises:
        CannotRun: not on Linux.
    """
    pairs = [(probed(ours), probed(floor)) for _ in range(rounds)]
    return _costs([pair[0] for pair in pairs]), _costs([pair[1] for pair in pairs])


def probed(work: Work) -> tuple[float, float]:
    """Run the work once in a process of its own: processor seconds, peak MB.

    Raises:
        CannotRun: not on Linux.
    """
    if sys.platform != "linux":
        raise CannotRun("a process's peak is read from /proc, which only Linux has")
    cpu_s, peak_mb = in_fresh_process("tests.bench.probe", work.function, work.warm_up, work.args)
    return cpu_s, peak_mb


def in_fresh_process(module: str, *given: object) -> Any:
    """What the module's program answers, as JSON, to the pickled values on its standard input."""
    told = subprocess.run(
        [sys.executable, "-m", module],
        input=pickle.dumps(given),
        stdout=subprocess.PIPE,
        env=os.environ | ONE_THREAD,
        cwd=ROOT,
        check=True,
    )
    return json.loads(told.stdout)


def _costs(measured: list[tuple[float, float]]) -> Costs:
    return Costs(Spread.of(cpu for cpu, _ in measured), Spread.of(peak for _, peak in measured))
