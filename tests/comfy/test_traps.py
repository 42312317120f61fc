"""The ten traps of ComfyUI: each shown on the fake with bare requests, and passed by the client."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError

from bot.errors import RenderCrashed
from bot.nouns import Picture, Progress
from comfy.client import Client, Refused
from comfy.remote import ComfyRenderer
from comfy.server import Health
from tests.comfy.support import (
    CALM,
    QUICK,
    STYLES,
    Z_IMAGE,
    Z_MODELS,
    draw,
    faces,
    get,
    new_job,
    order,
    outcomes,
    photo,
    plain_graph,
    post,
    put_photo,
    renderer,
    shows,
    submits,
    until,
)
from tests.fakes.comfyui import FakeComfyUI, Fault
from tests.fakes.comfyui.disk import Place
from tests.fakes.comfyui.server import FLUX_ALL_IN_ONE

PATIENCE_S = 30.0


@asynccontextmanager
async def connected(fake: FakeComfyUI, client_id: str) -> AsyncIterator[ClientConnection]:
    url = f"{fake.url.replace('http', 'ws')}/ws?clientId={client_id}"
    async with connect(url, max_size=None, proxy=None, close_timeout=0.1) as client:
        await client.recv()
        yield client


async def drained(client: ClientConnection) -> None:
    async for _ in client:
        pass


async def told(client: ClientConnection, kind: str) -> None:
    """Wait for a message of this kind."""
    async with asyncio.timeout(PATIENCE_S):
        while not isinstance(frame := await client.recv(), str) or json.loads(frame)["type"] != kind:
            pass


async def hears_nothing(client: ClientConnection, seconds: float = 0.3) -> bool:
    """Whether not one message has come for so long."""
    try:
        await asyncio.wait_for(client.recv(), seconds)
    except TimeoutError:
        return True
    return False


async def rendered_and_heard(comfy: ComfyRenderer, fake: FakeComfyUI) -> None:
    """A render of which we hear before it ends."""
    heard: list[Progress] = []
    fake.behaviour.hold = 0.5
    drawing = asyncio.create_task(comfy.render(order("blue"), heard.append))
    await until(lambda: bool(heard))
    fake.behaviour.hold = 1.0
    assert shows((await drawing).data, "blue")


async def submit_bare(fake: FakeComfyUI, graph: object, **more: object) -> str:
    answer = (await post(fake, "/prompt", {"prompt": graph, **more})).json()
    job: str = answer["prompt_id"]
    return job


# 1: two waiting jobs with the same id and number kill the worker for good


async def test_trap_1_equal_waiting_jobs_kill_the_worker(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    fake.behaviour.job_seconds = 60.0
    first = await submit_bare(fake, plain_graph("a.jpg"))
    await until(lambda: len(fake.renders) == 1)
    await submit_bare(fake, plain_graph("a.jpg", prefix="next"), number=10)
    job = new_job()
    for prefix in ("x", "y"):
        await submit_bare(fake, plain_graph("a.jpg", prefix=prefix), prompt_id=job, number=50)
    await post(fake, "/interrupt", {"prompt_id": first})
    await until(lambda: fake.machine.worker_died)
    queue = await get(fake, "/queue")
    assert queue["queue_running"] == []
    assert {entry[1] for entry in queue["queue_pending"]} == {job}
    assert len(fake.renders) == 1


async def test_trap_1_an_unanswered_submit_is_looked_up_and_not_repeated(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.job_seconds = 0.3
    any_fake.faults = [Fault("reset-after", "POST", "/prompt")]
    async with renderer(any_fake) as comfy:
        assert shows((await draw(comfy, order("red"))).data, "red")
    assert submits(any_fake) == 1
    assert outcomes(any_fake) == ["success"]


async def test_trap_1_a_dead_worker_is_recognised_and_its_restart_helps(any_fake: FakeComfyUI) -> None:
    async with renderer(any_fake) as comfy:
        any_fake.kill_worker()
        drawing = asyncio.create_task(draw(comfy, order("red")))
        (server,) = comfy.servers
        await until(lambda: server.health is Health.STUCK)
        assert comfy.slots == 0
        any_fake.restart()
        assert shows((await drawing).data, "red")
        assert server.health is Health.UP


# 2: of two sockets with one client id the newer goes deaf when the older closes


async def test_trap_2_the_newer_socket_goes_deaf(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    async with connected(fake, "same") as older, connected(fake, "same") as newer:
        await submit_bare(fake, plain_graph("a.jpg", prefix="1"), client_id="same")
        await told(newer, "execution_success")
        await until(lambda: fake.machine.queue.remaining == 0)
        await older.close()
        await until(lambda: len(fake.machine.sockets.all) == 1)
        while not await hears_nothing(newer):
            pass
        job = await submit_bare(fake, plain_graph("a.jpg", prefix="2"), client_id="same")
        await until(lambda: job in fake.machine.history)
        assert await hears_nothing(newer)


async def test_trap_2_a_deaf_socket_costs_a_moment_and_is_replaced(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.job_seconds = 0.4
    async with renderer(any_fake) as comfy:
        any_fake.deafen()
        assert shows((await draw(comfy, order("red"))).data, "red")
        await until(lambda: len(any_fake.machine.sockets.by_id) == 1)
        assert len(any_fake.machine.sockets.all) == 1
        await rendered_and_heard(comfy, any_fake)


async def test_trap_2_the_old_socket_is_closed_before_a_new_one_is_opened(fake: FakeComfyUI) -> None:
    most = 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, len(fake.machine.sockets.all))
            await asyncio.sleep(0.001)

    async with renderer(fake) as comfy:
        watching = asyncio.create_task(watch())
        for _ in range(5):
            connection = fake.machine.sockets.all[0]
            comfy.servers[0].doubt()
            await until(lambda old=connection: fake.machine.sockets.all not in ([], [old]))  # type: ignore[misc]
        watching.cancel()
        assert most == 1
        assert len(fake.machine.sockets.by_id) == 1


# 3: one client that stops reading blocks the messages to all


@asynccontextmanager
async def lazy_socket(fake: FakeComfyUI) -> AsyncIterator[None]:
    """A client that doesn't read, and whose kernel doesn't read much for it."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    raw.connect(("127.0.0.1", fake.wire.port))
    url = f"{fake.url.replace('http', 'ws')}/ws?clientId=lazy"
    async with connect(
        url, sock=raw, max_size=None, max_queue=1, compression=None, proxy=None, close_timeout=0.1
    ):
        yield


async def test_trap_3_a_client_that_does_not_read_blocks_the_others_but_not_us(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "lime")
    fake.behaviour.preview_bytes = 5_000_000
    heard: list[Progress] = []
    async with renderer(fake) as comfy:
        async with lazy_socket(fake):
            more = {"client_id": "lazy", "extra_data": {"preview_method": "auto"}}
            await submit_bare(fake, flux_graph("a.jpg"), **more)
            await until(lambda: outcomes(fake) == ["success"])
            fake.behaviour.preview_bytes = 0
            picture = await comfy.render(order("red"), heard.append)
            assert shows(picture.data, "red")
            assert heard == []
        await rendered_and_heard(comfy, fake)


def flux_graph(name: str) -> dict[str, object]:
    """Something with a sampler, as another user of the server sends it."""
    return {
        "1": {
            "class_type": "CheckpointLoaderSimple",
            "inputs": {"ckpt_name": "flux1-schnell-fp8.safetensors"},
        },
        "2": {"class_type": "LoadImage", "inputs": {"image": name}},
        "3": {"class_type": "VAEEncode", "inputs": {"pixels": ["2", 0], "vae": ["1", 2]}},
        "4": {"class_type": "CLIPTextEncode", "inputs": {"clip": ["1", 1], "text": "x"}},
        "5": {
            "class_type": "KSampler",
            "inputs": {
                "model": ["1", 0],
                "positive": ["4", 0],
                "negative": ["4", 0],
                "latent_image": ["3", 0],
                "seed": 1,
                "steps": 4,
                "cfg": 1.0,
                "sampler_name": "euler",
                "scheduler": "simple",
                "denoise": 0.6,
            },
        },
        "6": {"class_type": "VAEDecode", "inputs": {"samples": ["5", 0], "vae": ["1", 2]}},
        "9": {"class_type": "SaveImage", "inputs": {"images": ["6", 0], "filename_prefix": "p"}},
    }


# 4: success is told before the history knows


async def test_trap_4_history_is_late(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    fake.behaviour.history_late_s = 600.0
    async with connected(fake, "me") as client:
        job = await submit_bare(fake, plain_graph("a.jpg"), client_id="me")
        await told(client, "execution_success")
        assert await get(fake, f"/history/{job}") == {}
        fake.behaviour.history_late_s = 0.0
        while '"executing", "data": {"node": null' not in str(await client.recv()):
            pass
        assert job in await get(fake, f"/history/{job}")


async def test_trap_4_a_late_history_is_waited_for(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.history_late_s = 0.2
    any_fake.behaviour.hold = 0.0
    async with renderer(any_fake) as comfy:
        drawing = asyncio.create_task(draw(comfy, order("red")))
        await until(lambda: len(any_fake.renders) == 1)
        any_fake.deafen()  # so that the outputs have to come from the history
        any_fake.behaviour.hold = 1.0
        assert shows((await drawing).data, "red")


# 5: a job without a client id shows its previews to everybody


async def test_trap_5_anothers_previews_reach_everybody_but_never_our_guests(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "lime")
    fake.behaviour.job_seconds = 0.3
    heard: list[Progress] = []
    async with connected(fake, "bystander") as bystander, renderer(fake, patience=CALM) as comfy:
        await submit_bare(fake, flux_graph("a.jpg"), extra_data={"preview_method": "auto"})
        await comfy.render(order("red", previews=True), heard.append)
        frames: list[bytes] = []
        while len(frames) < 4:
            frame = await asyncio.wait_for(bystander.recv(), PATIENCE_S)
            if isinstance(frame, bytes):
                frames.append(frame)
    assert shows(frames[0][8:], "lime")
    previews = [progress.preview for progress in heard if isinstance(progress.preview, Picture)]
    assert len(previews) == 4
    assert all(shows(preview.data, "red") for preview in previews)


# 6: an identical prompt names an old file, which may hold another guest by now


async def test_trap_6_the_cache_hands_out_another_guests_picture(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    put_photo(fake, "b.jpg", "lime")

    async def result(name: str) -> Place:
        job = await submit_bare(fake, plain_graph(name))
        await until(lambda: job in fake.machine.history)
        (image,) = fake.machine.history[job]["outputs"]["9"]["images"]
        return Place("output", "", image["filename"])

    del fake.disk.files[await result("a.jpg")]
    await result("b.jpg")
    assert shows(fake.disk.files[await result("a.jpg")], "lime")


async def test_trap_6_equal_orders_get_each_their_own_picture(any_fake: FakeComfyUI) -> None:
    async with renderer(any_fake) as comfy:
        for colour in ("red", "lime", "red"):
            assert shows((await draw(comfy, order(colour))).data, colour)
            await until(lambda: not faces(any_fake))


# 7: a 200 may carry node errors


async def test_trap_7_a_200_with_node_errors_runs_the_rest(fake: FakeComfyUI) -> None:
    put_photo(fake, "a.jpg", "red")
    graph = plain_graph("a.jpg")
    graph["20"] = {"class_type": "LoadImage", "inputs": {"image": "gone.png"}}
    graph["21"] = {"class_type": "PreviewImage", "inputs": {"images": ["20", 0]}}
    answer = await post(fake, "/prompt", {"prompt": graph})
    assert answer.status_code == 200
    assert set(answer.json()["node_errors"]) == {"20"}
    async with Client(fake.url, "me", QUICK) as client:
        with pytest.raises(Refused) as caught:
            await client.submit(new_job(), graph, previews=False)
    assert caught.value.rejection.kind == "partly_valid"


# 8: NaN comes out black, as a success


async def test_trap_8_a_black_picture_is_a_failure_and_the_next_try_is_not_served_from_the_cache(
    any_fake: FakeComfyUI,
) -> None:
    any_fake.behaviour.nans = 1
    job = new_job()
    async with renderer(any_fake) as comfy:
        with pytest.raises(RenderCrashed) as caught:
            await draw(comfy, order("red", job=job))
        assert caught.value.cause == "black"
        assert outcomes(any_fake) == ["success"]
        assert shows((await draw(comfy, order("red", job=job, attempt=2))).data, "red")


# 9: another workflow drops the models


async def test_trap_9_another_workflow_drops_the_models(fake: FakeComfyUI) -> None:
    fake.set_models({**FLUX_ALL_IN_ONE, **Z_MODELS})
    async with renderer(fake, styles=(*STYLES, Z_IMAGE)) as comfy:
        for style in ("flux-oil", "flux-neon", "z", "flux-oil"):
            await draw(comfy, order(style=style))
    assert [render.cold for render in fake.renders] == [True, False, True, True]


async def test_trap_9_models_are_kept_warm_where_there_is_a_choice(fake: FakeComfyUI) -> None:
    models = {**FLUX_ALL_IN_ONE, **Z_MODELS}
    fake.set_models(models)
    with FakeComfyUI(models=models) as other:
        async with renderer(fake, other, styles=(*STYLES, Z_IMAGE)) as comfy:
            await until(lambda: comfy.slots == 4)
            for style in ("flux-oil", "z", "flux-oil", "z", "flux-neon"):
                await draw(comfy, order(style=style))
        colds = [render.cold for render in (*fake.renders, *other.renders)]
    assert len(colds) == 5
    assert colds.count(True) == 2


# 10: big frames close sockets with usual limits


async def test_trap_10_big_previews_are_no_end(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.preview_bytes = 3_000_000
    any_fake.disk.files[Place("input", "", "a.jpg")] = photo("lime")
    url = f"{any_fake.url.replace('http', 'ws')}/ws?clientId=small"
    async with connect(url, proxy=None) as small:
        body = {"prompt": flux_graph("a.jpg"), "client_id": "small", "extra_data": {"preview_method": "auto"}}
        await post(any_fake, "/prompt", body)
        with pytest.raises(ConnectionClosedError) as caught:
            await drained(small)
        assert caught.value.sent is not None
        assert caught.value.sent.code == 1009
    heard: list[Progress] = []
    async with renderer(any_fake, patience=CALM) as comfy:
        await comfy.render(order("red", previews=True), heard.append)
    assert [len(progress.preview.data) for progress in heard if progress.preview] == [3_000_000] * 4
