import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.definitions import Role
from comfy.bindings import Values, bind, find_bindings
from comfy.graph import GraphError, Slot, read_graph
from tests.comfy import captures

JOB = "0b9d7a3e-5a35-4f5f-9a0b-0d6c2a6f3b11"
GRAPHS = Path(__file__).parents[2] / "workflows" / "graphs"


def shipped(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((GRAPHS / f"{name}.json").read_text())
    return document


def untitled(document: dict[str, Any]) -> dict[str, Any]:
    return {id_: {key: node[key] for key in ("class_type", "inputs")} for id_, node in document.items()}


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("flux-schnell-aio", "17 10 13.text 15.seed 15.denoise 15.steps"),
        ("flux-schnell-split", "17 10 13.text 15.seed 15.denoise 15.steps"),
        ("flux2-klein", "40 10 20.text 32.noise_seed 31.steps"),
        ("qwen-edit", "40 10 20.prompt 30.seed 30.denoise 30.steps"),
        ("z-image-turbo", "40 10 20.text 30.seed 30.denoise 30.steps"),
        ("comfy-pixel", "10 1"),
        ("comfy-warhol", "91 1"),
    ],
)
def test_shipped_graphs_are_walked_without_their_titles(name: str, places: str) -> None:
    roles = (Role.PROMPT, Role.SEED, Role.STRENGTH, Role.STEPS)
    for document in (shipped(name), untitled(shipped(name))):
        bindings = find_bindings(read_graph(document))
        slots = [f"{slot.node}.{slot.input}" for role in roles for slot in bindings.slots[role]]
        assert " ".join([bindings.output, bindings.photo.node, *slots]) == places
        assert not bindings.ambiguous


def sd15() -> dict[str, Any]:
    recorded: dict[str, Any] = captures.load("http/queue_01_queue_busy")["queue_running"][0][2]
    return recorded


def test_the_positive_side_is_the_prompt_and_the_negative_is_not() -> None:
    bindings = find_bindings(read_graph(sd15()))
    assert bindings.at(Role.PROMPT) == (Slot("2", "text"),)
    assert bindings.at(Role.SIZE) == (Slot("5", "width"), Slot("5", "height"))


def test_the_walk_follows_conditioning_through_other_nodes() -> None:
    document = sd15()
    document["20"] = {"class_type": "FluxGuidance", "inputs": {"conditioning": ["2", 0], "guidance": 3.5}}
    document["21"] = {
        "class_type": "ControlNetApplyAdvanced",
        "inputs": {"positive": ["20", 0], "negative": ["3", 0], "strength": 1.0},
    }
    document["7"]["inputs"] |= {"positive": ["21", 0], "negative": ["21", 1]}
    assert find_bindings(read_graph(document)).at(Role.PROMPT) == (Slot("2", "text"),)


def test_values_of_primitive_nodes_are_found_behind_their_links() -> None:
    document = sd15()
    document["30"] = {"class_type": "PrimitiveInt", "inputs": {"value": 5}}
    document["31"] = {"class_type": "PrimitiveString", "inputs": {"value": "words"}}
    document["7"]["inputs"]["seed"] = ["30", 0]
    document["2"]["inputs"]["text"] = ["31", 0]
    bindings = find_bindings(read_graph(document))
    assert bindings.at(Role.SEED) == (Slot("30", "value"),)
    assert bindings.at(Role.PROMPT) == (Slot("31", "value"),)


def two_passes() -> dict[str, Any]:
    document = sd15()
    second = json.loads(json.dumps(document["7"]))
    second["inputs"] |= {"latent_image": ["7", 0], "denoise": 0.3}
    document["40"] = second
    document["8"]["inputs"]["samples"] = ["40", 0]
    return document


def test_every_seed_is_set_but_two_denoises_are_ambiguous() -> None:
    graph = read_graph(two_passes())
    bindings = find_bindings(graph)
    assert set(bindings.at(Role.SEED)) == {Slot("7", "seed"), Slot("40", "seed")}
    assert bindings.at(Role.PROMPT) == (Slot("2", "text"),)
    with pytest.raises(GraphError, match=r"40 \(KSampler\).*title “strength”") as caught:
        bind(graph, bindings, Values(JOB, "p.jpg [temp]", denoise=0.5))
    assert len(caught.value.nodes) == 2


def test_a_title_wins() -> None:
    document = two_passes()
    document["40"]["_meta"] = {"title": " Denoise "}
    assert find_bindings(read_graph(document)).at(Role.STRENGTH) == (Slot("40", "denoise"),)


def test_two_photos_are_ambiguous_until_one_has_the_title() -> None:
    document = sd15()
    document["50"] = {"class_type": "LoadImage", "inputs": {"image": "frame.png"}}
    document["51"] = {"class_type": "ImageBlend", "inputs": {"image1": ["8", 0], "image2": ["50", 0]}}
    document["9"]["inputs"]["images"] = ["51", 0]
    with pytest.raises(GraphError, match="Several nodes could be the photo"):
        find_bindings(read_graph(document))
    document["4"]["_meta"] = {"title": "Photo"}
    assert find_bindings(read_graph(document)).photo == Slot("4", "image")


def test_two_outputs_are_ambiguous_until_one_has_the_title() -> None:
    document = sd15()
    document["60"] = {"class_type": "PreviewImage", "inputs": {"images": ["5", 0]}}
    with pytest.raises(
        GraphError, match=re.escape("Several nodes could be the output: 9 (SaveImage), 60 (PreviewImage)")
    ):
        find_bindings(read_graph(document))
    document["9"]["_meta"] = {"title": "output"}
    bindings = find_bindings(read_graph(document))
    bound = bind(read_graph(document), bindings, Values(JOB, "p.jpg [temp]"))
    assert "60" not in bound.nodes


def test_a_saver_that_hands_its_picture_on_is_not_the_output() -> None:
    document = sd15()
    document["8"]["inputs"]["samples"] = ["7", 0]
    document["61"] = {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "mid"}}
    document["9"]["inputs"]["images"] = ["61", 0]
    graph = read_graph(document)
    bindings = find_bindings(graph)
    assert bindings.output == "9"
    bound = bind(graph, bindings, Values(JOB, "p.jpg [temp]"))
    assert {node.class_type for node in bound.nodes.values()}.isdisjoint({"SaveImage"})


@pytest.mark.parametrize(
    ("gone", "words"), [("9", "There is no output"), ("4", "no place for the guest's photo")]
)
def test_a_graph_without_photo_or_output_is_refused(gone: str, words: str) -> None:
    document = sd15()
    if gone == "4":
        document["4"] = {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64}}
    else:
        del document[gone]
    with pytest.raises(GraphError, match=words):
        find_bindings(read_graph(document))


def test_binding_writes_the_job_and_nothing_else() -> None:
    document = shipped("flux-schnell-aio")
    graph = read_graph(document)
    values = Values(JOB, f"{JOB}.jpg [temp]", prompt="as a mosaic", seed=7, denoise=0.65)
    bound = bind(graph, find_bindings(graph), values).document()
    expected = untitled(document)
    expected["10"]["inputs"]["image"] = f"{JOB}.jpg [temp]"
    expected["13"]["inputs"]["text"] = "as a mosaic"
    expected["15"]["inputs"] |= {"seed": 7, "denoise": 0.65}
    expected["17"] = {"class_type": "PreviewImage", "inputs": {"images": ["16", 0]}}
    assert bound == expected


def test_other_writers_of_files_take_the_jobs_name() -> None:
    document = shipped("comfy-pixel")
    document["9"]["inputs"]["filename_prefix"] = "shared"
    graph = read_graph(document)
    bound = bind(graph, find_bindings(graph), Values(JOB, "p.jpg [temp]", seed=7))
    assert bound.nodes["9"].inputs["filename_prefix"] == JOB


def test_a_prompt_without_a_place_is_an_error_but_a_seed_is_not() -> None:
    graph = read_graph(shipped("comfy-pixel"))
    bindings = find_bindings(graph)
    bind(graph, bindings, Values(JOB, "p.jpg [temp]", seed=1))
    with pytest.raises(GraphError, match="no place for the prompt"):
        bind(graph, bindings, Values(JOB, "p.jpg [temp]", prompt="x"))
