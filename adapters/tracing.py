"""One photo's way as an OpenTelemetry trace: intake, wait, render, deliver; an optional extra.

The trace's id is the job's own UUID: the spans of several replicas, and of before and after a restart, meet
in one trace, and a job that the log names is found by it (dashes left out). Off unless an OTLP endpoint is
set and ``petaflop[otel]`` is installed; then nothing of OpenTelemetry is imported.

Source: OpenTelemetry specification, "OpenTelemetry Protocol Exporter" and "Trace: SpanContext".
"""

import asyncio
import logging
import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.trail import OnStep, Step, no_step

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import SpanContext

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
COLLECTOR_ANSWERS_WITHIN_S = 3.0  # also at the end, which a pod has 20 s for
_NS = 1_000_000_000
_LOW_64 = (1 << 64) - 1

log = logging.getLogger(__name__)


@asynccontextmanager
async def traced() -> AsyncIterator[OnStep]:
    """What takes steps and sends them on as spans, for as long as the block lasts."""
    if not wanted(os.environ):
        yield no_step
        return
    if find_spec("opentelemetry.sdk") is None:
        log.warning("an OTLP endpoint is set, but OpenTelemetry is missing: install petaflop[otel]")
        yield no_step
        return
    send, end = _exporting()
    try:
        yield send
    finally:
        await asyncio.to_thread(end)


def wanted(environ: Mapping[str, str]) -> bool:
    """Whether the environment asks for traces, in OpenTelemetry's own words."""
    if environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    return any(environ.get(name) for name in ENDPOINTS)


def _exporting() -> tuple[OnStep, Callable[[], None]]:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    processor = BatchSpanProcessor(OTLPSpanExporter(timeout=COLLECTOR_ANSWERS_WITHIN_S))

    def send(step: Step) -> None:
        for span in spans(step):
            processor.on_end(span)

    return send, processor.shutdown


def spans(step: Step) -> "Iterator[ReadableSpan]":
    """A step as a span; with the picture's delivery also the whole, which the others belong to."""
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator  # noqa: PLC0415

    job = uuid.UUID(step.job).int
    whole = _context(job, job & _LOW_64)
    own = _context(job, RandomIdGenerator().generate_span_id())
    yield _span(step, step.name, own, whole, step.ended - step.seconds)
    if step.name == "deliver" and step.outcome == "done" and step.entered is not None:
        yield _span(step, "photo", whole, None, step.entered)


def _context(trace: int, span: int) -> "SpanContext":
    from opentelemetry.trace import SpanContext, TraceFlags  # noqa: PLC0415

    return SpanContext(trace, span, is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))


def _span(
    step: Step, name: str, own: "SpanContext", parent: "SpanContext | None", began: float
) -> "ReadableSpan":
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope  # noqa: PLC0415
    from opentelemetry.trace.status import Status, StatusCode  # noqa: PLC0415

    well = step.outcome in {"done", "cancelled"}
    return ReadableSpan(
        name,
        own,
        parent,
        Resource.create({"service.name": "petaflop", "service.version": version("petaflop")}),
        _attributes(step),
        status=Status(StatusCode.UNSET) if well else Status(StatusCode.ERROR, step.outcome),
        start_time=int(began * _NS),
        end_time=int(step.ended * _NS),
        instrumentation_scope=InstrumentationScope("petaflop", version("petaflop")),
    )


def _attributes(step: Step) -> dict[str, str | int]:
    """What a job's step may tell: nothing of its guest but the platform."""
    told = {
        "job": step.job,
        "style": step.style,
        "platform": step.platform,
        "renderer": step.renderer,
        "server": step.server,
        "outcome": step.outcome,
    }
    known: dict[str, str | int] = {f"petaflop.{name}": value for name, value in told.items() if value}
    return known | {"petaflop.attempt": step.attempt}
