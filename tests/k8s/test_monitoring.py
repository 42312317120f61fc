"""Dashboard and alert rules name only metrics and labels that there are, and all of ours are looked at."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from prometheus_client.metrics_core import Metric

from adapters.gauges import Gauges
from adapters.metrics import Metrics
from adapters.uplink import Uplink
from bot.nouns import JobId, StyleId
from bot.states import JobState
from bot.store.pulse import Backlog, Pulse, Tally
from bot.trail import Step

FOLDER = Path(__file__).parents[2] / "k8s" / "components" / "monitoring"
NAME = re.compile(r"\b(?:petaflop|process|python)_[a-z_]+\b")
SELECTOR = re.compile(r"\b((?:petaflop|process)_[a-z_]+)\{([^}]*)\}")
GROUPING = re.compile(r"\b(?:by|on) \(([a-z, ]+)\)")
FROM_PROMETHEUS = {"le", "instance"}


class Spark:
    """A server that has said how much memory it has."""

    name = "spark"
    ready = True
    memory = (1, 2)

    async def refresh(self) -> None:
        """It is known."""


@cache
def exported() -> dict[str, frozenset[str]]:
    """Every sample's name with the labels that it can have."""
    metrics = Metrics()
    for name in ("intake", "wait", "render", "deliver"):
        told = Step(name, JobId("7"), "done", 9.0, 1.0, 2, "web", StyleId("oil"), "comfy", "spark", 8.0)
        metrics.step(told)
    uplink = Uplink("telegram", "api")
    uplink.lost("ConnectError")
    gauges = Gauges([uplink], [Spark()], FOLDER)
    gauges.pulse = Pulse(
        [Tally(JobState.WAITING, "comfy", 1)],
        [Backlog("telegram", 1, 2.0)],
        [("comfy", 1)],
        1,
        [("telegram", 1)],
    )
    metrics.registry.register(gauges)
    families: list[Metric] = list(metrics.registry.collect())
    return {sample.name: frozenset(sample.labels) for one in families for sample in one.samples}


def panels() -> Iterator[dict[str, object]]:
    document = json.loads((FOLDER / "dashboard.json").read_text())
    yield from (panel for panel in document["panels"] if panel["type"] != "row")


def rules() -> list[dict[str, object]]:
    (group,) = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"]
    found: list[dict[str, object]] = group["rules"]
    return found


def expressions() -> list[str]:
    drawn = [target["expr"] for panel in panels() for target in panel["targets"]]  # type: ignore[attr-defined]
    return [*drawn, *(str(rule["expr"]) for rule in rules())]


def strangers(expression: str) -> set[str]:
    """Names and labels in an expression that the program doesn't have."""
    names = set(NAME.findall(expression))
    unknown = names - exported().keys()
    labels = frozenset[str]().union(*(exported().get(name, frozenset()) for name in names))
    grouped = {label.strip() for group in GROUPING.findall(expression) for label in group.split(",")}
    unknown |= grouped - labels - FROM_PROMETHEUS
    for name, selector in SELECTOR.findall(expression):
        selected = set(re.findall(r"([a-z_]+)\s*[!=]", selector))
        unknown |= selected - exported().get(name, frozenset())
    return unknown


@pytest.mark.parametrize("expression", expressions())
def test_an_expression_names_only_what_there_is(expression: str) -> None:
    assert NAME.search(expression)
    assert not strangers(expression)


@pytest.mark.parametrize(
    "wrong",
    [
        "petaflop_rendered_total",
        'petaflop_jobs{status="done"}',
        "sum by (guest) (petaflop_renders_total)",
        'rate(petaflop_renders_total{styles!~"oil"}[5m])',
    ],
)
def test_a_slip_would_be_seen(wrong: str) -> None:
    assert strangers(wrong)


def test_everything_that_is_counted_is_looked_at() -> None:
    named = {name for expression in expressions() for name in NAME.findall(expression)}
    ours = {name for name in exported() if name.startswith("petaflop_")}
    counted = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in ours}
    seen = {re.sub(r"_(bucket|count|sum|total)$", "", name) for name in named}
    assert {re.sub(r"_total$", "", name) for name in counted} <= seen


def test_panels_tell_what_they_show() -> None:
    found = list(panels())
    assert len({panel["id"] for panel in found}) == len(found)
    assert all(panel["title"] and panel["description"] for panel in found)


def test_alerts_say_what_to_do() -> None:
    for rule in rules():
        annotations, labels = rule["annotations"], rule["labels"]
        assert isinstance(annotations, dict)
        assert isinstance(labels, dict)
        assert labels["severity"] in {"page", "look"}
        assert annotations.keys() == {"summary", "action"}
        told = re.findall(r"\$labels\.(\w+)", str(annotations["summary"]))
        assert set(told) <= set(re.findall(r"\w+", str(rule["expr"]))) | labels_of(str(rule["expr"]))


def labels_of(expression: str) -> frozenset[str]:
    names = NAME.findall(expression)
    return frozenset[str]().union(*(exported()[name] for name in names))
