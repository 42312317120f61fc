"""What one server can cook: each style held against its nodes and models. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.nouns import StyleId
from comfy.checks import check_graph
from comfy.nodes import NodeTypes
from comfy.policy import NodePolicy
from comfy.problems import Problem
from comfy.recipes import Recipe, StyleRecipes


@dataclass(frozen=True, slots=True)
class Verdict:
    """On one style: the first of its recipes that runs, or the fewest problems that one has."""

    recipe: Recipe | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """The result of a check; verdicts by the very entries that were checked."""

    verdicts: Mapping[StyleRecipes, Verdict] = field(default_factory=dict)

    @property
    def runnable(self) -> Mapping[StyleId, Recipe]:
        """For each style that the server can run the recipe."""
        return {
            entry.style.id: verdict.recipe
            for entry, verdict in self.verdicts.items()
            if verdict.recipe is not None
        }

    @property
    def problems(self) -> Mapping[StyleId, tuple[Problem, ...]]:
        """For each other style why it can't."""
        return {
            entry.style.id: verdict.problems
            for entry, verdict in self.verdicts.items()
            if verdict.recipe is None
        }

    def recipe(self, entry: StyleRecipes) -> Recipe | None:
        """What the server would cook for a style, if it can."""
        verdict = self.verdicts.get(entry)
        return verdict.recipe if verdict is not None else None


def check_styles(
    styles: Iterable[StyleRecipes], types: NodeTypes, policy: NodePolicy, known: Menu | None = None
) -> Menu:
    """Hold styles against a server's node types.

    Args:
        styles: What to check.
        types: What the server has.
        policy: What may run.
        known: A result with the same types and policy; what it holds is not checked again.
    """
    verdicts = known.verdicts if known is not None else {}
    return Menu(
        MappingProxyType({entry: verdicts.get(entry) or _verdict(entry, types, policy) for entry in styles})
    )


def _verdict(entry: StyleRecipes, types: NodeTypes, policy: NodePolicy) -> Verdict:
    fewest: tuple[Problem, ...] | None = None
    for recipe in entry.recipes:
        found = check_graph(recipe.graph, recipe.bindings, types, policy)
        if not found:
            return Verdict(recipe)
        fewest = found if fewest is None or len(found) < len(fewest) else fewest
    return Verdict(None, fewest or ())
