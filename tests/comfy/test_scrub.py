"""What guests leave on a server goes: by itself, when asked, and later when it can't be reached."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import RendererAway
from tests.comfy.support import (
    QUICK,
    draw,
    earlier_try,
    faces,
    new_job,
    order,
    renderer,
    until,
)
from tests.fakes.comfyui import FakeComfyUI, Fault

SHORT = replace(QUICK, away_s=0.1, leave_s=0.2)


async def test_nothing_is_left_when_we_end_right_after_a_picture(fake: FakeComfyUI) -> None:
    async with renderer(fake) as comfy:
        await draw(comfy, order())
    assert not faces(fake)
    assert not fake.machine.history


async def test_removal_does_not_keep_the_guest_waiting(fake: FakeComfyUI) -> None:
    async with renderer(fake, patience=SHORT) as comfy:
        fake.faults = [Fault("hang", "POST", "/upload/image", skip=1)]
        await draw(comfy, order())
        assert faces(fake)


async def test_what_could_not_be_removed_is_removed_later(any_fake: FakeComfyUI) -> None:
    job = new_job()
    async with renderer(any_fake) as comfy:
        any_fake.faults = [Fault("reset-before", "POST", "/upload/image", skip=1, times=1000)]
        await draw(comfy, order(job=job))
        assert await comfy.scrub([job]) == 1
        assert faces(any_fake)
        any_fake.faults = []
        assert await comfy.scrub([job]) == 0
        assert not faces(any_fake)
        assert not any_fake.machine.history


async def test_what_a_server_that_is_away_holds_is_removed_when_it_comes_back(fake: FakeComfyUI) -> None:
    job = new_job()
    async with renderer(fake) as comfy:
        fake.faults = [Fault("reset-before", "POST", "/upload/image", skip=1, times=1000)]
        await draw(comfy, order(job=job))
        fake.refuse()
        fake.drop_sockets()
        await until(lambda: comfy.slots == 0)
        assert await comfy.scrub([job]) == 1
        fake.faults = []
        fake.accept()
        await until(lambda: not faces(fake) and not fake.machine.history)
        await until(lambda: comfy.slots == 2)
        assert await comfy.scrub([job]) == 0


async def test_what_an_earlier_process_of_ours_left_is_found(any_fake: FakeComfyUI) -> None:
    wanted = order()
    await earlier_try(any_fake, wanted)
    await until(lambda: wanted.job in any_fake.machine.history)
    assert len(faces(any_fake)) == 2
    async with renderer(any_fake) as comfy:
        assert await comfy.scrub([wanted.job]) == 0
    assert not faces(any_fake)
    assert not any_fake.machine.history


async def test_a_job_that_still_runs_is_stopped_before(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.hold = 0.0
    wanted = order()
    await earlier_try(any_fake, wanted)
    await until(lambda: len(any_fake.renders) == 1)
    async with renderer(any_fake) as comfy:
        assert await comfy.scrub([wanted.job]) == 0
    assert any_fake.renders[0].outcome == "interrupted"
    assert not faces(any_fake)


async def test_a_job_that_went_back_to_the_line_keeps_its_traces_until_it_is_scrubbed(
    fake: FakeComfyUI,
) -> None:
    fake.behaviour.hold = 0.0
    job = new_job()
    async with renderer(fake, patience=SHORT) as comfy:
        drawing = asyncio.create_task(draw(comfy, order(job=job)))
        await until(lambda: len(fake.renders) == 1)
        fake.refuse()
        fake.drop_sockets()
        with pytest.raises(RendererAway):
            await drawing
        fake.accept()
        await until(lambda: comfy.slots == 2)
        assert fake.renders[0].outcome == "running"
        assert await comfy.scrub([job]) == 0
        assert fake.renders[0].outcome == "interrupted"
        assert not faces(fake)


async def test_scrubbing_asks_nobody_about_what_is_gone_already(fake: FakeComfyUI) -> None:
    job = new_job()
    async with renderer(fake, patience=QUICK) as comfy:
        await draw(comfy, order(job=job))
        await until(lambda: not fake.machine.history)
        await until(lambda: comfy.servers[0].traces.was_removed(job))
        fake.stop()
        await until(lambda: comfy.slots == 0)
        assert await comfy.scrub([job]) == 0
        assert await comfy.scrub([new_job()]) == 1
