"""All graph styles of a renderer: the shipped ones, and what maintainers have put beside and over them."""

import logging
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.definitions import StyleDefinition
from bot.nouns import StyleId
from comfy.graph import GraphError
from comfy.policy import NodePolicy
from comfy.recipes import StyleRecipes, define_recipes
from comfy.strict_json import JsonRefused

log = logging.getLogger(__name__)


class StyleBook:
    """Styles by id; each change makes new entries and leaves those that are in use as they are.

    Attributes:
        policy: Which node types definitions may hold.
        entries: All styles, the shipped ones first and in their order.
    """

    def __init__(self, shipped: Sequence[StyleRecipes], policy: NodePolicy) -> None:
        """Begin with the shipped styles."""
        self.policy = policy
        self.entries: tuple[StyleRecipes, ...] = tuple(shipped)
        self._shipped = {entry.style.id: entry for entry in shipped}
        self._adopted: Mapping[StyleId, tuple[StyleDefinition, StyleRecipes]] = MappingProxyType({})

    def entry(self, style: StyleId) -> StyleRecipes | None:
        """A style as it is now."""
        adopted = self._adopted.get(style)
        return adopted[1] if adopted is not None else self._shipped.get(style)

    def adopt(self, definitions: Sequence[StyleDefinition]) -> None:
        """Replace what was adopted before; what is as it was keeps its entry, what can't be is left out."""
        adopted: dict[StyleId, tuple[StyleDefinition, StyleRecipes]] = {}
        for definition in definitions:
            entry = self._unchanged(definition) or self._defined(definition)
            if entry is not None:
                adopted[definition.style] = definition, entry
        self._adopted = MappingProxyType(adopted)
        ids = dict.fromkeys([*self._shipped, *adopted])
        self.entries = tuple(entry for id_ in ids if (entry := self.entry(id_)) is not None)

    def _unchanged(self, definition: StyleDefinition) -> StyleRecipes | None:
        known = self._adopted.get(definition.style)
        return known[1] if known is not None and known[0] == definition else None

    def _defined(self, definition: StyleDefinition) -> StyleRecipes | None:
        try:
            return define_recipes(definition, self.policy)
        except (GraphError, JsonRefused) as error:
            log.warning("style %s can't be used: %s", definition.style, error.problem.key)
            return None
