"""What is counted, and how it is told, on both databases."""

import csv
import io
import time

import pytest
import sqlalchemy as sa
from PIL import Image

from bot.errors import RenderCrashed, RendererAway, StyleBroken
from bot.nouns import Arrival, StyleId
from bot.office.stats import Footfall, as_csv, sums
from bot.office.watch import Disk
from bot.store.counts import Count, CountStore
from bot.store.database import Database
from bot.store.tables import counts
from bot.store.upkeep import UpkeepStore
from tests.bot.crewed import GUEST, OTHER_GUEST, OWNER, Crewed, wish
from tests.bot.opened import post, until
from tests.fakes.renderer import OTHER, PLAIN


async def test_pictures_and_guests_are_counted_at_delivery_and_outlive_them(house: Crewed) -> None:
    for guest, style in ((GUEST, PLAIN.id), (GUEST, OTHER.id), (OTHER_GUEST, PLAIN.id)):
        view = await house.core.booth.submit(post(guest, style=style))
        await house.core.done(guest, view.job.id)
    house.core.renderer.errors = [lambda: StyleBroken("missing-model")]
    view = await house.core.booth.submit(post(GUEST, style=OTHER.id))
    await house.core.finished(GUEST, view.job.id)
    await house.tried(await house.office.atelier.by_prompt(OWNER, wish()))  # trials don't count
    await house.core.booth.forget(GUEST)
    figures = await house.office.stats.figures(OWNER)
    assert (figures.guests, figures.pictures, figures.failures) == (2, 3, 1)
    assert figures.by_style == {PLAIN.id: 2, OTHER.id: 1}
    assert sum(number for _, number in figures.by_hour) == 3
    async with house.core.stores.database.read() as connection:
        rows = (await connection.execute(sa.select(counts))).all()
    assert not any("telegram:" in str(value) for row in rows for value in row)
    assert (await house.office.stats.figures(OWNER, since=4e9)).pictures == 0


async def test_the_table_and_the_chart_can_be_taken_along(lone: Crewed) -> None:
    view = await lone.core.booth.submit(post(GUEST))
    await lone.core.done(GUEST, view.job.id)
    (row,) = csv.DictReader(io.StringIO((await lone.office.stats.csv(OWNER)).decode()))
    assert (row["style"], row["platform"], row["guests"], row["pictures"]) == ("comic", "telegram", "1", "1")
    for language in ("en", "de"):
        picture = await lone.office.stats.chart(OWNER, language)
        assert picture.media_type == "image/png"
        with Image.open(io.BytesIO(picture.data)) as chart:
            assert chart.size[0] == 1080


async def test_places_are_told_by_what_was_scanned(house: Crewed) -> None:
    for key, place in (("1", "door"), ("2", "bar"), ("3", "bar")):
        await house.core.booth.arrived(Arrival(key, "telegram", "pycon", place))
    await house.core.booth.arrived(Arrival("4", "web", "pycon", "bar"))
    busiest = [Footfall("pycon", "bar", 3), Footfall("pycon", "door", 1)]
    assert await house.office.stats.places(OWNER) == busiest
    assert await house.office.stats.places(OWNER, time.time() - 60) == busiest
    assert await house.office.stats.places(OWNER, time.time() + 2 * 86_400) == []
    rows = list(csv.DictReader(io.StringIO((await house.office.stats.scans_csv(OWNER)).decode())))
    assert {(row["platform"], row["event"], row["place"], row["scans"]) for row in rows} == {
        ("telegram", "pycon", "bar", "2"),
        ("telegram", "pycon", "door", "1"),
        ("web", "pycon", "bar", "1"),
    }


def test_a_place_is_told_with_its_event() -> None:
    assert Footfall("pycon", "bar", 1).label == "bar · pycon"
    assert Footfall("pycon", "", 1).label == "– · pycon"
    assert Footfall("", "bar", 1).label == "bar"
    assert Footfall("", "", 1).label == "–"


async def test_the_status_tells_how_everything_stands(house: Crewed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.staff.painter.AWAY_RETRY_S", 0.0)
    house.core.renderer.errors = [lambda: RendererAway("refused"), lambda: RenderCrashed("timeout")]
    view = await house.core.booth.submit(post(GUEST))
    await house.core.done(GUEST, view.job.id)
    await house.office.hand.pause(OWNER)

    async def counted() -> bool:  # the lines are asked of the store twice a second only
        status = await house.office.watch.status(OWNER)
        return len(status.troubles) == 2 and not any(line.rendering for line in status.lines)

    await until(counted)
    status = await house.office.watch.status(OWNER)
    assert dict(status.troubles) == {"refused": 1, "timeout": 1}
    assert (status.rules.paused, status.version) == (True, "0.1.0")
    assert status.disk == Disk(free=3 << 30, total=4 << 30)
    (line,) = status.lines
    assert (line.renderer, line.waiting, line.rendering, line.slots) == ("scripted", 0, 0, 1)
    (server,) = status.servers
    assert (server.name, server.doing, server.device) == ("spark:8188", "idle", "GB10")
    assert sum(number for _, number in status.pictures_by_hour) == 1
    chart = await house.office.watch.chart(status, "de")
    with Image.open(io.BytesIO(chart.data)) as drawn:
        assert drawn.size[0] == 1080


async def test_old_troubles_are_forgotten(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = CountStore(database)
    monkeypatch.setattr("bot.store.counts.time.time", lambda: 1_000_000.0)
    await store.note_trouble("timeout")
    monkeypatch.setattr("bot.store.counts.time.time", lambda: 1_000_000.0 + 3500)
    await store.note_trouble("refused")
    await store.note_trouble("refused")
    assert await store.troubles(3600) == {"refused": 2, "timeout": 1}
    monkeypatch.setattr("bot.store.counts.time.time", lambda: 1_000_000.0 + 86_400 + 120)
    await UpkeepStore(database).drop_troubles(86_400)
    assert await store.troubles(7 * 86_400) == {"refused": 2}


def count(hour: int, style: str, pictures: int, failures: int = 0) -> Count:
    return Count(hour, StyleId(style), "web", 0, pictures, failures)


def test_hours_without_a_picture_are_hours_too() -> None:
    figures = sums([count(10, "oil", 1), count(13, "oil", 2), count(13, "comic", 4, 1)])
    assert figures.by_hour == [(10, 1), (11, 0), (12, 0), (13, 6)]
    assert list(figures.by_style) == ["comic", "oil"]
    assert sums([]).by_hour == []


def test_the_table_is_in_utc() -> None:
    assert as_csv([count(0, "oil", 1)]).decode().splitlines()[1] == "1970-01-01T00:00Z,oil,web,0,1,0"
