"""Which node types a workflow may hold. A maintainer's file is a program for the server: it stays inside.

Three rules, each by itself enough to refuse:

1. Named types (``workflows/forbidden.toml``, and the owner's own) are refused wherever in a file they are.
2. What a server says of a type counts on that server: custom nodes (their code is a stranger's) and nodes
   that call paid services are refused; so are outputs other than the picture, and whatever loads a file that
   isn't the photo. ComfyUI's own nodes are allowed: their code is reviewed, and a list of them would forbid
   the new ones of each release.
3. The owner decides in the end: ``allowed`` names types, or packs of custom nodes as servers name them
   (``custom_nodes.NAME``); ``forbidden`` names further types and wins.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from importlib import resources
from types import MappingProxyType

from comfy.bindings import Bindings
from comfy.graph import SAVERS, Graph, Link, Node, Slot
from comfy.nodes import NodeType
from comfy.problems import Problem, shown

_OWN_MODULES = ("nodes", "comfy_extras.")
_CLOUD_MODULES = "comfy_api_nodes"
_PHOTO_LOADER = "LoadImage"


class _Names:
    """Names with stars, matched without regard to case."""

    def __init__(self, names: Iterable[str]) -> None:
        patterns = "|".join(translate(name) for name in names)
        self._pattern = re.compile(patterns, re.IGNORECASE) if patterns else None

    def __contains__(self, name: str) -> bool:
        return self._pattern is not None and self._pattern.match(name) is not None


@dataclass(frozen=True, slots=True)
class NodePolicy:
    """The owner's word on node types; names may hold stars.

    Attributes:
        allowed: Types, or packs (``custom_nodes.NAME``), that the owner trusts.
        forbidden: Types that are refused besides the shipped list.
    """

    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    _allows: _Names = field(init=False, repr=False, compare=False)
    _forbids: _Names = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the names ready to be matched."""
        object.__setattr__(self, "_allows", _Names(self.allowed))
        object.__setattr__(self, "_forbids", _Names(self.forbidden))

    def trusts(self, class_type: str) -> bool:
        """Whether the owner has named this very type as allowed."""
        return class_type in self.allowed and class_type not in self._forbids

    def refusal(self, node: Node) -> Problem | None:
        """Why a node is refused by the name of its type."""
        if node.class_type in self._forbids:
            return _refused(node, "owner")
        if node.class_type in SAVERS or self.trusts(node.class_type):
            return None
        reason = _shipped_reason(node.class_type)
        return _refused(node, reason) if reason else None

    def refusal_there(self, node: Node, node_type: NodeType) -> Problem | None:
        """Why a node is refused for what a server says of its type."""
        if node.class_type in SAVERS or self.trusts(node.class_type):
            return None
        if node_type.calls_out or node_type.module.startswith(_CLOUD_MODULES):
            return _refused(node, "cloud")
        if not node_type.module.startswith(_OWN_MODULES):
            if node.class_type in self._allows or node_type.module in self._allows:
                return None
            return _refused(node, "custom", pack=shown(node_type.module) or "?")
        return _refused(node, "write") if node_type.is_output else None


SHIPPED_POLICY = NodePolicy()


def forbidden_nodes(graph: Graph, policy: NodePolicy) -> Iterator[Problem]:
    """Every node of a file, needed or not, whose type is refused by its name."""
    for node in graph.nodes.values():
        problem = policy.refusal(node)
        if problem is not None:
            yield problem


def other_files(graph: Graph, bindings: Bindings, policy: NodePolicy) -> Iterator[Problem]:
    """Nodes that the picture needs and that load another picture than the photo."""
    if policy.trusts(_PHOTO_LOADER):
        return
    for node in graph.only(bindings.output).nodes.values():
        names_file = node.class_type == _PHOTO_LOADER and not isinstance(node.inputs.get("image"), Link)
        if names_file and Slot(node.id, "image") != bindings.photo:
            yield Problem("workflow-second-photo", {"node": node.label}, node.id)


def _refused(node: Node, reason: str, **values: str) -> Problem:
    called = node.id if node.title in ("", node.class_type) else node.label
    told = {"node": called, "type": shown(node.class_type), **values}
    return Problem(f"workflow-forbidden-{reason}", told, node.id)


@cache
def _shipped() -> Mapping[str, _Names]:
    file = resources.files("workflows") / "forbidden.toml"
    entries: Sequence[Mapping[str, object]] = tomllib.loads(file.read_text(encoding="utf-8"))["forbidden"]
    return MappingProxyType(
        {str(entry["reason"]): _Names(map(str, _list(entry["types"]))) for entry in entries}
    )


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _shipped_reason(class_type: str) -> str | None:
    return next((reason for reason, names in _shipped().items() if class_type in names), None)
