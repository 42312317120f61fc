"""Interactions over HTTP: a small endpoint that verifies, and discord.py fed by hand."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.discord import Discord
from tests.fakes.discord.library import Bot, Card, file, logged_in
from tests.fakes.wire import Wires


class Entrance:
    """What an application has at its interactions URL."""

    def __init__(self, api: Discord, bot: Bot) -> None:
        self._key = VerifyKey(bytes.fromhex(api.public_key))
        self._bot = bot
        self.came: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | None = None

    async def receive(self, request: Request) -> Response:
        signature = request.headers.get("X-Signature-Ed25519", "")
        timestamp = request.headers.get("X-Signature-Timestamp", "")
        try:
            self._key.verify(timestamp.encode() + await request.body(), bytes.fromhex(signature))
        except (BadSignatureError, ValueError):
            return Response(status_code=401)
        data = await request.json()
        if data["type"] == 1:
            return JSONResponse({"type": 1})
        self.came.append(data)
        if self.answer is not None:
            return JSONResponse(self.answer)
        self._bot._connection.parse_interaction_create(data)  # noqa: SLF001
        return Response(status_code=202)


class Careless(Entrance):
    """One that looks at no signature."""

    async def receive(self, _request: Request) -> Response:
        return JSONResponse({"type": 1})


@asynccontextmanager
async def serving(entrance: Entrance) -> AsyncIterator[str]:
    """The entrance's URL while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[Route("/interactions", entrance.receive, methods=["POST"])])
    async with Wires().serving(app, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/interactions"


@pytest.fixture
async def bot(api: Discord) -> AsyncIterator[Bot]:
    client = Bot()

    @client.tree.command(description="Paint")
    async def paint(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.edit_original_response(view=Card("done", "picture.jpg"), attachments=[file()])

    async with logged_in(api, client):
        await client.tree.sync()
        yield client


async def test_an_interaction_is_posted_and_answered_by_the_callback(api: Discord, bot: Bot) -> None:
    ann = api.member("Ann")
    entrance = Entrance(api, bot)
    async with serving(entrance) as url:
        await api.endpoint.set_url(url)
        sent = await ann.slash("paint")
        done = await sent.until(lambda message: message.pictures)
        await api.until(lambda: sent.deliveries)
        assert (sent.deliveries, done.words) == ([202], "done")
        card = await ann.presses(done, "pf:again")
        await api.until(lambda: card.deliveries)
        assert [data["type"] for data in entrance.came] == [2, 3]
        assert api.gateway.connections == 0


async def test_a_body_can_be_the_answer(api: Discord, bot: Bot) -> None:
    entrance = Entrance(api, bot)
    entrance.answer = {"type": 4, "data": {"content": "at once", "flags": 64}}
    async with serving(entrance) as url:
        await api.endpoint.set_url(url)
        sent = await (await api.member("Ann").slash("paint")).answered()
        assert sent.message is not None
        assert (sent.message.words, sent.message.ephemeral) == ("at once", True)


async def test_forged_and_broken_posts_can_be_made(api: Discord, bot: Bot) -> None:
    ann, entrance = api.member("Ann"), Entrance(api, bot)
    async with serving(entrance) as url:
        await api.endpoint.set_url(url)
        sent = await ann.slash("paint")
        await api.until(lambda: sent.deliveries)
        await api.endpoint.redeliver(sent)
        assert [data["id"] for data in entrance.came] == [str(sent.id)] * 2
        forged = await api.endpoint.post(sent.payload, key=SigningKey.generate())
        unsigned = await api.endpoint.post(sent.payload, headers={"X-Signature-Ed25519": None})
        broken = await api.endpoint.post(sent.payload, headers={"X-Signature-Ed25519": "no hex"})
        other_time = await api.endpoint.post(sent.payload, headers={"X-Signature-Timestamp": "1"})
        assert [answer.status_code for answer in (forged, unsigned, broken, other_time)] == [401] * 4
        stale = await api.endpoint.post(api.endpoint.ping(), age_s=3600)
        assert stale.status_code == 200, "this small entrance does not look at the time"


async def test_an_endpoint_is_tried_before_it_is_taken(api: Discord, bot: Bot) -> None:
    entrance = Careless(api, bot)
    async with serving(entrance) as url:
        with pytest.raises(ValueError, match="forged"):
            await api.endpoint.set_url(url)
    assert api.world.endpoint_url is None


async def test_nothing_arrives_while_the_line_is_down(api: Discord, bot: Bot) -> None:
    entrance = Entrance(api, bot)
    async with serving(entrance) as url:
        await api.endpoint.set_url(url)
        with api.away():
            sent = await api.member("Ann").slash("paint")
            await api.until(lambda: sent.deliveries)
        assert (sent.deliveries, entrance.came, sent.response) == ([0], [], None)
