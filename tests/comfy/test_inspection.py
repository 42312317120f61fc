import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bench import Binding, Inspection
from bot.definitions import Role
from comfy.bindings import find_bindings
from comfy.exports import read_export, write_export
from comfy.graph import read_graph
from comfy.inspection import inspect
from comfy.policy import SHIPPED_POLICY
from tests.comfy.exported import GRAPHS, Document, beside, changed, file, pixels, shipped, untitled


def looked_at(document: Document, **choices: str) -> Inspection:
    return inspect(file(document), {Role(role): key for role, key in choices.items()}, SHIPPED_POLICY)


def bound(inspection: Inspection) -> dict[str, str]:
    return {binding.role.value: " ".join(binding.chosen) for binding in inspection.bindings}


def binding(inspection: Inspection, role: Role) -> Binding:
    return next(one for one in inspection.bindings if one.role is role)


def told(inspection: Inspection) -> list[str]:
    return [complaint.key.removeprefix("workflow-") for complaint in inspection.complaints]


@pytest.mark.parametrize("path", sorted(GRAPHS.glob("*.json")), ids=lambda path: path.stem)
def test_our_own_graphs_pass(path: Path) -> None:
    found = looked_at(shipped(path.stem))
    assert found.complaints == ()
    assert found.nodes > 8


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda graph: graph,
        lambda graph: {"prompt": graph},
        lambda graph: {"client_id": "x", "prompt": graph, "extra_data": {"extra_pnginfo": {}}},
        lambda graph: {"output": graph, "workflow": {"nodes": [], "links": []}},
        lambda graph: {"output": {"prompt": graph}},
    ],
    ids=["as exported", "a prompt", "a request", "the editor's two", "wrapped twice"],
)
def test_what_tools_put_around_a_graph_is_taken_off(wrapped: Callable[[Document], Document]) -> None:
    assert looked_at(wrapped(shipped())) == looked_at(shipped())


def test_a_byte_order_mark_and_nodes_with_odd_names_are_taken() -> None:
    graph = {
        ("prompt" if id_ == "2" else id_): node
        for id_, node in changed(pixels(), "3", images=["prompt", 0]).items()
    }
    graph["12:7"] = {
        "class_type": "PreviewImage",
        "inputs": {"images": ["1", 0]},
        "_meta": {"title": "aside"},
    }
    graph["3"]["_meta"] = {"title": "output"}
    found = inspect(b"\xef\xbb\xbf" + file(graph), {}, SHIPPED_POLICY)
    assert told(found) == ["nodes-left-out"]
    assert found.nodes == 4


def test_the_text_that_is_kept_says_the_same_again() -> None:
    first = looked_at(changed(shipped(), "13", text="ein Ölbild “von” 🧙"))
    assert first.workflow is not None
    assert inspect(first.workflow.encode(), {}, SHIPPED_POLICY) == first
    assert write_export(read_export(first.workflow.encode())) == first.workflow
    assert "🧙" in first.workflow


def test_every_role_is_shown_with_its_options() -> None:
    found = looked_at(untitled(shipped()))
    assert [one.role for one in found.bindings] == list(Role)
    assert bound(found) == {
        "photo": "10.image",
        "prompt": "13.text",
        "seed": "15.seed",
        "strength": "15.denoise",
        "steps": "15.steps",
        "size": "",
        "output": "17.images",
    }
    assert binding(found, Role.STEPS).options[0].label == "15 (KSampler)"
    assert binding(found, Role.STEPS).options[0].value == "4"


def test_a_title_is_part_of_the_label_and_long_values_are_cut() -> None:
    document = changed(shipped(), "13", text="An oil painting. " * 20)
    (option,) = binding(looked_at(document), Role.PROMPT).options
    assert option.label == "13 (prompt, CLIPTextEncode)"
    assert len(option.value) == 60
    assert option.value.endswith("…")


def two_prompts() -> Document:
    """Two samplers, each with words of its own."""
    document = untitled(shipped())
    document["23"] = {"class_type": "CLIPTextEncode", "inputs": {"clip": ["1", 1], "text": "sharp"}}
    document["25"] = json.loads(json.dumps(document["15"]))
    document["25"]["inputs"] |= {"positive": ["23", 0], "latent_image": ["15", 0], "denoise": 0.3}
    return changed(document, "16", samples=["25", 0])


def test_what_is_ambiguous_is_named_and_choosing_settles_it() -> None:
    found = looked_at(two_prompts())
    assert found.complaints == ()  # nobody has asked for words yet
    ambiguous = [one.role for one in found.bindings if one.ambiguous]
    assert ambiguous == [Role.PROMPT, Role.STRENGTH, Role.STEPS]
    assert set(binding(found, Role.SEED).chosen) == {"15.seed", "25.seed"}
    chosen = looked_at(two_prompts(), prompt="23.text", strength="15.denoise", steps="25.steps")
    assert not any(one.ambiguous for one in chosen.bindings)
    settled = {"prompt": "23.text", "strength": "15.denoise", "steps": "25.steps"}
    assert bound(chosen) == bound(found) | settled


def test_a_choice_overrides_what_a_title_says() -> None:
    document = shipped()
    document["14"] = {"class_type": "CLIPTextEncode", "inputs": {"clip": ["1", 1], "text": "ugly"}}
    assert bound(looked_at(document))["prompt"] == "13.text"
    assert bound(looked_at(document, prompt="14.text"))["prompt"] == "14.text"


def test_choosing_the_output_decides_what_else_there_is() -> None:
    document = pixels() | {"4": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}
    assert told(looked_at(document)) == ["ambiguous"]
    chosen = looked_at(document, output="4.images")
    assert told(chosen) == ["nodes-left-out"]
    assert chosen.complaints[0].values == {"count": 2}
    assert chosen.complaints[0].severity == "note"


@pytest.mark.parametrize("choice", ["99.text", "13", "text", "15.seed", "", "1.ckpt_name"])
def test_a_choice_that_is_no_option_is_refused(choice: str) -> None:
    assert told(looked_at(shipped(), prompt=choice)) == ["no-such-place"]


def test_the_size_is_two_places_in_one() -> None:
    document = untitled(shipped())
    document["12"] = {
        "class_type": "EmptyLatentImage",
        "inputs": {"width": 512, "height": 768, "batch_size": 1},
    }
    found = binding(looked_at(changed(document, "16", samples=["15", 0])), Role.SIZE)
    assert found.chosen == ("12.width+height",)
    assert found.options[0].value == "512 × 768"


def test_a_size_of_two_primitive_nodes_names_both() -> None:
    document = untitled(shipped())
    for id_, side in (("31", 512), ("32", 768)):
        document[id_] = {"class_type": "PrimitiveInt", "inputs": {"value": side}}
    size = {"width": ["31", 0], "height": ["32", 0], "batch_size": 1}
    document["12"] = {"class_type": "EmptyLatentImage", "inputs": size}
    found = binding(looked_at(document), Role.SIZE)
    assert found.chosen == ("31.value+32.value",)
    assert found.options[0].label == "12 (EmptyLatentImage)"


@pytest.mark.parametrize(("length", "place"), [(1, "p0.value"), (8, "p0.value"), (300, "")])
def test_primitives_in_a_row_are_followed_to_the_first_but_not_for_ever(length: int, place: str) -> None:
    document = untitled(shipped())
    for at in range(length):
        value: object = [f"p{at - 1}", 0] if at else 4
        document[f"p{at}"] = {"class_type": "PrimitiveInt", "inputs": {"value": value}}
    last = [f"p{length - 1}", 0]
    assert bound(looked_at(changed(document, "15", steps=last)))["steps"] == place


def test_nodes_that_nothing_needs_are_only_counted() -> None:
    found = looked_at(beside(pixels(), "SomebodysNodeForNotes", text="buy milk"))
    assert told(found) == ["nodes-left-out"]


def test_many_wrong_nodes_are_named_up_to_a_point() -> None:
    document = pixels() | {f"x{place}": {"class_type": "ExecutePython", "inputs": {}} for place in range(100)}
    assert len(looked_at(document).complaints) == 13


def test_what_a_stranger_wrote_is_shown_short_and_printable() -> None:
    document = pixels()
    document["2"] |= {"class_type": "SaveVideo", "_meta": {"title": "a\u202e\nb" * 400}}
    (complaint,) = looked_at(document).complaints
    node = str(complaint.values["node"])
    assert node.isprintable()
    assert len(node) < 100


def test_a_graph_written_with_titles_reads_the_same() -> None:
    graph = read_graph(shipped())
    again = read_graph(graph.document(titles=True))
    assert again.document(titles=True) == graph.document(titles=True)
    assert find_bindings(again) == find_bindings(graph)
