"""A guest's use cases, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import (
    NotAPicture,
    NotPossibleNow,
    RenderCrashed,
    RendererAway,
    StyleBroken,
    TooManyUnfinished,
    UnknownJob,
    UnknownStyle,
)
from bot.nouns import JobId, StyleId
from bot.states import JobState
from bot.store.vaults import names_of, photo_name, picture_name
from tests.bot.opened import ANN, BOB, Opened, opened, plan, post, shade_of
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import OTHER, ScriptedRenderer


@pytest.fixture
async def core(database_url: sa.URL, tmp_path: Path) -> AsyncIterator[Opened]:
    async with opened(database_url, tmp_path) as one:
        yield one


async def kept(core: Opened) -> set[str]:
    return {name async for name, _ in core.stores.vault.names()}


async def test_a_photo_comes_back_as_a_picture(core: Opened) -> None:
    view = await core.booth.submit(post(shade=60))
    assert view.job.state is JobState.WAITING
    assert view.place.position == 1
    picture = await core.done(ANN, view.job.id)
    assert abs(shade_of(picture) - 195) < 4
    assert core.chat.messages(view.job.id) == {"message 1"}
    card = core.chat.cards(view.job.id)[-1]
    assert (card.words, card.picture and card.picture.data) == ("Here you are: Comic.", picture)


async def test_two_guests_get_their_own_pictures_and_nobody_elses(core: Opened) -> None:
    anns = await core.booth.submit(post(ANN, shade=40))
    bobs = await core.booth.submit(post(BOB, shade=200))
    assert abs(shade_of(await core.done(ANN, anns.job.id)) - 215) < 4
    assert abs(shade_of(await core.done(BOB, bobs.job.id)) - 55) < 4
    for call in (core.booth.look, core.booth.picture, core.booth.discard):
        with pytest.raises(UnknownJob):
            await call(BOB, anns.job.id)


async def test_the_same_event_is_one_job_even_with_another_photo(core: Opened) -> None:
    first = await core.booth.submit(post(event="e1"))
    again = await core.booth.submit(post(event="e1", data=b"not looked at"))
    assert again.job.id == first.job.id
    with pytest.raises(UnknownJob):
        await core.booth.submit(post(BOB, event="e1"))
    await core.done(ANN, first.job.id)
    assert len(core.renderer.orders) == 1


async def test_a_bad_photo_leaves_nothing_behind(core: Opened) -> None:
    with pytest.raises(NotAPicture):
        await core.booth.submit(post(data=b"hello"))
    with pytest.raises(UnknownStyle):
        await core.booth.submit(post(style=StyleId("nope")))
    with pytest.raises(UnknownStyle):  # not offered to guests
        await core.booth.submit(post(style=StyleId("secret")))
    assert await core.stores.jobs.unfinished() == 0
    assert not await kept(core)


async def test_a_refused_photo_leaves_nothing_behind(database_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, with_plan=plan(guest_limit=1), renderer=renderer) as core:
        view = await core.booth.submit(post())
        with pytest.raises(TooManyUnfinished):
            await core.booth.submit(post())
        assert await kept(core) == {photo_name(view.job.id)}


async def test_one_crash_costs_a_retry_and_two_cost_an_apology(core: Opened) -> None:
    core.renderer.errors = [lambda: RenderCrashed("crashed")]
    view = await core.booth.submit(post())
    await core.done(ANN, view.job.id)
    assert [order.attempt for order in core.renderer.orders] == [1, 2]
    core.renderer.errors = [lambda: RenderCrashed("timeout"), lambda: RuntimeError("a bug")]
    sad = await core.finished(ANN, (await core.booth.submit(post())).job.id)
    assert (sad.job.state, sad.job.failure) == (JobState.FAILED, "crashed")
    assert "twice" in (await core.chat.until(sad.job.id, JobState.FAILED)).words
    happy = await core.booth.submit(post())
    await core.done(ANN, happy.job.id)


async def test_a_broken_style_is_said_at_once(core: Opened) -> None:
    core.renderer.errors = [lambda: StyleBroken("missing-node")]
    sad = await core.finished(ANN, (await core.booth.submit(post())).job.id)
    assert (sad.job.failure, len(core.renderer.orders)) == ("style-broken", 1)


async def test_a_renderer_that_is_away_costs_no_try(core: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.staff.painter.AWAY_RETRY_S", 0.0)
    core.renderer.errors = [lambda: RendererAway("refused") for _ in range(4)]
    view = await core.booth.submit(post())
    await core.done(ANN, view.job.id)
    assert len(core.renderer.orders) == 5


async def test_while_the_renderer_has_no_server_photos_wait_and_are_told_so(
    database_url: sa.URL, tmp_path: Path
) -> None:
    renderer = ScriptedRenderer(slots=0)
    async with opened(database_url, tmp_path, renderer=renderer) as core:
        view = await core.booth.submit(post())
        assert "is safe" in core.booth.card(view).words
        assert not (await core.booth.styles("en"))[0].available
        renderer.slots = 1
        await core.done(ANN, view.job.id)


async def test_a_waiting_job_is_cancelled_and_stays_readable(database_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, renderer=renderer) as core:
        first, second = await core.booth.submit(post(ANN)), await core.booth.submit(post(BOB))
        await renderer.started.get()
        await core.booth.discard(BOB, second.job.id)
        assert (await core.booth.look(BOB, second.job.id)).job.state is JobState.CANCELLED
        assert await kept(core) == {photo_name(first.job.id)}
        assert (await core.chat.until(second.job.id, JobState.CANCELLED)).words.startswith("Cancelled.")


async def test_cancelling_a_render_stops_it_and_erases_the_photo(
    database_url: sa.URL, tmp_path: Path
) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, renderer=renderer) as core:
        view = await core.booth.submit(post())
        await renderer.started.get()
        assert (await core.booth.look(ANN, view.job.id)).job.state is JobState.RENDERING
        await core.booth.discard(ANN, view.job.id)
        assert renderer.cancelled == [view.job.id]
        assert renderer.scrubbed == [view.job.id]
        assert not await kept(core)
        after = await core.booth.submit(post())
        renderer.hold.set() if renderer.hold else None
        await core.done(ANN, after.job.id)


async def test_a_finished_job_is_erased_whole(core: Opened) -> None:
    view = await core.booth.submit(post())
    await core.done(ANN, view.job.id)
    assert await kept(core) == set(names_of(view.job.id))
    await core.booth.discard(ANN, view.job.id)
    assert not await kept(core)
    for call in (core.booth.look, core.booth.picture, core.booth.discard):
        with pytest.raises(UnknownJob):
            await call(ANN, view.job.id)


async def test_again_uses_the_kept_photo(core: Opened) -> None:
    first = await core.booth.submit(post(shade=80))
    await core.done(ANN, first.job.id)
    second = await core.booth.again(ANN, first.job.id, OTHER.id, event="again-1")
    repeated = await core.booth.again(ANN, first.job.id, OTHER.id, event="again-1")
    assert repeated.job.id == second.job.id
    assert abs(shade_of(await core.done(ANN, second.job.id)) - 175) < 4
    with pytest.raises(UnknownJob):
        await core.booth.again(BOB, first.job.id, OTHER.id, event="again-2")
    await core.booth.discard(ANN, first.job.id)
    with pytest.raises(UnknownJob):
        await core.booth.again(ANN, first.job.id, OTHER.id, event="again-3")


async def test_a_photo_without_a_style_waits_for_the_choice(core: Opened) -> None:
    view = await core.booth.submit(post(style=None))
    assert view.job.state is JobState.CHOOSING
    assert core.booth.card(view).words == "Got it. Which style would you like?"
    with pytest.raises(UnknownJob):
        await core.booth.choose(BOB, view.job.id, OTHER.id)
    await core.booth.choose(ANN, view.job.id, OTHER.id)
    with pytest.raises(NotPossibleNow):
        await core.booth.choose(ANN, view.job.id, OTHER.id)
    await core.done(ANN, view.job.id)


async def test_forget_erases_everything_and_says_so(database_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(unreachable_copies=1)
    async with opened(database_url, tmp_path, renderer=renderer) as core:
        done = await core.booth.submit(post(ANN))
        await core.done(ANN, done.job.id)
        renderer.hold = asyncio.Event()
        running = await core.booth.submit(post(ANN))
        await core.booth.submit(post(ANN))
        theirs = await core.booth.submit(post(BOB))
        async with asyncio.timeout(60):
            while not core.renderer.orders[1:]:
                await renderer.started.get()
        receipt = await core.booth.forget(ANN)
        assert dict(receipt.erased) == {"jobs": 3, "photos": 3, "pictures": 1, "shares": 0}
        assert dict(receipt.pending) == {"scripted": 1}
        assert renderer.cancelled == [running.job.id]
        assert await kept(core) == {photo_name(theirs.job.id)}
        renderer.hold.set()
        await core.done(BOB, theirs.job.id)
        assert dict((await core.booth.forget(ANN)).erased) == {
            "jobs": 0,
            "photos": 0,
            "pictures": 0,
            "shares": 0,
        }


async def test_a_delivery_that_fails_is_repeated_into_the_same_message(
    database_url: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.worker.FIRST_RETRY_S", 0.0)
    chat = RecordingChat()
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, chat=chat, renderer=renderer) as core:
        view = await core.booth.submit(post())
        await chat.until(view.job.id, JobState.RENDERING)
        chat.outages = 3
        assert renderer.hold is not None
        renderer.hold.set()
        await core.done(ANN, view.job.id)
        assert chat.outages == 0
        assert len(chat.messages(view.job.id)) == 1


async def test_progress_reaches_the_chat_before_the_picture(core: Opened) -> None:
    view = await core.booth.submit(post())
    await core.done(ANN, view.job.id)
    states = [card.state for card in core.chat.cards(view.job.id)]
    assert states == sorted(states, key=[JobState.WAITING, JobState.RENDERING, JobState.DELIVERING].index)


async def test_everybody_behind_is_told_when_the_line_moves(database_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, renderer=renderer) as core:
        await core.booth.submit(post(ANN))
        await renderer.started.get()
        second = await core.booth.submit(post(BOB))
        third = await core.booth.submit(post(ANN))
        assert (second.place.position, third.place.position) == (1, 2)
        assert third.place.eta_s > second.place.eta_s
        await core.booth.discard(BOB, second.job.id)
        async with asyncio.timeout(60), core.chat.news:
            await core.chat.news.wait_for(
                lambda: any(card.position == 1 for card in core.chat.cards(third.job.id))
            )


async def test_a_job_that_never_was_is_unknown(core: Opened) -> None:
    with pytest.raises(UnknownJob):
        await core.booth.look(ANN, JobId("00000000-0000-4000-8000-000000000000"))


async def test_a_picture_is_not_there_before_it_is_finished(database_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, renderer=renderer) as core:
        view = await core.booth.submit(post())
        await renderer.started.get()
        with pytest.raises(UnknownJob):
            await core.booth.picture(ANN, view.job.id)


async def test_a_restart_goes_on_where_it_stopped_and_ends_once(database_url: sa.URL, tmp_path: Path) -> None:
    stuck = ScriptedRenderer(hold=asyncio.Event())
    async with opened(database_url, tmp_path, renderer=stuck) as before:
        views = [await before.booth.submit(post(ANN, shade)) for shade in (30, 90)]
        await stuck.started.get()
    async with opened(database_url, tmp_path) as after:
        for view, shade in zip(views, (30, 90), strict=True):
            assert abs(shade_of(await after.done(ANN, view.job.id)) - (255 - shade)) < 4
        assert len(after.renderer.orders) == 2


async def test_a_photo_that_is_gone_is_said(database_url: sa.URL, tmp_path: Path) -> None:
    stuck = ScriptedRenderer(slots=0)
    async with opened(database_url, tmp_path, renderer=stuck) as core:
        view = await core.booth.submit(post())
        await core.stores.vault.delete([photo_name(view.job.id), picture_name(view.job.id)])
        stuck.slots = 1
        assert (await core.finished(ANN, view.job.id)).job.failure == "photo-lost"
