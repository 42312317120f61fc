"""One message a job, whatever overtakes whatever, on both databases."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cards import Card
from bot.errors import DeliveryError
from bot.nouns import Job
from bot.states import JobState
from bot.store.jobs import Limits
from bot.store.stores import Stores, open_stores
from bot.styles.shelf import Shelf
from bot.underway.lines import NOWHERE, Lines
from bot.underway.teller import Teller
from bot.words import words
from tests.bot.opened import PATIENCE_S
from tests.bot.store.test_jobs import COMIC, new
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import ScriptedRenderer

_processes = itertools.count()


@pytest.fixture
async def stores(database_url: sa.URL, tmp_path: Path) -> AsyncIterator[Stores]:
    async with open_stores(database_url, tmp_path) as opened, asyncio.timeout(PATIENCE_S):
        yield opened


@pytest.fixture
async def job(stores: Stores) -> Job:
    added, _ = await stores.jobs.add(new(style=COMIC), Limits(0, 10))
    return added


@pytest.fixture
def chat() -> RecordingChat:
    return RecordingChat()


def teller_of(stores: Stores, chat: RecordingChat) -> Teller:
    """A teller of a process of its own."""
    shelf = Shelf([ScriptedRenderer()], words())
    lines = Lines(stores.jobs, stores.meta, shelf)
    return Teller(f"process {next(_processes)}", [chat], stores.claims, lines, shelf, words())


def card(job: Job, state: JobState) -> Card:
    return Card(job.id, state, f"as {state}")


def states(chat: RecordingChat, job: Job) -> list[JobState]:
    return [shown.state for shown in chat.cards(job.id)]


async def test_a_card_that_the_jobs_end_has_overtaken_is_not_shown(
    stores: Stores, job: Job, chat: RecordingChat
) -> None:
    teller = teller_of(stores, chat)
    await teller.show(job, card(job, JobState.WAITING))
    await teller.deliver(job, card(job, JobState.DELIVERING))
    await teller.show(job, card(job, JobState.RENDERING))
    await teller.show(job, card(job, JobState.DONE))
    assert states(chat, job) == [JobState.WAITING, JobState.DELIVERING, JobState.DONE]
    assert chat.messages(job.id) == {"message 1"}


async def test_a_jobs_end_is_told_when_the_chat_is_back(
    stores: Stores, job: Job, chat: RecordingChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.worker.FIRST_RETRY_S", 0.0)
    teller = teller_of(stores, chat)
    chat.outages = 3
    await teller.show(job, card(job, JobState.WAITING))
    await teller.show(job, card(job, JobState.FAILED))
    await chat.until(job.id, JobState.FAILED)
    assert states(chat, job) == [JobState.FAILED]
    chat.outages, chat.pause_s = 1, 300.0
    await teller.show(job, card(job, JobState.FAILED))
    await teller.quiet()
    assert states(chat, job) == [JobState.FAILED]


async def test_a_pause_is_kept_without_asking(stores: Stores, job: Job, chat: RecordingChat) -> None:
    teller = teller_of(stores, chat)
    chat.outages, chat.pause_s = 1, 300.0
    for _ in range(3):
        with pytest.raises(DeliveryError) as refused:
            await teller.deliver(job, card(job, JobState.DELIVERING))
        assert 290 < (refused.value.retry_after_s or 0.0) <= 300
    assert chat.asked == 1


async def test_a_first_message_that_was_not_sent_may_be_sent_at_once(
    stores: Stores, job: Job, chat: RecordingChat
) -> None:
    chat.outages = 1
    with pytest.raises(DeliveryError):
        await teller_of(stores, chat).deliver(job, card(job, JobState.WAITING))
    assert (await teller_of(stores, chat).deliver(job, card(job, JobState.WAITING))).message == "message 1"


async def test_another_process_edits_the_message_that_one_has_sent(
    stores: Stores, job: Job, chat: RecordingChat
) -> None:
    await teller_of(stores, chat).deliver(job, card(job, JobState.WAITING))
    assert job.message is None  # a row in hand, older than the message
    await teller_of(stores, chat).deliver(job, card(job, JobState.RENDERING))
    assert chat.messages(job.id) == {"message 1"}


async def test_an_erased_job_is_not_told_about(stores: Stores, job: Job, chat: RecordingChat) -> None:
    await stores.erasure.guest(job.guest)
    with pytest.raises(DeliveryError):
        await teller_of(stores, chat).deliver(job, teller_of(stores, chat).card(job, NOWHERE))
    assert chat.asked == 0


@pytest.mark.postgres
async def test_replicas_never_send_two_first_messages(
    postgres_database: sa.URL, tmp_path: Path, chat: RecordingChat
) -> None:
    async with open_stores(postgres_database, tmp_path) as stores, asyncio.timeout(PATIENCE_S):
        job, _ = await stores.jobs.add(new(), Limits(0, 10))
        chat.slow = asyncio.Event()
        here, there = teller_of(stores, chat), teller_of(stores, chat)
        sending = asyncio.create_task(here.deliver(job, card(job, JobState.WAITING)))
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if chat.asked:
                    break
                await asyncio.sleep(0.01)
        with pytest.raises(DeliveryError):
            await there.deliver(job, card(job, JobState.RENDERING))
        chat.slow.set()
        await sending
        await there.deliver(job, card(job, JobState.RENDERING))
        assert states(chat, job) == [JobState.WAITING, JobState.RENDERING]
        assert chat.messages(job.id) == {"message 1"}
