"""Discord stumbles: nothing is lost, nothing is seen twice."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.states import JobState
from tests.adapters.discord.opened import (
    Opened,
    Setup,
    finished,
    is_finished,
    key,
    opened,
    opening,
    selfie,
    shade_of,
    styles_shown,
)
from tests.fakes.discord import Discord, Member
from tests.fakes.discord.faults import Kind

FAULTS: tuple[tuple[str, Kind], ...] = (
    ("create message", "reset after"),
    ("create message", "reset before"),
    ("edit message", "reset after"),
    ("edit message", "rate limit"),
    ("edit message", "global rate limit"),
    ("download", "reset before"),
    ("callback", "reset before"),
)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core's tries on a platform that stumbles don't lie far apart."""
    monkeypatch.setattr("bot.underway.worker.LONGEST_RETRY_S", 1.0)


COMMAND_FAULTS: tuple[tuple[str, Kind], ...] = (
    ("callback", "reset before"),
    ("callback", "reset after"),
    ("callback", "server error"),
    ("edit original", "reset after"),
    ("edit original", "rate limit"),
    ("edit original", "server error"),
)


async def one_picture(ann: Member, booth: Opened, shade: int = 60) -> None:
    """One message, one picture, one row: the guest's own."""
    picture = (await finished(ann.dm))[0]
    assert abs(shade_of(picture.pictures[0]) - (255 - shade)) < 4
    assert ann.dm.from_bot == [picture]
    assert len(await booth.jobs(ann)) == 1


async def test_every_fault_on_the_way_of_a_photo_ends_in_one_picture(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path) as booth:
        for operation, kind in FAULTS:
            ann = discord.member(f"{operation} {kind}")
            fault = discord.fault(operation, kind, retry_after=0.1)
            await ann.dms("", selfie(60))
            await ann.chooses(await ann.dm.until_bot(styles_shown), "Comic")
            await one_picture(ann, booth)
            fault.clear()


async def test_every_fault_on_the_way_of_a_command_ends_in_one_picture(
    discord: Discord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.api.sender.DEFER_S", 1.0)  # later nobody defers
    async with opened(discord, tmp_path) as booth:
        for operation, kind in COMMAND_FAULTS:
            ann = discord.member(f"{operation} {kind}")
            channel = discord.channel(discord.guild("Party", ann))
            fault = discord.fault(operation, kind, retry_after=0.1, status=503)
            await ann.slash("stylize", channel, photo=selfie(60), style="comic")
            picture = (await finished(channel))[0]
            assert abs(shade_of(picture.pictures[0]) - 195) < 4
            assert [message for message in channel.from_bot if not message.thinking] == [picture]
            assert len(await booth.jobs(ann)) == 1
            assert fault.hits


async def test_a_deferral_whose_connection_breaks_is_made_again(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Party", ann))
        kinds: tuple[Kind, ...] = ("reset before", "reset after")
        for kind in kinds:
            fault = discord.fault("callback", kind)
            sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
            picture = await sent.until(lambda message: message.pictures)  # in its own answer
            assert picture in channel.from_bot
            assert not any(message.thinking for message in channel.from_bot)
            assert fault.hits
        assert len(channel.from_bot) == len(kinds)


async def test_an_answer_that_was_never_made_is_asked_for_once_at_most(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Party", ann))
        for number, refusal in enumerate((("callback", 404, 10062), ("edit original", 401, 50027)), 1):
            operation, status, code = refusal
            asked = discord.requests.counts["edit original"]
            fault = discord.fault(operation, "refused", times=None, status=status, code=code)
            await ann.slash("stylize", channel, photo=selfie(60), style="comic")
            await finished(channel, number)
            assert discord.requests.counts["edit original"] == asked + 1, refusal
            fault.clear()


async def test_a_press_that_is_never_acknowledged_changes_its_message_all_the_same(
    discord: Discord, tmp_path: Path
) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Party", ann))
        sent = await ann.slash("styles", channel)
        gallery = await sent.until(lambda message: message.pictures)
        fault = discord.fault("callback", "refused", status=404, code=10062)
        await ann.presses(gallery, "More (2 of 3)")
        await sent.until(lambda message: "(3 of 3)" in str(message.buttons))
        assert fault.hits


@pytest.mark.parametrize("kind", ["server error", "banned"])
async def test_a_503_and_a_429_of_the_proxy_are_waited_out(
    discord: Discord, tmp_path: Path, kind: Kind
) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann")
        fault = discord.fault("edit message", kind, times=2, skip=1, status=503, retry_after=1)
        await ann.dms("", selfie(60))
        await ann.chooses(await ann.dm.until_bot(styles_shown), "Comic")
        await one_picture(ann, booth)
        assert fault.hits


async def test_a_restart_between_choice_and_picture_goes_on_in_the_same_message(
    discord: Discord, tmp_path: Path
) -> None:
    ann = discord.member("Ann")
    channel = discord.channel(discord.guild("Party", ann))
    async with opened(discord, tmp_path) as booth:
        booth.renderer.hold = asyncio.Event()
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        await booth.renderer.started.get()
        await sent.until(lambda message: not message.thinking)
        await ann.slash("stylize", photo=selfie(90))
        menu = await ann.dm.until_bot(styles_shown)
    sent.end_token()
    async with opened(discord, tmp_path):
        picture = await sent.until(lambda message: message.pictures)
        assert channel.from_bot == [picture]
        await ann.chooses(menu, "Comic")  # a button from before the restart
        assert (await finished(ann.dm))[0].id == menu.id


async def test_a_photo_that_was_kept_is_answered_after_the_restart(discord: Discord, tmp_path: Path) -> None:
    ann = discord.member("Ann")
    async with opened(discord, tmp_path):
        held = discord.fault("create message", "hold", times=None)
        await ann.dms("comic", selfie(60))
        await discord.until(lambda: held.hits or None)
    held.clear()
    async with opened(discord, tmp_path) as booth:
        await one_picture(ann, booth)


async def test_with_discord_away_the_picture_waits_and_comes_by_itself(
    discord: Discord, tmp_path: Path
) -> None:
    ann = discord.member("Ann")
    async with opened(discord, tmp_path) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        await ann.dms("comic", selfie(60))
        await booth.renderer.started.get()
        with discord.away():
            hold.set()
            await discord.until(lambda: booth.renderer.finished or None)
        await one_picture(ann, booth)


async def test_it_starts_with_discord_away_and_serves_when_it_is_back(
    discord: Discord, tmp_path: Path
) -> None:
    ann = discord.member("Ann")
    async with AsyncExitStack() as stack:
        with discord.away():
            booth = await stack.enter_async_context(opening(discord, tmp_path, Setup()))
            assert await booth.booth.styles("en")
            await discord.until(lambda: discord.requests.of("get me") or None)
        await discord.until_connected()
        await ann.dms("comic", selfie(60))
        await one_picture(ann, booth)


async def test_an_address_that_is_over_is_looked_up_in_its_message(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        held = discord.fault("download", "hold")
        await ann.dms("comic", selfie(60))
        await discord.until(lambda: held.hits or None)
        discord.cdn.expire()
        held.release()
        assert abs(shade_of((await finished(ann.dm))[0].pictures[0]) - 195) < 4
        assert discord.requests.counts["get message"] == 1


async def test_a_deleted_message_comes_anew_with_its_picture(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        ann = discord.member("Ann")
        await ann.dms("comic", selfie(60))
        await booth.renderer.started.get()
        status = await ann.dm.until_bot(lambda message: message)
        discord.world.remove(status)
        hold.set()
        picture = await ann.dm.until_bot(is_finished)
        assert ann.dm.from_bot == [picture]
        assert picture.id != status.id


async def test_who_takes_no_messages_is_left_in_peace(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        hold = booth.renderer.hold = asyncio.Event()
        ann = discord.member("Ann")
        await ann.dms("comic", selfie(60))
        await booth.renderer.started.get()
        await ann.dm.until_bot(lambda message: message)
        ann.closes_dms()
        hold.set()
        async with asyncio.timeout(30):
            while (await booth.jobs(ann))[0].state != JobState.DONE:  # noqa: ASYNC110 # the store tells nobody
                await asyncio.sleep(0.02)
        assert [job.guest for job in await booth.booth.mine(key(ann))] == [key(ann)]


@pytest.mark.postgres
async def test_another_replica_takes_over_on_postgresql(
    discord: Discord, tmp_path: Path, postgres_database: sa.URL
) -> None:
    ann = discord.member("Ann")
    async with opened(discord, tmp_path, url=postgres_database) as first:
        first.renderer.hold = asyncio.Event()
        async with opened(discord, tmp_path, url=postgres_database) as second:
            second.renderer.hold = first.renderer.hold
            await ann.dms("", selfie(60))
            menu = await ann.dm.until_bot(styles_shown)
            await ann.chooses(menu, "Comic")
            first.renderer.hold.set()
            await one_picture(ann, first)
            await ann.presses((await finished(ann.dm))[0], "🔁 Again")
            await finished(ann.dm, 2)
            assert len(ann.dm.from_bot) == 2
