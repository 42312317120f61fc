"""The library's insides that we touch: when a new discord.py changes one of them, this says which."""

import asyncio
from typing import Any

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.incoming import private
from tests.adapters.discord import payloads as p
from tests.fakes.discord import running

VERSION = "2.7.1"  # the one that all of this was held against


class Listening(discord.Client):
    """Hears what the library makes of what is handed over."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none())
        self.heard: asyncio.Queue[discord.Interaction[Any]] = asyncio.Queue()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        await self.heard.put(interaction)


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(discord.Asset, "BASE", discord.Asset.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


def test_it_is_the_one_that_we_know() -> None:
    assert discord.__version__ == VERSION


async def test_an_interaction_that_is_handed_over_is_understood() -> None:
    async with Listening() as client:
        private.hand_over(client, p.interaction(data=p.stylize(p.attachment())))
        heard = await client.heard.get()
    assert heard.type is discord.InteractionType.application_command
    assert (heard.guild_id, heard.channel_id, heard.user.id) == (None, p.DM, p.ANN)
    assert heard.token == p.TOKEN


@pytest.mark.parametrize("data", [{}, {"id": "1"}, {"id": None, "type": 2}, {**p.interaction(), "member": 1}])
async def test_what_is_none_raises_what_we_expect(data: dict[str, Any]) -> None:
    async with Listening() as client:
        try:
            private.hand_over(client, data)
        except (LookupError, TypeError, ValueError, AttributeError):
            assert client.heard.empty()
        else:
            assert (await client.heard.get()).id == p.SNOWFLAKE


async def test_events_are_parsed_by_name_and_forgiven_but_for_the_first() -> None:
    async with Listening() as client:
        parsers = client._connection.parsers  # noqa: SLF001 # held here, as the test of the private module
        before = dict(parsers)
        private.forgive_events(client)
        assert {"READY", "RESUMED", "MESSAGE_CREATE", "INTERACTION_CREATE", "GUILD_CREATE"} <= set(before)
        assert {name for name in before if parsers[name] is before[name]} == {"READY"}
        parsers["MESSAGE_CREATE"]({"content": "nothing else"})
        parsers["INTERACTION_CREATE"](p.interaction(data=p.slash("help")))
        assert (await client.heard.get()).id == p.SNOWFLAKE


async def test_addresses() -> None:
    private.point_at("http://127.0.0.1:5/api/v10")
    assert Route("GET", "/users/@me").url == "http://127.0.0.1:5/api/v10/users/@me"
    assert discord.Asset.BASE == "http://127.0.0.1:5"
    private.point_at("https://discord.com/api/v10")
    assert Route("GET", "/users/@me").url == "https://discord.com/api/v10/users/@me"
    assert discord.Asset.BASE == "https://cdn.discordapp.com"
    async with Listening() as client:
        await private.point_gateway(client, "ws://127.0.0.1:6")
        assert yarl.URL("ws://127.0.0.1:6") == DiscordWebSocket.DEFAULT_GATEWAY


async def test_a_login_that_failed_can_be_repeated() -> None:
    async with running() as served, Listening() as client:
        private.point_at(served.url)
        served.fault("get application", "server error", status=503)
        with pytest.raises(discord.DiscordServerError):
            await client.login(served.token)
        await private.hang_up(client)
        await client.login(served.token)
        await private.point_gateway(client, None)
        assert str(DiscordWebSocket.DEFAULT_GATEWAY) == served.gateway_url
        assert client.user is not None
