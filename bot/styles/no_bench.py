"""The bench of a booth without a renderer of graphs: filters can be arranged, everything else is refused."""

from collections.abc import Mapping, Sequence

from bot.bench import Complaint, GraphInfo, Inspection, ServerHealth
from bot.definitions import Role, StyleDefinition

_NOBODY = Complaint("slip-no-graph-renderer")


class NoBench:
    """Implements :class:`bot.bench.StyleBench`."""

    def graphs(self) -> Sequence[GraphInfo]:
        """None."""
        return ()

    def shipped(self) -> Sequence[StyleDefinition]:
        """None that anybody could draw."""
        return ()

    def inspect(self, workflow: bytes, bindings: Mapping[Role, str]) -> Inspection:  # noqa: ARG002
        """Nobody here can read a workflow."""
        return Inspection(None, complaints=(_NOBODY,))

    async def check(self, definition: StyleDefinition) -> Sequence[Complaint]:  # noqa: ARG002
        """Nobody here can draw it."""
        return (_NOBODY,)

    def adopt(self, definitions: Sequence[StyleDefinition]) -> None:
        """Nobody here offers them; they are kept for a start with servers."""

    async def health(self) -> Sequence[ServerHealth]:
        """No servers."""
        return ()
