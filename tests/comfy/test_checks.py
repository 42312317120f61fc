import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.definitions import Strength
from bot.nouns import Style, StyleId
from comfy.bases import STRENGTHS
from comfy.bindings import find_bindings
from comfy.catalogue import GraphStyle, load_catalogue
from comfy.checks import check_graph, models_of
from comfy.graph import read_graph
from comfy.menu import check_styles
from comfy.nodes import NodeTypes, read_node_types
from comfy.policy import SHIPPED_POLICY
from comfy.recipes import load_recipes
from tests.comfy import captures
from tests.fakes.comfyui.schemas import load_types
from tests.fakes.comfyui.server import FLUX_ALL_IN_ONE, FLUX_SPLIT

GRAPHS = Path(__file__).parents[2] / "workflows" / "graphs"
MODELS = {
    "checkpoints": ["flux1-schnell-fp8.safetensors"],
    "diffusion_models": [
        "flux1-schnell.safetensors",
        "flux-2-klein-4b-fp8.safetensors",
        "qwen_image_edit_2511_fp8mixed.safetensors",
        "z_image_turbo_bf16.safetensors",
    ],
    "text_encoders": [
        "clip_l.safetensors",
        "t5xxl_fp8_e4m3fn.safetensors",
        "qwen_3_4b.safetensors",
        "qwen_2.5_vl_7b_fp8_scaled.safetensors",
    ],
    "vae": ["ae.safetensors", "flux2-vae.safetensors", "qwen_image_vae.safetensors"],
    "loras": ["Qwen-Image-Edit-2511-Lightning-4steps-V1.0-bf16.safetensors"],
}


@cache
def types(version: str = "0.28.1") -> NodeTypes:
    return read_node_types(json.dumps(load_types(version, MODELS)).encode())


def shipped(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((GRAPHS / f"{name}.json").read_text())
    return document


def sentences(document: dict[str, Any], node_types: NodeTypes | None = None) -> list[str]:
    graph = read_graph(document)
    return [
        problem.sentence
        for problem in check_graph(graph, find_bindings(graph), node_types or types(), SHIPPED_POLICY)
    ]


@pytest.mark.parametrize("path", sorted(GRAPHS.glob("*.json")), ids=lambda path: path.stem)
def test_shipped_graphs_run_where_their_models_are(path: Path) -> None:
    assert sentences(shipped(path.stem)) == []


@pytest.mark.parametrize("name", ["flux-schnell-aio", "flux-schnell-split", "comfy-pixel", "comfy-warhol"])
def test_the_styles_graphs_run_on_the_old_server_too(name: str) -> None:
    assert sentences(shipped(name), types("0.3.64")) == []


@pytest.mark.parametrize(
    ("node", "change", "words"),
    [
        (
            "15",
            {"class_type": "KSamplr"},
            "“KSamplr” (node 15): a custom node is missing, or an update. Did you mean “KSampler”?",
        ),
        (
            "1",
            {"ckpt_name": "flux1-schnel-fp8.safetensors"},
            "which the server lacks. Did you mean “flux1-schnell-fp8.safetensors”?",
        ),
        ("15", {"sampler_name": "eulr"}, "can't be “eulr”. Did you mean “euler”?"),
        ("15", {"steps": 0}, "Input “steps” of node 15 (KSampler) is 0, below its minimum of 1."),
        ("15", {"denoise": 1.5}, "is 1.5, above its maximum of 1."),
        ("15", {"cfg": "much"}, "Input “cfg” of node 15 (KSampler) is not a number."),
        ("15", {"model": ["10", 0]}, "takes MODEL, but node 10 (photo) gives IMAGE."),
        ("15", {"model": ["1", 7]}, "wants output 7 of node 1 (CheckpointLoaderSimple), which has none."),
        ("15", {"steps": None}, "Input “steps” of node 15 (KSampler) is missing."),
    ],
)
def test_every_reason_is_a_sentence_that_names_the_place(
    node: str, change: dict[str, Any], words: str
) -> None:
    document = shipped("flux-schnell-aio")
    for name, value in change.items():
        if name == "class_type":
            document[node]["class_type"] = value
        elif value is None:
            del document[node]["inputs"][name]
        else:
            document[node]["inputs"][name] = value
    (sentence,) = sentences(document)
    assert words in sentence


def test_a_number_as_text_is_a_number() -> None:
    document = shipped("flux-schnell-aio")
    document["15"]["inputs"]["steps"] = "4"
    assert sentences(document) == []


def test_what_the_output_does_not_need_is_not_checked() -> None:
    document = shipped("flux-schnell-aio")
    document["99"] = {"class_type": "NoSuchNode", "inputs": {"image": ["16", 0]}}
    assert sentences(document) == []


@pytest.mark.parametrize(
    "name",
    [
        "err_ckpt_not_in_list",
        "err_invalid_input_type",
        "err_missing_node_type",
        "err_link_bad_slot",
        "err_required_input_missing",
        "err_return_type_mismatch",
        "err_value_bigger_than_max",
        "err_value_not_in_list",
        "err_value_smaller_than_min",
    ],
)
def test_whatever_the_real_server_refused_is_found_before(name: str) -> None:
    document = captures.load(f"prompt/{name}")["body"]["prompt"]
    node_types = read_node_types(json.dumps(load_types("0.28.1", {})).encode())
    recorded = captures.load(f"prompt/{name}")["response"]
    graph = read_graph(document)
    found = {problem.node for problem in check_graph(graph, find_bindings(graph), node_types, SHIPPED_POLICY)}
    assert found >= set(recorded["node_errors"])
    assert found


def test_both_forms_of_choices_are_read() -> None:
    assert types()["ImageScaleToTotalPixels"].inputs["upscale_method"].choices == (
        "nearest-exact",
        "bilinear",
        "area",
        "bicubic",
        "lanczos",
    )
    assert types()["UNETLoader"].inputs["weight_dtype"].choices is not None
    assert types()["KSampler"].inputs["denoise"].maximum == 1.0
    assert types()["SaveImage"].is_output
    assert types()["LoadImage"].outputs == ("IMAGE", "MASK")


def test_models_are_what_a_graph_loads() -> None:
    assert models_of(read_graph(shipped("flux-schnell-split"))) == {
        "flux1-schnell.safetensors",
        "t5xxl_fp8_e4m3fn.safetensors",
        "clip_l.safetensors",
        "ae.safetensors",
    }
    assert models_of(read_graph(shipped("comfy-warhol"))) == frozenset()


@pytest.mark.parametrize(
    ("models", "loader"), [(FLUX_ALL_IN_ONE, "CheckpointLoaderSimple"), (FLUX_SPLIT, "UNETLoader")]
)
def test_the_first_graph_whose_models_are_there_is_used(models: dict[str, list[str]], loader: str) -> None:
    menu = check_styles(
        load_recipes(load_catalogue().graphs),
        read_node_types(json.dumps(load_types("0.28.1", models)).encode()),
        SHIPPED_POLICY,
    )
    assert not menu.problems
    classes = {node.class_type for node in menu.runnable[StyleId("flux-oil")].graph.nodes.values()}
    assert loader in classes


def test_without_models_only_the_preflight_styles_run() -> None:
    menu = check_styles(
        load_recipes(load_catalogue().graphs),
        read_node_types(json.dumps(load_types("0.3.64", {})).encode()),
        SHIPPED_POLICY,
    )
    assert set(menu.runnable) == {"comfy-pixel", "comfy-warhol"}
    assert len(menu.problems[StyleId("flux-oil")]) == 1


def test_shipped_graph_styles() -> None:
    styles = load_catalogue().graphs
    offered = [entry for entry in styles if entry.style.offered]
    assert len(offered) >= 12
    assert {entry.style.id for entry in styles if not entry.style.offered} == {"comfy-pixel", "comfy-warhol"}
    for entry in offered:
        assert entry.strength in STRENGTHS
        assert entry.prompt is not None
        assert "photo" in entry.prompt
        assert "\n" not in entry.prompt


@pytest.mark.parametrize(("strength", "kept"), [("subtle", 0.5), ("medium", 1 / 3), ("strong", 0.2)])
def test_strengths_are_steps_that_four_sampling_steps_know(strength: Strength, kept: float) -> None:
    schedule = int(4 / STRENGTHS[strength])
    assert 1 - 4 / schedule == pytest.approx(kept)


def test_a_recipe_writes_the_order_into_the_graph() -> None:
    entry = GraphStyle(
        Style(StyleId("x"), "x", "graph", "comfy"), ("flux-schnell-aio",), "as a mosaic", "strong"
    )
    (recipes,) = load_recipes([entry])
    (recipe,) = recipes.recipes
    assert recipe.models == {"flux1-schnell-fp8.safetensors"}
    assert recipe.wishes.denoise == STRENGTHS["strong"]
    assert recipe.wishes.prompt == "as a mosaic"
