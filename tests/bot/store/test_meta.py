"""The secret and the pace, on both databases."""

import pytest

from bot.line import FIRST_GUESS_S, Pace
from bot.nouns import StyleId
from bot.store.database import Database
from bot.store.meta import NEWEST_WEIGHT, MetaStore

COMIC = StyleId("comic")


async def test_the_secret_is_made_once(database: Database) -> None:
    first = await MetaStore(database).secret()
    assert len(first) == 32
    assert await MetaStore(database).secret() == first


async def test_a_small_fact_is_kept_until_a_newer_one_comes(database: Database) -> None:
    meta = MetaStore(database)
    assert await meta.recall("sheet") is None
    await meta.remember("sheet", "file 1")
    await meta.remember("sheet", "file 2")
    await meta.remember("other", "file 3")
    assert (await meta.recall("sheet"), await meta.recall("other")) == ("file 2", "file 3")


async def test_the_pace_follows_recent_renders(database: Database) -> None:
    meta = MetaStore(database)
    await meta.note_render(COMIC, 4.0)
    await meta.note_render(COMIC, 8.0)
    pace = await meta.pace()
    assert pace.of(COMIC) == pytest.approx(4.0 * (1 - NEWEST_WEIGHT) + 8.0 * NEWEST_WEIGHT)


def test_a_style_that_nobody_has_rendered_takes_the_mean_of_the_known() -> None:
    assert Pace({}).of(COMIC) == FIRST_GUESS_S
    assert Pace({StyleId("a"): 1.0, StyleId("b"): 3.0}).of(COMIC) == 2.0
