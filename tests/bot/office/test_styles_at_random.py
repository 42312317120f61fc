"""Whatever maintainers do, in whatever order: no version is lost, and what is published can be drawn."""

import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from bot.bench import Complaint
from bot.definitions import StyleDefinition
from bot.errors import GuestError, StyleBroken
from bot.nouns import ChatKey, GuestKey, StyleId
from bot.office.recipes import NewStyle
from bot.staff.outcomes import FAILURES_IN_A_ROW
from bot.states import JobState
from tests.bot.crewed import GUEST, MATE, OWNER, Crewed, crewed
from tests.bot.opened import post, until
from tests.fakes.bench import workflow
from tests.fakes.renderer import PLAIN

NAMES = ("wizard", "robot")
MODELS = ("a.safetensors", "b.safetensors", "flux")
STEPS = 180
HERE, THERE = ChatKey("telegram:-100"), ChatKey("telegram:-200")


@dataclass
class Story:
    """What was done so far, and what may be done next."""

    house: Crewed
    dice: random.Random
    seen: dict[tuple[StyleId, int], StyleDefinition] = field(default_factory=dict)
    drawn: list[StyleDefinition] = field(default_factory=list)
    refused: int = 0
    redrawn: int = 0
    set_aside: int = 0

    @property
    def who(self) -> GuestKey:
        return self.dice.choice([OWNER, MATE])

    @property
    def style(self) -> StyleId:
        return StyleId(self.dice.choice([*NAMES, "flux-oil", PLAIN.id]))

    async def act(self) -> None:
        """One of a maintainer's acts, or a server's; a refusal is an answer too."""
        usual = [self.begin, self.edit, self.try_out, self.try_out, self.try_out, self.publish, self.publish]
        seldom = [self.begin_by_file, self.change, self.drop, self.roll_back, self.hide, self.show]
        placed = [self.reorder, self.schedule, self.restrict]
        redrawn = [self.give_workflow, self.give_words]
        acts: list[Callable[[], Awaitable[object]]]
        acts = [
            *usual,
            *usual,
            *usual,
            *seldom,
            *placed,
            *redrawn,
            self.take_in,
            self.model,
            self.use,
            self.use,
        ]
        try:
            await self.dice.choice(acts)()
        except GuestError:
            self.refused += 1

    async def begin(self) -> object:
        new = NewStyle(self.dice.choice(NAMES), "en", prompt=f"prompt {self.dice.random()}")
        return await self.house.office.atelier.by_prompt(self.who, new)

    async def begin_by_file(self) -> object:
        file = workflow(self.dice.choice(MODELS[:2]))
        return await self.house.office.atelier.by_workflow(
            self.who, file, NewStyle(self.dice.choice(NAMES), "en")
        )

    async def edit(self) -> object:
        return await self.house.office.atelier.edit(self.who, self.style, self.dice.choice([None, 0, 1, 2]))

    async def change(self) -> None:
        for draft in (await self.house.office.atelier.drafts(who := self.who))[:1]:
            await self.house.office.atelier.change(who, draft.id, "en", {"emoji": self.dice.choice("🧙🤖🎩")})

    async def give_workflow(self) -> None:
        """A file in place of whatever draws a draft."""
        for draft in (await self.house.office.atelier.drafts(who := self.who))[:1]:
            file = workflow(self.dice.choice(MODELS[:2]))
            given, _ = await self.house.office.atelier.give_workflow(who, draft.id, file)
            assert (given.definition.names, given.definition.graphs) == (draft.definition.names, ())
            self.redrawn += 1

    async def give_words(self) -> None:
        """Words on a base graph in place of whatever draws a draft."""
        for draft in (await self.house.office.atelier.drafts(who := self.who))[:1]:
            changes = {"graph": "flux", "prompt": f"prompt {self.dice.random()}"}
            given = await self.house.office.atelier.change(who, draft.id, "en", changes)
            assert (given.definition.workflow, given.definition.bindings) == (None, {})
            self.redrawn += 1

    async def try_out(self) -> None:
        self.house.core.renderer.errors = self.dice.choice([[], [], [lambda: StyleBroken("broken")]])
        for draft in (await self.house.office.atelier.drafts(self.who))[:1]:
            if (await self.house.tried(draft)).state is JobState.DONE:
                self.drawn.append(draft.definition)

    async def publish(self) -> None:
        for draft in (await self.house.office.atelier.drafts(who := self.who))[:1]:
            await self.house.office.atelier.publish(who, draft.id)
            assert draft.definition in self.drawn, "published without a trial"
            assert await self.wrong(draft.definition) == []

    async def drop(self) -> None:
        for draft in (await self.house.office.atelier.drafts(who := self.who))[:1]:
            await self.house.office.atelier.drop(who, draft.id)

    async def roll_back(self) -> None:
        style = self.style
        number = await self.house.office.wardrobe.roll_back(
            self.who, style, self.dice.choice([None, 0, 1, 2])
        )
        if number:
            assert await self.wrong(self.seen[style, number]) == []

    async def hide(self) -> None:
        await self.house.office.wardrobe.hide(self.who, self.style)

    async def show(self) -> None:
        await self.house.office.wardrobe.show(self.who, self.style)

    async def reorder(self) -> None:
        await self.house.office.wardrobe.reorder(self.who, [self.style, self.style])

    async def schedule(self) -> None:
        now = time.time()
        since, until = self.dice.choice([(None, None), (now + 99, None), (None, now + 99), (now, now - 1)])
        await self.house.office.wardrobe.schedule(self.who, self.style, since, until)

    async def restrict(self) -> None:
        chats = self.dice.choice([None, [HERE], [HERE, THERE], []])
        await self.house.office.wardrobe.restrict(self.who, self.style, chats)

    async def use(self) -> None:
        """A guest's photo, or as many as it takes until the failing style is set aside."""
        offered = await self.house.offered(HERE)
        if not offered:
            return
        style, fails = StyleId(self.dice.choice(offered)), self.dice.choice([True, False])
        for _ in range(FAILURES_IN_A_ROW if fails else 1):
            if style in await self.house.offered(HERE):
                await self.photo(style, fails=fails)
        if fails:
            await until(lambda: self.is_off(style))
            self.set_aside += 1

    async def is_off(self, style: StyleId) -> bool:
        return style not in await self.house.offered(HERE)

    async def photo(self, style: StyleId, *, fails: bool) -> None:
        self.house.core.renderer.errors = [lambda: StyleBroken("broken")] if fails else []
        view = await self.house.core.booth.submit(replace(post(GUEST, style=style), chat=HERE))
        job = (await self.house.core.finished(GUEST, view.job.id)).job
        assert job.state is (JobState.FAILED if fails else JobState.DONE)

    async def take_in(self) -> None:
        sets = self.house.office.sets
        drafts = await sets.take_in(self.who, await sets.export(OWNER), "en")
        self.drawn += [draft.definition for draft in drafts]
        self.house.core.renderer.errors = []

        async def over() -> bool:
            return await self.house.core.stores.jobs.unfinished() == 0

        await until(over)

    async def model(self) -> None:
        """A model comes or goes."""
        gone = self.house.bench.missing
        self.house.bench.missing = set() if gone else {self.dice.choice(MODELS)}
        self.house.bench.changed()

    async def wrong(self, definition: StyleDefinition) -> list[Complaint]:
        return [] if definition.filter else list(await self.house.bench.check(definition))

    async def look(self) -> None:
        """What has to be true after every act."""
        office = self.house.office
        reports = {one.style: one for one in await office.wardrobe.styles(OWNER, "en")}
        for report in reports.values():
            versions = await office.wardrobe.versions(OWNER, report.style)
            numbers = [one.number for one in versions]
            assert numbers == sorted(numbers, reverse=True)
            assert numbers == list(range(len(numbers), 0, -1)), "a version is lost"
            assert report.placing.version in [0, *numbers]
            for one in versions:
                known = self.seen.setdefault((report.style, one.number), one.definition)
                assert known == one.definition, "a version has changed"
                assert one.definition in self.drawn, "published without a trial"
        assert {style for style, _ in self.seen} <= reports.keys()
        adopted = {one.style: one for one in self.house.bench.adopted}
        for chat in (None, HERE, THERE):
            for style in map(StyleId, await self.house.offered(chat)):
                assert reports[style].placing.shows(time.time(), chat)
                assert style not in adopted or await self.wrong(adopted[style]) == []


async def test_no_sequence_of_acts_loses_a_version_or_publishes_what_cannot_be_drawn(
    sqlite_url: sa.URL, tmp_path: Path
) -> None:
    dice = random.Random(20261123)
    async with crewed(sqlite_url, tmp_path) as house:
        await house.office.crew.add(OWNER, MATE)
        story = Story(house, dice)
        for _ in range(STEPS):
            await story.act()
            await story.look()
        assert len(story.seen) >= 5, "the dice were dull"
        assert story.redrawn >= 2
        assert story.set_aside >= 1
        assert {bool(one.workflow) for one in story.drawn if one.filter is None} == {True, False}
        assert story.refused >= 10
    async with crewed(sqlite_url, tmp_path) as again:
        story.house = again
        await story.look()
