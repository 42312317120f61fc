"""A bench beside the scripted renderer: it knows two base graphs, and a test says what its server lacks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.bench import Binding, Complaint, GraphInfo, Inspection, Option, ServerHealth
from bot.definitions import Role, StyleDefinition
from bot.nouns import Style, StyleId
from tests.fakes.renderer import PLAIN, ScriptedRenderer

OIL = StyleDefinition(style=StyleId("flux-oil"), emoji="🖌️", graphs=("flux",), prompt="An oil painting")
GIB = 1 << 30


def workflow(model: str = "flux.safetensors") -> bytes:
    """A file as ComfyUI exports it, as far as this bench reads it."""
    return json.dumps({"1": {"class_type": "Loader", "inputs": {"name": model}}}).encode()


@dataclass
class ScriptedBench:
    """``missing`` names graphs and models that no server has; while it is ``away`` nobody can tell.

    ``notes`` are made about every workflow.
    """

    renderer: ScriptedRenderer
    missing: set[str] = field(default_factory=set)
    away: bool = False
    notes: tuple[Complaint, ...] = ()
    adopted: Sequence[StyleDefinition] = ()
    _base: Sequence[Style] = ()

    def __post_init__(self) -> None:
        self._base = tuple(self.renderer.styles)
        self.adopt(())

    def graphs(self) -> Sequence[GraphInfo]:
        tips = {"en": "Describe the picture."}
        flux = GraphInfo(
            "flux", "FLUX", tips, True, ("subtle", "medium", "strong"), "flux" not in self.missing
        )
        return [flux, GraphInfo("pixel", "Pixels", tips, False, (), True)]

    def shipped(self) -> Sequence[StyleDefinition]:
        return [OIL]

    def inspect(self, workflow: bytes, bindings: Mapping[Role, str]) -> Inspection:
        try:
            document = json.loads(workflow)
        except ValueError:
            return Inspection(None, complaints=(Complaint("workflow-no-json"),))
        if "nodes" in document:
            return Inspection(None, complaints=(Complaint("workflow-editor"),))
        option = Option("1.text", "Prompt (1)")
        other = Option("2.text", "Prompt (2)")
        chosen = bindings.get(Role.PROMPT, option.key)
        return Inspection(
            json.dumps(document, sort_keys=True),
            (Binding(Role.PROMPT, (chosen,), (option, other)),),
            self.notes,
            nodes=len(document),
        )

    async def check(self, definition: StyleDefinition) -> Sequence[Complaint]:
        if self.away:
            return (Complaint("workflow-unreached", severity="away"),)
        return tuple(Complaint("workflow-missing", {"name": name}) for name in self._lacks(definition))

    def adopt(self, definitions: Sequence[StyleDefinition]) -> None:
        self.adopted = tuple(definitions)
        all_of_them = {one.style: one for one in [*self.shipped(), *definitions]}
        drawable = [one for one in all_of_them.values() if not self._lacks(one)]
        self.renderer.styles = (*self._base, *(_style(one) for one in drawable))

    def changed(self) -> None:
        """A model has come or gone."""
        self.adopt(self.adopted)

    async def health(self) -> Sequence[ServerHealth]:
        return [ServerHealth("spark:8188", "idle", "GB10", 128 * GIB, 96 * GIB, version="0.28.0", seen_s=1.0)]

    def _lacks(self, definition: StyleDefinition) -> Sequence[str]:
        needs = " ".join(definition.graphs) + (definition.workflow or "")
        return [name for name in sorted(self.missing) if name in needs]


def _style(definition: StyleDefinition) -> Style:
    return Style(
        definition.style,
        definition.emoji,
        "graph",
        PLAIN.renderer,
        definition.prompt is not None,
        definition.offered,
        definition.names,
    )
