"""Faults between discord.py and the fake, with their effect or without it."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.fakes.discord import Channel, Discord
from tests.fakes.discord.library import Bot, Card, file, logged_in, picture


@pytest.fixture
def place(api: Discord) -> Channel:
    return api.member("Ann").dm


@pytest.fixture
async def bot(api: Discord) -> AsyncIterator[Bot]:
    async with logged_in(api, Bot()) as client:
        yield client


async def test_a_rate_limit_is_waited_out_by_the_library(api: Discord, place: Channel, bot: Bot) -> None:
    for kind in ("rate limit", "global rate limit"):
        fault = api.fault("create message", kind, retry_after=0.01)
        await bot.get_partial_messageable(place.id).send("now")
        assert fault.hits == 1
    assert len(place.messages) == 2
    assert [request.status for request in api.requests.of("create message")] == [429, 200, 429, 200]
    assert len(api.requests.refused) == 2


async def test_a_ban_and_a_503_are_raised_at_once(api: Discord, place: Channel, bot: Bot) -> None:
    api.fault("create message", "banned")
    with pytest.raises(discord.HTTPException) as banned:
        await bot.get_partial_messageable(place.id).send("now")
    assert banned.value.status == 429
    api.fault("create message", "server error", status=503)
    with pytest.raises(discord.DiscordServerError):
        await bot.get_partial_messageable(place.id).send("now")
    assert place.messages == []


async def test_a_reset_has_its_effect_or_has_not(api: Discord, place: Channel, bot: Bot) -> None:
    for kind, seen in (("reset before", 0), ("reset after", 1)):
        api.fault("create message", kind)  # type: ignore[arg-type]
        with pytest.raises((aiohttp.ClientError, OSError)):
            await bot.get_partial_messageable(place.id).send("now")
        assert len(place.messages) == seen


async def test_a_nonce_finds_the_message_of_a_lost_answer(api: Discord, place: Channel, bot: Bot) -> None:
    channel = bot.get_partial_messageable(place.id)
    api.fault("create message", "reset after")
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("now", nonce="job1")
    again = await channel.send("now", nonce="job1")
    assert [message.id for message in place.messages] == [again.id]
    await channel.send("another", nonce="job2")
    assert len(place.messages) == 2
    with pytest.raises(discord.HTTPException, match="Must be 25 or fewer"):
        await channel.send("long", nonce="x" * 26)


async def test_what_is_held_goes_on_when_it_is_released(api: Discord, place: Channel, bot: Bot) -> None:
    for kind, seen in (("hold", 0), ("hold after", 1)):
        fault = api.fault("create message", kind)  # type: ignore[arg-type]
        before = len(place.messages)
        sending = asyncio.create_task(bot.get_partial_messageable(place.id).send("now"))
        await api.until(lambda fault=fault: fault.hits)  # type: ignore[misc]
        if seen:
            await place.until(lambda place, before=before: len(place.messages) > before)  # type: ignore[misc]
        assert len(place.messages) == before + seen
        assert not sending.done()
        fault.release()
        await sending
        assert len(place.messages) == before + 1


async def test_a_hang_lasts_until_the_client_gives_up(api: Discord, place: Channel, bot: Bot) -> None:
    fault = api.fault("create message", "hang after")
    sending = asyncio.create_task(bot.get_partial_messageable(place.id).send("now"))
    await place.until_bot(lambda message: message.words == "now")
    sending.cancel()
    await asyncio.wait([sending])
    assert fault.hits == 1
    await bot.get_partial_messageable(place.id).send("and on")
    assert len(place.messages) == 2


async def test_faults_of_a_channel_spare_the_others(api: Discord, place: Channel, bot: Bot) -> None:
    other = api.member("Bob").dm
    api.fault("create message", "banned", channel=place, times=None, skip=1)
    channel = bot.get_partial_messageable(place.id)
    await channel.send("spared")
    await bot.get_partial_messageable(other.id).send("spared")
    with pytest.raises(discord.HTTPException):
        await channel.send("struck")
    assert (len(place.messages), len(other.messages)) == (1, 1)


async def test_downloads_fail_too(api: Discord, bot: Bot) -> None:
    ann = api.member("Ann")
    sent = await ann.dms("", picture())
    message = await bot.get_partial_messageable(ann.dm.id).fetch_message(sent.id)
    api.fault("download", "server error", status=503)
    with pytest.raises(discord.HTTPException):
        await message.attachments[0].read()
    assert await message.attachments[0].read() == picture()
    await ann.deletes(sent)
    with pytest.raises(discord.NotFound):
        await message.attachments[0].read()


async def test_the_ledger_counts_bytes_and_the_channel_pictures(
    api: Discord, place: Channel, bot: Bot
) -> None:
    message = await bot.get_partial_messageable(place.id).send("soon")
    before = api.requests.bytes_up
    await message.edit(content=None, view=Card("done", "picture.jpg"), attachments=[file()])
    up = api.requests.bytes_up - before
    assert len(picture(seed=2)) < up < len(picture(seed=2)) + 2000
    assert (place.pictures, place.edits) == ([picture(seed=2)], 1)
    assert api.requests.of("edit message", channel=place.id)[0].bytes_down > 200


async def test_a_refusal_of_any_kind_can_be_asked_for(api: Discord, place: Channel, bot: Bot) -> None:
    api.fault("create message", "refused", status=403, code=50013)
    with pytest.raises(discord.Forbidden) as refused:
        await bot.get_partial_messageable(place.id).send("now")
    assert (refused.value.code, place.messages) == (50013, [])
