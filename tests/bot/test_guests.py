"""What is remembered of guests, and what they find again; on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import UnknownJob, UnknownStyle
from bot.nouns import ChatKey, PhotoRef, Style, StyleId
from bot.store.guests import RECENT_STYLES
from bot.store.tables import guests as table
from tests.bot.opened import ANN, BOB, Opened, opened, plan, post
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import OTHER, PLAIN, ScriptedRenderer


@pytest.fixture
async def core(database_url: sa.URL, tmp_path: Path) -> AsyncIterator[Opened]:
    async with opened(database_url, tmp_path) as one:
        yield one


async def test_a_language_is_remembered_for_its_guest(core: Opened) -> None:
    assert await core.booth.language_of(ANN) is None
    await core.booth.set_language(ANN, "de")
    await core.booth.set_language(ANN, "en")
    await core.booth.set_language(BOB, "de")
    assert (await core.booth.language_of(ANN), await core.booth.language_of(BOB)) == ("en", "de")


async def test_the_notice_is_due_once(core: Opened) -> None:
    await core.booth.set_language(ANN, "de")
    assert [await core.booth.first_notice(ANN) for _ in range(3)] == [True, False, False]
    assert await core.booth.first_notice(BOB)
    assert await core.booth.language_of(ANN) == "de"


async def test_recent_styles_are_the_newest_first(core: Opened) -> None:
    assert await core.booth.recent_styles(ANN) == []
    early = await core.booth.submit(post(style=None))
    first = await core.booth.submit(post(style=PLAIN.id))
    assert await core.booth.recent_styles(ANN) == [PLAIN.id]
    await core.booth.choose(ANN, early.job.id, OTHER.id)
    assert await core.booth.recent_styles(ANN) == [OTHER.id, PLAIN.id]
    await core.done(ANN, first.job.id)
    await core.booth.again(ANN, first.job.id, PLAIN.id, event="again")
    assert await core.booth.recent_styles(ANN) == [PLAIN.id, OTHER.id]
    assert await core.booth.recent_styles(BOB) == []


async def test_a_style_that_a_code_has_named_comes_first(core: Opened) -> None:
    await core.booth.submit(post(style=PLAIN.id))
    await core.booth.prefer(ANN, OTHER.id)
    assert await core.booth.recent_styles(ANN) == [OTHER.id, PLAIN.id]
    with pytest.raises(UnknownStyle):
        await core.booth.prefer(ANN, StyleId("secret"))


async def test_only_so_many_styles_are_remembered(database_url: sa.URL, tmp_path: Path) -> None:
    styles = [
        Style(StyleId(f"style{number}"), "🎨", "filter", "scripted") for number in range(RECENT_STYLES + 2)
    ]
    renderer = ScriptedRenderer(styles=styles, slots=0)
    async with opened(database_url, tmp_path, renderer=renderer, with_plan=plan(guest_limit=0)) as core:
        for style in styles:
            await core.booth.submit(post(style=style.id))
        newest = [style.id for style in reversed(styles)]
        assert await core.booth.recent_styles(ANN) == newest[:RECENT_STYLES]


async def test_my_pictures_are_mine_and_the_newest_first(core: Opened) -> None:
    jobs = [(await core.booth.submit(post(ANN))).job.id for _ in range(3)]
    theirs = (await core.booth.submit(post(BOB))).job.id
    for job in jobs:
        await core.done(ANN, job)
    await core.done(BOB, theirs)
    await core.booth.submit(post(ANN, style=None))
    assert [job.id for job in await core.booth.mine(ANN)] == jobs[::-1]
    assert [job.id for job in await core.booth.mine(ANN, 2)] == jobs[:0:-1]
    await core.booth.discard(ANN, jobs[1])
    assert [job.id for job in await core.booth.mine(ANN)] == [jobs[2], jobs[0]]


async def test_the_newest_unfinished_job_is_found(core: Opened) -> None:
    here = ChatKey(ANN)
    assert await core.booth.latest(ANN, here) is None
    done = await core.booth.submit(post(ANN))
    await core.done(ANN, done.job.id)
    assert await core.booth.latest(ANN, here) is None
    older = await core.booth.submit(post(ANN, style=None))
    newer = await core.booth.submit(post(ANN, style=None))
    found = await core.booth.latest(ANN, here)
    assert found is not None
    assert found.id == newer.job.id
    assert await core.booth.latest(ANN, ChatKey("web:elsewhere")) is None
    assert await core.booth.latest(BOB, here) is None
    await core.booth.discard(ANN, newer.job.id)
    left = await core.booth.latest(ANN, here)
    assert left is not None
    assert left.id == older.job.id


async def test_a_message_leads_to_its_job_whoever_asks(core: Opened) -> None:
    view = await core.booth.submit(post(ANN, style=None))
    message = await core.booth.show(ANN, view.job.id)
    assert await core.booth.show(ANN, view.job.id) == message
    found = await core.booth.job_of_message(ChatKey(ANN), message)
    assert found is not None
    assert (found.id, found.guest) == (view.job.id, ANN)
    assert await core.booth.job_of_message(ChatKey(BOB), message) is None
    assert await core.booth.job_of_message(ChatKey(ANN), "another") is None


async def test_a_message_that_turns_up_is_taken_up_where_none_is_known(core: Opened) -> None:
    lost = await core.booth.submit(post(ANN, style=None))
    with pytest.raises(UnknownJob):
        await core.booth.adopt(BOB, lost.job.id, "his")
    await core.booth.adopt(ANN, lost.job.id, "turned up")
    await core.booth.adopt(ANN, lost.job.id, "another copy")
    assert await core.booth.show(ANN, lost.job.id) == "turned up"
    await core.booth.choose(ANN, lost.job.id, PLAIN.id)
    await core.done(ANN, lost.job.id)
    assert core.chat.messages(lost.job.id) == {"turned up"}


async def test_forgetting_takes_the_choices_too(core: Opened) -> None:
    await core.booth.set_language(ANN, "de")
    await core.booth.set_language(BOB, "de")
    assert await core.booth.first_notice(ANN)
    await core.booth.submit(post(ANN, style=PLAIN.id))
    await core.booth.forget(ANN)
    assert (await core.booth.language_of(ANN), await core.booth.recent_styles(ANN)) == (None, [])
    assert await core.booth.first_notice(ANN)
    assert await core.booth.language_of(BOB) == "de"


async def test_a_photo_that_is_refused_leaves_no_trace_of_its_guest(
    database_url: sa.URL, tmp_path: Path
) -> None:
    chat = RecordingChat(photos={PhotoRef("bad"): b"no picture"})
    async with opened(database_url, tmp_path, chat=chat) as core:
        view = await core.booth.submit(post(data=PhotoRef("bad"), style=None))
        await core.finished(ANN, view.job.id)
        async with core.stores.database.read() as connection:
            assert (await connection.execute(sa.select(table))).all() == []
