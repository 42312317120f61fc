"""What a style is made of, as data: words, look and recipe in one frozen value that a maintainer may write.

A definition draws with exactly one of three: an instant filter, base graphs of ours by name, or a workflow of
the maintainer's own. It is JSON in the store and in exported sets; reading it back checks every field.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from bot.nouns import StyleId

MOST_NAME = 40  # characters; two rows of a button
MOST_PROMPT = 2000  # characters; FLUX reads 512 tokens of it
MOST_WORKFLOW = 1 << 20  # characters; the largest exported workflow that we have seen has 90 kB
MOST_STEPS = 100  # of a sampler; base graphs take 4 to 20

STYLE_ID = r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$"
EMOJI = r"^[^\sA-Za-z<>&\"'`*_]{1,10}$"
_LANGUAGE = r"^[a-z]{2,3}$"

Strength = Literal["subtle", "medium", "strong"]
"""How far the style goes from the photo, as a step; each base graph has its own number for it."""

STRENGTHS: tuple[Strength, ...] = ("subtle", "medium", "strong")


class Role(StrEnum):
    """A place in a workflow that a maintainer may choose; the value names it in sentences and commands."""

    PHOTO = "photo"
    PROMPT = "prompt"
    SEED = "seed"
    STRENGTH = "strength"
    STEPS = "steps"
    SIZE = "size"
    OUTPUT = "output"


_Name = Annotated[str, StringConstraints(min_length=1, max_length=MOST_NAME, strip_whitespace=True)]
_Language = Annotated[str, StringConstraints(pattern=_LANGUAGE)]
_Slot = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class StyleDefinition(BaseModel):
    """One version of a style, whole.

    Attributes:
        style: Its id; a draft's definition has an id of its own while it is tried out.
        names: What guests call it, by language; none leaves a shipped style its shipped words.
        emoji: One emoji.
        filter: Name of an instant filter, or None.
        graphs: Names of base graphs in the order of preference: the first that a server can run is used.
        workflow: An exported workflow (API format) as JSON text, as :class:`~bot.bench.Inspection` gave it.
        bindings: For roles where the maintainer chose otherwise than was found: the option's key.
        prompt: None keeps the graph's own; likewise for the next two.
        strength: A named step.
        steps: Of the sampler.
        offered: False for what guests never see: drafts, and the preflight styles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    style: Annotated[StyleId, StringConstraints(pattern=STYLE_ID)]
    names: Mapping[_Language, _Name] = Field(default_factory=dict, max_length=20)
    emoji: Annotated[str, StringConstraints(pattern=EMOJI)]
    filter: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    graphs: tuple[Annotated[str, StringConstraints(min_length=1, max_length=64)], ...] = Field(
        default=(), max_length=8
    )
    workflow: Annotated[str, StringConstraints(min_length=2, max_length=MOST_WORKFLOW)] | None = Field(
        default=None, repr=False
    )
    bindings: Mapping[Role, _Slot] = Field(default_factory=dict)
    prompt: Annotated[str, StringConstraints(min_length=1, max_length=MOST_PROMPT)] | None = Field(
        default=None, repr=False
    )
    strength: Strength | None = None
    steps: Annotated[int, Field(ge=1, le=MOST_STEPS)] | None = None
    offered: bool = True

    @model_validator(mode="after")
    def _one_recipe(self) -> Self:
        if [self.filter is not None, bool(self.graphs), self.workflow is not None].count(True) != 1:
            raise ValueError("it needs exactly one of filter, graphs and workflow")
        drawn = (self.prompt, self.strength, self.steps)
        if self.filter is not None and (self.bindings or any(value is not None for value in drawn)):
            raise ValueError("prompt, strength, steps and bindings belong to graphs")
        return self

    def changed(self, **fields: object) -> "StyleDefinition":
        """A copy with other fields, checked anew.

        Raises:
            pydantic.ValidationError: a field is wrong.
        """
        return StyleDefinition.model_validate(self.model_dump() | fields)


def read_definition(text: str | bytes) -> StyleDefinition | None:
    """A definition from its JSON; None when it is none, e.g. one that a newer version has written."""
    try:
        return StyleDefinition.model_validate_json(text)
    except ValidationError:
        return None
