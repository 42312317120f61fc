"""The catalogue: ``workflows/styles.toml`` read into styles, those of filters and those of graphs.

Every ``[[style]]`` has an ``id``, an ``emoji`` and either ``filter``, the name of an instant filter, which is
the id once more, or ``graph``, the stems of files in ``workflows/graphs`` in the order of preference, with
``prompt`` and ``strength`` where the graph has a place for them. ``offered = false`` hides it from guests.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from importlib import resources
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from bot.definitions import Strength
from bot.errors import SetupError
from bot.nouns import Style, StyleId
from workflows.filters import FILTERS

FILTER_RENDERER = "embedded"
GRAPH_RENDERER = "comfy"


@dataclass(frozen=True, slots=True)
class GraphStyle:
    """A style that ComfyUI draws.

    Attributes:
        style: What guests see of it.
        graph: Stems of files in ``workflows/graphs``, the preferred one first.
        prompt: None keeps the graph's own.
        strength: Name of a step between the photo and the style; None keeps the graph's own.
    """

    style: Style
    graph: tuple[str, ...]
    prompt: str | None
    strength: Strength | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All styles, in the order of the file, which is the order in which guests see them."""

    filters: tuple[Style, ...]
    graphs: tuple[GraphStyle, ...]


_Words = Annotated[str, StringConstraints(min_length=1)]


class _Entry(BaseModel):
    """One ``[[style]]`` as it stands in the file; a field that it doesn't know is a slip."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,32}$")]
    emoji: Annotated[str, StringConstraints(min_length=1, max_length=8)]
    filter: str | None = None
    graph: tuple[_Words, ...] | None = None
    prompt: _Words | None = None
    strength: Strength | None = None
    offered: bool = True

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.filter is None) == (self.graph is None):
            raise ValueError("it needs either a filter or a graph")
        if self.filter is not None and (self.prompt is not None or self.strength is not None):
            raise ValueError("prompt and strength belong to graphs")
        if self.filter is not None and (self.filter != self.id or self.filter not in FILTERS):
            raise ValueError("filter has to be the style's id and the name of an instant filter")
        if self.graph == ():
            raise ValueError("graph names no file")
        return self

    def style(self) -> Style:
        if self.graph is None:
            return Style(StyleId(self.id), self.emoji, "filter", FILTER_RENDERER, offered=self.offered)
        # A prompt is what a graph tells its model; a graph without one has none to tell.
        uses_model = self.prompt is not None
        return Style(StyleId(self.id), self.emoji, "graph", GRAPH_RENDERER, uses_model, self.offered)


def load_catalogue() -> Catalogue:
    """The styles that are shipped.

    Raises:
        SetupError: naming the entry that is wrong.
    """
    return read_catalogue((resources.files("workflows") / "styles.toml").read_text(encoding="utf-8"))


def read_catalogue(text: str) -> Catalogue:
    """The styles of one TOML document.

    Raises:
        SetupError: naming the entry that is wrong.
    """
    entries = _entries(text)
    counted = Counter(entry.id for entry in entries)
    if twice := [name for name, count in counted.items() if count > 1]:
        raise SetupError(f"styles.toml: style “{twice[0]}” is there more than once.")
    return Catalogue(
        filters=tuple(entry.style() for entry in entries if entry.graph is None),
        graphs=tuple(
            GraphStyle(entry.style(), entry.graph, entry.prompt, entry.strength)
            for entry in entries
            if entry.graph is not None
        ),
    )


def _entries(text: str) -> list[_Entry]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SetupError(f"styles.toml can't be read: {error}.") from error
    styles = document.get("style")
    if set(document) != {"style"} or not isinstance(styles, list):
        raise SetupError("styles.toml holds [[style]] tables and nothing else.")
    return [_entry(place, table) for place, table in enumerate(styles, start=1)]


def _entry(place: int, table: object) -> _Entry:
    try:
        return _Entry.model_validate(table)
    except ValidationError as error:
        name = table.get("id", place) if isinstance(table, dict) else place
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise SetupError(f"styles.toml: style “{name}”: {f'{field}: ' if field else ''}{what}.") from error
