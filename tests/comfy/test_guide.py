"""docs/comfyui.md keeps its word: its styles can be switched on, and it names the files that are wanted."""

import re
from pathlib import Path

import pytest

from comfy.catalogue import load_catalogue, read_catalogue
from comfy.recipes import load_recipes

GUIDE = (Path(__file__).parents[2] / "docs" / "comfyui.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.+?)```", GUIDE, re.DOTALL)


def test_there_is_an_example_for_each_further_model() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_switched_on_with_the_files_that_are_named(example: str) -> None:
    (style,) = read_catalogue(example).graphs
    (recipe,) = load_recipes([style])[0].recipes
    assert recipe.models
    assert sorted(model for model in recipe.models if f"`{model}`" not in GUIDE) == []


def test_the_files_of_the_shipped_styles_are_named() -> None:
    recipes = [recipe for entry in load_recipes(load_catalogue().graphs) for recipe in entry.recipes]
    wanted = frozenset[str]().union(*(recipe.models for recipe in recipes))
    assert sorted(model for model in wanted if f"`{model}`" not in GUIDE) == []
