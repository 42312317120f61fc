"""Whatever guests and maintainers do, in whatever order, at once, over outages and restarts: nobody sees what
nobody may see, and wall, feeds and rows agree."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cards import Address
from bot.errors import GuestError
from bot.exhibits import ShareState
from bot.nouns import ChatKey, GuestKey, JobId
from bot.store.tables import jobs, postings, recalls, reports, shares, votes
from tests.bot.opened import Opened, opened, plan, post, until
from tests.fakes.chat import RecordingChat

OWNER = GuestKey("telegram:1")
GUESTS = tuple(GuestKey(f"telegram:{number}") for number in (7, 8, 9))
FEEDS = (ChatKey("telegram:-100"), ChatKey("telegram:-200"))
ROUNDS, AT_ONCE = 12, 6


@dataclass
class Story:
    """What guests have, and what they may do next."""

    core: Opened
    dice: random.Random
    pictures: dict[JobId, GuestKey] = field(default_factory=dict)
    private: set[JobId] = field(default_factory=set)

    @property
    def chat(self) -> RecordingChat:
        return self.core.chat

    async def picture(self) -> None:
        guest = self.dice.choice(GUESTS)
        view = await self.core.booth.submit(post(guest))
        await self.core.done(guest, view.job.id)
        self.pictures[view.job.id] = guest

    async def some_at_once(self) -> None:
        """Acts that don't wait for each other; a refusal is an answer too."""
        acts: list[Callable[[], Awaitable[object]]]
        acts = [
            self.share,
            self.share,
            self.share,
            self.unshare,
            self.name,
            self.hide,
            self.let_show,
            self.hold,
        ]
        acts += [self.report, self.vote, self.outage, self.discard, self.place_inline]
        if self.dice.random() < 0.4:
            acts += [self.forget, self.forget]
        chosen = [self.dice.choice(acts)() for _ in range(AT_ONCE)]
        for answer in await asyncio.gather(*chosen, return_exceptions=True):
            if isinstance(answer, BaseException) and not isinstance(answer, GuestError):
                raise answer

    # -- acts -------------------------------------------------------------------------------------------

    def _one(self) -> tuple[GuestKey, JobId]:
        job = self.dice.choice(sorted(self.pictures))
        return self.pictures[job], job

    async def share(self) -> object:
        return await self.core.booth.sharing.share(*self._one())

    async def name(self) -> object:
        return await self.core.booth.sharing.share(*self._one(), name="Ann")

    async def unshare(self) -> object:
        return await self.core.booth.sharing.unshare(*self._one())

    async def place_inline(self) -> None:
        guest, job = self._one()
        address = Address(ChatKey("telegram:inline"), f"inline {self.dice.randrange(10**9)}")
        self.chat.walls.setdefault(address.chat, {})[address.message or ""] = None  # type: ignore[assignment]
        await self.core.booth.sharing.placed(guest, job, "inline", address, "en")

    async def _moved(self, state: ShareState) -> None:
        found = await self.core.stores.shares.of_job(self._one()[1])
        curator = self.core.booth.office.curator
        if found is not None:
            if state is ShareState.HIDDEN:
                await curator.hide(OWNER, found.id)
            else:
                await curator.let_show(OWNER, found.id, found.name_mark)

    async def hide(self) -> None:
        await self._moved(ShareState.HIDDEN)

    async def let_show(self) -> None:
        await self._moved(ShareState.SHOWN)

    async def hold(self) -> None:
        await self.core.booth.office.curator.hold(OWNER, on=self.dice.random() < 0.3)

    async def report(self) -> None:
        found = await self.core.stores.shares.of_job(self._one()[1])
        if found is not None:
            await self.core.booth.sharing.report(GuestKey(f"web:{self.dice.randrange(9)}"), found.id)

    async def vote(self) -> None:
        wall = self.chat.walls.get(FEEDS[0], {})
        for message in list(wall)[:1]:
            await self.core.booth.sharing.vote(self.dice.choice(GUESTS), FEEDS[0], message, likes=True)

    async def outage(self) -> None:
        self.chat.outages = self.dice.randrange(3)
        self.chat.pause_s = 0.01

    async def discard(self) -> None:
        guest, job = self._one()
        if self.dice.random() < 0.3:
            await self.core.booth.discard(guest, job)

    async def forget(self) -> None:
        guest, _ = self._one()
        await self.core.booth.forget(guest)

    # -- what has to be true ----------------------------------------------------------------------------

    async def settled(self) -> None:
        """Nothing is on its way up or down any more."""
        self.chat.outages = 0

        async def quiet() -> bool:
            stores = self.core.stores
            async with stores.database.read() as connection:
                busy = await connection.scalar(
                    sa.select(sa.func.count()).where(sa.or_(~postings.c.up, postings.c.withdrawn))
                )
                wanted = await connection.scalar(sa.select(sa.func.count()).select_from(recalls))
            return not busy and not wanted

        await until(quiet)

    async def look(self) -> None:
        """Rows, wall and feeds agree; nothing is seen that isn't shared."""
        async with self.core.stores.database.read() as connection:
            rows = {row.id: row for row in await connection.execute(sa.select(jobs))}
            there = {row.job: row for row in await connection.execute(sa.select(shares))}
            posts = (await connection.execute(sa.select(postings))).all()
            voted = {row.share for row in await connection.execute(sa.select(votes))}
            voted |= {row.share for row in await connection.execute(sa.select(reports))}
        assert there.keys() <= rows.keys(), "a share without its picture"
        assert voted <= {share.id for share in there.values()}, "votes for nothing"
        assert {post.job for post in posts} <= rows.keys()
        for job, row in rows.items():
            assert row.shared == (there[job].state if job in there else None)
            assert row.named == bool(job in there and there[job].name)
        shown = {share.id for share in there.values() if share.state == ShareState.SHOWN}
        assert {piece.id for piece in await self.core.booth.wall.newest("en", 100)} == shown
        for feed in FEEDS:
            hanging = self.chat.walls.get(feed, {})
            hung = {exhibit.share for exhibit in hanging.values()}
            assert not hung - shown, "what is not shared hangs"
            assert not shown - hung, "what is shared does not hang"
            assert len(hanging) == len(shown), "a picture hangs twice"
            assert all(exhibit.picture is not None for exhibit in hanging.values())
        inline = set(self.chat.walls.get(ChatKey("telegram:inline"), {}))
        assert inline == {post.message for post in posts if post.kind == "inline"}
        self.pictures = {job: guest for job, guest in self.pictures.items() if job in rows}


@pytest.mark.parametrize("seed", [1])
async def test_no_sequence_shows_what_is_not_shared(database_url: sa.URL, tmp_path: Path, seed: int) -> None:
    dice, chat = random.Random(seed), RecordingChat("telegram")
    kept: dict[JobId, GuestKey] = {}
    for restart in range(2):
        async with opened(database_url, tmp_path, with_plan=plan(maintainers=[OWNER]), chat=chat) as core:
            story = Story(core, dice, kept)
            if not restart:
                for feed in FEEDS:
                    await core.booth.office.curator.add_feed(OWNER, feed, "", "en")
            for _ in range(ROUNDS // 2):
                while len(story.pictures) < 4:
                    await story.picture()
                await story.some_at_once()
                if dice.random() < 0.5:
                    await story.settled()
                    await story.look()
            kept = story.pictures
    async with opened(database_url, tmp_path, with_plan=plan(maintainers=[OWNER]), chat=chat) as core:
        story = Story(core, dice, kept)
        await story.settled()
        await story.look()
        await core.booth.office.curator.hold(OWNER, on=False)
        await story.picture()
        shares = [await core.booth.sharing.share(guest, job) for job, guest in story.pictures.items()]
        await story.settled()
        await story.look()  # and it does see what is shown
        assert any(share.state is ShareState.SHOWN for share in shares)
        assert chat.walls[FEEDS[0]]
