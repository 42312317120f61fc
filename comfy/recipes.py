"""Graph styles made ready: graphs read, the places for photo, prompt and seed found, strengths as numbers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from bot.errors import SetupError
from bot.nouns import Order, Style
from comfy.bindings import Bindings, Role, Values, bind, find_bindings
from comfy.catalogue import GraphStyle
from comfy.checks import models_of
from comfy.graph import Graph, GraphError, read_graph

STRENGTHS: Mapping[str, float] = MappingProxyType({"subtle": 0.5, "medium": 0.65, "strong": 0.75})
"""Denoise by named step. A sampler of n steps starts at n / int(n / denoise) of the noise, so FLUX.1-schnell
with its four knows few values: 0.5 → 0.5, 0.65 → 0.667, 0.75 → 0.8; above 0.8 the photo counts no more."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One graph of a style, ready to be bound to a job; ``models`` are the files that it loads."""

    style: Style
    graph: Graph
    bindings: Bindings
    models: frozenset[str]
    prompt: str | None
    denoise: float | None

    def bound(self, order: Order, photo: str) -> dict[str, object]:
        """The graph of one job as JSON; ``photo`` is the upload's name as LoadImage takes it."""
        values = Values(order.job, photo, self.prompt, order.seed, self.denoise)
        return bind(self.graph, self.bindings, values).document()


@dataclass(frozen=True, slots=True)
class StyleRecipes:
    """A style with its recipes, the preferred one first."""

    style: Style
    recipes: tuple[Recipe, ...]


def load_recipes(styles: Sequence[GraphStyle]) -> tuple[StyleRecipes, ...]:
    """Read the graphs of all styles.

    Raises:
        SetupError: a graph is missing or can't be used, or a style asks for what its graph doesn't have.
    """
    return tuple(
        StyleRecipes(entry.style, tuple(_recipe(entry, name) for name in entry.graph)) for entry in styles
    )


def make_recipe(style: Style, graph: Graph, prompt: str | None, denoise: float | None) -> Recipe:
    """Prepare one graph.

    Raises:
        GraphError: photo or output can't be found, or there is no place for prompt or strength.
    """
    bindings = find_bindings(graph)
    for role, value in ((Role.PROMPT, prompt), (Role.DENOISE, denoise)):
        if value is not None:
            bindings.at(role)
    models = models_of(graph.only(bindings.output))
    return Recipe(style, graph, bindings, models, prompt, denoise)


def _recipe(entry: GraphStyle, name: str) -> Recipe:
    where = f"styles.toml: style “{entry.style.id}”"
    if entry.strength is not None and entry.strength not in STRENGTHS:
        raise SetupError(f"{where}: strength is one of {', '.join(STRENGTHS)}.")
    denoise = STRENGTHS[entry.strength] if entry.strength is not None else None
    try:
        return make_recipe(entry.style, _read_shipped(name), entry.prompt, denoise)
    except (OSError, ValueError) as error:
        reason = str(error) if isinstance(error, GraphError) else "it is missing or no JSON."
        raise SetupError(f"{where}: graph “{name}”: {reason}") from error


@cache
def _read_shipped(name: str) -> Graph:
    """Many styles share a graph."""
    file = resources.files("workflows") / "graphs" / f"{name}.json"
    return read_graph(json.loads(file.read_text(encoding="utf-8")))
