"""Calls to Discord: bounded in silence, cautious with refusals, never in each other's way."""

import asyncio
from collections.abc import AsyncIterator

import discord as library
import pytest

from adapters.discord.api import wire
from adapters.discord.api.calls import Calls
from adapters.discord.api.errors import Limited, Reason, Refused, TokenRefused, Unreachable
from adapters.discord.api.wire import Wire
from adapters.discord.incoming import private
from tests.fakes.discord import Channel, Discord


@pytest.fixture
async def caller(discord: Discord) -> AsyncIterator[tuple[library.Client, Calls]]:
    """A client that has logged in, and its calls."""
    private.point_at(discord.url)
    watched = Wire()
    client = library.Client(intents=library.Intents.none(), http_trace=watched.tracing)
    calls = Calls(watched)
    await client.login(discord.token)
    calls.ready = True
    yield client, calls
    await client.close()


def somewhere(discord: Discord) -> Channel:
    return discord.channel(discord.guild("Party"))


async def test_a_silent_line_is_given_up(discord: Discord) -> None:
    private.point_at(discord.url)
    watched = Wire(silence_s=0.2)
    client = library.Client(intents=library.Intents.none(), http_trace=watched.tracing)
    await client.login(discord.token)
    channel = somewhere(discord)
    discord.fault("get channel", "hang", times=None)
    with pytest.raises(Unreachable):
        await watched.patiently(lambda: client.http.get_channel(channel.id))
    await client.close()


async def test_who_stops_waiting_in_a_rate_limit_holds_nobody_back(
    discord: Discord, caller: tuple[library.Client, Calls]
) -> None:
    client, calls = caller
    channel = somewhere(discord)
    fault = discord.fault("get channel", "global rate limit", retry_after=0.2)
    waiting = asyncio.ensure_future(calls(lambda: client.http.get_channel(channel.id)))
    await discord.until(lambda: fault.hits or None)
    waiting.cancel()
    found = await calls(lambda: client.http.get_channel(channel.id))
    assert found["id"] == str(channel.id)
    assert discord.requests.counts["get channel"] == 2  # nobody waited for the first one's second try


async def test_what_nobody_wants_any_more_is_not_tried_again(
    discord: Discord, caller: tuple[library.Client, Calls]
) -> None:
    client, calls = caller
    channel = somewhere(discord)
    fault = discord.fault("get channel", "server error", status=502, times=None)
    with pytest.raises(Unreachable):
        await calls(lambda: client.http.get_channel(channel.id), lambda: fault.hits > 0)
    assert fault.hits < 5  # so often the library would have tried
    fault.clear()
    await calls(lambda: client.http.get_channel(channel.id), lambda: True)  # it succeeds at once


async def test_after_too_many_refusals_nothing_is_asked_for_a_while(
    discord: Discord, caller: tuple[library.Client, Calls], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, calls = caller
    monkeypatch.setattr(wire, "INVALID_ALLOWED", 3)
    channel = somewhere(discord)
    channel.deny("view_channel")
    for _ in range(3):
        with pytest.raises(Refused) as refused:
            await calls(lambda: client.http.get_channel(channel.id))
        assert refused.value.reason is Reason.NO_PERMISSION
    with pytest.raises(Limited) as limited:
        await calls(lambda: client.http.get_channel(channel.id))
    assert limited.value.retry_after_s is not None
    assert limited.value.retry_after_s > 60
    assert len(discord.requests.refused) == 3


async def test_nobody_is_asked_before_the_login_and_after_a_wrong_token(discord: Discord) -> None:
    private.point_at(discord.url)
    watched = Wire()
    client = library.Client(intents=library.Intents.none(), http_trace=watched.tracing)
    calls = Calls(watched)
    with pytest.raises(Unreachable) as away:
        await calls(lambda: client.http.get_channel(1))
    assert away.value.unsent
    calls.off = True
    with pytest.raises(TokenRefused):
        await calls(lambda: client.http.get_channel(1))
    assert len(discord.requests) == 0


async def test_a_refused_line_says_that_nothing_was_sent(
    discord: Discord, caller: tuple[library.Client, Calls]
) -> None:
    client, calls = caller
    private.point_at("http://127.0.0.1:9/api/v10")
    with pytest.raises(Unreachable) as away:
        await calls(lambda: client.http.get_channel(1))
    assert away.value.unsent
    private.point_at(discord.url)
