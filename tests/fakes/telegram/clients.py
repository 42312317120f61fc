"""A bare client for the fake's own tests: what any Bot API library sends, without a library."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.fakes.telegram.server import Telegram
from tests.fakes.telegram.values import JsonObject


@dataclass(frozen=True, slots=True)
class Client:
    """Calls methods and gives the whole answer, refused or not."""

    telegram: Telegram
    http: httpx.AsyncClient = field(repr=False)

    async def call(self, method: str, **parameters: Any) -> JsonObject:
        """The answer's JSON."""
        url = f"{self.telegram.url}/bot{self.telegram.token}/{method}"
        answer: JsonObject = (await self.http.post(url, json=parameters)).json()
        return answer

    async def result(self, method: str, **parameters: Any) -> Any:
        """What a call gave."""
        answer = await self.call(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """Why a call was refused."""
        answer = await self.call(method, **parameters)
        assert not answer["ok"], answer
        return str(answer["description"])


@asynccontextmanager
async def connected(telegram: Telegram) -> AsyncIterator[Client]:
    """A client while the block runs."""
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        yield Client(telegram, http)
