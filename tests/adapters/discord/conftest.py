"""A local Discord for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.discord import Discord, running


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    """A Discord that gives a busy machine more than three seconds for an answer."""
    async with running(deadline_s=20.0) as served:
        yield served
