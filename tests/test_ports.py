"""One suite a port, run on every implementation: what the core may rely on, whoever stands behind it."""

import asyncio
import io
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
from PIL import Image, ImageStat

from adapters.web.chat import WebChat
from bot.cards import Address, Card
from bot.errors import RenderError
from bot.nouns import ChatKey, JobId, Order, Progress, StyleId
from bot.pixels.children import Children
from bot.pixels.intake import clean
from bot.ports import Chat, Renderer
from bot.states import JobState
from comfy.catalogue import load_catalogue
from comfy.drawing import warm_up
from comfy.embedded import EmbeddedRenderer
from comfy.remote import ComfyRenderer
from tests.bot.opened import photo
from tests.comfy.support import QUICK
from tests.fakes.chat import RecordingChat
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.renderer import ScriptedRenderer

PATIENCE_S = 60.0


@contextmanager
def behind(kind: str) -> Iterator[tuple[Renderer, Children | None]]:
    """A renderer, and the children that it needs running."""
    if kind == "scripted":
        yield ScriptedRenderer(), None
    elif kind == "embedded":
        children = Children(slots=1, memory_bytes=768 << 20, seconds=60)
        yield EmbeddedRenderer(load_catalogue().filters[:3], children), children
    else:
        with FakeComfyUI() as server:
            yield ComfyRenderer([server.url], load_catalogue().graphs[:3], patience=QUICK), None


@pytest.fixture(params=["scripted", "embedded", "comfy"])
async def renderer(request: pytest.FixtureRequest) -> AsyncIterator[Renderer]:
    with behind(request.param) as (found, children):
        if children is None:
            async with found.running():
                yield found
        else:
            async with children.running(warm_up), found.running():
                yield found


def order(renderer: Renderer, shade: int, style: StyleId | None = None) -> Order:
    chosen = style or next(offer.style.id for offer in renderer.offers() if offer.available)
    jpeg = clean(photo(shade, 128), max_bytes=1 << 20).jpeg
    return Order(JobId(str(uuid.uuid4())), 1, chosen, jpeg, 7, previews=False)


def ignore(_progress: Progress) -> None:
    """Nobody looks."""


def mean(data: bytes) -> float:
    with Image.open(io.BytesIO(data)) as image:
        return ImageStat.Stat(image.convert("L")).mean[0]


async def test_it_offers_styles_of_its_own_and_has_room(renderer: Renderer) -> None:
    assert renderer.slots > 0
    assert {offer.style.renderer for offer in renderer.offers()} == {renderer.name}
    ids = [offer.style.id for offer in renderer.offers()]
    assert len(set(ids)) == len(ids) > 0


async def test_pictures_are_readable_and_made_of_their_own_photo(renderer: Renderer) -> None:
    async with asyncio.timeout(PATIENCE_S):
        dark, light = await asyncio.gather(
            renderer.render(order(renderer, 20), ignore), renderer.render(order(renderer, 235), ignore)
        )
    assert dark.media_type.startswith("image/")
    assert abs(mean(dark.data) - mean(light.data)) > 40


async def test_the_same_order_again_gives_the_same_picture(renderer: Renderer) -> None:
    once = order(renderer, 120)
    first = await renderer.render(once, ignore)
    again = await renderer.render(
        Order(once.job, 2, once.style, once.photo, once.seed, previews=False), ignore
    )
    assert abs(mean(first.data) - mean(again.data)) < 2


async def test_a_style_that_is_not_its_own_is_a_render_error(renderer: Renderer) -> None:
    with pytest.raises(RenderError):
        async with asyncio.timeout(PATIENCE_S):
            await renderer.render(order(renderer, 120, StyleId("nobodys")), ignore)


async def test_a_cancelled_render_leaves_room_for_the_next(renderer: Renderer) -> None:
    for _ in range(renderer.slots + 1):
        task = asyncio.create_task(renderer.render(order(renderer, 90), ignore))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() or not task.exception()
    async with asyncio.timeout(PATIENCE_S):
        assert (await renderer.render(order(renderer, 90), ignore)).data


async def test_scrubbing_can_be_repeated_and_knows_no_strangers(renderer: Renderer) -> None:
    done = order(renderer, 60)
    await renderer.render(done, ignore)
    for _ in range(2):
        assert await renderer.scrub([done.job, JobId(str(uuid.uuid4()))]) == 0


@pytest.fixture(params=[RecordingChat, WebChat])
def chat(request: pytest.FixtureRequest) -> Chat:
    made: Chat = request.param()
    return made


async def test_showing_again_is_harmless_and_stays_in_one_message(chat: Chat) -> None:
    card = Card(JobId(str(uuid.uuid4())), JobState.WAITING, "You are next.")
    address = Address(ChatKey(f"{chat.name}:1"))
    message = (await chat.show(address, card)).message
    assert message
    for _ in range(2):
        assert (await chat.show(Address(address.chat, message), card)).message == message
