"""The jobs' statements, on both databases."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.cards import Shown
from bot.errors import LineFull, TooManyUnfinished
from bot.nouns import ChatKey, Claim, GuestKey, Job, JobId, Style, StyleId
from bot.states import JobState
from bot.store.claims import ClaimStore
from bot.store.database import Database
from bot.store.erasure import ErasureStore
from bot.store.jobs import JobStore, Limits, NewJob, new_job_id
from bot.store.recalls import RecallStore

NO_LIMITS = Limits(guest=0, line=10_000)
COMIC = Style(StyleId("comic"), "💥", "filter", "embedded")
FLUX = Style(StyleId("flux-oil"), "🖼", "graph", "comfy")
_events = itertools.count()


def new(guest: str = "ann", chat: str | None = None, style: Style | None = COMIC, event: str = "") -> NewJob:
    return NewJob(
        id=new_job_id(),
        event=event or f"event-{next(_events)}",
        guest=GuestKey(f"web:{guest}"),
        chat=ChatKey(f"web:{chat or guest}"),
        language="en",
        seed=7,
        style=style,
    )


async def add(jobs: JobStore, guest: str = "ann", chat: str | None = None) -> Job:
    job, is_new = await jobs.add(new(guest, chat), NO_LIMITS)
    assert is_new
    return job


async def claim_one(claims: ClaimStore, owner: str = "me") -> Claim:
    (claim,) = await claims.claim("embedded", owner, 1)
    return claim


async def drain(claims: ClaimStore) -> Sequence[JobId]:
    order = []
    while got := await claims.claim("embedded", "me", 1):
        order.append(got[0].job.id)
        assert await claims.rendered(got[0])
    return order


@pytest.fixture
def jobs(database: Database) -> JobStore:
    return JobStore(database)


@pytest.fixture
def erasure(database: Database) -> ErasureStore:
    return ErasureStore(database)


@pytest.fixture
def claims(database: Database) -> ClaimStore:
    return ClaimStore(database)


async def test_a_job_walks_from_the_line_to_its_chat(jobs: JobStore, claims: ClaimStore) -> None:
    job = await add(jobs)
    assert job.state is JobState.WAITING
    claim = await claim_one(claims)
    assert (claim.job.state, claim.attempt) == (JobState.RENDERING, 1)
    assert await claims.rendered(claim)
    (delivery,) = await claims.claim_delivery(["web"], "me", 5)
    assert delivery.job.id == job.id
    assert await claims.holds(delivery)
    assert await claims.delivered(delivery, Shown("message 1", "picture 1"))
    done = await jobs.get(job.id, job.guest)
    assert done is not None
    assert (done.state, done.message, done.has_picture) == (JobState.DONE, "message 1", True)
    assert (done.picture_ref, done.nudged) == ("picture 1", False)


async def test_an_event_that_came_before_is_no_second_job(jobs: JobStore) -> None:
    first, is_new = await jobs.add(new(event="update-1"), NO_LIMITS)
    again, is_new_again = await jobs.add(new(event="update-1"), NO_LIMITS)
    assert (is_new, is_new_again) == (True, False)
    assert again.id == first.id
    assert await jobs.unfinished() == 1


async def test_the_same_event_at_the_same_moment_is_one_job(jobs: JobStore) -> None:
    added = await asyncio.gather(*(jobs.add(new(event="update-1"), NO_LIMITS) for _ in range(8)))
    assert len({job.id for job, _ in added}) == 1
    assert sum(is_new for _, is_new in added) == 1


async def test_guests_take_turns(jobs: JobStore, claims: ClaimStore) -> None:
    ids = {}
    for guest, count in (("ann", 4), ("bob", 2), ("cem", 1)):
        for number in range(count):
            ids[(await add(jobs, guest)).id] = f"{guest}{number}"
    order = [ids[job] for job in await drain(claims)]
    assert order == ["ann0", "bob0", "cem0", "ann1", "bob1", "ann2", "ann3"]


async def test_who_comes_later_joins_the_turn_that_is_served_and_not_the_past(
    jobs: JobStore, claims: ClaimStore
) -> None:
    ids = {(await add(jobs, "ann")).id: f"ann{number}" for number in range(5)}
    first = [await claim_one(claims) for _ in range(2)]
    ids[(await add(jobs, "bob")).id] = "bob0"
    ids[(await add(jobs, "bob")).id] = "bob1"
    assert [ids[claim.job.id] for claim in first] == ["ann0", "ann1"]
    assert [ids[job] for job in await drain(claims)] == ["ann2", "bob0", "ann3", "bob1", "ann4"]


async def test_within_a_turn_chats_alternate(jobs: JobStore, claims: ClaimStore) -> None:
    ids = {}
    for guest in ("g1", "g2", "g3"):
        ids[(await add(jobs, guest, "group")).id] = guest
    ids[(await add(jobs, "solo")).id] = "solo"
    assert [ids[job] for job in await drain(claims)] == ["g1", "solo", "g2", "g3"]


async def test_a_line_belongs_to_one_renderer(jobs: JobStore, claims: ClaimStore) -> None:
    await jobs.add(new(style=FLUX), NO_LIMITS)
    assert not await claims.claim("embedded", "me", 5)
    assert len(await claims.claim("comfy", "me", 5)) == 1


async def test_limits_of_a_guest_and_of_the_line(jobs: JobStore, claims: ClaimStore) -> None:
    limits = Limits(guest=2, line=3)
    for _ in range(2):
        await jobs.add(new("ann"), limits)
    with pytest.raises(TooManyUnfinished) as refused:
        await jobs.add(new("ann"), limits)
    assert refused.value.values == {"limit": 2}
    await jobs.add(new("bob"), limits)
    with pytest.raises(LineFull):
        await jobs.check_limits(GuestKey("web:cem"), limits)
    assert await claims.rendered(await claim_one(claims))
    await jobs.add(new("cem"), limits)
    with pytest.raises(TooManyUnfinished):  # a picture under way to its chat is unfinished still
        await jobs.check_limits(GuestKey("web:ann"), limits)


async def test_posts_at_the_same_moment_do_not_pass_the_limit(jobs: JobStore) -> None:
    limits = Limits(guest=3, line=100)
    added = await asyncio.gather(*(jobs.add(new("ann"), limits) for _ in range(9)), return_exceptions=True)
    assert sum(isinstance(result, TooManyUnfinished) for result in added) == 6
    assert await jobs.unfinished() == 3


async def test_claims_at_the_same_moment_never_share_a_job(jobs: JobStore, claims: ClaimStore) -> None:
    for number in range(12):
        await add(jobs, f"guest{number}")
    rounds = await asyncio.gather(*(claims.claim("embedded", f"owner{n}", 3) for n in range(6)))
    taken = [claim.job.id for claimed in rounds for claim in claimed]
    assert len(taken) == len(set(taken)) == 12


async def test_a_cancelled_job_changes_no_more(jobs: JobStore, claims: ClaimStore) -> None:
    job = await add(jobs)
    claim = await claim_one(claims)
    cancelled = await jobs.cancel(job.id, job.guest)
    assert cancelled is not None
    assert cancelled.state is JobState.CANCELLED
    assert not await claims.rendered(claim)
    assert not await claims.retry(claim, 0.0)
    assert not await claims.fail(claim, "crashed")
    assert await jobs.cancel(job.id, job.guest) is None


async def test_nobody_touches_another_guests_job(jobs: JobStore, erasure: ErasureStore) -> None:
    job = await add(jobs, "ann")
    stranger = GuestKey("web:bob")
    assert await jobs.get(job.id, stranger) is None
    assert await jobs.cancel(job.id, stranger) is None
    assert not await erasure.job(job.id, stranger)
    assert not (await erasure.guest(stranger)).jobs


async def test_a_retry_keeps_its_place_and_counts_its_crash(jobs: JobStore, claims: ClaimStore) -> None:
    first = await add(jobs, "ann")
    await add(jobs, "bob")
    claim = await claim_one(claims)
    assert await claims.retry(claim, 0.0, crashed=True)
    again = await claim_one(claims)
    assert again.job.id == first.id
    assert (again.attempt, again.job.crashes) == (2, 1)
    assert await claims.fail(again, "crashed")
    failed = await jobs.get(first.id, first.guest)
    assert failed is not None
    assert (failed.state, failed.failure, failed.crashes) == (JobState.FAILED, "crashed", 2)


async def test_a_retry_that_is_due_later_waits(jobs: JobStore, claims: ClaimStore) -> None:
    await add(jobs)
    assert await claims.retry(await claim_one(claims), 60.0)
    assert not await claims.claim("embedded", "me", 5)


async def test_a_restart_puts_running_jobs_back_and_the_old_claim_is_void(
    jobs: JobStore, claims: ClaimStore
) -> None:
    rendering, delivering = await add(jobs, "ann"), await add(jobs, "bob")
    old = await claim_one(claims, "before")
    assert await claims.rendered(await claim_one(claims, "before"))
    (delivery,) = await claims.claim_delivery(["web"], "before", 1)
    assert await claims.resume(None) == 1
    assert not await claims.rendered(old)
    assert not await claims.delivered(delivery, Shown("m"))
    again = await claim_one(claims, "after")
    assert (again.job.id, again.attempt) == (rendering.id, 2)
    (delivery_again,) = await claims.claim_delivery(["web"], "after", 1)
    assert delivery_again.job.id == delivering.id


async def test_a_delivery_that_failed_is_due_later(jobs: JobStore, claims: ClaimStore) -> None:
    await add(jobs)
    assert await claims.rendered(await claim_one(claims))
    assert not await claims.claim_delivery(["telegram"], "me", 1)
    (delivery,) = await claims.claim_delivery(["web"], "me", 1)
    assert await claims.deliver_later(delivery, 60.0)
    assert not await claims.claim_delivery(["web"], "me", 1)
    assert not await claims.delivered(delivery, Shown("m"))


async def test_choosing_enters_the_line_once(jobs: JobStore, claims: ClaimStore) -> None:
    job, _ = await jobs.add(new(style=None), NO_LIMITS)
    assert job.state is JobState.CHOOSING
    assert not await claims.claim("embedded", "me", 5)
    chosen = await jobs.choose(job.id, job.guest, COMIC)
    assert chosen is not None
    assert (chosen.state, chosen.style) == (JobState.WAITING, COMIC.id)
    assert await jobs.choose(job.id, job.guest, FLUX) is None
    assert len(await claims.claim("embedded", "me", 5)) == 1


async def test_the_line_lists_rendering_and_waiting_in_order(jobs: JobStore, claims: ClaimStore) -> None:
    added = [await add(jobs, guest) for guest in ("ann", "bob", "cem")]
    await claim_one(claims)
    standing, listed = await jobs.line("embedded")
    assert [job.id for job in listed] == [job.id for job in added]
    assert standing[0].rendering_for_s is not None
    assert [entry.rendering_for_s for entry in standing[1:]] == [None, None]


async def test_forgetting_a_guest_leaves_the_others(jobs: JobStore, erasure: ErasureStore) -> None:
    mine = [await add(jobs, "ann") for _ in range(2)]
    theirs = await add(jobs, "bob")
    gone = (await erasure.guest(GuestKey("web:ann"))).jobs
    assert {job.id for job in gone} == {job.id for job in mine}
    assert await jobs.get(theirs.id, theirs.guest) is not None
    assert await jobs.unfinished() == 1


async def test_a_finished_job_is_erased_and_an_unfinished_one_is_not(
    jobs: JobStore, erasure: ErasureStore
) -> None:
    job = await add(jobs)
    assert not await erasure.job(job.id, job.guest)
    await jobs.cancel(job.id, job.guest)
    assert await erasure.job(job.id, job.guest)
    assert await jobs.get(job.id, job.guest) is None


async def test_a_picture_on_its_way_is_erased_and_not_cancelled(
    jobs: JobStore, claims: ClaimStore, erasure: ErasureStore
) -> None:
    job = await add(jobs)
    assert await claims.rendered(await claim_one(claims))
    (delivery,) = await claims.claim_delivery(["web"], "me", 1)
    assert await jobs.cancel(job.id, job.guest) is None
    assert await erasure.job(job.id, job.guest)
    assert not await claims.holds(delivery)
    assert not await claims.delivered(delivery, Shown("m"))


async def test_the_message_that_a_picture_is_on_its_way_to_is_taken_back(
    database: Database, jobs: JobStore, claims: ClaimStore, erasure: ErasureStore
) -> None:
    recalls = RecallStore(database)
    job, _ = await jobs.add(replace(new(), chat=ChatKey("telegram:1")), NO_LIMITS)
    await claims.shown(job.id, "m")
    claim = await claim_one(claims)
    assert await claims.rendered(claim)
    assert await erasure.job(job.id, job.guest)
    assert await recalls.pending(job.guest) == {"telegram": 1}
    over, _ = await jobs.add(replace(new(), chat=ChatKey("telegram:1")), NO_LIMITS)
    await claims.shown(over.id, "n")
    await jobs.cancel(over.id, over.guest)
    assert await erasure.job(over.id, over.guest)
    assert await recalls.pending(job.guest) == {"telegram": 1}  # the rim has it in its hands


async def test_a_picture_is_wanted_until_its_guest_wants_nothing_more(
    jobs: JobStore, claims: ClaimStore, erasure: ErasureStore
) -> None:
    job = await add(jobs)
    claim = await claim_one(claims)
    assert await claims.wants_picture(job.id)
    assert await claims.rendered(claim)
    assert await claims.wants_picture(job.id)
    assert await erasure.job(job.id, job.guest)
    assert not await claims.wants_picture(job.id)
    other = await add(jobs)
    await erasure.guest(other.guest)
    assert not await claims.wants_picture(other.id)
