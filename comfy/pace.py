"""How far a job is, from what the server says about its nodes. Pure."""

from comfy.graph import Graph, Link
from comfy.protocol import Cached, Executing, Message, NodeProgress, Step

_SAMPLER_WEIGHT = 20.0
"""A node with sampling steps takes that much longer than one without: with FLUX.1-schnell most of all."""


class Pace:
    """Weighs the nodes of a graph and adds up what is done; the share never falls."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph that runs."""
        self._weights = {
            node.id: _SAMPLER_WEIGHT if _samples(node.inputs.get("steps")) else 1.0
            for node in graph.nodes.values()
        }
        self._done: dict[str, float] = {}
        self._current: str | None = None
        self._share = 0.0

    @property
    def share(self) -> float:
        """0..1, and 1 only at the end."""
        return self._share

    def hear(self, message: Message) -> bool:
        """Take a message; return whether the share has grown."""
        match message:
            case Cached(nodes=nodes):
                self._done.update(dict.fromkeys(nodes, 1.0))
            case NodeProgress(shares=shares):
                self._done.update(shares)
            case Step(node=node, value=value, maximum=maximum):
                self._done[node] = min(value / maximum, 1.0)
            case Executing(node=node):
                self._begin(node)
            case _:
                return False
        return self._grown()

    def _begin(self, node: str | None) -> None:
        """A node begins: the one before it is done, which servers without ``progress_state`` don't say."""
        if self._current is not None:
            self._done[self._current] = 1.0
        self._current = node

    def _grown(self) -> bool:
        total = sum(self._weights.values()) + 1.0
        share = sum(weight * self._done.get(node, 0.0) for node, weight in self._weights.items()) / total
        grown = share > self._share
        self._share = max(share, self._share)
        return grown


def _samples(steps: object) -> bool:
    return isinstance(steps, int | Link)
