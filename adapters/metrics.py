"""What is counted for Prometheus: jobs, renders, lines, and how quick the event loop is.

Names follow Prometheus' conventions (base units, ``_total`` on counters). Labels are styles, states,
renderers and outcome codes: few values, and none of them a person's.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.exposition import choose_encoder
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from bot.nouns import StyleId
from bot.states import JobState

RENDER_BUCKETS_S = (0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 13, 20, 30, 60, 120)  # filters 1 to 2 s, graphs 3 to 15 s
LAG_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)  # above 0.1 s a guest notices
LAG_SAMPLE_S = 0.25


@dataclass(frozen=True, slots=True)
class Tally:
    """How many jobs of one state one renderer has; None where no style is chosen yet."""

    state: JobState
    renderer: str | None
    jobs: int


class Metrics:
    """The figures of one running booth, in a registry of their own."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        Info("petaflop", "The running program", registry=self.registry).info({"version": version("petaflop")})
        self._jobs = Gauge("petaflop_jobs", "Jobs in the store", ["state"], registry=self.registry)
        self._line = Gauge("petaflop_line_jobs", "Jobs that wait", ["renderer"], registry=self.registry)
        self._store_up = Gauge(
            "petaflop_store_up", "Whether the store answered this scrape", registry=self.registry
        )
        self._renders = Counter(
            "petaflop_renders", "Attempts to render", ["style", "outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "petaflop_render_seconds",
            "From claim to framed picture",
            ["style"],
            buckets=RENDER_BUCKETS_S,
            registry=self.registry,
        )
        self._lag = Histogram(
            "petaflop_event_loop_lag_seconds",
            f"How late the event loop woke up, every {LAG_SAMPLE_S} s",
            buckets=LAG_BUCKETS_S,
            registry=self.registry,
        )

    def rendered(self, style: StyleId, outcome: str, seconds: float) -> None:
        """Count one attempt; ``outcome`` is ``done`` or an error's cause."""
        self._renders.labels(style, outcome).inc()
        if outcome == "done":
            self._seconds.labels(style).observe(seconds)

    def stand(self, census: Iterable[Tally] | None) -> None:
        """Take over what the store holds just now; None when it did not answer."""
        self._store_up.set(census is not None)
        self._jobs.clear()
        self._line.clear()
        if census is None:
            return
        for state in JobState:
            self._jobs.labels(state).set(0)
        for tally in census:
            self._jobs.labels(tally.state).inc(tally.jobs)
            if tally.renderer:
                waiting = tally.jobs if tally.state is JobState.WAITING else 0
                self._line.labels(tally.renderer).inc(waiting)

    def text(self, accept: str) -> tuple[bytes, str]:
        """All figures as the scraper's Accept header asks, with their media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self.registry), media_type

    @asynccontextmanager
    async def watching_the_loop(self) -> AsyncIterator[None]:
        """Measure the event loop's lag for as long as the block lasts."""
        watch = asyncio.create_task(self._watch(), name="event-loop-lag")
        try:
            yield
        finally:
            watch.cancel()
            await asyncio.wait([watch])

    async def _watch(self) -> None:
        while True:
            asleep = time.monotonic()
            await asyncio.sleep(LAG_SAMPLE_S)
            self._lag.observe(max(0.0, time.monotonic() - asleep - LAG_SAMPLE_S))
