"""Whatever maintainers do, in whatever order: no version is lost, and what is published can be drawn."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from bot.atelier import NewStyle
from bot.bench import Complaint
from bot.definitions import StyleDefinition
from bot.errors import GuestError, StyleBroken
from bot.nouns import GuestKey, StyleId
from bot.states import JobState
from tests.bot.crewed import MATE, OWNER, Crewed, crewed
from tests.bot.opened import until
from tests.fakes.bench import workflow
from tests.fakes.renderer import PLAIN

NAMES = ("wizard", "robot")
MODELS = ("a.safetensors", "b.safetensors", "flux")
STEPS = 120


@dataclass
class Story:
    """What was done so far, and what may be done next."""

    house: Crewed
    dice: random.Random
    seen: dict[tuple[StyleId, int], StyleDefinition] = field(default_factory=dict)
    drawn: list[StyleDefinition] = field(default_factory=list)
    refused: int = 0

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
        acts: list[Callable[[], Awaitable[object]]]
        acts = [*usual, *usual, *seldom, self.reorder, self.take_in, self.model]
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
        for report in await office.wardrobe.styles(OWNER, "en"):
            versions = await office.wardrobe.versions(OWNER, report.style)
            numbers = [one.number for one in versions]
            assert numbers == sorted(numbers, reverse=True)
            assert numbers == list(range(len(numbers), 0, -1)), "a version is lost"
            assert report.placing.version in [0, *numbers]
            for one in versions:
                known = self.seen.setdefault((report.style, one.number), one.definition)
                assert known == one.definition, "a version has changed"
                assert one.definition in self.drawn, "published without a trial"
        there = {one.style for one in await office.wardrobe.styles(OWNER, "en")}
        assert {style for style, _ in self.seen} <= there
        adopted = {one.style: one for one in self.house.bench.adopted}
        for style in map(StyleId, await self.house.offered()):
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
        assert story.refused >= 10
    async with crewed(sqlite_url, tmp_path) as again:
        story.house = again
        await story.look()
