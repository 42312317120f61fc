"""The event loop's stalls, as somebody feels them who knocks every 20 ms."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.bench.booth import Booth
from tests.bench.measure import ROOT

LAG = "petaflop_event_loop_lag_seconds_bucket"


class Waits:
    """Filled when the knocking is over."""

    longest_s: float = 0.0


@contextlib.contextmanager
def knocking(booth: Booth) -> Iterator[Waits]:
    """Knock at ``/healthz``, which asks nothing but the event loop, for as long as the block lasts."""
    waits = Waits()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.knocker", f"{booth.ops_url}/healthz"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as knocker:
        yield waits
        told, _ = knocker.communicate()
    waits.longest_s = max(json.loads(told))


def lag_bucket_s(booth: Booth) -> float:
    """The least bucket of the program's own histogram that holds every sample so far; infinity beyond all."""
    text = httpx.get(f"{booth.ops_url}/metrics").raise_for_status().text
    buckets = {
        float(sample.labels["le"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == LAG
    }
    return min(edge for edge, count in buckets.items() if count == max(buckets.values()))
