"""All graph styles of a renderer: the shipped ones, and what maintainers have put beside and over them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.definitions import StyleDefinition
from bot.nouns import StyleId
from comfy.graph import GraphError
from comfy.policy import NodePolicy
from comfy.recipes import StyleRecipes, define_recipes
from comfy.strict_json import JsonRefused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Adopted:
    """A definition, and what was made of it; None where nothing could be."""

    definition: StyleDefinition
    entry: StyleRecipes | None


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
        self._adopted: Mapping[StyleId, _Adopted] = MappingProxyType({})

    def entry(self, style: StyleId) -> StyleRecipes | None:
        """A style as it is now."""
        adopted = self._adopted.get(style)
        return adopted.entry if adopted is not None and adopted.entry else self._shipped.get(style)

    def adopt(self, definitions: Sequence[StyleDefinition]) -> None:
        """Replace what was adopted before; what is as it was keeps its entry, what can't be is left out."""
        self._adopted = MappingProxyType({one.style: self._adoption(one) for one in definitions})
        ids = dict.fromkeys([*self._shipped, *self._adopted])
        self.entries = tuple(entry for id_ in ids if (entry := self.entry(id_)) is not None)

    def _adoption(self, definition: StyleDefinition) -> _Adopted:
        known = self._adopted.get(definition.style)
        if known is not None and known.definition == definition:
            return known
        try:
            return _Adopted(definition, define_recipes(definition, self.policy))
        except (GraphError, JsonRefused) as error:
            log.warning("style %s can't be used: %s", definition.style, error.problem.key)
            return _Adopted(definition, None)
