"""A local Discord for each test of the fake."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.discord import Discord, running
from tests.fakes.discord.library import PATIENCE_S, pointed_at


@pytest.fixture
async def api() -> AsyncIterator[Discord]:
    """discord.py speaks to this one; interactions are patient, for busy machines."""
    async with running(deadline_s=PATIENCE_S) as served:
        with pointed_at(served):
            yield served
