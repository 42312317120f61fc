"""The base graphs: ``workflows/graphs.toml`` read, and the shipped graphs themselves."""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from bot.definitions import STRENGTHS as STEPS
from bot.definitions import Strength
from comfy.graph import Graph, GraphError, read_graph
from comfy.problems import Problem, shown

STRENGTHS: Mapping[Strength, float] = MappingProxyType({"subtle": 0.5, "medium": 0.65, "strong": 0.75})
"""For graphs that aren't ours; what FLUX.1-schnell tells apart in its four steps, others do too."""

_STEM = re.compile(r"[a-z0-9-]{1,64}")


class Base(BaseModel):
    """One base graph.

    Attributes:
        name: What a definition names it by.
        title: The model's name as people know it.
        graphs: Stems of files in ``workflows/graphs``, the preferred one first.
        strengths: The share that is rendered anew, 0..1, by step; empty where the words decide.
        tips: How to write for it, by language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    graphs: tuple[str, ...] = Field(min_length=1)
    strengths: Mapping[Strength, float] = Field(default_factory=dict)
    tips: Mapping[str, str]

    @property
    def steps(self) -> tuple[Strength, ...]:
        """The steps that it knows, the gentlest first."""
        return tuple(step for step in STEPS if step in self.strengths)


@cache
def bases() -> tuple[Base, ...]:
    """All of them, in the order of the file."""
    text = (resources.files("workflows") / "graphs.toml").read_text(encoding="utf-8")
    return tuple(Base.model_validate(entry) for entry in tomllib.loads(text)["base"])


def stems(name: str) -> tuple[str, ...]:
    """The graphs that a definition means by a name: a base's, or one graph."""
    return next((base.graphs for base in bases() if base.name == name), (name,))


@cache
def shipped_graph(stem: str) -> Graph:
    """One graph; many styles share it.

    Raises:
        GraphError: there is none of that name.
    """
    file = resources.files("workflows") / "graphs" / f"{stem}.json"
    if not _STEM.fullmatch(stem) or not file.is_file():
        raise GraphError(Problem("workflow-no-graph", {"name": shown(stem)}))
    return read_graph(json.loads(file.read_text(encoding="utf-8")))


def denoise_of(stem: str, strength: Strength) -> float:
    """What a named step means to a shipped graph.

    Raises:
        GraphError: there is no such step, or the graph knows none.
    """
    base = next((base for base in bases() if stem in base.graphs), None)
    strengths = base.strengths if base is not None else STRENGTHS
    if strength in strengths:
        return strengths[strength]
    if base is not None and not strengths:
        raise GraphError(Problem("workflow-no-strength", {"name": base.title}))
    raise GraphError(Problem("workflow-other-strength", {"steps": ", ".join(strengths)}))
