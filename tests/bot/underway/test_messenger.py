"""Notes: none is lost, and none is sent twice where the chat can prevent it, whenever the program ends."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

import pytest
import sqlalchemy as sa

from bot.cards import Address
from bot.errors import DeliveryError
from bot.nouns import ChatKey, GuestKey, StyleId
from bot.replies import Key
from bot.store.audit import Act, Deed
from bot.store.bell import Bell
from bot.store.database import Database
from bot.store.house import HouseStore
from bot.store.notes import LEASE_S, Note, NoteClaim, NoteStore
from bot.store.styles import StyleStore
from bot.store.tables import notes as table
from bot.underway.messenger import DOUBT_S, Messenger
from tests.bot.opened import until
from tests.fakes.chat import RecordingChat

ANN = GuestKey("web:ann")
Turn = Literal["yes", "kill before", "kill after", "lost before", "lost after", "unsent", "hang"]


class Killed(BaseException):
    """The program is no more: nothing of it runs on."""


@dataclass
class Doorbell(RecordingChat):
    """A chat with one ``turn`` a try, then yes; where it ``knows_keys``, one message of each.

    What was heard survives the program, as a real chat's messages do.
    """

    turns: list[Turn] = field(default_factory=list)
    knows_keys: bool = False
    heard: list[tuple[str, str]] = field(default_factory=list)
    tries: int = 0

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:  # noqa: ARG002
        await self._ring(words, key)

    async def nudge(self, address: Address, words: str, key: str) -> None:  # noqa: ARG002
        await self._ring(words, key)

    async def _ring(self, words: str, key: str) -> None:
        self.tries += 1
        turn = self.turns.pop(0) if self.turns else "yes"
        if turn in ("yes", "kill after", "lost after") and not (
            self.knows_keys and key in [known for _, known in self.heard]
        ):
            self.heard.append((words, key))
        if turn.startswith("kill"):
            raise Killed
        if turn == "hang":
            await asyncio.Event().wait()
        if turn != "yes":
            raise DeliveryError(unsent=turn == "unsent")


def news(words: str = "The line is done.") -> Note:
    return Note(Address(ChatKey(ANN)), words, lasts=True)


def announcement(words: str = "Ten more minutes") -> Note:
    return Note(Address(ChatKey(ANN), "message 1"), words)


async def grow_older(database: Database, seconds: float) -> None:
    """Leases run out, pauses are over, and notes get older."""
    async with database.write() as connection:
        await connection.execute(table.update().values(due=0.0, created=table.c.created - seconds))


@asynccontextmanager
async def working(chat: Doorbell, store: NoteStore, database: Database) -> AsyncIterator[None]:
    """A messenger at work, for as long as the block lasts."""
    task = asyncio.create_task(Messenger([chat], store, Bell(database)).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def all_sent(store: NoteStore) -> None:
    async def none_waits() -> bool:
        return await store.waiting() == 0

    await until(none_waits)


@pytest.mark.parametrize("knows_keys", [True, False])
@pytest.mark.parametrize("turn", ["kill before", "kill after"])
async def test_a_kill_in_mid_send_loses_no_note_and_doubles_it_only_where_no_keys_are_known(
    database: Database, turn: Turn, knows_keys: bool
) -> None:
    chat = Doorbell(turns=["yes", turn], knows_keys=knows_keys)
    store = NoteStore(database)
    await store.add([news("first"), announcement("second"), news("third")])
    with pytest.raises(Killed):
        await Messenger([chat], store, Bell(database)).run()
    assert await store.waiting() == 2
    if not database.embedded:  # another replica waits until the claim is over
        assert [claim.note.words for claim in await left(store)] == ["third"]
        await grow_older(database, 0)
    async with working(chat, store, database):
        await all_sent(store)
    copies = 2 if turn == "kill after" and not knows_keys else 1
    assert sorted(words for words, _ in chat.heard) == ["first", *["second"] * copies, "third"]
    assert len({key for _, key in chat.heard}) == 3


async def left(store: NoteStore) -> list[NoteClaim]:
    """What may be claimed; it is claimed by this."""
    found: list[NoteClaim] = []
    while (claim := await store.claim(["web"])) is not None:
        found.append(claim)
    return found


@pytest.mark.parametrize("turn", ["lost before", "lost after", "unsent", "hang"])
async def test_a_note_is_kept_until_the_chat_has_said_yes(
    database: Database, turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.messenger.AGAIN_S", 0.0)
    monkeypatch.setattr("bot.underway.messenger.LOOK_S", 0.05)
    monkeypatch.setattr("bot.underway.messenger.SEND_S", 0.2 if turn == "hang" else 60.0)
    chat = Doorbell(turns=[turn], knows_keys=True)
    store = NoteStore(database)
    await store.add([announcement()])
    async with working(chat, store, database):
        await all_sent(store)
    assert (chat.tries, [words for words, _ in chat.heard]) == (2, ["Ten more minutes"])


@pytest.mark.parametrize(
    ("note", "turn", "again"),
    [
        (news(), "lost after", "after its own age"),
        (announcement(), "lost after", "never"),
        (announcement(), "unsent", "soon"),
    ],
)
async def test_only_an_announcement_that_may_have_arrived_is_let_go_once_it_is_old(
    database: Database, note: Note, turn: Turn, again: str
) -> None:
    chat = Doorbell(turns=[turn])
    store = NoteStore(database)
    await store.add([note])
    await grow_older(database, DOUBT_S + 1)
    began = time.time()

    async def settled() -> bool:
        """While it is being sent it is due when the claim is over, which is neither soon nor late."""
        async with database.read() as connection:
            due = await connection.scalar(sa.select(table.c.due))
        if again == "never" or not due:
            return due is None and again == "never"
        return bool(due < began + LEASE_S if again == "soon" else due > began + 2 * LEASE_S)

    async with working(chat, store, database):
        await until(settled)
    assert chat.tries == 1


async def test_an_orderly_end_puts_a_note_back(database: Database) -> None:
    chat, store = Doorbell(turns=["hang"]), NoteStore(database)
    await store.add([news()])

    async def tried() -> bool:
        return chat.tries == 1

    async with working(chat, store, database):
        await until(tried)
    async with working(chat, store, database):
        await all_sent(store)
    assert len(chat.heard) == 1


async def test_who_was_too_slow_with_a_note_changes_nothing_any_more(database: Database) -> None:
    store = NoteStore(database)
    await store.add([news()])
    slow = await store.claim(["web"])
    assert slow is not None
    assert await store.claim(["web"]) is None
    await grow_older(database, 1)
    taken = await store.claim(["web"])
    assert taken is not None
    assert taken.until != slow.until
    assert not await store.done(slow)
    assert not await store.later(slow, 0.0)
    assert await store.done(taken)
    assert not await store.done(taken)


async def test_the_next_note_has_a_key_of_its_own_though_its_row_has_the_same_number(
    database: Database,
) -> None:
    store, keys = NoteStore(database), []
    for _ in range(3):
        await store.add([news()])
        claim = await store.claim(["web", "telegram"])
        assert claim is not None
        keys.append(claim.key)
        assert await store.done(claim)
    assert len(set(keys)) == 3


async def test_notes_of_other_platforms_are_left_to_those_who_have_them(database: Database) -> None:
    store = NoteStore(database)
    await store.add([news()])
    assert await store.claim(["telegram"]) is None
    assert await store.claim([]) is None
    assert await store.claim(["web"]) is not None


async def test_news_of_yesterday_are_dropped(database: Database) -> None:
    store = NoteStore(database)
    await store.add([news()])
    await grow_older(database, 86_401)
    claim = await store.claim(["web"])
    assert claim is not None
    await store.later(claim, 0.0)
    assert await store.waiting() == 0


async def test_at_a_start_news_of_yesterday_are_dropped_whosever_they_were(database: Database) -> None:
    store = NoteStore(database)
    await store.add([news()])
    await grow_older(database, 86_401)
    await store.add([news()])
    await store.resume()
    assert await store.waiting() == 1


async def test_news_are_kept_with_what_they_tell_of_or_not_at_all(database: Database) -> None:
    store, styles, house = NoteStore(database), StyleStore(database), HouseStore(database)
    for failures in (1, 2, 3, 4):
        aside = await styles.note_failure(StyleId("wizard"), "graph", 3, [news()])
        assert (aside, await store.waiting()) == (failures == 3, int(failures >= 3))
    assert not await house.note_dry([news()])
    await house.change(Deed(ANN, Act.DRAIN), closing=True)
    assert await house.note_dry([news()])
    assert not await house.note_dry([news()])
    assert await store.waiting() == 2
