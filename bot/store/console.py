"""The console's memory: which events were done, and which questions are open. It survives restarts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.nouns import ChatKey, GuestKey
from bot.store.database import Database
from bot.store.tables import console_events, questions

QUESTION_LASTS_S = 900.0  # whoever comes back later has forgotten what was asked


class EventStore:
    """All statements about events that have changed something."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def begin(self, event: str) -> bool:
        """Note that an event is being done; False when it was begun before."""
        row = self._db.insert(console_events).values(event=event, at=self._db.now())
        fresh = row.on_conflict_do_nothing().returning(console_events.c.event)
        async with self._db.write() as connection:
            return (await connection.execute(fresh)).one_or_none() is not None

    async def finish(self, event: str, outcome: str) -> None:
        """Keep what an event has come to."""
        mine = console_events.update().where(console_events.c.event == event)
        async with self._db.write() as connection:
            await connection.execute(mine.values(outcome=outcome))

    async def undo(self, event: str) -> None:
        """Nothing came of the event: it may be tried again."""
        async with self._db.write() as connection:
            await connection.execute(console_events.delete().where(console_events.c.event == event))

    async def outcome(self, event: str) -> str | None:
        """What the event has come to; None when it was not done, or not to the end."""
        query = sa.select(console_events.c.outcome).where(console_events.c.event == event)
        async with self._db.read() as connection:
            found = await connection.scalar(query)
            return None if found is None else str(found)


@dataclass(frozen=True, slots=True)
class Question:
    """An open form in a chat without forms.

    Attributes:
        form: As JSON.
        token: Tells its keys from those of an earlier question.
        event: What the last answer came with.
    """

    form: str = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    token: str
    event: str


class QuestionStore:
    """All statements about open questions, one for each maintainer and chat."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def put(self, actor: GuestKey, chat: ChatKey, question: Question) -> None:
        """Keep a question in place of the one before."""
        values = {
            "form": question.form,
            "answers": json.dumps(dict(question.answers)),
            "token": question.token,
            "event": question.event,
            "asked": self._db.now(),
        }
        row = self._db.insert(questions).values(actor=actor, chat=chat, **values)
        upsert = row.on_conflict_do_update(index_elements=[questions.c.actor, questions.c.chat], set_=values)
        async with self._db.write() as connection:
            await connection.execute(upsert)

    async def get(self, actor: GuestKey, chat: ChatKey) -> Question | None:
        """The open question; None when there is none, or it has been open for a quarter of an hour."""
        fresh = questions.c.asked >= self._db.now() - QUESTION_LASTS_S
        query = sa.select(questions).where(*_theirs(actor, chat), fresh)
        async with self._db.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else Question(row.form, json.loads(row.answers), row.token, row.event)

    async def drop(self, actor: GuestKey, chat: ChatKey) -> bool:
        """Ask no further; False when nothing was open."""
        async with self._db.write() as connection:
            gone = await connection.execute(questions.delete().where(*_theirs(actor, chat)))
            return bool(gone.rowcount)


def _theirs(actor: GuestKey, chat: ChatKey) -> tuple[sa.ColumnElement[bool], ...]:
    return questions.c.actor == actor, questions.c.chat == chat
