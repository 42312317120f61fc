"""Recipes: how a style's definition begins and changes by what a maintainer gives. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import ValidationError

from bot.definitions import Strength, StyleDefinition
from bot.office.slips import WrongField
from bot.styles.naming import style_id

FIRST_EMOJI = "🎨"
FIELDS = ("name", "emoji", "prompt", "strength", "steps", "graph")
"""What :meth:`changed_by` takes by name."""

_UNDRAWN: Mapping[str, object] = MappingProxyType(
    {"graphs": (), "workflow": None, "bindings": {}, "prompt": None, "strength": None, "steps": None}
)
"""The fields of a definition that say how it is drawn, all of them empty."""


@dataclass(frozen=True, slots=True)
class NewStyle:
    """What a new style begins with; None leaves a field to the atelier, or for later.

    Attributes:
        name: What guests call it, in ``language``; its id is made from it.
        graph: Name of a base graph; the first available one otherwise. Not used with a workflow.
    """

    name: str
    language: str
    emoji: str | None = None
    prompt: str | None = field(default=None, repr=False)
    strength: Strength | None = None
    graph: str | None = None


def begun_by(wish: NewStyle, **recipe: object) -> StyleDefinition:
    """A new style, drawn by this.

    Raises:
        WrongField: something in the wish can't be.
    """
    fields = {
        "style": style_id(wish.name),
        "names": {wish.language: wish.name},
        "emoji": wish.emoji or FIRST_EMOJI,
        **recipe,
    }
    try:
        return StyleDefinition.model_validate(fields)
    except ValidationError as error:
        raise _wrong(error) from None


def changed_by(
    definition: StyleDefinition, name: str, value: str | int | None, language: str
) -> StyleDefinition:
    """The style with one of the :data:`FIELDS` changed; ``name`` is the one in ``language``.

    Raises:
        WrongField: names the field.
    """
    if name not in FIELDS:
        raise WrongField(field=name)
    changes: dict[str, object] = {name: value}
    if name == "name":
        changes = {"names": {**definition.names, language: value}}
    elif name == "graph":
        steps = None if definition.workflow else definition.steps  # those of another sampler
        changes = {"graphs": (value,), "workflow": None, "bindings": {}, "steps": steps}
    try:
        return definition.changed(**changes)
    except ValidationError as error:
        raise _wrong(error, name) from None


def drawn_by(definition: StyleDefinition, **recipe: object) -> StyleDefinition:
    """The style drawn by this and nothing else.

    Raises:
        WrongField: names the field.
    """
    try:
        return definition.changed(**{**_UNDRAWN, **recipe})
    except ValidationError as error:
        raise _wrong(error) from None


def middle(strengths: Sequence[Strength]) -> Strength:
    """The one that a new style begins with."""
    return strengths[len(strengths) // 2]


def _wrong(error: ValidationError, field: str | None = None) -> WrongField:
    """The first field that is wrong; the error's own text would hold what was given."""
    location = error.errors(include_input=False, include_url=False)[0]["loc"]
    named = str(location[0]) if location else ""
    return WrongField(field=field or {"names": "name", "style": "name", "graphs": "graph"}.get(named, named))
