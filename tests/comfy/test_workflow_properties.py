"""What holds for every file: an answer in words, one canonical form, and that a server takes what we take."""

import json
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.words import words
from comfy.bindings import Values, bind, find_bindings
from comfy.checks import check_graph
from comfy.exports import read_export
from comfy.inspection import inspect
from comfy.nodes import NodeTypes, read_node_types
from comfy.policy import SHIPPED_POLICY
from tests.comfy.exported import Document, file, shipped
from tests.comfy.test_checks import MODELS
from tests.fakes.comfyui.disk import Disk, Place
from tests.fakes.comfyui.schemas import PromptRefusedError, Validation, load_types

JOB = "0b9d7a3e-5a35-4f5f-9a0b-0d6c2a6f3b11"
PHOTO = f"{JOB}.jpg"
NAMES = ["flux-schnell-aio", "flux-schnell-split", "comfy-pixel", "flux2-klein", "qwen-edit"]

enough = partial(settings, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
"""However long it takes: machines are busy at times."""


@cache
def server(version: str) -> tuple[dict[str, Any], NodeTypes]:
    types = load_types(version, MODELS)
    return types, read_node_types(json.dumps(types).encode())


def anything(document: Document) -> st.SearchStrategy[object]:
    """What could stand in an input, rightly or wrongly."""
    links = st.tuples(st.sampled_from([*document, "77"]), st.integers(-1, 3)).map(list)
    numbers = st.one_of(st.integers(-(2**65), 2**65), st.floats(), st.integers(0, 64))
    texts = st.one_of(
        st.text(max_size=20), st.sampled_from(["euler", "nan", "7", "../x.png", "a.safetensors", ""])
    )
    odd = st.sampled_from([None, True, [], {}, {"a": ["1", 0]}, ["1", 0, 0]])
    return st.one_of(links, links, numbers, texts, odd)


def with_value(document: Document, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Document:
    """One input changed, taken out, or put in."""
    node = draw(st.sampled_from(sorted(document)))
    inputs = dict(document[node]["inputs"])
    name = draw(st.sampled_from([*inputs, "image", "denoise"]))
    if draw(st.booleans()) or name not in inputs:
        inputs[name] = draw(anything(document))
    else:
        del inputs[name]
    return document | {node: document[node] | {"inputs": inputs}}


@st.composite
def mangled(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Document:
    """A graph of ours after some slips."""
    document = shipped(draw(st.sampled_from(NAMES)))
    for _ in range(draw(st.integers(1, 4))):
        match draw(st.integers(0, 5)):
            case 0 if len(document) > 2:
                del document[draw(st.sampled_from(sorted(document)))]
            case 1:
                node = draw(st.sampled_from(sorted(document)))
                class_type = draw(st.sampled_from(sorted(server("0.28.1")[0])))
                document = document | {node: document[node] | {"class_type": class_type}}
            case _:
                document = with_value(document, draw)
    return document


@st.composite
def torn(draw: Callable[[st.SearchStrategy[Any]], Any]) -> bytes:
    """A file of ours with bytes cut out and others put in."""
    data = file(shipped(draw(st.sampled_from(NAMES[:3]))))
    start, length = draw(st.integers(0, len(data))), draw(st.integers(0, 60))
    put_in: bytes = draw(st.binary(max_size=20))
    return data[:start] + put_in + data[start + length :]


def answered(data: bytes) -> None:
    found = inspect(data, {}, SHIPPED_POLICY)
    for complaint in found.complaints:
        assert words().say("de", complaint.key, **complaint.values).isprintable()
    assert found.workflow is not None or found.complaints
    if found.workflow is not None:
        assert inspect(found.workflow.encode(), {}, SHIPPED_POLICY) == found
        json.dumps(found.workflow, ensure_ascii=False).encode()


@enough(max_examples=40)
@given(st.one_of(st.binary(max_size=200), torn()))
def test_all_bytes_get_an_answer(data: bytes) -> None:
    answered(data)


@enough(max_examples=40)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner),
            st.dictionaries(
                st.sampled_from(["prompt", "output", "nodes", "class_type", "inputs", "1"]), inner
            ),
        ),
    )
)
def test_all_json_gets_an_answer(document: object) -> None:
    answered(json.dumps(document).encode())


@enough(max_examples=60)
@given(mangled())
def test_all_slips_get_an_answer(document: Document) -> None:
    answered(file(document))


@pytest.mark.parametrize("version", ["0.28.1", "0.3.64"])
@enough(max_examples=60)
@given(document=mangled())
def test_what_passes_here_is_taken_by_the_server(version: str, document: Document) -> None:
    if any(
        complaint.severity == "wrong" for complaint in inspect(file(document), {}, SHIPPED_POLICY).complaints
    ):
        return
    types, node_types = server(version)
    graph = read_export(file(document))
    bindings = find_bindings(graph)
    if check_graph(graph, bindings, node_types, SHIPPED_POLICY):
        return
    bound: dict[str, Any] = bind(graph, bindings, Values(JOB, f"{PHOTO} [temp]", seed=7)).document()
    disk = Disk()
    disk.files[Place("temp", "", PHOTO)] = b"a photo"
    try:
        outputs, errors = Validation(bound, types, disk, old=version.startswith("0.3.")).outputs(None)
    except PromptRefusedError as error:
        pytest.fail(f"refused: {error.body}")
    assert errors == {}
    assert outputs == [bindings.output]
