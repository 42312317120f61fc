import json
import tomllib
from functools import cache
from pathlib import Path

import pytest

from bot.words import words
from comfy.bindings import find_bindings
from comfy.checks import check_graph
from comfy.graph import read_graph
from comfy.nodes import NodeTypes, read_node_types
from comfy.policy import SHIPPED_POLICY, NodePolicy, forbidden_nodes
from tests.comfy.exported import Document, beside, between, pixels
from tests.fakes.comfyui.schemas import load_types

WORKFLOWS = Path(__file__).parents[2] / "workflows"
REASONS = [
    entry["reason"] for entry in tomllib.loads((WORKFLOWS / "forbidden.toml").read_text())["forbidden"]
]

OURS = [
    "BasicGuider",
    "CFGGuider",
    "CLIPLoader",
    "CLIPTextEncode",
    "Canny",
    "CheckpointLoaderSimple",
    "ComfyMathExpression",
    "ConditioningCombine",
    "ControlNetApplyAdvanced",
    "ControlNetLoader",
    "DualCLIPLoader",
    "EmptyImage",
    "Flux2Scheduler",
    "FluxGuidance",
    "GaussianBlurLatent",
    "GetImageSize",
    "ImageBlend",
    "ImageBlur",
    "ImageCompositeMasked",
    "ImageHistogram",
    "ImageQuantize",
    "ImageScale",
    "ImageUpscaleWithModel",
    "InpaintModelConditioning",
    "KSampler",
    "KSamplerAdvanced",
    "LeftPad",
    "LoadBackgroundRemovalModel",
    "LoraLoader",
    "LoraLoaderModelOnly",
    "MaskPreview",
    "Morphology",
    "PreviewAny",
    "PrimitiveString",
    "RegexReplace",
    "RemoveBackground",
    "SamplerCustomAdvanced",
    "SoftPatch",
    "StringConcatenate",
    "StyleModelLoader",
    "TextGenerate",
    "TextOverlay",
    "ThresholdMask",
    "UNETLoader",
    "UpscaleModelLoader",
    "VAEDecode",
    "VAEEncode",
    "VAELoader",
    "ImageDescription",
    "ImageRetrieval",
]
"""Types of ComfyUI itself, and others, whose names could be taken for something bad."""


def refusals(document: Document, policy: NodePolicy = SHIPPED_POLICY) -> list[str]:
    found = forbidden_nodes(read_graph(document), policy)
    return [problem.key.removeprefix("workflow-forbidden-") for problem in found]


def test_a_refused_node_is_named_once() -> None:
    node = {"class_type": "PythonExec", "inputs": {}}
    bare, titled = (
        next(forbidden_nodes(read_graph({"7": node | meta}), SHIPPED_POLICY)).values
        for meta in ({}, {"_meta": {"title": "magic"}})
    )
    assert (bare["node"], bare["type"]) == ("7", "PythonExec")
    assert (titled["node"], titled["type"]) == ("7 (magic)", "PythonExec")


@cache
def types() -> NodeTypes:
    """A server with a pack of custom nodes, and one that knows paid services."""
    loaded = load_types("0.28.1", {})
    image = {"input": {"required": {"image": ["IMAGE", {}]}}, "output": ["IMAGE"], "output_node": False}
    upload = {"input": {"required": {"image": [["a.png"], {"image_upload": True}]}}, "output": ["IMAGE"]}
    loaded["Sparkle"] = image | {"python_module": "custom_nodes.Glitter-Pack"}
    loaded["SparkleExec"] = image | {"python_module": "custom_nodes.Glitter-Pack"}
    loaded["Nameless"] = image
    loaded["Painted"] = image | {"python_module": "comfy_api_nodes.nodes_bfl", "api_node": True}
    loaded["PaintedToo"] = image | {"python_module": "comfy_extras.nodes_x", "api_node": True}
    loaded["Archive"] = image | {"python_module": "comfy_extras.nodes_y", "output_node": True}
    loaded["Album"] = upload | {"python_module": "comfy_extras.nodes_z"}
    return read_node_types(json.dumps(loaded).encode())


def there(document: Document, policy: NodePolicy = SHIPPED_POLICY) -> list[str]:
    graph = read_graph(document)
    return [
        problem.key.removeprefix("workflow-")
        for problem in check_graph(graph, find_bindings(graph), types(), policy)
    ]


@pytest.mark.parametrize("class_type", OURS)
def test_good_names_are_not_taken_for_bad_ones(class_type: str) -> None:
    assert refusals(beside(pixels(), class_type)) == []


@pytest.mark.parametrize("reason", [*REASONS, "owner", "custom", "cloud"])
def test_each_reason_has_its_sentence(reason: str) -> None:
    assert all(words().keys(language) >= {f"workflow-forbidden-{reason}"} for language in words().languages)


@pytest.mark.parametrize("saver", ["SaveImage", "PreviewImage", "SaveImageWebsocket"])
def test_savers_are_allowed_because_they_run_as_previews(saver: str) -> None:
    document = pixels()
    document["3"]["class_type"] = saver
    assert refusals(document) == []
    assert there(document) == []


def test_the_owner_may_allow_and_forbid() -> None:
    document = beside(pixels(), "ExecutePython")
    assert refusals(document) == ["code"]
    assert refusals(document, NodePolicy(allowed=("ExecutePython",))) == []
    assert refusals(document, NodePolicy(allowed=("*",))) == ["code"]  # what is bad has to be named in full
    assert refusals(pixels(), NodePolicy(forbidden=("imageinv*",))) == ["owner"]
    both = NodePolicy(allowed=("ImageInvert",), forbidden=("ImageInvert",))
    assert refusals(pixels(), both) == ["owner"]


@pytest.mark.parametrize(
    ("class_type", "reason"),
    [
        ("Sparkle", "forbidden-custom"),
        ("Nameless", "forbidden-custom"),
        ("Painted", "forbidden-cloud"),
        ("PaintedToo", "forbidden-cloud"),
        ("Archive", "forbidden-write"),
    ],
)
def test_what_a_server_says_of_a_type_counts(class_type: str, reason: str) -> None:
    assert there(between(pixels(), class_type)) == [reason]
    assert there(beside(pixels(), class_type)) == []  # it never runs
    assert there(between(pixels(), class_type), NodePolicy(allowed=(class_type,))) == []


def test_a_pack_is_allowed_as_a_whole_but_not_its_worst() -> None:
    trusting = NodePolicy(allowed=("custom_nodes.glitter-pack",))
    assert there(between(pixels(), "Sparkle"), trusting) == []
    assert refusals(between(pixels(), "SparkleExec"), trusting) == ["code"]


def test_no_other_upload_is_loaded() -> None:
    document = between(pixels(), "ImageBlend", image1=["1", 0], blend_factor=0.5, blend_mode="normal")
    document["50"] = {"class_type": "Album", "inputs": {"image": "a.png"}}
    document["98"]["inputs"] |= {"image2": ["50", 0]}
    document["1"]["_meta"] = {"title": "photo"}
    assert there(document) == ["second-photo"]
    assert there(document, NodePolicy(allowed=("Album",))) == []
