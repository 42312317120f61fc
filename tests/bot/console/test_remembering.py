"""What the console remembers, on both databases: an event is done once, a question outlives a restart."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cards import Action
from bot.console.duties import Outcome
from bot.console.once import Once
from bot.errors import NotPossibleNow
from bot.nouns import ChatKey
from bot.store.console import QUESTION_LASTS_S, EventStore, Question, QuestionStore
from bot.store.database import Database
from bot.store.guests import GuestStore
from bot.store.tables import console_events, questions
from bot.store.upkeep import UpkeepStore
from tests.bot.console.seated import Seated, keys, seated
from tests.bot.crewed import MATE, OWNER

LINE = 'addstyle Wizard 🧙 "an old wizard"'
HERE, THERE = ChatKey("telegram:1"), ChatKey("telegram:-5")
ASKED = Question('{"form": 1}', {"name": "Wizard"}, "token", "event")


async def test_an_event_is_done_once_and_tells_the_same_again(database: Database) -> None:
    once, done = Once(EventStore(database)), []

    async def work() -> Outcome:
        done.append(1)
        return Outcome("told-announced", "menu", {"number": 2, "style": "x"})

    first = await once.run("event", work)
    assert await once.run("event", work) == first == await once.kept("event")
    assert done == [1]
    await once.run("another", work)
    assert done == [1, 1]


async def test_what_was_refused_may_be_tried_again_and_what_was_cut_off_is_not(database: Database) -> None:
    once = Once(EventStore(database))

    async def refuse() -> Outcome:
        raise NotPossibleNow

    async def break_off() -> Outcome:
        raise RuntimeError

    for _ in range(2):
        with pytest.raises(NotPossibleNow):
            await once.run("refused", refuse)
    with pytest.raises(RuntimeError):
        await once.run("cut off", break_off)
    assert (await once.run("cut off", break_off)).said == "told-interrupted"


async def test_each_has_one_question_a_chat_which_ends_by_itself(database: Database) -> None:
    store = QuestionStore(database)
    await store.put(OWNER, HERE, ASKED)
    assert await store.get(OWNER, HERE) == ASKED
    assert await store.get(OWNER, THERE) is None
    assert await store.get(MATE, HERE) is None
    async with database.write() as connection:
        await connection.execute(questions.update().values(asked=questions.c.asked - QUESTION_LASTS_S - 1))
    assert await store.get(OWNER, HERE) is None
    await store.put(OWNER, HERE, ASKED)
    assert await store.drop(OWNER, HERE)
    assert not await store.drop(OWNER, HERE)


async def test_nothing_is_remembered_for_ever(database: Database) -> None:
    store, events = QuestionStore(database), EventStore(database)
    await store.put(OWNER, HERE, ASKED)
    await store.put(MATE, HERE, ASKED)
    await events.begin("event")
    await GuestStore(database).erase(OWNER)
    assert await store.get(OWNER, HERE) is None
    assert await store.get(MATE, HERE) == ASKED
    await UpkeepStore(database).drop_console(-1.0, -1.0)
    assert await store.get(MATE, HERE) is None
    async with database.read() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(console_events)) == 0


async def test_a_restart_between_question_and_answer_loses_nothing(
    database_url: sa.URL, tmp_path: Path
) -> None:
    async with seated(database_url, tmp_path) as desk:
        await desk.is_asked((await desk.types("addstyle")).form)
        await desk.answers("Wizard", event="first")
    async with seated(database_url, tmp_path) as desk:
        again = await desk.answers("Wizard", event="first")  # the platform sends it again
        assert again is not None
        assert "2/5" in again.words
        await desk.answers("🧙")
        for text in ("flux", "an old wizard"):
            await desk.answers(text)
        begun = await desk.answers("medium", event="last")
        assert begun is not None
    async with seated(database_url, tmp_path) as desk:
        told = await desk.answers("medium", event="last")
        assert told is not None
        assert told.words == begun.words
        assert await desk.house.acts() == [f"{OWNER} start-draft wizard"]
        await desk.presses(keys(begun)["Try on the portrait"])
        job = await desk.trial("wizard")
    async with seated(database_url, tmp_path) as desk:
        published = await desk.on_card(job, Action.PUBLISH, event="press")
        assert published.words.startswith("“wizard” is published, as version 1.")
        assert await desk.on_card(job, Action.PUBLISH, event="press") == published


async def test_a_form_that_was_wrong_is_filled_in_again_after_a_restart(
    sqlite_url: sa.URL, tmp_path: Path
) -> None:
    async with seated(sqlite_url, tmp_path) as desk:
        slip = await desk.fills((await desk.types("addstyle")).form, name="Wizard", emoji="x")
        assert await desk.answers("a message that is no answer") is None
    async with seated(sqlite_url, tmp_path) as desk:
        assert (await desk.presses(keys(slip)["Fill in again"])).form == slip.form


async def test_whatever_comes_twice_is_done_once(desk: Seated) -> None:
    begun = await desk.types(LINE, event="line")
    assert await desk.types(LINE, event="line") == begun
    trying = keys(begun)["Try on the portrait"]
    await desk.presses(trying, event="try")
    job = await desk.trial("wizard")
    await desk.presses(trying, event="try")
    assert await desk.trial("wizard") == job
    await desk.on_card(job, Action.PUBLISH)
    for _ in range(2):
        await desk.presses("down:wizard", event="down")
        await desk.types("announce hello", event="announce")
        await desk.fills((await desk.types("announce")).form, event="form", words="hello again")
        await desk.sends("glass.json", b'{"1": {"class_type": "Loader", "inputs": {}}}', event="file")
    acts = await desk.house.acts()
    assert [act.partition(" ")[2] for act in acts].count("announce 0") == 2
    assert len([act for act in acts if "reorder" in act]) == 1
    assert [act for act in acts if "start-draft" in act] == [
        f"{OWNER} start-draft wizard",
        f"{OWNER} start-draft glass",
    ]
