"""A photo's way reaches a collector as one trace, and costs nothing where nobody collects."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters import tracing
from adapters.serving import listen, serving
from adapters.tracing import traced, wanted
from bot.nouns import JobId, StyleId
from bot.trail import Step, no_step

JOB = JobId("3f0c7a52-8d1c-4a55-9f6e-0f2f6a7b8c9d")
RENDER = Step(
    "render",
    JOB,
    "done",
    1_800_000_010.0,
    2.5,
    1,
    "telegram",
    StyleId("oil"),
    "comfy",
    "spark:8188",
    1_800_000_005.0,
)


@dataclass
class Collector:
    """What has come, by the spans' names."""

    url: str = ""
    services: set[str] = field(default_factory=set)
    spans: dict[str, Span] = field(default_factory=dict)

    async def take(self, request: Request) -> Response:
        message = ExportTraceServiceRequest()
        message.ParseFromString(await request.body())
        for of_resource in message.resource_spans:
            told = {one.key: one.value.string_value for one in of_resource.resource.attributes}
            self.services.add(told["service.name"])
            self.spans |= {span.name: span for of_scope in of_resource.scope_spans for span in of_scope.spans}
        return Response(b"", media_type="application/x-protobuf")


@asynccontextmanager
async def collector() -> AsyncIterator[Collector]:
    made = Collector()
    app = Starlette(routes=[Route("/v1/traces", made.take, methods=["POST"])])
    with listen("127.0.0.1", 0, "PORT") as listener:
        made.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with serving(app, listener):
            yield made


async def test_a_photos_way_is_one_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    deliver = replace(RENDER, name="deliver", ended=RENDER.ended + 1, seconds=0.5, server="")
    async with collector() as made:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", made.url)
        async with traced() as send:
            for step in (
                replace(RENDER, name="intake", server=""),
                replace(RENDER, name="wait", server=""),
                RENDER,
                replace(deliver, outcome="later"),
                deliver,
            ):
                send(step)
    found = made.spans
    assert made.services == {"petaflop"}
    assert found.keys() == {"intake", "wait", "render", "deliver", "photo"}
    assert {span.trace_id.hex() for span in found.values()} == {JOB.replace("-", "")}
    whole = found.pop("photo")
    assert whole.parent_span_id == b""
    assert {span.parent_span_id for span in found.values()} == {whole.span_id}
    assert len({span.span_id for span in found.values()} | {whole.span_id}) == 5
    render = found["render"]
    assert (render.end_time_unix_nano - render.start_time_unix_nano) / 1e9 == pytest.approx(2.5)
    assert {one.key: one.value.string_value for one in render.attributes if one.value.string_value} == {
        "petaflop.job": JOB,
        "petaflop.style": "oil",
        "petaflop.platform": "telegram",
        "petaflop.renderer": "comfy",
        "petaflop.server": "spark:8188",
        "petaflop.outcome": "done",
    }


def test_a_step_that_broke_is_an_error() -> None:
    (span,) = tracing.spans(replace(RENDER, outcome="timeout"))
    assert not span.status.is_ok
    assert span.status.description == "timeout"
    (unhurt,) = tracing.spans(RENDER)
    assert unhurt.status.description is None


async def test_a_collector_that_is_away_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "COLLECTOR_ANSWERS_WITHIN_S", 0.2)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    async with asyncio.timeout(30), traced() as send:
        send(RENDER)


@pytest.mark.parametrize(
    ("environ", "on"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://a:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a:4318", "OTEL_SDK_DISABLED": "True"}, False),
    ],
)
def test_it_is_off_until_somebody_collects(environ: dict[str, str], *, on: bool) -> None:
    assert wanted(environ) is on


async def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(tracing, "find_spec", lambda _name: None)
    async with traced() as send:
        assert send is no_step
    assert "install petaflop[otel]" in caplog.text


def test_switched_off_it_imports_nothing() -> None:
    script = """
import asyncio, sys
from adapters.tracing import traced
async def once():
    async with traced(): pass
asyncio.run(once())
sys.exit(any(name.startswith("opentelemetry") for name in sys.modules))
"""
    subprocess.run((sys.executable, "-c", script), check=True, env={})
