"""After *forget* nothing of a guest is on ComfyUI's disk, nor in its history; away, it goes later."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.nouns import GuestKey, JobId
from tests.bot.opened import post, until
from tests.comfy.kitchened import GUEST, Kitchened, every_model, kitchened
from tests.comfy.support import faces
from tests.fakes.comfyui import FakeComfyUI, Fault


@pytest.fixture
def equipped(fake: FakeComfyUI) -> FakeComfyUI:
    fake.set_models(every_model())
    return fake


async def begun(house: Kitchened, guest: GuestKey = GUEST) -> JobId:
    """A guest's photo on its way into a picture."""
    style = next(one.id for one in await house.booth.styles("en") if one.available)
    return (await house.booth.submit(post(guest, style=style))).job.id


async def nothing_left(fake: FakeComfyUI) -> bool:
    return not faces(fake) and not fake.machine.history


async def test_forgotten_while_it_is_drawn(sqlite_url: sa.URL, tmp_path: Path, equipped: FakeComfyUI) -> None:
    equipped.behaviour.hold = 0.5
    async with kitchened(sqlite_url, tmp_path, equipped) as house:
        await begun(house)

        async def is_there() -> bool:
            return bool(faces(equipped)) and bool(equipped.renders)

        await until(is_there)
        await house.booth.forget(GUEST)
        equipped.behaviour.hold = 1.0
        await until(lambda: nothing_left(equipped))


async def test_forgotten_while_the_server_is_away(
    sqlite_url: sa.URL, tmp_path: Path, equipped: FakeComfyUI
) -> None:
    async with kitchened(sqlite_url, tmp_path, equipped) as house:
        equipped.faults = [Fault("reset-before", "POST", "/upload/image", skip=1, times=1000)]
        await house.ended(GUEST, await begun(house))
        assert faces(equipped)
        equipped.refuse()
        equipped.drop_sockets()
        assert (await house.booth.forget(GUEST)).pending["comfy"] == 1
        assert faces(equipped)
        equipped.faults = []
        equipped.accept()
        await until(lambda: nothing_left(equipped))
