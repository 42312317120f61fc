"""The doctor's own render, and the eye with which its picture is looked at."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from importlib import resources
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageOps

from comfy.client import Refused, ServerAway
from comfy.likeness import Fault, fault_beside, fault_beside_photo, following
from comfy.preflight import (
    PreflightFailed,
    Trial,
    company,
    preflight_recipe,
    reference_picture,
    try_out,
)
from comfy.recipes import load_recipes
from comfy.server import Server
from tests.comfy.support import QUICK, STYLES, faces, new_job, outcomes, until
from tests.fakes.comfyui import FakeComfyUI, pixelgraph
from tests.make_reference import reference
from workflows.portraits import COLLINS, HOPPER, portrait

Spoil = Callable[[Image.Image], Image.Image]
DICE = np.random.default_rng(1)


@cache
def drawn(name: str = COLLINS, *, grain: float = 0.0, long_palette: bool = False) -> Image.Image:
    """What the shipped graph makes of a portrait, with grain added to the photo."""
    graph = json.loads((resources.files("workflows") / "graphs" / "comfy-pixel.json").read_text())
    levels = np.asarray(Image.open(BytesIO(portrait(name))).convert("RGB"))
    noisy = (levels + DICE.normal(0, grain, levels.shape)).clip(0, 255).astype(np.uint8)
    return pixelgraph.picture(graph, "9", lambda _node: Image.fromarray(noisy), long_palette=long_palette)


def jpeg(image: Image.Image) -> bytes:
    """As a server hands it out."""
    data = BytesIO()
    image.save(data, "JPEG", quality=90)
    return data.getvalue()


def noise(like: Image.Image) -> Image.Image:
    return Image.fromarray(DICE.integers(0, 256, (like.height, like.width, 3), np.uint8))


def reddened(picture: Image.Image) -> Image.Image:
    levels = np.asarray(picture) + np.array([12, 0, -12])
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8))


def collins_photo(picture: Image.Image) -> Image.Image:
    """The photo as it is: no style was applied."""
    return Image.open(BytesIO(portrait(COLLINS))).convert("RGB").resize(picture.size)


def coarse(picture: Image.Image) -> Image.Image:
    """The right colours everywhere, in squares that are four times too large."""
    return picture.resize((32, 32), Image.Resampling.BOX).resize(picture.size, Image.Resampling.BOX)


SPOILT: dict[str, tuple[Spoil, Fault]] = {
    "black": (lambda picture: Image.new("RGB", picture.size), Fault.BLACK),
    "grey": (lambda picture: Image.new("RGB", picture.size, "grey"), Fault.TONES),
    "negative": (ImageOps.invert, Fault.TONES),
    "mirror": (ImageOps.mirror, Fault.TONES),
    "noise": (noise, Fault.TONES),
    "darker": (lambda picture: ImageEnhance.Brightness(picture).enhance(0.8), Fault.TONES),
    "colours shifted": (reddened, Fault.TONES),
    "red and blue exchanged": (lambda picture: Image.merge("RGB", picture.split()[::-1]), Fault.TONES),
    "somebody else": (lambda picture: drawn(HOPPER).resize(picture.size), Fault.TONES),
    "only a photo": (collins_photo, Fault.TONES),
    "too coarse": (coarse, Fault.STYLE),
    "cropped": (lambda picture: picture.crop((0, 0, 1024, 512)), Fault.SIZE),
    "tiny": (lambda picture: picture.resize((64, 64)), Fault.SIZE),
}


@pytest.mark.parametrize(
    "draw",
    [drawn, partial(drawn, long_palette=True), partial(drawn, grain=1.5)],
    ids=["the same", "old Pillow", "another decoder"],
)
def test_small_differences_between_servers_are_taken(draw: Callable[[], Image.Image]) -> None:
    assert fault_beside(reference_picture(), jpeg(draw())) is None


@pytest.mark.parametrize(("spoil", "fault"), SPOILT.values(), ids=SPOILT)
def test_a_wrong_picture_is_told(spoil: Spoil, fault: Fault) -> None:
    assert fault_beside(reference_picture(), jpeg(spoil(drawn()))) is fault


def test_what_is_no_picture_is_told() -> None:
    assert fault_beside(reference_picture(), b"\0") is Fault.UNREADABLE
    assert fault_beside_photo(portrait(HOPPER), b"<html>") is Fault.UNREADABLE


def test_the_shipped_reference_is_what_the_model_of_the_nodes_makes() -> None:
    with Image.open(BytesIO(reference_picture())) as shipped:
        assert np.array_equal(np.asarray(shipped.convert("RGB")), np.asarray(reference()))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda picture: picture, None),
        (SPOILT["black"][0], Fault.BLACK),
        (SPOILT["grey"][0], Fault.STRANGER),
        (SPOILT["negative"][0], Fault.STRANGER),
        (SPOILT["noise"][0], Fault.STRANGER),
        (lambda _picture: drawn(COLLINS), Fault.SIZE),
        (lambda picture: drawn(COLLINS).resize(picture.size), Fault.STRANGER),
    ],
    ids=["well", "black", "grey", "negative", "noise", "shape", "somebody else"],
)
def test_a_picture_of_any_photo_is_looked_at_plainly(spoil: Spoil, fault: Fault | None) -> None:
    picture = jpeg(spoil(drawn(HOPPER)))
    assert fault_beside_photo(portrait(HOPPER), picture) is fault


def test_following_is_a_correlation() -> None:
    picture = drawn()
    assert following(picture, picture) == pytest.approx(1)
    assert following(picture, ImageOps.invert(picture)) == pytest.approx(-1, abs=0.01)
    assert following(picture, Image.new("L", (9, 9))) == 0


# -- on a server ----------------------------------------------------------------------------------------


@asynccontextmanager
async def met(fake: FakeComfyUI) -> AsyncIterator[Server]:
    server = Server(fake.url, load_recipes(STYLES), QUICK, lambda: None)
    async with server.client, company(server, QUICK.meet_s):
        yield server


async def tried(fake: FakeComfyUI) -> Trial:
    async with met(fake) as server:
        return await try_out(server, preflight_recipe(), portrait(COLLINS), new_job())


async def test_the_render_gives_the_reference_and_leaves_nothing(any_fake: FakeComfyUI) -> None:
    trial = await tried(any_fake)
    assert fault_beside(reference_picture(), trial.picture.data) is None
    assert trial.clean
    assert faces(any_fake) == {}
    assert any_fake.machine.history == {}
    steps = trial.steps
    assert min(steps.upload, steps.run, steps.fetch, steps.scrub) > 0
    assert steps.run >= any_fake.behaviour.job_seconds  # type: ignore[operator] # a number here


@pytest.mark.parametrize("wrong", ["black", "negative", "somebody else", "colours shifted"])
async def test_a_server_that_spoils_pictures_is_found_out(fake: FakeComfyUI, wrong: str) -> None:
    fake.behaviour.spoil, fault = SPOILT[wrong]
    trial = await tried(fake)
    assert fault_beside(reference_picture(), trial.picture.data) is fault
    assert faces(fake) == {}


async def test_a_deaf_socket_is_made_up_for_by_asking(fake: FakeComfyUI) -> None:
    async with met(fake) as server:
        fake.deafen()
        trial = await try_out(server, preflight_recipe(), portrait(COLLINS), new_job())
    assert fault_beside(reference_picture(), trial.picture.data) is None
    assert trial.clean


async def test_a_job_that_breaks_is_told_and_cleaned_up(fake: FakeComfyUI) -> None:
    fake.behaviour.crashes.append("graph")
    with pytest.raises(PreflightFailed) as failed:
        await tried(fake)
    assert failed.value.cause == "failed"
    assert faces(fake) == {}


async def test_a_job_that_a_restart_took_is_told(fake: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = 60.0
    async with met(fake) as server:
        trying = asyncio.create_task(try_out(server, preflight_recipe(), portrait(COLLINS), new_job()))
        await until(lambda: outcomes(fake) == ["running"])
        fake.restart()
        with pytest.raises(PreflightFailed) as failed:
            await trying
    assert failed.value.cause == "lost"
    assert outcomes(fake) == ["killed"]


async def test_a_server_that_goes_away_is_told(fake: FakeComfyUI) -> None:
    async with met(fake) as server:
        fake.stop()
        with pytest.raises(ServerAway):
            await try_out(server, preflight_recipe(), portrait(COLLINS), new_job())


async def test_a_photo_over_the_server_s_limit_is_refused() -> None:
    with FakeComfyUI(max_upload=1000) as fake:
        with pytest.raises(Refused):
            await tried(fake)
        assert faces(fake) == {}
