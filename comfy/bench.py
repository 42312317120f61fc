"""The bench for maintainers' styles on ComfyUI: :class:`bot.bench.StyleBench` over a renderer's servers."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.bench import Complaint, GraphInfo, Inspection, ServerDoing, ServerHealth
from bot.definitions import Role, StyleDefinition
from comfy.answers import Queue
from comfy.bases import Base, bases, shipped_graph
from comfy.bindings import find_bindings
from comfy.checks import check_graph
from comfy.client import ComfyError
from comfy.graph import Graph, GraphError
from comfy.inspection import complaint, inspect
from comfy.menu import check_styles
from comfy.nodes import NodeTypes
from comfy.problems import Problem
from comfy.recipes import StyleRecipes, define_recipes
from comfy.remote import ComfyRenderer
from comfy.server import Health, Server
from comfy.strict_json import JsonRefused

_HEALTH_S = 2.0  # for every server's answer; they are asked side by side


class ComfyBench:
    """Implements :class:`bot.bench.StyleBench` on a renderer's servers."""

    def __init__(self, renderer: ComfyRenderer) -> None:
        """Take the renderer."""
        self._renderer = renderer

    def graphs(self) -> Sequence[GraphInfo]:
        """The base graphs that are shipped, available ones first."""
        infos = [self._info(base) for base in bases()]
        return sorted(infos, key=lambda info: not info.available)

    def shipped(self) -> Sequence[StyleDefinition]:
        """The graph styles that are shipped, in their order."""
        return [
            StyleDefinition(
                style=entry.style.id,
                emoji=entry.style.emoji,
                graphs=_named(entry.graph),
                prompt=entry.prompt,
                strength=entry.strength,
                offered=entry.style.offered,
            )
            for entry in self._renderer.catalogue
        ]

    def inspect(self, workflow: bytes, bindings: Mapping[Role, str]) -> Inspection:
        """Look at an uploaded file; asks nobody."""
        return inspect(workflow, bindings, self._renderer.styles.policy)

    async def check(self, definition: StyleDefinition) -> Sequence[Complaint]:
        """Hold a definition against all servers that are up, as they are at this moment."""
        try:
            entry = await asyncio.to_thread(define_recipes, definition, self._renderer.styles.policy)
        except (GraphError, JsonRefused) as error:
            return [complaint(error.problem)]
        await asyncio.gather(*(_learn_again(server) for server in self._renderer.servers))
        kitchens = [server.types for server in self._renderer.servers if server.reachable and server.types]
        if not kitchens:
            return [complaint(Problem("workflow-no-server"), "away")]
        return await asyncio.to_thread(self._complaints, entry, kitchens)

    def adopt(self, definitions: Sequence[StyleDefinition]) -> None:
        """Offer these from now on."""
        self._renderer.adopt(definitions)

    async def health(self) -> Sequence[ServerHealth]:
        """Every server, asked side by side."""
        return await asyncio.gather(*(_health(server) for server in self._renderer.servers))

    def _complaints(self, entry: StyleRecipes, kitchens: Sequence[NodeTypes]) -> Sequence[Complaint]:
        """None if one server can draw it, else those of the server that comes nearest to it."""
        policy = self._renderer.styles.policy
        found = [check_styles([entry], types, policy).problems for types in kitchens]
        problems = min((menu.get(entry.style.id, ()) for menu in found), key=len)
        return [complaint(problem) for problem in problems]

    def _info(self, base: Base) -> GraphInfo:
        graphs = [shipped_graph(stem) for stem in base.graphs]
        takes_prompt = bool(find_bindings(graphs[0]).slots[Role.PROMPT])
        available = any(self._runs(graph) for graph in graphs)
        return GraphInfo(base.name, base.title, base.tips, takes_prompt, base.steps, available)

    def _runs(self, graph: Graph) -> bool:
        bindings, policy = find_bindings(graph), self._renderer.styles.policy
        return any(
            server.health is Health.UP
            and server.types is not None
            and not check_graph(graph, bindings, server.types, policy)
            for server in self._renderer.servers
        )


def _named(graphs: tuple[str, ...]) -> tuple[str, ...]:
    """The one name of graphs that are a base together."""
    return next(((base.name,) for base in bases() if base.graphs == graphs), graphs)


async def _learn_again(server: Server) -> None:
    """Models and nodes come and go while a server runs, and it doesn't say so."""
    if server.reachable:
        with suppress(ComfyError):
            await server.learn_again()


async def _health(server: Server) -> ServerHealth:
    system, queue = server.system, None
    if server.reachable:
        with suppress(ComfyError, TimeoutError):
            async with asyncio.timeout(_HEALTH_S):
                system, queue = await asyncio.gather(server.client.learn(), server.client.queue())
    clock = asyncio.get_running_loop().time()
    seen_s = 0.0 if queue else None if server.heard_at is None else clock - server.heard_at
    device = system.devices[0] if system and system.devices else None
    return ServerHealth(
        name=server.name,
        doing=_doing(server, queue),
        device=device.name if device else "",
        memory_total=device.memory if device else None,
        memory_free=device.memory_free if device and queue else None,
        waiting=len(queue.pending) if queue else 0,
        version=system.version if system else "",
        seen_s=seen_s,
    )


def _doing(server: Server, queue: Queue | None) -> ServerDoing:
    match server.health:
        case Health.STUCK:
            return "stuck"
        case Health.RESTING:
            return "resting"
        case Health.UP if queue is not None:
            return "rendering" if queue.running or queue.pending else "idle"
        case _:
            return "away"
