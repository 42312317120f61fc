"""What is looked at for Prometheus when it asks: the store's pulse, the uplinks, the servers, the disk."""

import asyncio
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from adapters.uplink import Uplink
from bot.states import UNFINISHED, JobState
from bot.store.pulse import Pulse

SERVERS_ANSWER_WITHIN_S = 1.0  # a scrape waits no longer for those that hang


class Machine(Protocol):
    """A ComfyUI server, as far as it is told here; sizes are bytes."""

    name: str

    @property
    def ready(self) -> bool:
        """Whether it can be given jobs."""
        ...

    @property
    def memory(self) -> tuple[int, int] | None:
        """Free and total bytes of the memory that it renders in, as it last said; None when it hasn't."""
        ...

    async def refresh(self) -> None:
        """Ask it for its memory; it may not answer."""
        ...


class Gauges(Collector):
    """All of them; ``pulse`` is taken by whoever answers the scrape, as it has to be awaited.

    Args:
        uplinks: Those of all platforms.
        servers: All ComfyUI servers.
        disk: The folder of database and pictures; None where the database is elsewhere.
    """

    def __init__(
        self,
        uplinks: Sequence[Uplink] = (),
        servers: Sequence[Machine] = (),
        disk: Path | None = None,
    ) -> None:
        self.pulse: Pulse | None = None
        self._uplinks = uplinks
        self._servers = servers
        self._disk = disk

    async def look(self) -> None:
        """Ask the servers: only while somebody wants to know, so that nobody is asked for nothing."""
        looks = [asyncio.create_task(server.refresh()) for server in self._servers]
        if looks:
            await asyncio.wait(looks, timeout=SERVERS_ANSWER_WITHIN_S)
        for look in looks:
            look.cancel()

    def collect(self) -> Iterator[Metric]:
        """Everything as it stands."""
        yield _gauge("store_up", "Whether the store answered this scrape", [((), self.pulse is not None)])
        if self.pulse is not None:
            yield from _of_the_store(self.pulse)
        yield from self._of_uplinks()
        yield from self._of_servers()
        if self._disk is not None and self._disk.exists():
            usage = shutil.disk_usage(self._disk)
            yield _gauge("disk_free_bytes", "Room beside database and pictures", [((), usage.free)])
            yield _gauge("disk_size_bytes", "The disk of database and pictures", [((), usage.total)])

    def _of_uplinks(self) -> Iterator[Metric]:
        yield _gauge(
            "uplink_up",
            "Whether the last thing that happened on it was good",
            [((one.platform, one.via), one.up) for one in self._uplinks],
            "platform",
            "via",
        )
        yield _gauge(
            "uplink_good_timestamp_seconds",
            "When it was last answered, or brought something; 0 is never",
            [((one.platform, one.via), one.good_at) for one in self._uplinks],
            "platform",
            "via",
        )
        errors = CounterMetricFamily(
            "petaflop_uplink_errors", "What went wrong on it", labels=["platform", "via", "error"]
        )
        for one in self._uplinks:
            for code, count in one.errors.items():
                errors.add_metric([one.platform, one.via, code], count)
        yield errors

    def _of_servers(self) -> Iterator[Metric]:
        servers = self._servers
        yield _gauge(
            "server_up",
            "Whether a ComfyUI server can be given jobs",
            [((one.name,), one.ready) for one in servers],
            "server",
        )
        said = [(one.name, one.memory) for one in servers if one.memory is not None]
        yield _gauge(
            "server_memory_free_bytes",
            "Free memory of what it renders on",
            [((name,), memory[0]) for name, memory in said],
            "server",
        )
        yield _gauge(
            "server_memory_size_bytes",
            "All memory of what it renders on",
            [((name,), memory[1]) for name, memory in said],
            "server",
        )


def _of_the_store(pulse: Pulse) -> Iterator[Metric]:
    tallies = pulse.tallies
    counted = {state: sum(tally.jobs for tally in tallies if tally.state is state) for state in JobState}
    yield _gauge(
        "jobs", "Jobs in the store", [((str(state),), jobs) for state, jobs in counted.items()], "state"
    )
    waiting = {tally.renderer: 0 for tally in tallies if tally.renderer}
    waiting |= {tally.renderer: tally.jobs for tally in tallies if _waits(tally.state) and tally.renderer}
    yield _gauge(
        "line_jobs",
        "Jobs that wait",
        [((renderer,), jobs) for renderer, jobs in waiting.items() if renderer],
        "renderer",
    )
    oldest = {
        state: max((tally.oldest_s for tally in tallies if tally.state is state), default=0.0)
        for state in sorted(UNFINISHED)
    }
    yield _gauge(
        "oldest_job_seconds",
        "How long the oldest unfinished job is in its state",
        [((str(state),), age) for state, age in oldest.items()],
        "state",
    )
    yield from _of_the_inbox(pulse)
    yield _gauge("unfetched_photos", "Photos that are still on their platforms", [((), pulse.unfetched)])
    yield _gauge(
        "erasures_pending",
        "Jobs that are over and may still have left something on a renderer's servers",
        [((renderer,), jobs) for renderer, jobs in pulse.erasures],
        "renderer",
    )
    yield _gauge(
        "recalls_pending",
        "Messages that show what was taken back, and are still to be deleted",
        [((platform,), messages) for platform, messages in pulse.recalls],
        "platform",
    )


def _of_the_inbox(pulse: Pulse) -> Iterator[Metric]:
    yield _gauge(
        "inbox_events",
        "What platforms have sent and nobody has handled",
        [((one.platform,), one.events) for one in pulse.backlogs],
        "platform",
    )
    yield _gauge(
        "inbox_oldest_seconds",
        "Age of the oldest of them",
        [((one.platform,), one.oldest_s) for one in pulse.backlogs],
        "platform",
    )


def _waits(state: JobState) -> bool:
    return state is JobState.WAITING


def _gauge(
    name: str, about: str, values: Iterable[tuple[tuple[str, ...], float]], *labels: str
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"petaflop_{name}", about, labels=labels)
    for found, value in values:
        family.add_metric(found, float(value))
    return family
