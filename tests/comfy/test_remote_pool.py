import asyncio
from collections.abc import Iterator

import pytest

from bot.errors import RenderCrashed, StyleBroken
from comfy.server import Health
from tests.comfy.support import (
    STYLES,
    Z_IMAGE,
    Z_MODELS,
    draw,
    earlier_try,
    faces,
    new_job,
    order,
    outcomes,
    renderer,
    shows,
    until,
)
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.comfyui.server import FLUX_SPLIT

COLOURS = ["red", "lime", "blue", "yellow", "aqua", "fuchsia", "white", "gray"]


@pytest.fixture
def other() -> Iterator[FakeComfyUI]:
    with FakeComfyUI(version="0.3.64", seed=9) as server:
        yield server


async def test_jobs_spread_over_the_servers(fake: FakeComfyUI, other: FakeComfyUI) -> None:
    fake.behaviour.hold = other.behaviour.hold = 0.0
    async with renderer(fake, other) as comfy:
        await until(lambda: comfy.slots == 4)
        drawings = [asyncio.create_task(draw(comfy, order(colour))) for colour in COLOURS]
        await until(lambda: all(server.machine.queue.remaining == 2 for server in (fake, other)))
        fake.behaviour.hold = other.behaviour.hold = 1.0
        pictures = await asyncio.gather(*drawings)
    assert all(shows(picture.data, colour) for picture, colour in zip(pictures, COLOURS, strict=True))
    assert len(fake.renders) + len(other.renders) == len(COLOURS)


async def test_jobs_of_a_server_that_dies_move_to_another(fake: FakeComfyUI, other: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = other.behaviour.job_seconds = 0.2
    async with renderer(fake, other) as comfy:
        await until(lambda: comfy.slots == 4)
        drawings = [asyncio.create_task(draw(comfy, order(colour))) for colour in COLOURS]
        await until(lambda: bool(fake.renders) and bool(other.renders))
        fake.stop()
        pictures = await asyncio.gather(*drawings)
        assert all(shows(picture.data, colour) for picture, colour in zip(pictures, COLOURS, strict=True))
        assert comfy.slots == 2


async def test_what_a_lost_server_still_has_is_cancelled_and_removed_when_it_is_back(
    fake: FakeComfyUI, other: FakeComfyUI
) -> None:
    fake.behaviour.hold = 0.0
    other.set_models({})
    async with renderer(fake, other) as comfy:
        await until(lambda: comfy.slots == 4)
        drawing = asyncio.create_task(draw(comfy, order("red")))
        await until(lambda: len(fake.renders) == 1)
        other.set_models(FLUX_SPLIT)
        other.restart()
        await until(lambda: all(len(server.menu.runnable) == len(STYLES) for server in comfy.servers))
        fake.refuse()
        fake.drop_sockets()
        assert shows((await drawing).data, "red")
        assert outcomes(other) == ["success"]
        assert faces(fake)
        fake.accept()
        await until(lambda: outcomes(fake) == ["interrupted"] and not faces(fake))


async def test_each_job_goes_where_it_can_run(fake: FakeComfyUI) -> None:
    with FakeComfyUI(models=Z_MODELS) as other:
        async with renderer(fake, other, styles=(*STYLES, Z_IMAGE)) as comfy:
            await until(lambda: comfy.slots == 4)
            await asyncio.gather(*(draw(comfy, order(style=style)) for style in ("z", "flux-oil", "z", "z")))
            assert (len(fake.renders), len(other.renders)) == (1, 3)
            other.stop()
            await until(lambda: comfy.slots == 2)
            unavailable = [offer.style.id for offer in comfy.offers() if not offer.available]
            assert unavailable == ["z"]


async def test_a_job_that_broke_on_one_server_goes_to_another(fake: FakeComfyUI, other: FakeComfyUI) -> None:
    fake.behaviour.crashes = ["memory"]
    job = new_job()
    async with renderer(fake, other) as comfy:
        await until(lambda: comfy.slots == 4)
        with pytest.raises(RenderCrashed):
            await draw(comfy, order(job=job))
        await draw(comfy, order(job=job, attempt=2))
    assert outcomes(fake) == ["error"]
    assert outcomes(other) == ["success"]


async def test_a_second_attempt_finds_its_job_on_whichever_server_has_it(
    fake: FakeComfyUI, other: FakeComfyUI
) -> None:
    wanted = order("red", attempt=2)
    await earlier_try(other, wanted)
    async with renderer(fake, other) as comfy:
        await until(lambda: comfy.slots == 4)
        assert shows((await draw(comfy, wanted)).data, "red")
    assert (len(fake.renders), len(other.renders)) == (0, 1)


async def test_a_stuck_server_is_no_help_but_the_others_go_on(fake: FakeComfyUI, other: FakeComfyUI) -> None:
    async with renderer(fake, other) as comfy:
        await until(lambda: comfy.slots == 4)
        fake.kill_worker()
        pictures = await asyncio.gather(*(draw(comfy, order(colour)) for colour in COLOURS[:4]))
        assert all(shows(picture.data, colour) for picture, colour in zip(pictures, COLOURS, strict=False))
        assert [server.health for server in comfy.servers] == [Health.STUCK, Health.UP]
        await until(lambda: not faces(fake) and fake.machine.queue.remaining == 0)
    assert len(other.renders) == 4


async def test_one_address_given_twice_is_one_server(fake: FakeComfyUI) -> None:
    async with renderer(fake, fake) as comfy:
        assert comfy.slots == 2


async def test_without_servers_no_style_runs() -> None:
    async with renderer() as comfy:
        assert comfy.slots == 0
        with pytest.raises(StyleBroken):
            await draw(comfy, order())
