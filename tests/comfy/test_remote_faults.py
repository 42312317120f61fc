"""What the network and the server do to jobs in the middle, and that no job is lost, doubled or mixed up."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.errors import RenderCrashed, RendererAway
from tests.comfy.support import (
    CALM,
    QUICK,
    draw,
    earlier_try,
    faces,
    new_job,
    order,
    outcomes,
    renderer,
    shows,
    submits,
    until,
)
from tests.fakes.comfyui import FakeComfyUI, Fault
from tests.fakes.comfyui.faults import Kind

COLOURS = ["red", "lime", "blue", "yellow", "aqua", "fuchsia", "white", "orange", "gray", "navy"]
REQUESTS = [("POST", "/upload/image"), ("POST", "/prompt"), ("GET", "/view")]


@pytest.mark.parametrize("kind", ["reset-before", "reset-after", "hang", "error-500"])
@pytest.mark.parametrize(("method", "path"), REQUESTS)
async def test_one_bad_request_costs_no_picture_and_no_second_render(
    fake: FakeComfyUI, kind: Kind, method: str, path: str
) -> None:
    fake.faults = [Fault(kind, method, path)]
    patience = replace(QUICK, answer_s=1.0)
    wanted = order("red")
    async with renderer(fake, patience=patience) as comfy:
        try:
            picture = await draw(comfy, wanted)
        except RenderCrashed:  # the server said 500: the line tries once more
            assert kind == "error-500"
            picture = await draw(comfy, order("red", job=wanted.job, attempt=2))
        assert shows(picture.data, "red")
        if (kind, path) != ("error-500", "/view"):
            assert outcomes(fake) == ["success"]
        await until(lambda: not faces(fake) and not fake.machine.history)


@pytest.mark.parametrize("skip", range(6))
async def test_a_reset_at_any_request_while_the_socket_is_dead(any_fake: FakeComfyUI, skip: int) -> None:
    async with renderer(any_fake) as comfy:
        any_fake.deafen()
        any_fake.faults = [Fault("reset-after", method, "/", skip=skip) for method in ("GET", "POST")]
        assert shows((await draw(comfy, order("red"))).data, "red")
    assert outcomes(any_fake) == ["success"]


async def test_a_socket_that_breaks_in_mid_job_is_reopened_and_heard(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.hold = 0.5
    heard: list[float] = []
    async with renderer(any_fake) as comfy:
        drawing = asyncio.create_task(
            comfy.render(order("red"), lambda progress: heard.append(progress.fraction))
        )
        await until(lambda: len(any_fake.renders) == 1 and bool(heard))
        old = any_fake.machine.sockets.all[0]
        any_fake.drop_sockets()
        await until(lambda: any_fake.machine.sockets.all not in ([], [old]))
        before = len(heard)
        any_fake.behaviour.hold = 0.75
        await until(lambda: len(heard) > before)
        any_fake.behaviour.hold = 1.0
        assert shows((await drawing).data, "red")
    assert submits(any_fake) == 1


@pytest.mark.parametrize("down_s", [0.0, 0.5])
async def test_a_restart_in_mid_job_is_survived(any_fake: FakeComfyUI, down_s: float) -> None:
    any_fake.behaviour.job_seconds = 60.0  # the first job is not done before the restart, however slow we are
    async with renderer(any_fake) as comfy:
        colours = ["red", "lime"]
        drawings = [asyncio.create_task(draw(comfy, order(colour))) for colour in colours]
        await until(lambda: any_fake.machine.queue.remaining == 2 and len(any_fake.renders) == 1)
        any_fake.behaviour.job_seconds = 0.1
        any_fake.restart(down_s)
        pictures = await asyncio.gather(*drawings)
        assert all(shows(picture.data, colour) for picture, colour in zip(pictures, colours, strict=True))
        await until(lambda: not faces(any_fake) and not any_fake.machine.history)
    assert sorted(outcomes(any_fake)) == ["killed", "success", "success"]


async def test_a_burst_survives_a_restart_without_a_loss_or_a_second_picture(fake: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = 0.1
    async with renderer(fake) as comfy:
        drawings = [asyncio.create_task(draw(comfy, order(colour))) for colour in COLOURS]
        await until(lambda: outcomes(fake).count("success") >= 4)
        fake.restart(0.3)
        pictures = await asyncio.gather(*drawings)
    assert all(shows(picture.data, colour) for picture, colour in zip(pictures, COLOURS, strict=True))
    assert (
        outcomes(fake).count("success") <= len(COLOURS) + 1
    )  # one may have been done, and lost with the restart
    assert outcomes(fake).count("killed") <= 1


async def test_jobs_that_have_waited_long_for_a_place_wait_on_while_the_server_is_away(
    fake: FakeComfyUI,
) -> None:
    away_s = 2.0
    fake.behaviour.hold = 0.0
    async with renderer(fake, patience=replace(QUICK, away_s=away_s)) as comfy:
        drawings = [asyncio.create_task(draw(comfy, order(colour))) for colour in COLOURS[:5]]
        await until(lambda: len(fake.renders) == 1)
        await asyncio.sleep(away_s)  # three of them have waited so long, and may all the same wait again
        fake.behaviour.hold = 1.0
        fake.restart(0.1)
        pictures = await asyncio.gather(*drawings)
    assert all(shows(picture.data, colour) for picture, colour in zip(pictures, COLOURS, strict=False))


async def test_a_server_that_hangs_is_waited_for_and_then_given_up(fake: FakeComfyUI) -> None:
    patience = replace(QUICK, connect_s=1.0, answer_s=1.0, ping_s=1.0, away_s=0.4)
    fake.behaviour.hold = 0.0
    async with renderer(fake, patience=patience) as comfy:
        drawing = asyncio.create_task(draw(comfy, order("red")))
        await until(lambda: len(fake.renders) == 1)
        fake.freeze()
        with pytest.raises(RendererAway):
            await drawing
        assert comfy.slots == 0
        fake.behaviour.hold = 1.0
        fake.freeze(frozen=False)
        await until(lambda: comfy.slots == 2)


async def test_a_slow_link_is_only_slow(fake: FakeComfyUI) -> None:
    async with renderer(fake) as comfy:
        fake.wire.bytes_per_s = 50_000
        assert shows((await draw(comfy, order("red", previews=True))).data, "red")
    assert submits(fake) == 1


async def test_what_was_begun_on_a_server_that_comes_back_is_gone_on_with(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.hold = 0.0
    async with renderer(any_fake) as comfy:
        drawing = asyncio.create_task(draw(comfy, order("red")))
        await until(lambda: len(any_fake.renders) == 1)
        any_fake.refuse()
        any_fake.drop_sockets()
        await until(lambda: comfy.slots == 0)
        any_fake.behaviour.hold = 1.0
        any_fake.accept()
        assert shows((await drawing).data, "red")
    assert outcomes(any_fake) == ["success"]


async def test_a_failed_earlier_try_is_forgotten_before_the_next(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.crashes = ["disk"]
    wanted = order("red", attempt=2)
    await earlier_try(any_fake, wanted)
    await until(lambda: wanted.job in any_fake.machine.history)
    async with renderer(any_fake) as comfy:
        assert shows((await draw(comfy, wanted)).data, "red")
        await until(lambda: not faces(any_fake) and not any_fake.machine.history)


async def test_a_server_that_keeps_losing_the_job_ends_it(fake: FakeComfyUI) -> None:
    async with renderer(fake) as comfy:
        fake.faults = [Fault("reset-before", "POST", "/prompt", times=100)]
        with pytest.raises(RenderCrashed) as caught:
            await draw(comfy, order())
        assert caught.value.cause == "lost"
        assert submits(fake) == 3


async def test_nobody_polls_while_the_socket_talks(fake: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = 0.8
    async with renderer(fake, patience=CALM) as comfy:
        before = len(fake.seen)
        await asyncio.gather(draw(comfy, order("red")), draw(comfy, order("blue")))
        asked = {seen.path for seen in fake.seen[before:]}
        assert asked <= {"/upload/image", "/prompt", "/view", "/history"}


async def test_names_addresses_and_faces_stay_out_of_the_log(
    fake: FakeComfyUI, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="comfy")
    fake.behaviour.crashes = ["disk", "memory"]
    job = new_job()
    async with renderer(fake) as comfy:
        for attempt in (1, 2):
            with pytest.raises(RenderCrashed):
                await draw(comfy, order(job=job, attempt=attempt))
        fake.set_models({})
        fake.restart()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("comfy")]
    assert any("OSError in" in line for line in ours)
    assert not [
        line for line in ours if ".jpg" in line or ".png" in line or "/srv" in line or "http://" in line
    ]


async def test_cancelling_gives_every_place_back(fake: FakeComfyUI) -> None:
    fake.behaviour.hold = 0.0
    async with renderer(fake) as comfy:
        drawings = [asyncio.create_task(draw(comfy, order())) for _ in range(3)]
        await until(lambda: fake.machine.queue.remaining == 2)
        for task in drawings:
            task.cancel()
        await asyncio.gather(*drawings, return_exceptions=True)
        assert all(task.cancelled() for task in drawings)
        await until(lambda: fake.machine.queue.remaining == 0)
        assert [server.taken for server in comfy.servers] == [0]
