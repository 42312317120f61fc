import json
from collections.abc import Iterator

import pytest

from comfy.protocol import (
    Cached,
    Executing,
    Failed,
    Features,
    FileRef,
    Interrupted,
    Message,
    NodeProgress,
    NodeText,
    Output,
    Preview,
    Started,
    Status,
    Step,
    Succeeded,
    Unknown,
    read_frame,
)
from comfy.shapes import MalformedError
from tests.comfy import captures


def messages(name: str) -> list[Message]:
    recorded = captures.load(f"ws/{name}")
    entries = recorded if isinstance(recorded, list) else [recorded]
    return [read_frame(json.dumps(entry)) for entry in entries if "_binary" not in entry]


def streams() -> Iterator[str]:
    for name in captures.names("ws"):
        recorded = captures.load(name)
        if isinstance(recorded, list):
            yield name.removeprefix("ws/")


@pytest.mark.parametrize("name", list(streams()))
def test_every_recorded_text_message_is_understood(name: str) -> None:
    assert not [message for message in messages(name) if isinstance(message, Unknown)]


def test_a_run_is_told_from_its_start_to_its_end() -> None:
    job = "6974b5b9-1d8d-46cc-bd1e-7d4a0d9d7a32"
    stream = messages("01_saveimage_no_flags")
    assert stream[0] == Status(0)
    assert stream[3] == Started(job)
    assert stream[4] == Cached(job, ())
    assert Executing(job, "1") in stream
    assert Output(job, "9", (FileRef("cartoon_00001_.png", "bot", "output"),)) in stream
    assert stream[-3:] == [Succeeded(job), Status(0), Executing(job, None)]


def test_a_cached_run_still_names_its_files() -> None:
    stream = messages("02_identical_prompt_cached")
    assert [message.files for message in stream if isinstance(message, Output)] == [
        (FileRef("cartoon_00001_.png", "bot", "output"),)
    ]
    assert [len(message.nodes) for message in stream if isinstance(message, Cached)] == [9]


def test_results_of_a_preview_node_lie_in_temp() -> None:
    outputs = [message for message in messages("03_previewimage") if isinstance(message, Output)]
    assert outputs[0].files == (FileRef("ComfyUI_temp_ypdkl_00001_.png", "", "temp"),)


def test_the_old_server_speaks_the_same() -> None:
    kinds = [type(message) for message in messages("old_saveimage")]
    assert kinds[0] is Status
    assert kinds[1] is Features
    assert {Started, Cached, NodeProgress, Executing, Output, Succeeded} <= set(kinds)


def test_steps_and_shares() -> None:
    stream = messages("12_flux_split")
    steps = [message for message in stream if isinstance(message, Step)]
    assert [(step.node, step.value, step.maximum) for step in steps] == [("15", n, 4) for n in (1, 2, 3, 4)]
    shares = [message.shares for message in stream if isinstance(message, NodeProgress)]
    assert all(0 <= share <= 1 for state in shares for share in state.values())
    assert shares[-1]["17"] == 1


def test_an_exception_keeps_its_words_out_of_repr() -> None:
    (failed,) = [message for message in messages("30_execution_error") if isinstance(message, Failed)]
    assert failed.crash.node == "1"
    assert failed.crash.node_type == "LoadImage"
    assert failed.crash.exception_type == "PIL.UnidentifiedImageError"
    assert "/srv" in failed.crash.message
    assert "/srv" not in repr(failed)


def test_an_interruption() -> None:
    assert messages("20_execution_interrupted") == [Interrupted("46d260ed-19cc-401e-9f03-7e2b4e3073d2")]


def test_the_greeting_after_a_reconnect_names_no_job() -> None:
    assert Executing(None, "7") in messages("40_reconnect_mid_job_first")


def test_the_answer_to_our_feature_flags() -> None:
    recorded = captures.load("ws/43_feature_flags_handshake")["server_sends"]
    assert read_frame(json.dumps(recorded[1])) == Features(preview_metadata=True)


def test_a_preview_with_metadata_names_its_job() -> None:
    preview = read_frame(captures.frame("12_flux_split_bin0"))
    assert isinstance(preview, Preview)
    assert preview.job == "af9e0094-2ee4-4f0c-b473-804c1ec79c30"
    assert preview.node == "15"
    assert preview.media_type == "image/jpeg"
    assert preview.data.startswith(b"\xff\xd8")
    assert preview.data.endswith(b"\xff\xd9")


def test_a_preview_without_metadata_is_nobodys() -> None:
    preview = read_frame(captures.frame("14_flux_preview_no_flags_bin0"))
    assert isinstance(preview, Preview)
    assert preview.job is None
    assert preview.data.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("name", "job"), [("04_frame", None), ("05_frame", "5230f781-352d-4039-bab5-ba015d77f77e")]
)
def test_pictures_sent_over_the_socket(name: str, job: str | None) -> None:
    preview = read_frame(captures.frame(name))
    assert isinstance(preview, Preview)
    assert (preview.job, preview.media_type) == (job, "image/png")
    assert preview.data.startswith(b"\x89PNG")


def test_pictures_never_print() -> None:
    assert "xff" not in repr(read_frame(captures.frame("12_flux_split_bin0")))


def test_text_of_a_node() -> None:
    assert read_frame(b"\0\0\0\x03" + b"\0\0\0\x02" + b"12half way") == NodeText("12", "half way")


def test_messages_of_later_versions_are_let_through() -> None:
    assert read_frame('{"type": "crystools.monitor", "data": {}}') == Unknown("crystools.monitor")
    assert read_frame(b"\0\0\0\x63....") == Unknown("binary 99")


@pytest.mark.parametrize(
    "frame",
    [
        "no JSON",
        "[]",
        '{"data": {}}',
        b"",
        b"\0\0",
        b"\0\0\0\x01\0",
        b"\0\0\0\x03\0\0\0\x09short",
        b"\0\0\0\x04\0\0\0\x02{]....",
    ],
)
def test_what_is_not_the_protocol_is_refused_without_quoting_it(frame: str | bytes) -> None:
    with pytest.raises(MalformedError) as caught:
        read_frame(frame)
    assert "short" not in str(caught.value)


@pytest.mark.parametrize(
    "frame",
    [
        '{"type": "status", "data": null}',
        '{"type": "progress_state", "data": {"nodes": [1]}}',
        '{"type": "progress", "data": {"value": true, "max": 0}}',
        '{"type": "executed", "data": {"output": {"images": ["x", 3]}}}',
    ],
)
def test_odd_details_never_raise(frame: str) -> None:
    read_frame(frame)
