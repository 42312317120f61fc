"""The embedded renderer: the same picture for the same order, and no filter that can break the booth."""

import asyncio
import io
from collections.abc import AsyncIterator, Sequence

import pytest
from PIL import Image

from bot.errors import RenderCrashed, StyleBroken
from bot.nouns import JobId, Offer, Order, Progress, Style, StyleId
from bot.pixels.children import Children
from bot.pixels.intake import clean
from bot.ports import Renderer
from comfy.catalogue import load_catalogue
from comfy.drawing import warm_up
from comfy.embedded import EmbeddedRenderer
from tests.comfy.drawings import moody, preview_first
from workflows.portraits import SAMPLE, portrait

MEMORY = 768 << 20
MOODS = ("exits", "killed", "stuck", "hungry", "gone", "plain")
JOB = JobId("00000000-0000-4000-8000-000000000001")


@pytest.fixture(scope="module")
def photo() -> bytes:
    return clean(portrait(SAMPLE), max_bytes=1 << 25, pixels=320 * 320).jpeg


def styles(names: Sequence[str]) -> list[Style]:
    return [Style(StyleId(name), "🎨", "filter", "embedded") for name in names]


def order(style: str, photo: bytes, *, seed: int = 7, previews: bool = False) -> Order:
    return Order(JOB, 1, StyleId(style), photo, seed, previews)


@pytest.fixture
async def renderer() -> AsyncIterator[EmbeddedRenderer]:
    """As the booth has it, with one child."""
    children = Children(slots=1, memory_bytes=MEMORY, seconds=60)
    one = EmbeddedRenderer(load_catalogue().filters, children)
    async with children.running(warm_up), one.running():
        yield one


@pytest.fixture
async def wide_renderer() -> AsyncIterator[EmbeddedRenderer]:
    """As the booth has it on two cores."""
    children = Children(slots=2, memory_bytes=MEMORY, seconds=60)
    async with children.running(warm_up):
        yield EmbeddedRenderer(load_catalogue().filters, children)


@pytest.fixture
async def moody_renderer() -> AsyncIterator[EmbeddedRenderer]:
    children = Children(slots=1, memory_bytes=MEMORY, seconds=3)
    async with children.running(warm_up):
        yield EmbeddedRenderer(styles(MOODS), children, moody)


def ignore(progress: Progress) -> None:
    """Nobody looks."""


async def test_it_offers_every_filter_always(renderer: EmbeddedRenderer) -> None:
    port: Renderer = renderer
    assert port.offers() == tuple(Offer(style, available=True) for style in load_catalogue().filters)
    assert (port.name, port.slots, await port.scrub([JOB])) == ("embedded", 1, 0)


async def test_the_same_order_gives_the_same_picture(renderer: EmbeddedRenderer, photo: bytes) -> None:
    first = await renderer.render(order("pixel", photo), ignore)
    assert await renderer.render(order("pixel", photo), ignore) == first
    assert first.media_type == "image/jpeg"
    with Image.open(io.BytesIO(photo)) as before, Image.open(io.BytesIO(first.data)) as after:
        assert (after.format, after.mode, after.size) == ("JPEG", "RGB", before.size)
        assert not after.getexif()


async def test_another_seed_gives_another_picture(renderer: EmbeddedRenderer, photo: bytes) -> None:
    pictures = {(await renderer.render(order("film", photo, seed=seed), ignore)).data for seed in (1, 2)}
    assert len(pictures) == 2


async def test_a_small_preview_is_drawn_by_a_child_that_has_nothing_to_do(photo: bytes) -> None:
    seen: list[Progress] = []
    children = Children(slots=2, memory_bytes=MEMORY, seconds=60)
    async with children.running(warm_up):
        renderer = EmbeddedRenderer(styles(["oil"]), children, preview_first)
        picture = await renderer.render(order("oil", photo, previews=True), seen.append)
    (early,) = seen
    assert early.preview
    with Image.open(io.BytesIO(early.preview.data)) as preview:
        assert max(preview.size) == 256
    assert len(early.preview.data) < len(picture.data)
    assert 0 < early.fraction < 1


async def test_a_preview_takes_no_childs_time_from_others(renderer: EmbeddedRenderer, photo: bytes) -> None:
    seen: list[Progress] = []
    await renderer.render(order("warhol", photo, previews=True), seen.append)
    assert not seen


async def test_without_previews_there_is_none(wide_renderer: EmbeddedRenderer, photo: bytes) -> None:
    seen: list[Progress] = []
    await wide_renderer.render(order("warhol", photo), seen.append)
    assert not seen


@pytest.mark.parametrize(
    ("mood", "cause"),
    [("exits", "crashed"), ("killed", "crashed"), ("stuck", "timeout"), ("hungry", "memory")],
)
async def test_a_filter_can_break_only_its_own_child(
    moody_renderer: EmbeddedRenderer, photo: bytes, mood: str, cause: str
) -> None:
    with pytest.raises(RenderCrashed) as crash:
        await moody_renderer.render(order(mood, photo), ignore)
    assert crash.value.cause == cause
    assert (await moody_renderer.render(order("plain", photo), ignore)).data == photo


async def test_a_style_without_a_filter_is_broken(moody_renderer: EmbeddedRenderer, photo: bytes) -> None:
    for style in ("never-heard-of", "gone"):
        with pytest.raises(StyleBroken):
            await moody_renderer.render(order(style, photo), ignore)


async def test_after_cancelling_the_next_render_works(moody_renderer: EmbeddedRenderer, photo: bytes) -> None:
    render = asyncio.create_task(moody_renderer.render(order("stuck", photo), ignore))
    async with asyncio.timeout(30):
        while moody_renderer.spare:  # noqa: ASYNC110 # nothing tells that a child has begun
            await asyncio.sleep(0)
    render.cancel()
    with pytest.raises(asyncio.CancelledError):
        await render
    assert (await moody_renderer.render(order("plain", photo), ignore)).data == photo
