import json

import pytest

from comfy.answers import (
    ABSENT,
    Queue,
    State,
    read_history,
    read_job,
    read_queue,
    read_submit,
    read_system,
    read_upload,
    standing_in_queue,
)
from comfy.protocol import FileRef
from comfy.shapes import MalformedError
from tests.comfy import captures

REFUSALS = {
    "err_bad_linked_input": ("prompt_outputs_failed_validation", "bad_linked_input"),
    "err_ckpt_not_in_list": ("prompt_outputs_failed_validation", "value_not_in_list"),
    "err_dependency_cycle": ("prompt_outputs_failed_validation", "dependency_cycle"),
    "err_empty_prompt": ("prompt_no_outputs", None),
    "err_extra_data_null": ("http_500", None),
    "err_inputs_missing": ("prompt_outputs_failed_validation", "exception_during_inner_validation"),
    "err_invalid_input_type": ("prompt_outputs_failed_validation", "invalid_input_type"),
    "err_link_bad_slot": ("prompt_outputs_failed_validation", "exception_during_inner_validation"),
    "err_link_to_missing_node": ("prompt_outputs_failed_validation", "exception_during_inner_validation"),
    "err_missing_input_image": ("prompt_outputs_failed_validation", "custom_validation_failed"),
    "err_missing_input_image_temp": ("prompt_outputs_failed_validation", "custom_validation_failed"),
    "err_missing_node_type": ("missing_node_type", None),
    "err_no_class_type": ("missing_node_type", None),
    "err_no_prompt": ("no_prompt", None),
    "err_not_json": ("http_500", None),
    "err_number_string": ("http_500", None),
    "err_partial_targets_unknown": ("prompt_no_outputs", None),
    "err_prompt_id_not_uuid": ("invalid_prompt_id", None),
    "err_prompt_id_uppercase": ("invalid_prompt_id", None),
    "err_prompt_is_list": ("http_500", None),
    "err_prompt_no_outputs": ("prompt_no_outputs", None),
    "err_required_input_missing": ("prompt_outputs_failed_validation", "required_input_missing"),
    "err_return_type_mismatch": ("prompt_outputs_failed_validation", "return_type_mismatch"),
    "err_traversal_input_image": ("prompt_outputs_failed_validation", "custom_validation_failed"),
    "err_ui_format_workflow": ("http_500", None),
    "err_value_bigger_than_max": ("prompt_outputs_failed_validation", "value_bigger_than_max"),
    "err_value_not_in_list": ("prompt_outputs_failed_validation", "value_not_in_list"),
    "err_value_smaller_than_min": ("prompt_outputs_failed_validation", "value_smaller_than_min"),
}


def test_no_recorded_refusal_is_left_out() -> None:
    assert {f"prompt/{name}" for name in REFUSALS} == set(captures.names("prompt", "err_*"))


@pytest.mark.parametrize(("name", "kinds"), REFUSALS.items())
def test_every_refusal_has_its_reason(name: str, kinds: tuple[str, str | None]) -> None:
    recorded = captures.load(f"prompt/{name}")
    rejection = read_submit(recorded["status"], captures.body(recorded["response"]))
    assert rejection is not None
    assert rejection.kind == kinds[0]
    assert (rejection.nodes[0].kind if rejection.nodes else None) == kinds[1]


def test_the_old_servers_word_for_a_missing_node() -> None:
    rejection = read_submit(400, captures.body(captures.load("http/old_err_missing_node")))
    assert rejection is not None
    assert rejection.kind == "invalid_prompt"


def test_a_graph_that_was_taken() -> None:
    recorded = captures.load("prompt/01_success")
    assert read_submit(recorded["status"], captures.body(recorded["response"])) is None


def test_a_200_with_node_errors_is_a_refusal() -> None:
    recorded = captures.load("prompt/03_partially_valid_200_with_node_errors")
    rejection = read_submit(recorded["status"], captures.body(recorded["response"]))
    assert rejection is not None
    assert rejection.kind == "partly_valid"
    assert [(problem.node, problem.class_type, problem.input) for problem in rejection.nodes] == [
        ("5", "LoadImage", "image")
    ]


@pytest.mark.parametrize("name", ["err_missing_input_image", "err_missing_input_image_temp"])
def test_a_photo_that_a_restart_took_away_is_told_from_a_bad_graph(name: str) -> None:
    recorded = captures.load(f"prompt/{name}")
    rejection = read_submit(recorded["status"], captures.body(recorded["response"]))
    assert rejection is not None
    assert rejection.lacks_photo
    assert "gone.png" not in repr(rejection)


def test_a_missing_model_is_no_missing_photo() -> None:
    recorded = captures.load("prompt/err_ckpt_not_in_list")
    rejection = read_submit(recorded["status"], captures.body(recorded["response"]))
    assert rejection is not None
    assert not rejection.lacks_photo


def test_plain_text_of_the_web_framework() -> None:
    too_large = read_submit(413, b"Maximum request body size 104857600 exceeded.")
    trouble = read_submit(500, b"500 Internal Server Error\n\nServer got itself in trouble")
    assert too_large is not None
    assert trouble is not None
    assert (too_large.kind, too_large.is_trouble) == ("http_413", False)
    assert (trouble.kind, trouble.is_trouble) == ("http_500", True)


@pytest.mark.parametrize("name", [name for name in captures.names("upload") if "scrub" not in name])
def test_uploads_answer_with_the_name_to_use_or_with_nothing(name: str) -> None:
    recorded = captures.load(name)
    answer = captures.body(recorded["response"])
    if recorded["status"] == 200:
        assert read_upload(answer).name
    else:
        with pytest.raises(MalformedError):
            read_upload(answer)


def test_the_servers_name_wins_over_ours() -> None:
    recorded = captures.load("upload/03_same_name_other_bytes")
    assert read_upload(captures.body(recorded["response"])) == FileRef("portrait (1).png", "", "input")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("get_history_id_success", State.SUCCEEDED),
        ("get_history_id_cached", State.SUCCEEDED),
        ("get_history_id_websocket", State.SUCCEEDED),
        ("get_history_id_error", State.FAILED),
        ("get_history_id_interrupted", State.INTERRUPTED),
        ("old_history", State.SUCCEEDED),
    ],
)
def test_history(name: str, state: State) -> None:
    recorded = captures.load(f"http/{name}")
    (job,) = recorded
    standing = read_history(captures.body(recorded), job)
    assert standing.state is state
    assert standing.over
    assert (standing.crash is not None) == (state is State.FAILED)


def test_history_names_the_files_of_each_output() -> None:
    recorded = captures.load("http/get_history_id_success")
    (job,) = recorded
    assert read_history(captures.body(recorded), job).outputs == {
        "9": (FileRef("cartoon_00001_.png", "bot", "output"),)
    }


def test_an_empty_history_and_anothers_history_are_absence() -> None:
    recorded = captures.load("http/get_history_id_success")
    assert read_history(b"{}", "x") == ABSENT
    assert read_history(captures.body(recorded), "another-job") == ABSENT


def test_jobs_of_the_new_api() -> None:
    running = read_job(200, captures.body(captures.load("http/jobs_02_job_running")))
    cancelled = read_job(200, captures.body(captures.load("http/jobs_04_job_cancelled")))
    failed = read_job(200, captures.body(captures.load("http/jobs_06_job_failed")))
    assert running.state is State.RUNNING
    assert not running.over
    assert cancelled.state is State.INTERRUPTED
    assert failed.state is State.FAILED
    assert failed.crash is not None
    assert failed.crash.exception_type == "PIL.UnidentifiedImageError"
    assert read_job(404, b'{"error": "Job not found"}') == ABSENT


def test_the_queue_is_told_in_heap_order_and_read_as_it_runs() -> None:
    recorded = captures.load("http/queue_01_queue_busy")
    told = [entry[0] for entry in recorded["queue_pending"]]
    assert told != sorted(told)
    queue = read_queue(captures.body(recorded))
    order = {entry[1]: entry[0] for entry in recorded["queue_pending"]}
    assert [order[job] for job in queue.pending] == sorted(told)
    assert queue.running == ("46d260ed-19cc-401e-9f03-7e2b4e3073d2",)
    assert standing_in_queue(queue, queue.running[0]).state is State.RUNNING
    assert standing_in_queue(queue, queue.pending[0]).state is State.PENDING
    assert standing_in_queue(queue, "another") == ABSENT


def test_a_queue_that_waits_for_nobody_is_stuck() -> None:
    assert Queue((), ("a",)).stuck
    assert not Queue(("b",), ("a",)).stuck
    assert not read_queue(captures.body(captures.load("http/get_queue_empty")["response"])).stuck


@pytest.mark.parametrize(
    ("name", "version"), [("get_system_stats", "0.28.1"), ("old_system_stats", "0.3.64")]
)
def test_the_version_and_the_devices(name: str, version: str) -> None:
    recorded = captures.load(f"http/{name}")
    system = read_system(captures.body(recorded.get("response", recorded)))
    assert system.version == version
    assert [device.name for device in system.devices] == ["cpu"]
    assert system.devices[0].memory > system.devices[0].memory_free > 0


@pytest.mark.parametrize("body", [b"", b"<html>", json.dumps([1]).encode()])
def test_a_body_without_a_job_is_no_success(body: bytes) -> None:
    if body.startswith(b"["):
        assert read_history(body, "x") == ABSENT
    else:
        with pytest.raises(MalformedError):
            read_history(body, "x")
