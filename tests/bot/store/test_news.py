"""News are kept with what they tell of, or neither is; on both databases."""

from collections.abc import Sequence

import pytest

from bot.cards import Address
from bot.exhibits import ShareState
from bot.nouns import ChatKey, GuestKey
from bot.states import JobState
from bot.store.audit import Act, Deed
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.jobs import JobStore
from bot.store.notes import Note, NoteStore
from bot.store.shares import ShareStore
from bot.store.styles import StyleStore
from bot.store.tables import jobs
from tests.bot.store.test_jobs import NO_LIMITS, new
from tests.fakes.bench import OIL

OWNER = GuestKey("telegram:1")


class CutOffError(Exception):
    """The process ends here."""


def cut_off(*_told: object) -> Sequence[Note]:
    raise CutOffError


def told(*_told: object) -> Sequence[Note]:
    return [Note(Address(ChatKey(OWNER)), "news")]


async def test_a_share_waits_with_its_news(database: Database) -> None:
    job, _ = await JobStore(database).add(new("ann"), NO_LIMITS)
    async with database.write() as connection:
        done = jobs.update().where(jobs.c.id == job.id)
        await connection.execute(done.values(state=JobState.DONE, has_picture=True))
    store = ShareStore(database)
    with pytest.raises(CutOffError):
        await store.share(job.id, job.guest, "", cut_off)
    assert await store.of_job(job.id) is None
    held = await store.share(job.id, job.guest, "", told)
    assert held is not None
    assert (held.state, await NoteStore(database).waiting()) == (ShareState.HELD, 1)


async def test_an_imported_style_is_published_with_its_news(database: Database) -> None:
    styles = StyleStore(database)
    drafts = DraftStore(database, styles)
    deed = Deed(OWNER, Act.PUBLISH, OIL.style)
    put = await drafts.put(deed, OWNER, OIL, imported=True)
    draft = await drafts.note_tested(put.id, put.revision)
    assert draft is not None
    with pytest.raises(CutOffError):
        await drafts.publish(deed, draft, cut_off)
    assert await styles.versions(OIL.style) == []
    assert await drafts.publish(deed, draft, told) == 1
    assert await NoteStore(database).waiting() == 1
