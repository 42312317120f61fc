"""The ops port: alive, ready by the store alone, and figures that Prometheus reads."""

import asyncio
import time
from collections.abc import Iterable

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from adapters import ops
from adapters.metrics import LAG_SAMPLE_S, Metrics, Tally
from adapters.ops import Census, ops_app
from bot.nouns import StyleId
from bot.states import JobState


async def census() -> Iterable[Tally]:
    return [
        Tally(JobState.WAITING, "embedded", 3),
        Tally(JobState.RENDERING, "embedded", 2),
        Tally(JobState.WAITING, "comfy", 1),
        Tally(JobState.CHOOSING, None, 4),
    ]


async def refused() -> Iterable[Tally]:
    raise ConnectionRefusedError


async def broken() -> Iterable[Tally]:
    raise OperationalError("SELECT", {}, Exception("closed"))


async def silent() -> Iterable[Tally]:
    await asyncio.Event().wait()
    return []


def client(store: Census, metrics: Metrics | None = None) -> httpx.AsyncClient:
    app = ops_app(store, metrics or Metrics())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://ops")


async def samples(http: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    answer = await http.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, *(value for _label, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


async def test_alive_and_ready() -> None:
    async with client(census) as http:
        for path in ("/healthz", "/readyz"):
            answer = await http.get(path)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("store", [refused, broken, silent])
async def test_without_its_store_it_is_alive_but_not_ready(
    store: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ops, "STORE_ANSWERS_WITHIN_S", 0.05)
    async with client(store) as http:
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/readyz")).status_code == 503
        assert (await samples(http))["petaflop_store_up",] == 0


async def test_jobs_by_state_and_lines_by_renderer() -> None:
    async with client(census) as http:
        found = await samples(http)
        assert found == await samples(http) | found  # a second scrape counts nothing twice
    assert found["petaflop_store_up",] == 1
    assert {state: found["petaflop_jobs", state] for state in JobState} == {
        "choosing": 4,
        "waiting": 4,
        "rendering": 2,
        "delivering": 0,
        "done": 0,
        "failed": 0,
        "cancelled": 0,
    }
    assert found["petaflop_line_jobs", "embedded"] == 3
    assert found["petaflop_line_jobs", "comfy"] == 1


async def test_figures_of_the_store_are_left_out_when_it_is_away() -> None:
    metrics = Metrics()
    metrics.stand([Tally(JobState.WAITING, "embedded", 3)])
    async with client(refused, metrics) as http:
        names = {name for name, *_labels in await samples(http)}
    assert not names & {"petaflop_jobs", "petaflop_line_jobs"}


async def test_renders_by_style_and_outcome() -> None:
    metrics, style = Metrics(), StyleId("watercolor")
    metrics.rendered(style, "done", 1.2)
    metrics.rendered(style, "done", 1.4)
    metrics.rendered(style, "timeout", 30.0)
    async with client(census, metrics) as http:
        found = await samples(http)
    assert found["petaflop_renders_total", "done", "watercolor"] == 2
    assert found["petaflop_renders_total", "timeout", "watercolor"] == 1
    assert found["petaflop_render_seconds_count", "watercolor"] == 2
    assert found["petaflop_render_seconds_sum", "watercolor"] == pytest.approx(2.6)


async def test_a_blocked_loop_shows_as_lag() -> None:
    metrics = Metrics()
    async with client(census, metrics) as http, metrics.watching_the_loop():
        await asyncio.sleep(0)  # the watch begins its first sleep
        time.sleep(LAG_SAMPLE_S + 0.15)  # noqa: ASYNC251 # what is to be seen
        await asyncio.sleep(0.001)  # due after the watch's own sleep
        found = await samples(http)
    assert found["petaflop_event_loop_lag_seconds_count",] == 1
    assert found["petaflop_event_loop_lag_seconds_sum",] > 0.1


async def test_process_and_version_are_told() -> None:
    async with client(census) as http:
        text = (await http.get("/metrics")).text
    assert "process_resident_memory_bytes" in text
    assert 'petaflop_info{version="' in text


async def test_openmetrics_on_request() -> None:
    async with client(census) as http:
        answer = await http.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


async def test_nothing_else_is_there() -> None:
    async with client(census) as http:
        assert (await http.get("/")).status_code == 404
        assert (await http.post("/healthz")).status_code == 405
