"""What is counted for Prometheus while it happens: the steps of jobs, and how quick the event loop is.

Names follow Prometheus' conventions (base units, ``_total`` on counters). Labels are styles, states,
platforms, renderers, servers and outcome codes: few values, and none of them a person's.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.exposition import choose_encoder
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from bot.trail import Step, StepName

RENDER_BUCKETS_S = (0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 13, 20, 30, 60, 120)  # filters 1 to 2 s, graphs 3 to 15 s
WAIT_BUCKETS_S = (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800)  # a queue of thirty takes minutes
SEND_BUCKETS_S = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 60)  # half a megabyte over a hotspot
LAG_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)  # above 0.1 s a guest notices
LAG_SAMPLE_S = 0.25


class Metrics:
    """The figures of one running booth, in a registry of their own."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        Info("petaflop", "The running program", registry=registry).info({"version": version("petaflop")})
        self._intakes = _counter(registry, "intakes", "Attempts to take a photo in", "platform", "outcome")
        self._intake_s = _histogram(
            registry, "intake_seconds", "A photo fetched and cleaned", SEND_BUCKETS_S, "platform"
        )
        self._line_s = _histogram(
            registry, "line_seconds", "From the line's end to its head", WAIT_BUCKETS_S, "renderer"
        )
        self._renders = _counter(registry, "renders", "Attempts to render", "style", "server", "outcome")
        self._render_s = _histogram(
            registry, "render_seconds", "From claim to framed picture", RENDER_BUCKETS_S, "style"
        )
        self._deliveries = _counter(
            registry, "deliveries", "Attempts to deliver a picture", "platform", "outcome"
        )
        self._delivery_s = _histogram(
            registry, "delivery_seconds", "A picture shown in its chat", SEND_BUCKETS_S, "platform"
        )
        self._wait_s = _histogram(
            registry, "wait_seconds", "From entering the line to the picture", WAIT_BUCKETS_S, "platform"
        )
        self._retries = _counter(registry, "retries", "Second and later attempts", "step")
        self._lag = _histogram(
            registry,
            "event_loop_lag_seconds",
            f"How late the event loop woke up, every {LAG_SAMPLE_S} s",
            LAG_BUCKETS_S,
        )
        self._tasks = Gauge("petaflop_event_loop_tasks", "Tasks on the event loop", registry=registry)
        self._steps: Mapping[StepName, Callable[[Step], None]] = {
            "intake": self._took_in,
            "wait": lambda step: self._line_s.labels(step.renderer).observe(step.seconds),
            "render": self._rendered,
            "deliver": self._delivered,
        }

    def step(self, step: Step) -> None:
        """Count a step of a job."""
        if step.attempt > 1:
            self._retries.labels(step.name).inc()
        self._steps[step.name](step)

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

    def _took_in(self, step: Step) -> None:
        self._intakes.labels(step.platform, step.outcome).inc()
        if step.outcome == "done":
            self._intake_s.labels(step.platform).observe(step.seconds)

    def _rendered(self, step: Step) -> None:
        self._renders.labels(step.style, step.server, step.outcome).inc()
        if step.outcome == "done":
            self._render_s.labels(step.style).observe(step.seconds)

    def _delivered(self, step: Step) -> None:
        self._deliveries.labels(step.platform, step.outcome).inc()
        if step.outcome != "done":
            return
        self._delivery_s.labels(step.platform).observe(step.seconds)
        if step.entered is not None:
            self._wait_s.labels(step.platform).observe(max(0.0, step.ended - step.entered))

    async def _watch(self) -> None:
        while True:
            asleep = time.monotonic()
            await asyncio.sleep(LAG_SAMPLE_S)
            self._lag.observe(max(0.0, time.monotonic() - asleep - LAG_SAMPLE_S))
            self._tasks.set(len(asyncio.all_tasks()))


def _counter(registry: CollectorRegistry, name: str, about: str, *labels: str) -> Counter:
    return Counter(f"petaflop_{name}", about, labels, registry=registry)


def _histogram(
    registry: CollectorRegistry, name: str, about: str, buckets: tuple[float, ...], *labels: str
) -> Histogram:
    return Histogram(f"petaflop_{name}", about, labels, buckets=buckets, registry=registry)
