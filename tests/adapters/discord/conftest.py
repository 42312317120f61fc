"""A local Discord for each test, and a ComfyUI."""

from collections.abc import AsyncIterator, Iterator

import pytest

from adapters.discord.incoming import interactions, reception
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


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be there within Discord's three seconds may take longer on a busy machine."""
    monkeypatch.setattr(reception, "KEEP_S", 15.0)
    monkeypatch.setattr(interactions, "ANSWER_S", 18.0)
