"""After *forget*, and after the event, nothing of a guest is found; what was out of reach goes later."""

import asyncio
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from PIL import Image

from bot.nouns import ChatKey, GuestKey, JobId
from bot.office.closing import erase_event
from bot.staff.latecomers import Latecomers
from bot.states import JobState
from bot.store.audit import HOUSE, Act, Deed
from bot.store.vaults import photo_name
from tests.bot.opened import Opened, opened, plan, post, until
from tests.bot.sought import found, needles
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import ScriptedRenderer

OWNER, ANN, BOB = GuestKey("telegram:1"), GuestKey("telegram:70007"), GuestKey("telegram:80008")
FEED = ChatKey("telegram:-100")
NAMES = {ANN: "Annabelle Q", BOB: "Bobby Z"}


def selfie(seed: int) -> bytes:
    """Noise, so that its bytes are like nobody else's."""
    out = io.BytesIO()
    size = (256, 256)
    Image.frombytes("L", size, random.Random(seed).randbytes(size[0] * size[1])).save(out, "PNG")
    return out.getvalue()


@dataclass
class House:
    """A booth, its folder, and who is looked for in it."""

    core: Opened
    folder: Path

    async def begins(self, guest: GuestKey, seed: int, *, chooses: bool = False) -> JobId:
        new = post(guest, data=selfie(seed), style=None) if chooses else post(guest, data=selfie(seed))
        return (await self.core.booth.submit(new)).job.id

    async def shares(self, guest: GuestKey, seed: int) -> Mapping[str, list[bytes]]:
        """A picture that is shared under the guest's name; what can be found of it."""
        job = await self.begins(guest, seed)
        picture = await self.core.done(guest, job)
        photo = await self.core.stores.vault.get(photo_name(job))
        await self.core.booth.sharing.share(guest, job, NAMES[guest])
        return needles(photo or b"", picture, NAMES[guest], guest)

    async def comes_to(self, guest: GuestKey, job: JobId, state: JobState) -> None:
        async def there() -> bool:
            return (await self.core.booth.look(guest, job)).job.state is state

        await until(there)

    async def found(self, wanted: Mapping[str, list[bytes]]) -> set[tuple[str, str]]:
        return await found(self.core.stores.database, self.folder, wanted)

    async def hang(self, number: int) -> None:
        async def so_many() -> bool:
            there = self.core.chat.walls.get(FEED, {}).values()
            return len([one for one in there if one.picture is not None]) == number

        await until(so_many)

    async def nothing_queued(self) -> None:
        async def done() -> bool:
            stores = self.core.stores
            return not await stores.recalls.pending() and not await stores.postings.waiting()

        await until(done)


async def every_stage(house: House) -> None:
    """More of Ann's: held, on its way to a chat that is away, rendering, waiting, still choosing."""
    core = house.core
    await core.booth.office.curator.hold(OWNER, on=True)
    await house.shares(ANN, 11)
    await core.booth.office.curator.hold(OWNER, on=False)
    core.chat.outages, core.chat.pause_s = 10**9, 0.05
    unsent = await house.begins(ANN, 12)
    await house.comes_to(ANN, unsent, JobState.DELIVERING)
    core.renderer.hold = asyncio.Event()
    rendering = await house.begins(ANN, 13)
    await house.comes_to(ANN, rendering, JobState.RENDERING)
    await house.begins(ANN, 14)
    await house.begins(ANN, 15, chooses=True)


async def test_forgotten_and_closed_nothing_is_found(database_url: sa.URL, tmp_path: Path) -> None:
    folder = tmp_path
    chat, with_plan = RecordingChat("telegram"), plan(maintainers=[OWNER], guest_limit=0)
    async with opened(
        database_url, folder, with_plan=with_plan, chat=chat, renderer=ScriptedRenderer()
    ) as core:
        house = House(core, folder)
        await core.booth.office.curator.add_feed(OWNER, FEED, "", "en")
        ann, bob = await house.shares(ANN, 1), await house.shares(BOB, 2)
        await house.hang(2)
        assert {what for _, what in await house.found(ann)} == {"photo", "picture", "name", "key"}
        await every_stage(house)
        receipt = await core.booth.forget(ANN)
        assert receipt.pending["telegram"] >= 2  # its own message, and the feed's
        assert dict(receipt.erased)["jobs"] == 6
        left = await house.found(ann)
        assert {what for _, what in left} <= {"key"}, left
        assert {place for place, _ in left if not place.endswith(".db")} <= {"recalls"}
        chat.outages = 0
        core.renderer.hold = None
        await house.nothing_queued()
        assert await house.found(ann) == set()
        assert [exhibit.words.endswith(NAMES[BOB]) for exhibit in chat.walls[FEED].values()] == [True]
        pictured = {message for message, card in chat.shown if card.picture is not None}
        assert len(pictured & chat.standing.keys()) == 1  # Bob's own
        assert {what for _, what in await house.found(bob)} == {"photo", "picture", "name", "key"}
        await erase_event(core.stores, Deed(HOUSE, Act.CLOSE_EVENT), [OWNER], 0)
        await house.nothing_queued()
        assert await house.found(bob) == set()
        assert chat.walls[FEED] == {}


async def test_a_picture_that_arrives_after_its_guest_was_forgotten_is_taken_back(
    database_url: sa.URL, tmp_path: Path
) -> None:
    chat = RecordingChat("telegram")
    async with opened(database_url, tmp_path, with_plan=plan(maintainers=[OWNER]), chat=chat) as core:
        latecomers = Latecomers(core.stores.recalls, core.stores.bell)
        view = await core.booth.submit(post(ANN))
        await core.done(ANN, view.job.id)
        await latecomers.see(view.job, "in time")
        await core.booth.forget(ANN)
        await latecomers.see(view.job, "late")

        async def taken_back() -> bool:
            return "late" in {address.message for address, _ in chat.taken_back}

        await until(taken_back)
        assert "in time" not in {address.message for address, _ in chat.taken_back}


async def test_what_a_kill_left_between_row_and_file_is_gone_at_the_next_start(
    sqlite_url: sa.URL, tmp_path: Path
) -> None:
    async with opened(sqlite_url, tmp_path) as core:
        guest = GuestKey("web:ann")
        job = (await core.booth.submit(post(guest))).job.id
        await core.done(guest, job)
        await core.stores.erasure.guest(guest)  # and killed
        assert [name async for name, _ in core.stores.vault.names()]
    async with opened(sqlite_url, tmp_path) as core:
        assert not [name async for name, _ in core.stores.vault.names()]
