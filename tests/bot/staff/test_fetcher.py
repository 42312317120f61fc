"""Photos that are fetched while their guests choose and wait, on both databases."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cards import Action
from bot.errors import ChatGone, DeliveryError, NotPossibleNow, PhotoTooManyBytes, UnknownJob
from bot.nouns import JobId, PhotoRef
from bot.states import JobState
from bot.store.tables import jobs as table
from bot.store.vaults import names_of, photo_name
from tests.bot.opened import ANN, BOB, Opened, opened, photo, post, shade_of, until
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import OTHER, PLAIN, ScriptedRenderer

REF = PhotoRef("file 1")


@pytest.fixture
def chat() -> RecordingChat:
    return RecordingChat(photos={REF: photo(60)})


@pytest.fixture
async def core(database_url: sa.URL, tmp_path: Path, chat: RecordingChat) -> AsyncIterator[Opened]:
    async with opened(database_url, tmp_path, chat=chat) as one:
        yield one


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next try come at once."""
    monkeypatch.setattr("bot.underway.worker.FIRST_RETRY_S", 0.0)


async def kept(core: Opened) -> set[str]:
    return {name async for name, _ in core.stores.vault.names()}


async def fetch_due_in(core: Opened, job: JobId) -> float:
    """Seconds until the next try, once there has been one."""
    tried = sa.and_(table.c.id == job, table.c.fetch_attempt > 0, table.c.fetch_owner.is_(None))

    async def left_s() -> float | None:
        left = sa.select(table.c.fetch_due - core.stores.database.now()).where(tried)
        async with core.stores.database.read() as connection:
            found: float | None = await connection.scalar(left)
            return found

    async def has_tried() -> bool:
        return await left_s() is not None

    await until(has_tried)
    return await left_s() or 0.0


async def test_a_photo_is_fetched_while_its_guest_chooses(core: Opened) -> None:
    core.chat.hold = asyncio.Event()
    view = await core.booth.submit(post(data=REF, style=None, context="thread 7"))
    assert (view.job.state, view.job.has_photo, view.job.source) == (JobState.CHOOSING, False, REF)
    assert await core.chat.fetches.get() == REF
    chosen = await core.booth.choose(ANN, view.job.id, OTHER.id)
    assert (chosen.job.state, chosen.place.position) == (JobState.WAITING, 1)
    core.chat.hold.set()
    assert abs(shade_of(await core.done(ANN, view.job.id)) - 195) < 4
    job = (await core.booth.look(ANN, view.job.id)).job
    assert (job.has_photo, job.source, job.context) == (True, None, "thread 7")
    assert await kept(core) == set(names_of(job.id))


async def test_a_photo_that_came_before_the_choice_is_fetched_once(core: Opened) -> None:
    view = await core.booth.submit(post(data=REF, style=None))

    async def here() -> bool:
        return (await core.booth.look(ANN, view.job.id)).job.has_photo

    await until(here)
    assert await kept(core) == {photo_name(view.job.id)}
    await core.booth.choose(ANN, view.job.id, PLAIN.id)
    await core.done(ANN, view.job.id)
    assert core.chat.fetches.qsize() == 1


async def test_who_comes_later_does_not_wait_for_anothers_photo(core: Opened) -> None:
    core.chat.hold = asyncio.Event()
    slow = await core.booth.submit(post(ANN, data=REF))
    quick = await core.booth.submit(post(BOB, shade=200))
    await core.done(BOB, quick.job.id)
    assert (await core.booth.look(ANN, slow.job.id)).job.state is JobState.WAITING
    core.chat.hold.set()
    await core.done(ANN, slow.job.id)


async def test_a_platform_that_is_away_is_asked_again(core: Opened, at_once: None) -> None:
    core.chat.photos[REF] = [DeliveryError(), DeliveryError(), photo(60)]
    view = await core.booth.submit(post(data=REF))
    await core.done(ANN, view.job.id)
    assert core.chat.fetches.qsize() == 3


async def test_a_platform_that_asks_for_a_pause_gets_it(core: Opened) -> None:
    core.chat.photos[REF] = DeliveryError(retry_after_s=300.0)
    view = await core.booth.submit(post(data=REF))
    assert 290 < await fetch_due_in(core, view.job.id) <= 300
    assert core.chat.fetches.qsize() == 1


@pytest.mark.parametrize("style", [None, PLAIN.id])
async def test_a_photo_that_cannot_be_used_is_said_in_its_message(core: Opened, style: None) -> None:
    core.chat.photos[REF] = photo(side=20)
    view = await core.booth.submit(post(data=REF, style=style))
    sad = await core.finished(ANN, view.job.id)
    assert (sad.job.state, sad.job.failure) == (JobState.FAILED, "photo-too-small")
    card = await core.chat.until(view.job.id, JobState.FAILED)
    assert "at least 64 pixels" in card.words
    assert [button.action for row in card.buttons for button in row] == [Action.DELETE]
    assert core.booth.card(sad).words == card.words
    assert not await kept(core)
    assert not core.renderer.orders
    with pytest.raises(NotPossibleNow):
        await core.booth.choose(ANN, view.job.id, OTHER.id)
    with pytest.raises(UnknownJob):
        await core.booth.again(ANN, view.job.id, OTHER.id, event="again")


@pytest.mark.parametrize(
    ("answer", "failure"),
    [(PhotoTooManyBytes(limit_mib=20), "photo-too-many-bytes"), (ChatGone(), "photo-out-of-reach")],
)
async def test_a_photo_that_its_platform_will_never_give_is_said(
    core: Opened, answer: Exception, failure: str
) -> None:
    core.chat.photos[REF] = answer
    view = await core.booth.submit(post(data=REF))
    assert (await core.finished(ANN, view.job.id)).job.failure == failure


async def test_a_slip_of_ours_ends_in_an_apology_and_tells_the_log_no_secret(
    core: Opened, at_once: None, caplog: pytest.LogCaptureFixture
) -> None:
    core.chat.photos[REF] = RuntimeError("https://example.org/token/file")
    view = await core.booth.submit(post(data=REF))
    assert (await core.finished(ANN, view.job.id)).job.failure == "error-unexpected"
    assert core.chat.fetches.qsize() == 3
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "RuntimeError at" in logged
    assert "example.org" not in logged


async def test_cancelling_stops_the_fetch_and_nothing_is_kept(core: Opened) -> None:
    core.chat.hold = asyncio.Event()
    view = await core.booth.submit(post(data=REF))
    await core.chat.fetches.get()
    await core.booth.discard(ANN, view.job.id)
    core.chat.hold.set()
    job = (await core.booth.look(ANN, view.job.id)).job
    assert (job.state, job.has_photo, job.source) == (JobState.CANCELLED, False, None)
    await core.done(BOB, (await core.booth.submit(post(BOB))).job.id)
    assert photo_name(view.job.id) not in await kept(core)


async def test_a_photo_that_arrives_after_a_cancellation_elsewhere_is_not_kept(core: Opened) -> None:
    core.chat.hold = asyncio.Event()
    view = await core.booth.submit(post(data=REF, style=None))
    await core.chat.fetches.get()
    assert await core.stores.jobs.cancel(view.job.id, ANN)  # another replica's, whose ring was lost
    core.chat.hold.set()
    after = await core.booth.submit(post(BOB, data=REF))
    await core.done(BOB, after.job.id)

    async def gone() -> bool:
        return await kept(core) == set(names_of(after.job.id))

    await until(gone)


async def test_forgetting_stops_the_fetch_and_nothing_is_kept(core: Opened) -> None:
    core.chat.hold = asyncio.Event()
    await core.booth.submit(post(data=REF))
    await core.chat.fetches.get()
    receipt = await core.booth.forget(ANN)
    assert dict(receipt.erased) == {"jobs": 1, "photos": 0, "pictures": 0, "shares": 0}
    core.chat.hold.set()
    assert not await kept(core)
    assert (await core.stores.pulse.pulse()).tallies == []


async def test_a_restart_fetches_what_was_not_fetched(database_url: sa.URL, tmp_path: Path) -> None:
    stuck = RecordingChat(photos={REF: photo(60)}, hold=asyncio.Event())
    async with opened(database_url, tmp_path, chat=stuck) as before:
        choosing = await before.booth.submit(post(ANN, data=REF, style=None))
        waiting = await before.booth.submit(post(BOB, data=REF))
        await stuck.fetches.get()
    async with opened(database_url, tmp_path, chat=RecordingChat(photos={REF: photo(60)})) as after:
        await after.done(BOB, waiting.job.id)
        await after.booth.choose(ANN, choosing.job.id, OTHER.id)
        await after.done(ANN, choosing.job.id)
        assert await kept(after) == {*names_of(waiting.job.id), *names_of(choosing.job.id)}


async def test_again_works_before_the_photo_is_here(core: Opened) -> None:
    core.chat.hold = asyncio.Event()
    first = await core.booth.submit(post(data=REF, context="thread 7"))
    second = await core.booth.again(
        ANN, first.job.id, OTHER.id, event="again", message="message 9", context="thread 8"
    )
    assert (second.job.source, second.job.message, second.job.context) == (REF, "message 9", "thread 8")
    core.chat.hold.set()
    assert shade_of(await core.done(ANN, first.job.id)) == shade_of(await core.done(ANN, second.job.id))
    third = await core.booth.again(ANN, first.job.id, OTHER.id, event="once more")
    assert (third.job.source, third.job.message, third.job.context) == (None, None, "thread 7")
    await core.done(ANN, third.job.id)


async def test_the_same_event_is_one_job(core: Opened) -> None:
    core.chat.hold = asyncio.Event()
    first = await core.booth.submit(post(event="update 1", data=REF))
    assert (await core.booth.submit(post(event="update 1", data=REF))).job.id == first.job.id
    core.chat.hold.set()
    await core.done(ANN, first.job.id)


async def test_a_platform_that_is_not_set_up_any_more_holds_nobody_up(
    sqlite_url: sa.URL, tmp_path: Path
) -> None:
    async with opened(sqlite_url, tmp_path, chat=RecordingChat(hold=asyncio.Event())) as before:
        waiting = await before.booth.submit(post(ANN, data=REF))
    async with opened(sqlite_url, tmp_path, chat=RecordingChat("elsewhere")) as after:
        assert (await after.booth.look(ANN, waiting.job.id)).job.state is JobState.WAITING
        assert not after.renderer.orders


async def test_a_damaged_photo_costs_one_child_and_no_guest(core: Opened) -> None:
    truncated = io.BytesIO(photo(60)).read(60)
    core.chat.photos |= {PhotoRef("damaged"): truncated}
    sad = await core.booth.submit(post(ANN, data=PhotoRef("damaged")))
    happy = await core.booth.submit(post(BOB, data=REF))
    assert (await core.finished(ANN, sad.job.id)).job.failure == "photo-damaged"
    await core.done(BOB, happy.job.id)


async def test_renderers_take_what_is_there(database_url: sa.URL, tmp_path: Path) -> None:
    chat = RecordingChat(photos={REF: photo(60)}, hold=asyncio.Event())
    renderer = ScriptedRenderer()
    async with opened(database_url, tmp_path, chat=chat, renderer=renderer) as core:
        view = await core.booth.submit(post(ANN, data=REF))
        await chat.fetches.get()
        assert not await core.stores.claims.claim("scripted", "somebody", 5)
        await core.done(BOB, (await core.booth.submit(post(BOB))).job.id)
        assert (await core.booth.look(ANN, view.job.id)).job.state is JobState.WAITING
        assert [order.job == view.job.id for order in renderer.orders] == [False]
