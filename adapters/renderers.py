"""Who paints: the renderers that the settings ask for, and the child processes for all work on pixels."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from adapters.settings import Settings
from bot.bench import StyleBench
from bot.pixels.children import Children
from bot.ports import Renderer
from bot.styles.no_bench import NoBench
from comfy.bench import ComfyBench
from comfy.catalogue import GraphStyle, load_catalogue
from comfy.embedded import EmbeddedRenderer
from comfy.patience import Patience
from comfy.policy import NodePolicy
from comfy.remote import ComfyRenderer

DESK_SLOTS = 2  # intake and frames, beside the renders
DESK_MEMORY = 3 << 29  # a 64 megapixel WebP takes 1.3 GB to decode, a PNG with alpha 0.8
DESK_SECONDS = 30.0
RENDER_MEMORY = 768 << 20  # the hungriest filter takes 350 MB
RENDER_SECONDS = 30.0  # an instant filter takes 0.2 to 1.2 s; much more on a busy board

ONCE = Patience(meet_s=10.0)
"""For a command that needs the servers now: the booth opens without those that are slow to answer."""


def desk_children() -> Children:
    """Child processes for intake and frames."""
    return Children(slots=DESK_SLOTS, memory_bytes=DESK_MEMORY, seconds=DESK_SECONDS)


def render_children() -> Children:
    """Child processes for the instant filters: one a core that this process may use."""
    return Children(slots=len(os.sched_getaffinity(0)), memory_bytes=RENDER_MEMORY, seconds=RENDER_SECONDS)


def make_renderers(
    settings: Settings,
    children: Children,
    changed: Callable[[], None] = lambda: None,
    patience: Patience | None = None,
) -> Sequence[Renderer]:
    """The renderers that the settings ask for; the embedded one is always there.

    Args:
        settings: What the owner decided.
        children: Where the instant filters run.
        changed: Called when a server has come or gone.
        patience: How long to wait for ComfyUI servers; None is as the booth does.
    """
    catalogue = load_catalogue()
    filters = EmbeddedRenderer(catalogue.filters, children)
    if not settings.comfy_urls:
        return [filters]
    graphs = [_offered(graph) if settings.offer_preflight else graph for graph in catalogue.graphs]
    policy = NodePolicy(settings.allowed_nodes, settings.forbidden_nodes)
    return [
        filters,
        ComfyRenderer(settings.comfy_urls, graphs, policy=policy, patience=patience, changed=changed),
    ]


def make_bench(renderers: Sequence[Renderer]) -> StyleBench:
    """Where maintainers' graph styles are looked at, tried out and drawn."""
    graphs = next((one for one in renderers if isinstance(one, ComfyRenderer)), None)
    return NoBench() if graphs is None else ComfyBench(graphs)


def _offered(graph: GraphStyle) -> GraphStyle:
    return replace(graph, style=replace(graph.style, offered=True))
