"""How the fake behaves, and how it misbehaves. Tests change these values while it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from PIL import Image

Crash = Literal["memory", "cuda", "graph", "disk"]
Kind = Literal["reset-before", "reset-after", "hang", "error-500"]


@dataclass(slots=True)
class Behaviour:
    """What the machine does with jobs.

    Attributes:
        job_seconds: Time of one render; a function is asked at each.
        cold_seconds: Added when a job needs other models than the one before.
        hold: How far renders go, as a share of their steps, until this is raised again; 1 lets them end.
        history_late_s: Between ``execution_success`` and the history.
        crashes: Taken by the next jobs, one each: they end with that exception.
        nans: So many of the next samplings give NaN: a black picture, with success.
        preview_bytes: Previews are padded to so many bytes.
        spoil: What becomes of each picture before it is saved.
    """

    job_seconds: float | Callable[[], float] = 0.05
    cold_seconds: float = 0.0
    hold: float = 1.0
    history_late_s: float = 0.002
    crashes: list[Crash] = field(default_factory=list)
    nans: int = 0
    preview_bytes: int = 0
    spoil: Callable[[Image.Image], Image.Image] = lambda picture: picture

    def next_seconds(self) -> float:
        """The time of the render that begins now."""
        return self.job_seconds() if callable(self.job_seconds) else self.job_seconds


@dataclass(slots=True)
class Fault:
    """What happens to a request.

    Attributes:
        kind: ``reset-before`` cuts the connection and does nothing, ``reset-after`` does what is asked and
            then cuts it, ``hang`` never answers, ``error-500`` fails in plain text.
        times: How many requests it happens to.
        skip: How many it spares before.
    """

    kind: Kind
    method: str
    path: str
    times: int = 1
    skip: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Whether it happens to this request; counts it."""
        if method != self.method or not path.removeprefix("/api").startswith(self.path) or self.times == 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True
