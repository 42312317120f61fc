"""What one server can cook: each style held against its nodes and models. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.nouns import StyleId
from comfy.checks import Problem, check_graph
from comfy.nodes import NodeTypes
from comfy.recipes import Recipe, StyleRecipes


@dataclass(frozen=True, slots=True)
class Menu:
    """The result of a check.

    Attributes:
        runnable: For each style the first of its recipes that the server can run.
        problems: For each other style why not even the recipe with the fewest problems works.
    """

    runnable: Mapping[StyleId, Recipe] = field(default_factory=dict)
    problems: Mapping[StyleId, tuple[Problem, ...]] = field(default_factory=dict)


def check_styles(styles: Sequence[StyleRecipes], types: NodeTypes) -> Menu:
    """Hold every style against a server's node types."""
    runnable: dict[StyleId, Recipe] = {}
    problems: dict[StyleId, tuple[Problem, ...]] = {}
    for entry in styles:
        verdicts = [(check_graph(recipe.graph, recipe.bindings, types), recipe) for recipe in entry.recipes]
        working = next((recipe for found, recipe in verdicts if not found), None)
        if working is not None:
            runnable[entry.style.id] = working
        else:
            problems[entry.style.id] = min((found for found, _ in verdicts), key=len, default=())
    return Menu(MappingProxyType(runnable), MappingProxyType(problems))
