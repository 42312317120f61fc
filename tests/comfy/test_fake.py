"""The fake held against what real servers were recorded to say."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image
from websockets.asyncio.client import ClientConnection, connect

from comfy.protocol import read_frame
from tests.comfy import captures
from tests.comfy.support import new_job, photo, plain_graph, put_photo, until
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.comfyui.disk import Place


@asynccontextmanager
async def http_to(fake: FakeComfyUI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=fake.url, trust_env=False) as http:
        yield http


@asynccontextmanager
async def socket_to(fake: FakeComfyUI, client_id: str = "me") -> AsyncIterator[ClientConnection]:
    url = f"{fake.url.replace('http', 'ws')}/ws?clientId={client_id}"
    async with connect(url, max_size=None, proxy=None) as client:
        yield client


async def told(client: ClientConnection, job: str) -> list[dict[str, Any]]:
    """All text messages until the job is over."""
    messages: list[dict[str, Any]] = []
    while True:
        frame = await asyncio.wait_for(client.recv(), 5)
        if isinstance(frame, str):
            messages.append(json.loads(frame))
            data = messages[-1]["data"]
            if data.get("prompt_id") == job and "node" in data and data["node"] is None:
                return messages


def order_of(messages: list[dict[str, Any]]) -> list[str]:
    """The kinds, without repetitions of progress, and without the greeting."""
    kinds = [message["type"] for message in messages if "sid" not in message["data"]]
    return [kind for kind in kinds if kind not in {"progress_state", "feature_flags"}]


def recorded_order(name: str) -> list[str]:
    return order_of([message for message in captures.load(f"ws/{name}") if "_binary" not in message])


def reasons(answer: Any) -> Any:
    """Of a refusal what counts: its type, and for each node its types and outputs."""
    if not isinstance(answer, dict):
        return str(answer).split("\n")[0]
    nodes = {
        node: (
            sorted(error["type"] for error in entry["errors"]),
            entry["class_type"],
            sorted(entry["dependent_outputs"]),
        )
        for node, entry in answer["node_errors"].items()
    }
    return answer.get("error", {}).get("type"), nodes


def recorded_prompts() -> list[str]:
    names = [name for name in captures.names("prompt") if isinstance(captures.load(name), dict)]
    return [name for name in names if captures.load(name).get("body")]


@pytest.mark.parametrize("name", recorded_prompts())
async def test_prompts_are_judged_as_recorded(fake: FakeComfyUI, name: str) -> None:
    recorded = captures.load(name)
    fake.set_models({})
    put_photo(fake, "portrait.png", "red")
    async with http_to(fake) as http:
        answer = await http.post("/prompt", json=recorded["body"])
    assert answer.status_code == recorded["status"]
    is_json = answer.headers["content-type"].startswith("application/json")
    assert reasons(answer.json() if is_json else answer.text) == reasons(recorded["response"])


async def test_the_old_server_has_its_own_word_for_a_missing_node_and_takes_any_id() -> None:
    with FakeComfyUI(version="0.3.64") as old:
        put_photo(old, "a.jpg", "red")
        async with http_to(old) as http:
            graph = plain_graph("a.jpg")
            taken = await http.post("/prompt", json={"prompt": graph, "prompt_id": "job-1"})
            assert taken.json()["prompt_id"] == "job-1"
            graph["2"]["class_type"] = "NoSuch"
            refused = await http.post("/prompt", json={"prompt": graph})
            assert refused.json()["error"]["type"] == "invalid_prompt"
            assert (await http.get("/api/jobs")).status_code == 404


async def test_uploads_are_named_as_recorded(fake: FakeComfyUI) -> None:
    async def upload(name: str, data: bytes, **fields: str) -> httpx.Response:
        return await http.post("/upload/image", files={"image": (name, data)}, data=fields)

    async with http_to(fake) as http:
        steps = {
            "01_plain": await upload("portrait.png", b"one"),
            "02_same_name_same_bytes": await upload("portrait.png", b"one"),
            "03_same_name_other_bytes": await upload("portrait.png", b"two"),
            "04_overwrite_true": await upload("portrait.png", b"two", overwrite="true"),
            "06_subfolder": await upload("a.png", b"x", subfolder="bot/job1"),
            "07_type_temp": await upload("t.png", b"x", type="temp"),
            "08_type_temp_subfolder": await upload("t.png", b"x", type="temp", subfolder="bot/job1"),
            "09_type_output": await upload("o.png", b"x", type="output"),
            "10_type_bogus": await upload("o.png", b"x", type="bogus"),
            "11_traversal_subfolder": await upload("o.png", b"x", subfolder="../../etc"),
            "14_not_an_image": await upload("x.png", b"hello"),
            "17_no_image_field": await http.post("/upload/image", data={"type": "input"}),
            "18_json_body": await http.post("/upload/image", json={"image": "x"}),
        }
    for name, answer in steps.items():
        recorded = captures.load(f"upload/{name}")
        assert answer.status_code == recorded["status"], name
        if answer.status_code == 200:
            assert answer.json() == json.loads(recorded["response"]), name
        else:
            assert answer.text == recorded["response"], name


async def test_too_large_an_upload_is_refused_in_plain_text() -> None:
    recorded = captures.load("upload/22_too_large_1MB_limit")
    with FakeComfyUI(max_upload=1_048_576) as fake:
        async with http_to(fake) as http:
            answer = await http.post("/upload/image", files={"image": ("x.png", bytes(1_100_000))})
    assert (answer.status_code, answer.text) == (recorded["status"], recorded["response"])


@pytest.mark.parametrize(
    ("saver", "recording"), [("SaveImage", "01_saveimage_no_flags"), ("PreviewImage", "03_previewimage")]
)
async def test_a_run_is_told_in_the_recorded_order(any_fake: FakeComfyUI, saver: str, recording: str) -> None:
    put_photo(any_fake, "a.jpg", "red")
    job = new_job()
    async with socket_to(any_fake) as client, http_to(any_fake) as http:
        greeting = json.loads(await client.recv())
        assert greeting["data"]["sid"] == "me"
        body = {"prompt": plain_graph("a.jpg", saver=saver), "client_id": "me", "prompt_id": job}
        await http.post("/prompt", json=body)
        messages = await told(client, job)
    kinds = order_of(messages)
    ours = [kind for at, kind in enumerate(kinds) if kind != "executing" or kinds[at - 1] != "executing"]
    real = recorded_order(recording)
    theirs = [kind for at, kind in enumerate(real) if kind != "executing" or real[at - 1] != "executing"]
    assert ours == theirs
    assert not [
        message for message in messages if type(read_frame(json.dumps(message))).__name__ == "Unknown"
    ]


async def test_an_identical_prompt_is_served_from_the_cache_as_recorded(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    async with socket_to(fake) as client, http_to(fake) as http:

        async def run() -> list[dict[str, Any]]:
            job = new_job()
            body = {"prompt": plain_graph("a.jpg"), "client_id": "me", "prompt_id": job}
            await http.post("/prompt", json=body)
            return await told(client, job)

        await run()
        messages = await run()
    assert order_of(messages) == recorded_order("02_identical_prompt_cached")


async def test_an_exception_is_told_as_recorded(fake: FakeComfyUI) -> None:
    fake.disk.files[Place("input", "", "x.png")] = b"hello"
    job = new_job()
    async with socket_to(fake) as client, http_to(fake) as http:
        await http.post("/prompt", json={"prompt": plain_graph("x.png"), "client_id": "me", "prompt_id": job})
        messages = await told(client, job)
        entry = (await http.get(f"/history/{job}")).json()[job]
        standing = (await http.get(f"/api/jobs/{job}")).json()
    assert order_of(messages) == recorded_order("30_execution_error")
    (recorded,) = captures.load("http/get_history_id_error").values()
    assert [message[0] for message in entry["status"]["messages"]] == [
        message[0] for message in recorded["status"]["messages"]
    ]
    error = next(message["data"] for message in messages if message["type"] == "execution_error")
    assert error["exception_type"] == "PIL.UnidentifiedImageError"
    assert standing["status"] == captures.load("http/jobs_06_job_failed")["status"]


async def test_queue_jobs_and_cancellation_are_told_as_recorded(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    fake.behaviour.job_seconds = 30.0
    ids = [new_job() for _ in range(7)]
    async with http_to(fake) as http:
        for at, number in enumerate([0, 1, 2, -3, -50, 0.5, 4]):
            body = {"prompt": plain_graph("a.jpg", prefix=str(at)), "prompt_id": ids[at], "number": number}
            assert (await http.post("/prompt", json=body)).status_code == 200
            if at == 0:
                await until(lambda: len(fake.renders) == 1)
        queue = (await http.get("/queue")).json()
        assert [entry[0] for entry in queue["queue_pending"]] == [
            entry[0] for entry in captures.load("http/queue_01_queue_busy")["queue_pending"]
        ]
        assert (await http.get(f"/api/jobs/{ids[0]}")).json()["status"] == "in_progress"
        assert (await http.get(f"/api/jobs/{ids[1]}")).json()["status"] == "pending"
        assert (await http.get(f"/api/jobs/{new_job()}")).status_code == 404
        deleted = await http.post("/queue", json={"delete": [ids[2]]})
        assert (deleted.status_code, deleted.text) == (200, "")
        cancelled = await http.post(f"/api/jobs/{ids[1]}/cancel")
        assert cancelled.text.replace(":", ": ") == captures.load("http/jobs_03_cancel_pending")["response"]
        assert fake.machine.queue.remaining == 5
        interrupted = await http.post("/interrupt", json={"prompt_id": ids[0]})
        assert (interrupted.status_code, interrupted.text) == (200, "")
        await until(lambda: ids[0] in fake.machine.history)
        assert (await http.get(f"/api/jobs/{ids[0]}")).json()["status"] == "cancelled"
        assert fake.machine.queue.running is None or fake.machine.queue.running[1] == ids[4]


async def test_an_interrupt_of_another_job_does_nothing_and_an_empty_one_kills_whatever_runs(
    fake: FakeComfyUI,
) -> None:
    put_photo(fake, "a.jpg", "red")
    fake.behaviour.job_seconds = 30.0
    async with http_to(fake) as http:
        await http.post("/prompt", json={"prompt": plain_graph("a.jpg")})
        await until(lambda: len(fake.renders) == 1)
        await http.post("/interrupt", json={"prompt_id": new_job()})
        assert fake.renders[0].outcome == "running"
        await http.post("/interrupt")
        await until(lambda: fake.renders[0].outcome == "interrupted")


@pytest.mark.parametrize(
    "name",
    [
        "history_empty",
        "models_bogus",
        "models_checkpoints",
        "object_info_bogus",
        "prompt_queueinfo",
        "queue_empty",
    ],
)
async def test_small_answers_are_as_recorded(fake: FakeComfyUI, name: str) -> None:
    recorded = captures.load(f"http/get_{name}")
    fake.set_models({})
    async with http_to(fake) as http:
        answer = await http.get(recorded["GET"])
    assert answer.status_code == recorded["status"]
    assert (answer.json() if answer.text else "") == recorded["response"]


@pytest.mark.parametrize("name", captures.names("http", "view_err_*"))
async def test_views_are_refused_as_recorded(fake: FakeComfyUI, name: str) -> None:
    recorded = captures.load(name)
    fake.disk.files[Place("input", "", "portrait.png")] = photo("red")
    fake.disk.files[Place("input", "", "x.html")] = b"<b>hello</b"
    async with http_to(fake) as http:
        assert (await http.get(recorded["GET"])).status_code == recorded["status"]


@pytest.mark.parametrize(("preview", "kind"), [("jpeg;90", "JPEG"), ("webp;90", "WEBP"), (None, "PNG")])
async def test_views_come_as_asked_and_only_the_file_itself_tells_the_graph(
    fake: FakeComfyUI, preview: str | None, kind: str
) -> None:
    put_photo(fake, "a.jpg", "red")
    async with http_to(fake) as http:
        job = (await http.post("/prompt", json={"prompt": plain_graph("a.jpg")})).json()["prompt_id"]
        await until(lambda: job in fake.machine.history)
        (image,) = fake.machine.history[job]["outputs"]["9"]["images"]
        answer = await http.get("/view", params={**image, **({"preview": preview} if preview else {})})
    assert answer.headers["content-type"] == f"image/{kind.lower()}"
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.format == kind
    assert (b"class_type" in answer.content) == (preview is None)


async def test_a_restart_forgets_all_but_inputs_and_outputs(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    fake.disk.files[Place("temp", "", "t.jpg")] = b"x"
    async with http_to(fake) as http:
        for _ in range(2):
            await http.post("/prompt", json={"prompt": plain_graph("a.jpg")})
        await until(lambda: bool(fake.machine.history))
        port = urlsplit(fake.url).port
        fake.stop()
        with pytest.raises(httpx.TransportError):
            await http.get("/queue")
        fake.start()
        assert urlsplit(fake.url).port == port
        assert (await http.get("/history")).json() == {}
        assert (await http.get("/queue")).json()["queue_pending"] == []
    assert {place.folder for place in fake.disk.files} == {"input", "output"}


def test_it_starts_by_itself() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.fakes.comfyui", "--port", "0", "--job-seconds", "0.1"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            system = httpx.get(f"{url}/system_stats", trust_env=False).json()
            assert system["system"]["comfyui_version"] == "0.28.1"
        finally:
            process.terminate()
        assert process.wait(10) == 0
