"""The gateway with discord.py on its other end: what is missed, what is lost, what can't be read."""

import asyncio
from collections.abc import Callable
from functools import partial

import aiohttp
import discord
import pytest

from tests.fakes.discord import Discord, Member, running
from tests.fakes.discord.library import PATIENCE_S, Bot, connected, pointed_at


async def heard(bot: Bot, ann: Member, words: str) -> None:
    """Something written now is heard next."""
    await ann.dms(words)
    assert (await bot.hears()).content == words


async def test_what_was_missed_comes_with_the_resume(api: Discord) -> None:
    ann = api.member("Ann")
    async with connected(api, Bot()) as bot:
        await heard(bot, ann, "before")
        ways: list[Callable[[], None]] = [
            api.gateway.drop,
            api.gateway.reconnect,
            partial(api.gateway.close, 4000),
        ]
        for number, part in enumerate(ways):
            part()
            await ann.dms(f"missed {number}")
            assert (await bot.hears()).content == f"missed {number}"
            await heard(bot, ann, f"after {number}")
        assert (api.gateway.resumed, len(api.gateway.identified)) == (3, 1)


async def test_a_session_that_can_be_resumed_is(api: Discord) -> None:
    ann = api.member("Ann")
    async with connected(api, Bot()) as bot:
        await heard(bot, ann, "before")
        api.gateway.invalidate(resumable=True)
        await heard(bot, ann, "missed")
        assert len(api.gateway.identified) == 1


@pytest.mark.parametrize("told", [True, False])
async def test_what_is_missed_in_a_lost_session_stays_in_the_history(api: Discord, *, told: bool) -> None:
    ann = api.member("Ann")
    async with connected(api, Bot()) as bot:
        await heard(bot, ann, "before")
        if told:
            api.gateway.invalidate(resumable=False)
        else:
            api.gateway.drop()
            api.gateway.forget()
        await ann.dms("lost")
        await api.until(lambda: len(api.gateway.identified) == 2)
        await api.until_connected()
        await heard(bot, ann, "after")
        place = bot.get_partial_messageable(ann.dm.id)
        assert [message.content async for message in place.history()] == ["after", "lost", "before"]


async def test_events_that_cannot_be_read_end_the_library_and_not_the_session(api: Discord) -> None:
    ann = api.member("Ann")
    async with Bot() as bot:
        task = asyncio.create_task(bot.start(api.token))
        await api.until_connected()
        await heard(bot, ann, "before")
        api.gateway.dispatch("MESSAGE_CREATE", {"id": "1"})
        with pytest.raises(KeyError):
            await task
    async with connected(api, Bot()) as bot:
        await heard(bot, ann, "after")


async def test_heartbeats_are_answered_unless_the_gateway_is_deaf(api: Discord) -> None:
    api.gateway.heartbeat_s = 0.05
    async with connected(api, Bot()) as bot:
        await api.until(lambda: api.gateway.heartbeats >= 3)
        await heard(bot, api.member("Ann"), "still here")
        assert bot.latency < PATIENCE_S


async def test_a_wrong_token_and_a_forbidden_intent_are_said_so(api: Discord) -> None:
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")
    async with running(message_content=False) as strict, Bot() as bot:
        with pointed_at(strict), pytest.raises(discord.PrivilegedIntentsRequired):
            await bot.start(strict.token)
        assert strict.gateway.identified == [bot.intents.value]


async def test_nothing_is_heard_while_the_line_is_down(api: Discord) -> None:
    ann = api.member("Ann")
    async with connected(api, Bot()) as bot:
        await heard(bot, ann, "before")
        with api.away():
            await ann.dms("meanwhile")
            with pytest.raises((aiohttp.ClientError, OSError)):
                await bot.fetch_user(ann.id)
            assert bot.heard.empty()
        assert (await bot.hears()).content == "meanwhile"


async def test_members_are_chunked(api: Discord) -> None:
    ann, bob = api.member("Ann"), api.member("Bob")
    guild = api.guild("Party", ann, bob)
    async with connected(api, Bot()) as bot:
        await heard(bot, ann, "the guild came before this")
        place = bot.get_guild(guild.id)
        assert place is not None
        found = await place.query_members(user_ids=[bob.id])
        assert [member.display_name for member in found] == ["Bob"]
