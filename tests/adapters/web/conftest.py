"""The site that most tests share, one a module."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.adapters.web.served import Site, served


@pytest_asyncio.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A site with a scripted renderer; each test comes as guests of its own."""
    async with served(tmp_path_factory.mktemp("site")) as one:
        yield one
