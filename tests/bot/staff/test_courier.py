"""Deliveries and cards where the chat has wishes of its own: a pause, a block, a phone put away."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.nouns import ChatKey, JobId
from bot.states import JobState
from bot.store.tables import jobs as table
from tests.bot.opened import ANN, BOB, Opened, opened, post, until
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import OTHER, ScriptedRenderer


def _nudged(chat: RecordingChat, times: int = 1) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return len(chat.nudges) >= times

    return check


async def due_in(core: Opened, job: JobId) -> float | None:
    """Seconds until the next delivery, once there has been one."""
    left = sa.select(table.c.due - core.stores.database.now()).where(
        table.c.id == job, table.c.state == JobState.DELIVERING, table.c.due > 0
    )
    async with core.stores.database.read() as connection:
        found: float | None = await connection.scalar(left)
        return found


async def test_who_has_waited_long_is_nudged_once(
    database_url: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.claims.LONG_WAIT_S", -1.0)
    chat = RecordingChat()
    async with opened(database_url, tmp_path, chat=chat) as core:
        view = await core.booth.submit(post(context="thread 7"))
        await core.done(ANN, view.job.id)
        await until(_nudged(chat))
        ((address, words),) = chat.nudges
        assert (address.message, address.context) == ("message 1", "thread 7")
        assert words == "Your picture is ready, right above."
        assert (await core.booth.look(ANN, view.job.id)).job.nudged


async def test_a_nudge_that_fails_is_not_repeated(
    database_url: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.claims.LONG_WAIT_S", -1.0)
    chat = RecordingChat(unheard=True)
    async with opened(database_url, tmp_path, chat=chat) as core:
        await core.done(ANN, (await core.booth.submit(post(ANN))).job.id)
        await until(_nudged(chat))
    async with opened(database_url, tmp_path, chat=chat) as core:
        await core.done(BOB, (await core.booth.submit(post(BOB))).job.id)
        await until(_nudged(chat, 2))
    assert [address.chat for address, _ in chat.nudges] == [ChatKey(ANN), ChatKey(BOB)]


async def test_who_took_a_while_to_choose_has_not_waited(database_url: sa.URL, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as core:
        view = await core.booth.submit(post(style=None))
        async with core.stores.database.write() as connection:
            await connection.execute(table.update().values(created=table.c.created - 300))
        await core.booth.choose(ANN, view.job.id, OTHER.id)
        await core.done(ANN, view.job.id)
        assert not (await core.booth.look(ANN, view.job.id)).job.nudged
    assert not core.chat.nudges


async def test_who_has_blocked_us_ends_quietly_and_finds_the_picture_later(
    database_url: sa.URL, tmp_path: Path
) -> None:
    chat, renderer = RecordingChat(), ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, chat=chat, renderer=renderer) as core:
        view = await core.booth.submit(post())
        await chat.until(view.job.id, JobState.RENDERING)
        chat.gone = True
        assert renderer.hold is not None
        renderer.hold.set()
        picture = await core.done(ANN, view.job.id)
        asked = chat.asked
        assert [job.id for job in await core.booth.mine(ANN)] == [view.job.id]
        chat.gone = False
        after = await core.booth.again(ANN, view.job.id, OTHER.id, event="again")
        assert await core.done(ANN, after.job.id)
        assert chat.asked > asked
        assert (await core.booth.picture(ANN, view.job.id)).data == picture


async def test_who_has_blocked_us_hears_no_more_of_the_line(database_url: sa.URL, tmp_path: Path) -> None:
    chat, renderer = RecordingChat(gone=True), ScriptedRenderer(slots=0)
    async with opened(database_url, tmp_path, chat=chat, renderer=renderer) as core:
        first = await core.booth.submit(post(ANN))
        await core.booth.submit(post(ANN))

        async def both_tried() -> bool:
            return chat.asked == 2

        await until(both_tried)
        chat.gone = False
        await core.booth.discard(ANN, first.job.id)
        after = await core.booth.submit(post(BOB))
        await chat.until(after.job.id, JobState.WAITING)
        assert {card.job for _, card in chat.shown} == {after.job.id}


async def test_a_pause_holds_back_the_picture_and_the_cards_of_that_chat_only(
    database_url: sa.URL, tmp_path: Path
) -> None:
    chat, renderer = RecordingChat(), ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, chat=chat, renderer=renderer) as core:
        view = await core.booth.submit(post(ANN))
        await chat.until(view.job.id, JobState.RENDERING)
        chat.outages, chat.pause_s = 1, 300.0
        assert renderer.hold is not None
        renderer.hold.set()

        async def put_off() -> bool:
            return await due_in(core, view.job.id) is not None

        await until(put_off)
        left = await due_in(core, view.job.id)
        assert left is not None
        assert 290 < left <= 300
        quiet = await core.booth.submit(post(ANN))
        other = await core.booth.submit(post(BOB))
        await core.done(BOB, other.job.id)
        assert [card.state for card in chat.cards(other.job.id)][-1] is JobState.DELIVERING
        assert not [card for card in chat.cards(quiet.job.id) if card.state is JobState.RENDERING]
