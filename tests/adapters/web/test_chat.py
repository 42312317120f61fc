"""The page as a chat: a slow watcher loses previews, never states; a watcher that is gone leaves nothing."""

import asyncio
from contextlib import ExitStack, suppress

from adapters.web.chat import WATCHERS_A_JOB, Watcher, WebChat
from bot.cards import Address, Card, Shown
from bot.nouns import ChatKey, JobId, Picture
from bot.states import JobState

JOB, OTHER = JobId("one"), JobId("other")
HERE = Address(ChatKey("web:ann"))


def card(
    state: JobState = JobState.RENDERING,
    progress: float = 0.0,
    *,
    job: JobId = JOB,
    preview: bytes | None = None,
) -> Card:
    return Card(job, state, "words", None if preview is None else Picture(preview), progress=progress)


async def read(watcher: Watcher) -> list[Card]:
    cards = []
    while (one := await watcher.next(0.01)) is not None:
        cards.append(one)
    return cards


async def test_a_card_reaches_those_who_watch_its_job_and_nobody_else() -> None:
    chat = WebChat()
    with chat.watch(JOB) as first, chat.watch(JOB) as second, chat.watch(OTHER) as other:
        assert await chat.show(HERE, card()) == Shown(JOB)
        assert [await read(watcher) for watcher in (first, second, other)] == [[card()], [card()], []]


async def test_a_card_that_nobody_watches_is_no_error() -> None:
    assert await WebChat().show(HERE, card()) == Shown(JOB)


async def test_a_slow_watcher_loses_figures_but_no_state_and_not_the_newest_preview() -> None:
    chat = WebChat()
    with chat.watch(JOB) as watcher:
        await chat.show(HERE, card(JobState.WAITING))
        for step in range(1000):
            preview = str(step).encode() if step < 900 else None
            await chat.show(HERE, card(progress=step / 1000, preview=preview))
        await chat.show(HERE, card(JobState.DONE))
        waiting, rendering, done = await read(watcher)
    assert (waiting.state, done.state) == (JobState.WAITING, JobState.DONE)
    assert (rendering.progress, rendering.picture) == (0.999, Picture(b"899"))


async def test_a_state_that_comes_back_is_told_after_the_one_between() -> None:
    watcher = Watcher()
    for state in (JobState.WAITING, JobState.RENDERING, JobState.WAITING):
        watcher.put(card(state))
    assert [one.state for one in await read(watcher)] == [JobState.RENDERING, JobState.WAITING]


async def test_a_watcher_waits_until_a_card_comes() -> None:
    watcher = Watcher()
    waiting = asyncio.create_task(watcher.next(5))
    await asyncio.sleep(0)
    watcher.put(card())
    assert await waiting == card()


async def test_closing_ends_every_stream_and_those_to_come() -> None:
    chat = WebChat()
    with chat.watch(JOB) as watcher:
        waiting = asyncio.create_task(watcher.next(60))
        await asyncio.sleep(0)
        chat.close()
        assert await waiting is None
        assert watcher.closed
    with chat.watch(OTHER) as late:
        assert late.closed


async def test_who_leaves_leaves_nothing() -> None:
    chat = WebChat()
    with suppress(RuntimeError), chat.watch(JOB):
        assert chat.watched() == 1
        raise RuntimeError
    assert chat.watched() == 0


async def test_a_job_has_room_for_some_watchers_only() -> None:
    chat = WebChat()
    with ExitStack() as stack:
        for _ in range(WATCHERS_A_JOB):
            assert chat.may_watch(JOB)
            stack.enter_context(chat.watch(JOB))
        assert not chat.may_watch(JOB)
        assert chat.may_watch(OTHER)
    assert chat.may_watch(JOB)
