"""A local Discord for each test, and a ComfyUI."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.discord import Discord, running


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    """A Discord that gives a busy machine more than three seconds for an answer."""
    async with running(deadline_s=20.0) as served:
        yield served


@pytest.fixture
def fake() -> Iterator[FakeComfyUI]:
    """A ComfyUI that draws by graphs."""
    with FakeComfyUI() as server:
        yield server
