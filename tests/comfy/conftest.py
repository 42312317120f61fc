from collections.abc import Iterator

import pytest

from tests.fakes.comfyui import FakeComfyUI


@pytest.fixture
def fake() -> Iterator[FakeComfyUI]:
    with FakeComfyUI() as server:
        yield server


@pytest.fixture(params=["0.28.1", "0.3.64"])
def any_fake(request: pytest.FixtureRequest) -> Iterator[FakeComfyUI]:
    with FakeComfyUI(version=request.param) as server:
        yield server
