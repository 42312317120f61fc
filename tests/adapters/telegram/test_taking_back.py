"""Taking back comes first: it isn't held up by what waits to be posted into the same group."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.telegram.api.budget import Pace, Paces
from bot.store.tables import postings
from tests.adapters.telegram.opened import HASTY, Opened, Setup, has, key, opened
from tests.adapters.telegram.test_sharing import (
    LONG_S,
    TWO_DAYS_S,
    feed_in,
    nothing_to_take_back,
    pictured,
    posts,
    shared,
    until,
)
from tests.fakes.telegram import Telegram

# Enough for the answers to /feed, one picture and its name, and for hours nothing else but what is kept.
SPENT_SOON = Paces(HASTY.overall, HASTY.private, Pace(rate=1 / 3600, burst=7.0, reserve=3.0, kept=2.0))
LONG_AFTER_S = 600.0


async def one_waits(booth: Opened) -> bool:
    """Whether a picture is put off for long, as its feed's budget is spent."""
    late = postings.c.due > booth.stores.database.now() + LONG_AFTER_S
    query = sa.select(sa.func.count()).select_from(postings).where(late, sa.not_(postings.c.up))
    async with booth.stores.database.read() as connection:
        return bool(await connection.scalar(query))


@pytest.mark.parametrize("old", [False, True])
async def test_a_name_and_a_picture_come_down_while_others_wait_for_their_turn(
    telegram: Telegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, old: bool
) -> None:
    monkeypatch.setattr("adapters.telegram.api.calls.LONGEST_WAIT_S", 0.1)
    mia, ann, ben = (telegram.guest(name) for name in ("Mia", "Ann", "Ben"))
    party = telegram.group("Party", mia)
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),), paces=SPENT_SOON)) as booth:
        await feed_in(booth, mia, party.chat)
        picture = await pictured(ann)
        await shared(ann, picture)
        (post,) = await posts(party.chat)
        await ann.press("With my name", picture)
        await party.chat.until(lambda chat: "Ann" in (chat.find(post.id) or post).words, LONG_S)
        await shared(ben, await pictured(ben, shade=200))
        await until(lambda: one_waits(booth))
        if old:
            telegram.pass_time(TWO_DAYS_S)
        await ann.chat.until(lambda chat: has(chat.find(picture.id) or picture, "Without my name"), LONG_S)
        answer = await (await ann.press("Without my name", picture)).answered()
        assert answer["text"] == "In a moment your name is gone everywhere."
        await party.chat.until(lambda chat: (chat.find(post.id) or post).words == "Comic", LONG_S)
        await (await ann.press("Unshare", picture)).answered()
        await nothing_to_take_back(booth)
        assert post.picture not in {one.picture for one in party.chat.pictures}
        assert await one_waits(booth)
