import json
from pathlib import Path

import pytest

from comfy.graph import Graph, GraphError, Link, Slot, read_graph
from tests.comfy import captures


def tiny(**more: object) -> dict[str, object]:
    return {
        "1": {"class_type": "LoadImage", "inputs": {"image": "a.jpg"}},
        "2": {"class_type": "ImageInvert", "inputs": {"image": ["1", 0]}},
        "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0], "filename_prefix": "x"}},
        **more,
    }


def test_a_graph_reads_and_writes_the_same() -> None:
    assert read_graph(tiny()).document() == tiny()


def test_a_recorded_graph_reads() -> None:
    graph = read_graph(captures.load("prompt/01_success")["body"]["prompt"])
    assert graph.nodes["2"].inputs["image"] == Link("1", 0)
    assert [node.id for node in graph.sources(["9"])][:2] == ["9", "8"]


def test_writing_leaves_the_original_alone() -> None:
    graph = read_graph(tiny())
    changed = graph.written({Slot("1", "image"): "b.jpg"})
    assert graph.document() == tiny()
    assert changed.nodes["1"].inputs["image"] == "b.jpg"
    with pytest.raises(TypeError):
        graph.nodes["1"].inputs["image"] = "c.jpg"  # type: ignore[index]  # that it can't is what is tested


def test_other_outputs_are_left_out() -> None:
    graph = read_graph(tiny(**{"4": {"class_type": "SaveImage", "inputs": {"images": ["1", 0]}}}))
    assert set(graph.only("3").nodes) == {"1", "2", "3"}


@pytest.mark.parametrize("saver", ["SaveImage", "SaveImageWebsocket", "PreviewImage"])
def test_every_saver_becomes_a_preview(saver: str) -> None:
    graph = read_graph(
        tiny(**{"3": {"class_type": saver, "inputs": {"images": ["2", 0], "filename_prefix": "x"}}})
    )
    assert graph.previewing().document()["3"] == {
        "class_type": "PreviewImage",
        "inputs": {"images": ["2", 0]},
    }


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"nodes": [], "links": [], "version": 0.4}, "Node nodes has no class_type"),
        ({}, "no nodes"),
        ([], "no nodes"),
        ({"1": {"inputs": {}}}, "Node 1 has no class_type"),
        ({"1": {"class_type": "X"}}, "Node 1 has no class_type, no inputs"),
        ({"1": "x"}, "Node 1"),
        (
            tiny(**{"2": {"class_type": "ImageInvert", "inputs": {"image": ["77", 0]}}}),
            "node 77, which is missing",
        ),
        (tiny(**{"1": {"class_type": "ImageInvert", "inputs": {"image": ["2", 0]}}}), "in a circle"),
    ],
)
def test_what_is_no_graph_says_why(document: object, words: str) -> None:
    with pytest.raises(GraphError, match=words.replace("(", r"\(").replace(")", r"\)")):
        read_graph(document)


@pytest.mark.parametrize(
    "name",
    [
        "err_bad_linked_input",
        "err_dependency_cycle",
        "err_inputs_missing",
        "err_link_to_missing_node",
        "err_no_class_type",
    ],
)
def test_graphs_that_the_server_refuses_for_their_form_are_refused_here(name: str) -> None:
    with pytest.raises(GraphError) as caught:
        read_graph(captures.load(f"prompt/{name}")["body"]["prompt"])
    assert caught.value.nodes


def shipped() -> dict[str, Graph]:
    folder = Path(__file__).parents[2] / "workflows" / "graphs"
    return {path.stem: read_graph(json.loads(path.read_text())) for path in folder.glob("*.json")}


def test_shipped_graphs_hold_no_photo_and_no_name_of_ours() -> None:
    graphs = shipped()
    assert len(graphs) >= 7
    for graph in graphs.values():
        photos = [node for node in graph.nodes.values() if node.class_type == "LoadImage"]
        assert [node.inputs["image"] for node in photos] == ["photo.jpg"]
