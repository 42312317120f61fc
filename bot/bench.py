"""The bench: the port through which maintainers' styles are looked at and taken on by a renderer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.definitions import Role, Strength, StyleDefinition

Severity = Literal["wrong", "away", "note"]
"""``wrong``: it can't run as it is. ``away``: no server within reach could tell. ``note``: good to know."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One finding about a definition or a workflow, for a maintainer.

    Attributes:
        key: Names the sentence in the catalogue of words.
        values: Fill the sentence; they may hold names of nodes, inputs and models, never a prompt.
    """

    key: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    severity: Severity = "wrong"


@dataclass(frozen=True, slots=True)
class GraphInfo:
    """A base graph that a style by prompt can use.

    Attributes:
        name: What a definition's ``graphs`` names it by.
        title: The model's name as people know it.
        tips: How to write words for it, by language; English is always there.
        takes_prompt: False for graphs without a model.
        strengths: The steps that it knows, the gentlest first; none when it has no place for a strength.
        available: Whether a server that is up can run it just now.
    """

    name: str
    title: str
    tips: Mapping[str, str]
    takes_prompt: bool
    strengths: tuple[Strength, ...]
    available: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One place in a workflow that a role could be bound to.

    Attributes:
        key: What a definition's ``bindings`` holds, e.g. ``6.text``.
        label: The node as its author knows it: title, type and id.
        value: What stands there now, shortened to 60 characters.
    """

    key: str
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """A role, where it is bound, and where it could be.

    Attributes:
        chosen: Keys of the options that are bound now; several where one value is written in several places,
            none where there is no such place or it is ambiguous.
        ambiguous: Whether the maintainer has to choose before the role can be used.
    """

    role: Role
    chosen: tuple[str, ...]
    options: tuple[Option, ...]
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in an uploaded workflow, without asking any server.

    Attributes:
        workflow: Its JSON text in one canonical form, for a definition's ``workflow``; None when it is of no
            use, and the complaints say why and what to do.
        bindings: One for each :class:`~bot.definitions.Role`, in that order; none without a workflow.
        complaints: What is wrong with it, the worst first.
        nodes: How many nodes it has.
    """

    workflow: str | None = field(repr=False)
    bindings: tuple[Binding, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    nodes: int = 0


ServerDoing = Literal["away", "idle", "rendering", "resting", "stuck"]
"""``resting``: its GPU has failed, it is left alone for a while. ``stuck``: only a restart helps it."""


@dataclass(frozen=True, slots=True)
class ServerHealth:
    """One server of a renderer, as it was when last heard of; memory is bytes, None when it isn't known.

    Attributes:
        name: Host and port, without credentials.
        seen_s: Seconds since it answered last; None when it never has.
    """

    name: str
    doing: ServerDoing
    device: str = ""
    memory_total: int | None = None
    memory_free: int | None = None
    waiting: int = 0
    version: str = ""
    seen_s: float | None = None


class StyleBench(Protocol):
    """What a renderer of graphs does for maintainers. It keeps no style by itself: the store does."""

    def graphs(self) -> Sequence[GraphInfo]:
        """The base graphs that are shipped, available ones first; cheap, asks nobody."""
        ...

    def shipped(self) -> Sequence[StyleDefinition]:
        """The graph styles that are shipped, in their order, as definitions."""
        ...

    def inspect(self, workflow: bytes, bindings: Mapping[Role, str]) -> Inspection:
        """Look at an uploaded file, or at a definition's own workflow again.

        Pure and bounded: any bytes whatsoever give an answer within a tenth of a second, and no exception.

        Args:
            workflow: The file as it came.
            bindings: The maintainer's choices so far, by role.
        """
        ...

    async def check(self, definition: StyleDefinition) -> Sequence[Complaint]:
        """Hold a definition against all servers that are up: empty when one of them can run it.

        Missing nodes and models are named with the nearest that is there; forbidden nodes are refused however
        the definition came here. Without a server within reach there is one complaint that says ``away``.
        """
        ...

    def adopt(self, definitions: Sequence[StyleDefinition]) -> None:
        """Offer these from now on, besides and (by id) instead of the shipped ones.

        Each call replaces the whole set of the call before; a shipped style that is no longer among them is
        as it was shipped. Jobs that are rendering keep the recipe with which they began. Definitions with a
        filter are not handed over. One that can't be used is left out, with a line in the log; it never
        raises.
        """
        ...

    async def health(self) -> Sequence[ServerHealth]:
        """Every server, whether it is up or not, within two seconds."""
        ...
