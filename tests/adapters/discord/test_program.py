"""The real program, killed with SIGKILL in mid-story: each photo becomes one picture in one message."""

import asyncio
import functools
import random
from pathlib import Path

import pytest

from adapters.discord.incoming.interactions import PATH
from tests.adapters.discord.opened import finished, selfie, styles_shown
from tests.fakes.discord import Discord, Interaction, Member, Message
from tests.program import Program

PATIENCE_S = 90.0


async def chosen(discord: Discord, guest: Member, menu: Message) -> None:
    """Choose a style, again where a busy machine was too slow to keep it in time."""
    answered: list[int] = []
    while answered != [202]:
        choice = await guest.chooses(menu, "Comic")
        answered = await discord.until(functools.partial(_answers, choice), PATIENCE_S)


def _answers(choice: Interaction) -> list[int] | None:
    return choice.deliveries or None


@pytest.mark.timeout(300)
async def test_kills_in_mid_story(discord: Discord, tmp_path: Path) -> None:
    """Interactions come over HTTP, messages over the gateway; one photo is sent while nobody is there."""
    port = random.Random(20261125).randrange(30_000, 32_000)
    program = Program(
        tmp_path,
        port=str(port),
        discord_token=discord.token,
        discord_api_url=discord.url,
        discord_gateway_url=discord.gateway_url,
        discord_public_key=discord.public_key,
        previews="0",
    )
    ann, bob = discord.member("Ann"), discord.member("Bob")
    party = discord.channel(discord.guild("Party", ann, bob))

    async def started(times: int) -> None:
        await asyncio.to_thread(program.start)
        await discord.until(lambda: len(discord.gateway.identified) >= times or None, PATIENCE_S)

    await started(1)
    try:
        await discord.endpoint.set_url(program.url + PATH)
        await discord.until(lambda: discord.commands.registered or None, PATIENCE_S)
        await bob.dms("hello")
        await bob.dm.until(lambda seen: seen.from_bot or None, PATIENCE_S)
        asked = await ann.slash("stylize", party, photo=selfie(60))
        menu = await asked.until(styles_shown, PATIENCE_S)
        await asyncio.to_thread(program.kill)

        await bob.dms("comic", selfie(90))
        await started(2)
        await chosen(discord, ann, menu)
        await asyncio.to_thread(program.kill)

        await started(3)
        (picture,) = await finished(party)
        assert picture.id == menu.id
        assert party.from_bot == [picture]
        (of_bob,) = await finished(bob.dm)
        assert len(of_bob.pictures) == 1
        assert len(bob.dm.from_bot) == 2
    finally:
        assert await asyncio.to_thread(program.stop) == 0
