"""The pulse counts what is there, by state, platform and renderer, on both databases."""

from bot.nouns import ChatKey, GuestKey, Inbound, PhotoRef, Style, StyleId
from bot.states import JobState
from bot.store.bell import Bell
from bot.store.claims import ClaimStore
from bot.store.database import Database
from bot.store.inbox import InboxStore
from bot.store.jobs import JobStore, Limits, NewJob, new_job_id
from bot.store.pulse import Pulse, PulseStore
from bot.store.traces import TraceStore

COMIC = Style(StyleId("comic"), "💥", "graph", "comfy")
LIMITS = Limits(guest=0, line=100)


def new(event: str, style: Style | None = COMIC, source: PhotoRef | None = None) -> NewJob:
    guest = GuestKey("telegram:1")
    return NewJob(new_job_id(), event, guest, ChatKey(guest), "en", 7, style, source=source)


async def test_an_empty_store_beats(database: Database) -> None:
    store = PulseStore(database)
    assert await store.beats()
    assert await store.pulse() == Pulse(tallies=[], backlogs=[], erasures=[], unfetched=0, recalls=[])


async def test_everything_is_counted_where_it_stands(database: Database) -> None:
    jobs, claims, traces = JobStore(database), ClaimStore(database), TraceStore(database)
    await jobs.add(new("a", source=PhotoRef("there")), LIMITS)
    await jobs.add(new("b"), LIMITS)
    await jobs.add(new("c", style=None), LIMITS)
    (claim,) = await claims.claim("comfy", "me", 1)
    await traces.note("comfy", claim.job.id)
    await traces.note("comfy", new_job_id())  # its row is erased: it is over
    inbox = InboxStore(database, Bell(database))
    await inbox.keep_all([Inbound(f"telegram:{key}", "telegram", "{}", "lane") for key in "xy"])
    (letter,) = await inbox.claim(["telegram"], "me", 1)
    assert await inbox.done(letter)

    pulse = await PulseStore(database).pulse()
    assert {(one.state, one.renderer): one.jobs for one in pulse.tallies} == {
        (JobState.WAITING, "comfy"): 1,
        (JobState.RENDERING, "comfy"): 1,
        (JobState.CHOOSING, None): 1,
    }
    assert all(0 <= one.oldest_s < 3600 for one in pulse.tallies)
    assert [(one.platform, one.events) for one in pulse.backlogs] == [("telegram", 1)]
    assert (list(pulse.erasures), pulse.unfetched) == ([("comfy", 1)], 1)
