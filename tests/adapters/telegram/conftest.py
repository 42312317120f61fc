"""A local Bot API for each test."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.telegram import Telegram, running


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """The Bot API without its brakes: floods happen where a story asks for them."""
    async with running(pause_s=0.05) as served:
        yield served


@pytest.fixture
def fake() -> Iterator[FakeComfyUI]:
    """A ComfyUI that draws by graphs."""
    with FakeComfyUI() as server:
        yield server
