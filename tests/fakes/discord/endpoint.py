"""Interactions over HTTP: posted to the application's endpoint, signed, as Discord does."""

import asyncio
import json
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
from nacl.signing import SigningKey

from tests.fakes.discord.bodies import Body
from tests.fakes.discord.interaction import PING, PONG, Interaction
from tests.fakes.discord.refusals import Refused
from tests.fakes.discord.responses import respond
from tests.fakes.discord.values import JsonObject
from tests.fakes.discord.world import World

USER_AGENT = "Discord-Interactions/1.0 (+https://discord.com)"


def plain_http() -> httpx.AsyncClient:
    """A client for loopback: it reads no certificates, which takes longer than a test."""
    return httpx.AsyncClient(trust_env=False, timeout=30, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@dataclass(slots=True)
class Endpoint:
    """Posts what would otherwise go over the gateway, once it has a URL.

    Attributes:
        away: Nothing is delivered: the line to the endpoint is down.
    """

    world: World = field(repr=False)
    key: SigningKey = field(default_factory=SigningKey.generate, repr=False)
    away: bool = False
    _http: httpx.AsyncClient = field(default_factory=plain_http, repr=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, repr=False)

    @property
    def public_key(self) -> str:
        """As the developer portal shows it: 64 hexadecimal digits."""
        return bytes(self.key.verify_key).hex()

    def signed(self, body: bytes, *, age_s: float = 0, key: SigningKey | None = None) -> dict[str, str]:
        """The headers of a post made so long ago, with our signature or another key's."""
        timestamp = str(int(time.time() - age_s))
        signature = (key or self.key).sign(timestamp.encode() + body).signature
        return {"X-Signature-Ed25519": signature.hex(), "X-Signature-Timestamp": timestamp}

    async def post(
        self,
        body: bytes | JsonObject,
        *,
        age_s: float = 0,
        key: SigningKey | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Response:
        """Post once and give the answer.

        Args:
            body: Sent as it is, or as JSON.
            age_s: How long ago it was signed; negative is in the future.
            key: Another key forges the signature.
            headers: Replace those of the signature; None leaves one out.
        """
        assert self.world.endpoint_url is not None
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        merged: dict[str, str | None] = {
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            **self.signed(body, age_s=age_s, key=key),
            **(headers or {}),
        }
        sent = {name: value for name, value in merged.items() if value is not None}
        return await self._http.post(self.world.endpoint_url, content=body, headers=sent)

    def deliver(self, interaction: Interaction) -> None:
        """Post an interaction, in the background."""
        task = asyncio.create_task(self.redeliver(interaction))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def redeliver(self, interaction: Interaction) -> None:
        """Post an interaction and take its answer; done again, it is a repetition."""
        status = 0
        if not self.away:
            with suppress(httpx.HTTPError):
                answer = await self.post(interaction.payload)
                status = answer.status_code
                self._take(interaction, answer)
        interaction.deliveries.append(status)
        self.world.news.spread()

    def _take(self, interaction: Interaction, answer: httpx.Response) -> None:
        """A body with 200 is a first response, unless one came by the callback."""
        if answer.status_code == 200 and answer.content and interaction.response is None:
            with suppress(Refused, ValueError):
                respond(self.world, interaction, Body(answer.json()))

    def ping(self) -> JsonObject:
        """What is sent to see whether an endpoint lives."""
        return {
            "id": str(self.world.ids.next()),
            "application_id": str(self.world.bot.id),
            "type": PING,
            "token": "ping",
            "version": 1,
            "user": None,
            "entitlements": [],
            "authorizing_integration_owners": {},
        }

    async def set_url(self, url: str) -> None:
        """Save an endpoint in the developer portal, which tries it first.

        Raises:
            ValueError: it does not answer PING, or takes a forged signature.
        """
        before, self.world.endpoint_url = self.world.endpoint_url, url
        try:
            await self._try_out()
        except ValueError:
            self.world.endpoint_url = before
            raise

    async def _try_out(self) -> None:
        pong = await self.post(self.ping())
        if pong.status_code != 200 or pong.json().get("type") != PONG:
            raise ValueError("the endpoint did not answer PING")
        forged = await self.post(self.ping(), key=SigningKey.generate())
        if forged.status_code != 401:
            raise ValueError("the endpoint takes forged signatures")

    async def close(self) -> None:
        """Nothing is delivered any more."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.aclose()
