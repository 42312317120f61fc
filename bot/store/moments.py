"""What a chat's guests do together: one style for a while, and a collage of what was made there."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.exhibits import ShareState
from bot.nouns import ChatKey, Job, StyleId
from bot.states import JobState
from bot.store.database import Database
from bot.store.rows import to_job
from bot.store.tables import bans, jobs, moments

_NEVER = 0.0


class MomentStore:
    """All statements about them."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    # -- the style of the next minutes ------------------------------------------------------------------

    async def set_style(self, chat: ChatKey, style: StyleId, seconds: float) -> None:
        """Photos in this chat that name no style take this one for so long, from now on."""
        values = {"style": style, "until": self._db.now() + seconds}
        row = self._db.insert(moments).values(chat=chat, **values)
        async with self._db.write() as connection:
            await connection.execute(row.on_conflict_do_update(index_elements=[moments.c.chat], set_=values))

    async def end_style(self, chat: ChatKey) -> bool:
        """Photos there take no style by themselves any more; False when they took none."""
        running = (moments.c.chat == chat, moments.c.style.is_not(None), moments.c.until > self._db.now())
        async with self._db.write() as connection:
            ended = moments.update().where(*running).values(style=None, until=_NEVER)
            return bool((await connection.execute(ended)).rowcount)

    async def style_of(self, chat: ChatKey) -> StyleId | None:
        """The style that photos there take, while its time isn't over."""
        running = (moments.c.chat == chat, moments.c.until > self._db.now())
        async with self._db.read() as connection:
            found = await connection.scalar(sa.select(moments.c.style).where(*running))
            return None if found is None else StyleId(found)

    # -- collages ---------------------------------------------------------------------------------------

    async def take_turn(self, chat: ChatKey, pause_s: float) -> float:
        """A collage is begun: 0 when it may, else the seconds until the next one may."""
        now = self._db.now()
        row = self._db.insert(moments).values(chat=chat, collage=now)
        due = moments.c.collage <= now - pause_s
        turn = row.on_conflict_do_update(
            index_elements=[moments.c.chat], set_={"collage": now}, where=due
        ).returning(moments.c.chat)
        left = sa.select(moments.c.collage + pause_s - now).where(moments.c.chat == chat)
        async with self._db.write() as connection:
            if (await connection.execute(turn)).one_or_none() is not None:
                return 0.0
            return max(1.0, float(await connection.scalar(left) or 0.0))

    async def give_turn_back(self, chat: ChatKey) -> None:
        """No collage came of it."""
        async with self._db.write() as connection:
            await connection.execute(moments.update().where(moments.c.chat == chat).values(collage=_NEVER))

    async def pictures(self, chat: ChatKey, age_s: float, most: int) -> Sequence[Job]:
        """Pictures that guests had made of themselves in this chat lately, the newest first.

        Of somebody else's photo there is none among them, nor one that a maintainer has taken down.
        """
        there = (jobs.c.chat == chat, jobs.c.kind == "guest", jobs.c.subject.is_(None))
        done = (jobs.c.state == JobState.DONE, jobs.c.has_picture, jobs.c.changed > self._db.now() - age_s)
        seemly = (
            jobs.c.shared.is_distinct_from(ShareState.HIDDEN),
            jobs.c.guest.not_in(sa.select(bans.c.guest)),
        )
        newest = sa.select(jobs).where(*there, *done, *seemly).order_by(jobs.c.seq.desc()).limit(most)
        async with self._db.read() as connection:
            return [to_job(row) for row in await connection.execute(newest)]
