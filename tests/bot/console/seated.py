"""A maintainer at the console: every reply is held against what chats can show, in every story."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from bot.cards import Action
from bot.console.console import Console
from bot.nouns import ChatKey, GuestKey, Job
from bot.replies import (
    MOST_FIELDS,
    MOST_IN_ROW,
    MOST_KEY,
    MOST_LABEL,
    MOST_ROWS,
    MOST_WORDS,
    Form,
    Reply,
    Seat,
)
from bot.states import FINISHED
from tests.bot.crewed import OWNER, Crewed, crewed
from tests.bot.opened import until

_events = itertools.count()


def seat(actor: GuestKey = OWNER, *, language: str = "en", private: bool = True, event: str = "") -> Seat:
    """A seat for one event."""
    return Seat(actor, ChatKey(actor), language, event or f"event-{next(_events)}", private)


def fits(reply: Reply) -> Reply:
    """Hold a reply against the limits of Telegram and Discord."""
    assert 0 < len(reply.words) <= MOST_WORDS
    assert len(reply.rows) <= MOST_ROWS
    for row in reply.rows:
        assert 0 < len(row) <= MOST_IN_ROW
        for key in row:
            assert 0 < len(key.words) <= 80
            assert key.data.isascii()
            assert len(key.data) <= MOST_KEY
    datas = [key.data for row in reply.rows for key in row]
    assert len(datas) == len(set(datas))
    if reply.form is not None:
        _form_fits(reply.form)
    return reply


def _form_fits(form: Form) -> None:
    assert 0 < len(form.fields) <= MOST_FIELDS
    assert len(form.title) <= MOST_LABEL
    assert len(form.data) <= MOST_KEY
    for field in form.fields:
        assert 0 < len(field.label) <= MOST_LABEL
        assert len(field.value) <= field.limit
        assert len(field.options) <= 25
        if field.kind == "choice":
            assert all(0 < len(value) <= 100 and 0 < len(words) <= 100 for value, words in field.options)


def keys(reply: Reply) -> dict[str, str]:
    """Data of a reply's keys by their words."""
    return {key.words: key.data for row in reply.rows for key in row}


@dataclass
class Seated:
    """The console of a house, and who sits at it."""

    house: Crewed
    actor: GuestKey = OWNER
    language: str = "en"

    @property
    def console(self) -> Console:
        return self.house.core.booth.console

    def by(self, actor: GuestKey, language: str = "en") -> "Seated":
        """Somebody else at the same console."""
        return replace(self, actor=actor, language=language)

    def seat(self, event: str = "") -> Seat:
        return seat(self.actor, language=self.language, event=event)

    async def types(
        self, line: str, *, event: str = "", file: tuple[str, bytes] | None = None, chat: str = ""
    ) -> Reply:
        """A command as it is typed, without its slash; in a group's chat, or in private."""
        name, _, rest = line.partition(" ")
        seat = self.seat(event)
        if chat:
            seat = replace(seat, chat=ChatKey(chat), private=False)
        return fits(await self.console.command(seat, name, rest, file))

    async def presses(self, data: str, *, event: str = "") -> Reply:
        return fits(await self.console.press(self.seat(event), data))

    async def fills(self, form: Form | None, *, event: str = "", **answers: str) -> Reply:
        """Hand in a form; what isn't named stays as it stands."""
        assert form is not None
        filled = {field.name: field.value for field in form.fields} | answers
        return fits(await self.console.submit(self.seat(event), form.data, filled))

    async def sends(self, name: str, file: bytes, caption: str = "", *, event: str = "") -> Reply:
        return fits(await self.console.file(self.seat(event), name, file, caption))

    async def is_asked(self, form: Form | None) -> Reply:
        assert form is not None
        return fits(await self.console.ask(self.seat(), form))

    async def answers(self, text: str, *, event: str = "") -> Reply | None:
        reply = await self.console.answer(self.seat(event), text)
        return None if reply is None else fits(reply)

    async def on_card(self, job: Job, action: Action, *, event: str = "") -> Reply:
        return fits(await self.console.on_card(self.seat(event), job, action))

    async def trial(self, style: str) -> Job:
        """The newest trial of a draft of this style, once it has ended."""
        drafts = await self.house.office.atelier.drafts(self.actor)
        draft = next(one for one in drafts if one.style == style)

        async def ended() -> bool:
            found = await self.house.core.stores.jobs.of_style(draft.render_id)
            return bool(found) and all(job.state in FINISHED for job in found)

        await until(ended)
        return (await self.house.core.stores.jobs.of_style(draft.render_id))[-1]

    async def publishes(self, line: str) -> Reply:
        """From one line to a published style."""
        begun = await self.types(f"addstyle {line}")
        await self.presses(keys(begun)["Try on the portrait"])
        style = keys(begun)["Adjust"].rpartition(":")[2]
        drafts = await self.house.office.atelier.drafts(self.actor)
        name = next(one.style for one in drafts if str(one.id) == style)
        return await self.on_card(await self.trial(name), Action.PUBLISH)


@asynccontextmanager
async def seated(url: sa.URL, folder: Path) -> AsyncIterator[Seated]:
    """Open a house and sit down; opening it again on the same database is a restart."""
    async with crewed(url, folder) as house:
        yield Seated(house)
