"""The ops port: alive, ready by the store alone, and figures that Prometheus reads."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from adapters import ops
from adapters.gauges import Gauges
from adapters.metrics import LAG_SAMPLE_S, Metrics
from adapters.ops import Heart, ops_app
from adapters.uplink import Uplink
from bot.nouns import JobId, StyleId
from bot.states import JobState
from bot.store.pulse import Backlog, Pulse, Tally
from bot.trail import Step, StepName

HELD = Pulse(
    tallies=[
        Tally(JobState.WAITING, "embedded", 3, 12.0),
        Tally(JobState.RENDERING, "embedded", 2, 1.5),
        Tally(JobState.WAITING, "comfy", 1, 40.0),
        Tally(JobState.CHOOSING, None, 4, 7.0),
    ],
    backlogs=[Backlog("telegram", 2, 3.5)],
    erasures=[("comfy", 5)],
    unfetched=6,
    recalls=[("telegram", 3)],
)


@dataclass(frozen=True)
class Store:
    """A store that holds this, or does what stores do when they are away."""

    trouble: Exception | None = None
    silent: bool = False

    async def beats(self) -> bool:
        await self._answer()
        return True

    async def pulse(self) -> Pulse:
        await self._answer()
        return HELD

    async def _answer(self) -> None:
        if self.silent:
            await asyncio.Event().wait()
        if self.trouble is not None:
            raise self.trouble


@dataclass
class Spark:
    """A server's side of the gauges."""

    name: str = "spark:8188"
    ready: bool = True
    memory: tuple[int, int] | None = None
    says: tuple[int, int] | None = (40, 128)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def refresh(self) -> None:
        self.asked.set()
        if self.says is None:
            await asyncio.Event().wait()
        self.memory = self.says


HEALTHY = Store()
REFUSED = Store(ConnectionRefusedError())
BROKEN = Store(OperationalError("SELECT", {}, Exception("closed")))
SILENT = Store(silent=True)


def client(store: Heart, metrics: Metrics | None = None, gauges: Gauges | None = None) -> httpx.AsyncClient:
    app = ops_app(store, metrics or Metrics(), gauges or Gauges())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://ops")


def step(name: StepName, outcome: str = "done", seconds: float = 1.0, attempt: int = 1) -> Step:
    return Step(
        name, JobId("7"), outcome, 100.0, seconds, attempt, "telegram", StyleId("oil"), "comfy", "spark", 90.0
    )


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
    async with client(HEALTHY) as http:
        for path in ("/healthz", "/readyz"):
            answer = await http.get(path)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("store", [REFUSED, BROKEN, SILENT])
async def test_without_its_store_it_is_alive_but_not_ready(
    store: Heart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ops, "STORE_ANSWERS_WITHIN_S", 0.05)
    async with client(store) as http:
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/readyz")).status_code == 503
        assert (await samples(http))["petaflop_store_up",] == 0


async def test_jobs_by_state_and_lines_by_renderer() -> None:
    async with client(HEALTHY) as http:
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


async def test_what_waits_and_what_is_to_be_erased() -> None:
    async with client(HEALTHY) as http:
        found = await samples(http)
    assert found["petaflop_oldest_job_seconds", "waiting"] == 40
    assert found["petaflop_oldest_job_seconds", "delivering"] == 0
    assert found["petaflop_inbox_events", "telegram"] == 2
    assert found["petaflop_inbox_oldest_seconds", "telegram"] == 3.5
    assert found["petaflop_unfetched_photos",] == 6
    assert found["petaflop_erasures_pending", "comfy"] == 5
    assert found["petaflop_recalls_pending", "telegram"] == 3


async def test_figures_of_the_store_are_left_out_when_it_is_away() -> None:
    async with client(REFUSED) as http:
        names = {name for name, *_labels in await samples(http)}
    assert not names & {"petaflop_jobs", "petaflop_line_jobs", "petaflop_inbox_events"}


async def test_uplinks_tell_what_was_good_and_what_was_lost() -> None:
    asks, posts = Uplink("telegram", "api"), Uplink("telegram", "webhook")
    began = time.time()
    asks.good()
    asks.lost("ConnectError")
    asks.refused("http_429")
    asks.lost("ConnectError")
    async with client(HEALTHY, gauges=Gauges([asks, posts])) as http:
        found = await samples(http)
    assert found["petaflop_uplink_up", "telegram", "api"] == 0
    assert found["petaflop_uplink_good_timestamp_seconds", "telegram", "api"] >= began
    assert found["petaflop_uplink_good_timestamp_seconds", "telegram", "webhook"] == 0
    assert found["petaflop_uplink_errors_total", "ConnectError", "telegram", "api"] == 2
    assert found["petaflop_uplink_errors_total", "http_429", "telegram", "api"] == 1


def test_what_is_counted_of_an_uplink_is_what_maintainers_read_of_it() -> None:
    news = Uplink("telegram", "polling")
    assert news.report(up=False, trouble="").heard_s is None
    news.good()
    assert (news.up, news.trouble, news.heard_at) == (True, "", 0.0)
    news.heard()
    report = news.report(up=news.up, trouble=news.trouble, backlog=3)
    assert (report.platform, report.via, report.up, report.backlog) == ("telegram", "polling", True, 3)
    assert report.heard_s is not None
    news.refused("http_409")
    assert (news.up, news.trouble) == (True, "http_409")
    news.lost("ConnectError")
    assert (news.up, news.trouble) == (False, "ConnectError")
    news.good()
    assert (news.up, news.trouble, news.errors.total()) == (True, "", 2)


async def test_servers_are_asked_for_their_memory_while_somebody_wants_to_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.gauges.SERVERS_ANSWER_WITHIN_S", 0.05)
    spark, hangs = Spark(), Spark("other:8188", ready=False, says=None)
    async with client(HEALTHY, gauges=Gauges(servers=[spark, hangs])) as http:
        assert not spark.asked.is_set()
        found = await samples(http)
    assert hangs.asked.is_set()
    assert found["petaflop_server_up", "spark:8188"] == 1
    assert found["petaflop_server_up", "other:8188"] == 0
    assert found["petaflop_server_memory_free_bytes", "spark:8188"] == 40
    assert found["petaflop_server_memory_size_bytes", "spark:8188"] == 128
    assert ("petaflop_server_memory_free_bytes", "other:8188") not in found


async def test_room_on_the_disk(tmp_path: Path) -> None:
    async with client(HEALTHY, gauges=Gauges(disk=tmp_path)) as http:
        found = await samples(http)
    assert 0 < found["petaflop_disk_free_bytes",] <= found["petaflop_disk_size_bytes",]


async def test_each_step_of_a_photo_is_counted() -> None:
    metrics = Metrics()
    for told in (
        step("intake", seconds=0.4),
        step("intake", "photo-damaged"),
        step("wait", seconds=4.0),
        step("render", seconds=1.2),
        step("render", seconds=1.4, attempt=2),
        step("render", "timeout", 30.0),
        step("deliver", "later"),
        step("deliver", seconds=0.2, attempt=3),
    ):
        metrics.step(told)
    async with client(HEALTHY, metrics) as http:
        found = await samples(http)
    assert found["petaflop_intakes_total", "done", "telegram"] == 1
    assert found["petaflop_intakes_total", "photo-damaged", "telegram"] == 1
    assert found["petaflop_line_seconds_sum", "comfy"] == 4
    assert found["petaflop_renders_total", "done", "spark", "oil"] == 2
    assert found["petaflop_renders_total", "timeout", "spark", "oil"] == 1
    assert found["petaflop_render_seconds_count", "oil"] == 2
    assert found["petaflop_render_seconds_sum", "oil"] == pytest.approx(2.6)
    assert found["petaflop_deliveries_total", "later", "telegram"] == 1
    assert found["petaflop_delivery_seconds_count", "telegram"] == 1
    assert found["petaflop_wait_seconds_sum", "telegram"] == 10
    assert found["petaflop_retries_total", "render"] == 1
    assert found["petaflop_retries_total", "deliver"] == 1


async def test_a_blocked_loop_shows_as_lag() -> None:
    metrics = Metrics()
    async with client(HEALTHY, metrics) as http, metrics.watching_the_loop():
        await asyncio.sleep(0)  # the watch begins its first sleep
        time.sleep(LAG_SAMPLE_S + 0.15)  # noqa: ASYNC251 # what is to be seen
        await asyncio.sleep(0.001)  # due after the watch's own sleep
        found = await samples(http)
    assert found["petaflop_event_loop_lag_seconds_count",] >= 1
    assert found["petaflop_event_loop_lag_seconds_sum",] > 0.1


async def test_process_and_version_are_told() -> None:
    async with client(HEALTHY) as http:
        text = (await http.get("/metrics")).text
    assert "process_resident_memory_bytes" in text
    assert 'petaflop_info{version="' in text


async def test_openmetrics_on_request() -> None:
    async with client(HEALTHY) as http:
        answer = await http.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


async def test_nothing_else_is_there() -> None:
    async with client(HEALTHY) as http:
        assert (await http.get("/")).status_code == 404
        assert (await http.post("/healthz")).status_code == 405
