"""Closing the event: the owner keeps what was shared, and nothing of anybody stays, on both databases."""

import asyncio
import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import SetupError
from bot.nouns import ChatKey, GuestKey, JobId
from bot.office.closing import erase_event, export_to
from bot.office.closing_order import Orders
from bot.office.export import TABLE, is_export
from bot.office.slips import CloseFromOutside, NotAMaintainer
from bot.replies import Seat
from bot.store.audit import HOUSE, Act, Deed
from bot.store.stores import open_stores
from tests.bot.opened import Opened, opened, plan, post, until
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import PLAIN

OWNER, ANN, BOB = GuestKey("telegram:1"), GuestKey("telegram:7"), GuestKey("telegram:8")
FEED = ChatKey("telegram:-100")
DEED = Deed(HOUSE, Act.CLOSE_EVENT)


def progress(_done: int, _of: int) -> None:
    """Nobody looks on."""


async def picture(core: Opened, guest: GuestKey) -> JobId:
    view = await core.booth.submit(post(guest))
    await core.done(guest, view.job.id)
    return view.job.id


async def an_event(core: Opened) -> tuple[JobId, JobId]:
    """One shared picture, one private one, one that a maintainer has taken down."""
    await core.booth.office.curator.add_feed(OWNER, FEED, "", "en")
    shared, private, hidden = [await picture(core, guest) for guest in (ANN, BOB, BOB)]
    await core.booth.sharing.share(ANN, shared, "=Ann")
    taken = await core.booth.sharing.share(BOB, hidden)
    await core.booth.office.curator.hide(OWNER, taken.id)
    await core.booth.office.hand.ban(OWNER, GuestKey("telegram:99"))

    async def hangs() -> bool:
        there = core.chat.walls.get(FEED, {}).values()
        return [one.picture is not None for one in there] == [True]

    await until(hangs)
    return shared, private


def rows_of(archive: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(archive) as opened_archive:
        text = opened_archive.read(TABLE).decode()
        rows = list(csv.DictReader(io.StringIO(text)))
        assert sorted(opened_archive.namelist()) == sorted([TABLE, *(row["file"] for row in rows)])
        return rows


def pictures_by_name(folder: Path) -> dict[str, int]:
    return {archive.name: len(rows_of(archive)) for archive in folder.glob("*.zip")}


async def test_what_was_shared_is_kept_and_the_rest_is_gone(database_url: sa.URL, tmp_path: Path) -> None:
    chat, archive = RecordingChat("telegram"), tmp_path / "event.zip"
    async with opened(database_url, tmp_path, with_plan=plan(maintainers=[OWNER]), chat=chat) as core:
        shared, _ = await an_event(core)
        data = (await core.booth.picture(ANN, shared)).data
        await core.booth.office.wardrobe.hide(OWNER, (await core.booth.styles("en"))[-1].id)
        counts = await core.stores.counts.since(0.0)
        assert await export_to(core.stores, archive, progress) == 1
        closed = await erase_event(core.stores, DEED, [OWNER], 1)
        assert (closed.jobs, closed.photos, closed.pictures, closed.shares) == (3, 3, 3, 2)
        (row,) = rows_of(archive)
        assert (row["name"], row["style"]) == ("'=Ann", PLAIN.id)
        with zipfile.ZipFile(archive) as kept:
            assert kept.read(row["file"]) == data
        assert archive.stat().st_mode & 0o777 == 0o600
        assert not [name async for name, _ in core.stores.vault.names() if name.startswith("p")]
        assert await core.stores.counts.since(0.0) == counts
        styles = await core.booth.office.wardrobe.styles(OWNER, "en")
        assert any(one.placing.hidden for one in styles)
        assert not await core.booth.office.hand.banned(OWNER)
        assert not await core.booth.office.curator.feeds(OWNER)

        async def down() -> bool:
            return chat.walls[FEED] == {} and not await core.stores.recalls.pending()

        await until(down)
        view = await core.booth.submit(post(ANN))  # the next event may begin
        await core.done(ANN, view.job.id)


async def test_killed_anywhere_and_done_again_it_ends_the_same(database_url: sa.URL, tmp_path: Path) -> None:
    chat, archive = RecordingChat("telegram"), tmp_path / "event.zip"
    async with opened(database_url, tmp_path, with_plan=plan(maintainers=[OWNER]), chat=chat) as core:
        await an_event(core)
    async with open_stores(database_url, tmp_path) as stores:
        await export_to(stores, archive, progress)  # killed here
        await export_to(stores, archive, progress)
        await stores.closing.wipe(DEED, [OWNER])  # and here: no file is erased yet
        assert await export_to(stores, archive, progress) == 0
        assert len(rows_of(archive)) == 1
        again = await erase_event(stores, DEED, [OWNER], 1)
        assert (again.jobs, again.shares) == (0, 0)
    async with opened(database_url, tmp_path, with_plan=plan(maintainers=[OWNER]), chat=chat) as core:

        async def nothing_left() -> bool:
            files = [name async for name, _ in core.stores.vault.names()]
            return chat.walls[FEED] == {} and (not files or not core.stores.database.embedded)

        await until(nothing_left)


async def test_another_file_is_not_replaced(sqlite_url: sa.URL, tmp_path: Path) -> None:
    other = tmp_path / "thesis.zip"
    other.write_text("years of work")
    async with open_stores(sqlite_url, tmp_path) as stores:
        with pytest.raises(FileExistsError):
            await export_to(stores, other, progress)
        assert not is_export(other)
        empty = tmp_path / "empty.zip"
        assert await export_to(stores, empty, progress) == 0
        assert is_export(empty)


async def test_a_maintainer_closes_it_from_the_chat(sqlite_url: sa.URL, tmp_path: Path) -> None:
    chat, orders = RecordingChat("telegram"), Orders(tmp_path)
    with_plan = plan(maintainers=[OWNER])
    async with opened(sqlite_url, tmp_path, with_plan=with_plan, chat=chat, orders=orders) as core:
        await an_event(core)
        await core.booth.submit(post(BOB, style=None))
        seat = Seat(OWNER, ChatKey(OWNER), "en", "event 1", private=True)
        asked = await core.booth.console.command(seat, "closeevent", "")
        assert "one picture that is shared" in asked.words
        assert not (tmp_path / "event.zip").exists()
        with pytest.raises(NotAMaintainer):
            await core.booth.console.press(replace(seat, actor=ANN, event="event 2"), "close")
        await core.booth.console.press(replace(seat, event="event 3"), "close")

        async def told() -> bool:
            return any("event.zip" in words for _, words in chat.notes)

        await until(told)
        assert len(rows_of(tmp_path / "event.zip")) == 1
        assert not await core.booth.mine(ANN)
        assert await core.stores.jobs.unfinished() == 0
        acts = [entry.deed for entry in await core.booth.office.crew.audit(OWNER, 50)]
        assert Deed(OWNER, Act.CLOSE_EVENT) in acts
        assert not any("telegram:99" in deed.what for deed in acts)


async def test_the_command_line_has_a_serving_booth_do_it(sqlite_url: sa.URL, tmp_path: Path) -> None:
    orders = Orders(tmp_path)
    chat = RecordingChat("telegram")
    async with opened(
        sqlite_url, tmp_path, with_plan=plan(maintainers=[OWNER]), chat=chat, orders=orders
    ) as core:
        await an_event(core)
        with pytest.raises(SetupError):
            async with open_stores(sqlite_url, tmp_path):
                pass
        (tmp_path / "event.zip").write_bytes(b"of an earlier event")
        order = await asyncio.to_thread(orders.leave, "token", HOUSE)

        async def answered() -> bool:
            answer = orders.answer("token")
            return answer is not None and bool(answer["last"])

        await until(answered)
        answer = orders.answer("token") or {}
        assert (answer["exported"], answer["jobs"]) == (1, 3)
        assert orders.order() is None
        assert orders.answer("another") is None
        assert (tmp_path / "event.zip").read_bytes() == b"of an earlier event"
        assert len(rows_of(orders.archive(order))) == 1


async def test_an_earlier_event_keeps_its_archive(sqlite_url: sa.URL, tmp_path: Path) -> None:
    chat, orders = RecordingChat("telegram"), Orders(tmp_path)
    with_plan = plan(maintainers=[OWNER])
    async with opened(sqlite_url, tmp_path, with_plan=with_plan, chat=chat, orders=orders) as core:

        async def close() -> str:
            before = len(chat.notes)
            await core.booth.office.closer.order(OWNER)

            async def told() -> bool:
                return len(chat.notes) > before

            await until(told)
            return chat.notes[-1][1]

        for name in ("event.zip", "event-2.zip"):
            await core.booth.sharing.share(ANN, await picture(core, ANN))
            assert f"archive {name} in" in await close()
        assert "Nothing was shared." in await close()
    assert pictures_by_name(tmp_path) == {"event.zip": 1, "event-2.zip": 1}


async def test_replicas_leave_it_to_the_command_line(sqlite_url: sa.URL, tmp_path: Path) -> None:
    async with opened(sqlite_url, tmp_path, with_plan=plan(maintainers=[OWNER])) as core:
        with pytest.raises(CloseFromOutside):
            await core.booth.office.closer.order(OWNER)
