"""Graph styles made ready: graphs read, the places for photo, prompt and seed found, strengths as numbers.

A style comes from the shipped catalogue, or from a maintainer's definition; a recipe doesn't tell which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from bot.definitions import Role, Strength, StyleDefinition
from bot.errors import SetupError
from bot.nouns import Order, Style
from comfy.bases import STRENGTHS, denoise_of, shipped_graph, stems
from comfy.bindings import Bindings, Choices, Values, bind, find_bindings
from comfy.catalogue import GRAPH_RENDERER, GraphStyle
from comfy.checks import models_of
from comfy.exports import read_export
from comfy.graph import Graph, GraphError
from comfy.policy import NodePolicy, forbidden_nodes, other_files

_NO_CHOICES: Choices = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a style writes into its graph; None keeps the graph's own.

    Attributes:
        denoise: Share of the way from noise that is rendered anew, 0..1.
        steps: Of the sampler.
    """

    prompt: str | None = None
    denoise: float | None = None
    steps: int | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """One graph of a style, ready to be bound to a job; ``models`` are the files that it loads."""

    style: Style
    graph: Graph
    bindings: Bindings
    models: frozenset[str]
    wishes: Wishes

    def bound(self, order: Order, photo: str) -> dict[str, object]:
        """The graph of one job as JSON; ``photo`` is the upload's name as LoadImage takes it."""
        wishes = self.wishes
        values = Values(order.job, photo, wishes.prompt, order.seed, wishes.denoise, wishes.steps)
        return bind(self.graph, self.bindings, values).document()


@dataclass(frozen=True, slots=True, eq=False)
class StyleRecipes:
    """A style with its recipes, the preferred one first. Two are the same only if they are one object."""

    style: Style
    recipes: tuple[Recipe, ...]


def load_recipes(styles: Sequence[GraphStyle]) -> tuple[StyleRecipes, ...]:
    """Read the graphs of the catalogue's styles.

    Raises:
        SetupError: a graph is missing or can't be used, or a style asks for what its graph doesn't have.
    """
    return tuple(
        StyleRecipes(entry.style, tuple(_shipped_recipe(entry, stem) for stem in entry.graph))
        for entry in styles
    )


def define_recipes(definition: StyleDefinition, policy: NodePolicy) -> StyleRecipes:
    """Make a maintainer's definition ready; nothing about it is taken on trust.

    Raises:
        GraphError: graph or workflow can't be used, or must not be, or lacks a place for what is wished.
        JsonRefused: the workflow is none.
    """
    parts = _parts(definition)
    uses_model = definition.prompt is not None or any(models_of(graph) for graph, _ in parts)
    style = _style(definition, uses_model=uses_model)
    return StyleRecipes(
        style,
        tuple(
            make_recipe(style, graph, wishes, find_bindings(graph, definition.bindings), policy)
            for graph, wishes in parts
        ),
    )


def _parts(definition: StyleDefinition) -> list[tuple[Graph, Wishes]]:
    """Each graph that a definition names, with what is to be written there."""
    prompt, strength, steps = definition.prompt, definition.strength, definition.steps
    if definition.workflow is not None:
        denoise = STRENGTHS[strength] if strength is not None else None
        return [(read_export(definition.workflow.encode()), Wishes(prompt, denoise, steps))]
    return [
        (shipped_graph(stem), Wishes(prompt, _denoise(stem, strength), steps))
        for name in definition.graphs
        for stem in stems(name)
    ]


def _denoise(stem: str, strength: Strength | None) -> float | None:
    return None if strength is None else denoise_of(stem, strength)


def make_recipe(style: Style, graph: Graph, wishes: Wishes, bindings: Bindings, policy: NodePolicy) -> Recipe:
    """Prepare one graph.

    Raises:
        GraphError: there is no place for a wish, or the graph holds what it must not.
    """
    for role, value in (
        (Role.PROMPT, wishes.prompt),
        (Role.STRENGTH, wishes.denoise),
        (Role.STEPS, wishes.steps),
    ):
        if value is not None:
            bindings.at(role)
    refusal = next(chain(forbidden_nodes(graph, policy), other_files(graph, bindings, policy)), None)
    if refusal is not None:
        raise GraphError(refusal, [refusal.node])
    return Recipe(style, graph, bindings, models_of(graph.only(bindings.output)), wishes)


def _style(definition: StyleDefinition, *, uses_model: bool) -> Style:
    return Style(
        definition.style,
        definition.emoji,
        "graph",
        GRAPH_RENDERER,
        uses_model=uses_model,
        offered=definition.offered,
        names=MappingProxyType(dict(definition.names)),
    )


def _shipped_recipe(entry: GraphStyle, stem: str) -> Recipe:
    try:
        graph = shipped_graph(stem)
        wishes = Wishes(entry.prompt, _denoise(stem, entry.strength))
        return make_recipe(entry.style, graph, wishes, find_bindings(graph), NodePolicy())
    except GraphError as error:
        raise SetupError(f"styles.toml: style “{entry.style.id}”: graph “{stem}”: {error}") from error
