"""Looking after styles, on both databases."""

import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import RenderCrashed, StyleBroken, UnknownStyle
from bot.nouns import ChatKey, StyleId
from bot.office.slips import NoSuchStyle, NoSuchVersion, NotAMaintainer, NotDrawable, UnusableSet, WrongField
from bot.states import JobState
from tests.bot.crewed import GUEST, OWNER, STRANGER, WIZARD, Crewed, crewed, wish
from tests.bot.opened import post, until
from tests.fakes.renderer import OTHER, PLAIN

FLUX = StyleId("flux-oil")


async def test_styles_are_reordered_hidden_and_shown(house: Crewed) -> None:
    wardrobe = house.office.wardrobe
    assert await house.offered() == [PLAIN.id, OTHER.id, FLUX]
    await wardrobe.reorder(OWNER, [FLUX])
    assert await house.offered() == [FLUX, PLAIN.id, OTHER.id]
    await wardrobe.move(OWNER, PLAIN.id, 3)
    assert await house.offered() == [FLUX, OTHER.id, PLAIN.id]
    await wardrobe.hide(OWNER, OTHER.id)
    assert await house.offered() == [FLUX, PLAIN.id]
    with pytest.raises(UnknownStyle):
        await house.core.booth.submit(post(GUEST, style=OTHER.id))
    await wardrobe.show(OWNER, OTHER.id)
    assert await house.offered() == [FLUX, OTHER.id, PLAIN.id]
    await house.published(await house.office.atelier.by_prompt(OWNER, wish()))
    assert (await house.offered())[-1] == WIZARD  # a new one comes last


async def test_who_has_chosen_a_style_gets_it_though_it_is_hidden_meanwhile(lone: Crewed) -> None:
    view = await lone.core.booth.submit(post(GUEST, style=None))
    await lone.core.booth.choose(GUEST, view.job.id, PLAIN.id)
    await lone.office.wardrobe.hide(OWNER, PLAIN.id)
    await lone.core.done(GUEST, view.job.id)


async def test_a_style_is_offered_from_one_moment_to_another(lone: Crewed) -> None:
    wardrobe, now = lone.office.wardrobe, time.time()
    await wardrobe.schedule(OWNER, FLUX, now + 3600, None)
    assert FLUX not in await lone.offered()
    await wardrobe.schedule(OWNER, FLUX, now - 3600, now + 3600)
    assert FLUX in await lone.offered()
    await wardrobe.schedule(OWNER, FLUX, None, now - 1)
    assert FLUX not in await lone.offered()
    await wardrobe.schedule(OWNER, FLUX, None, None)
    assert FLUX in await lone.offered()
    with pytest.raises(WrongField):
        await wardrobe.schedule(OWNER, FLUX, now, now)


async def test_a_style_can_be_a_chats_own(house: Crewed) -> None:
    here = ChatKey("telegram:-100")
    await house.office.wardrobe.restrict(OWNER, FLUX, [here])
    assert FLUX not in await house.offered()
    assert FLUX not in await house.offered("telegram:-200")
    assert FLUX in await house.offered(here)
    (report,) = [one for one in await house.office.wardrobe.styles(OWNER, "en") if one.style == FLUX]
    assert (report.shown, report.placing.chats) == (True, frozenset({here}))
    with pytest.raises(UnknownStyle):
        await house.core.booth.submit(post(GUEST, style=FLUX))
    with pytest.raises(WrongField):
        await house.office.wardrobe.restrict(OWNER, FLUX, [])
    await house.office.wardrobe.restrict(OWNER, FLUX, None)
    assert FLUX in await house.offered()


async def test_any_version_comes_back_and_the_shipped_one_too(house: Crewed) -> None:
    atelier, wardrobe = house.office.atelier, house.office.wardrobe
    for prompt in ("one", "two", "three"):
        draft = await atelier.edit(OWNER, FLUX)
        await house.published(await atelier.change(OWNER, draft.id, "en", {"prompt": prompt}))

    def adopted() -> str | None:
        return next((one.prompt for one in house.bench.adopted if one.style == FLUX), None)

    assert adopted() == "three"
    assert await wardrobe.roll_back(OWNER, FLUX) == 2
    assert adopted() == "two"
    assert await wardrobe.roll_back(OWNER, FLUX, 3) == 3
    assert await wardrobe.roll_back(OWNER, FLUX, 0) == 0
    assert adopted() is None  # as it is shipped
    with pytest.raises(NoSuchVersion) as caught:
        await wardrobe.roll_back(OWNER, FLUX, 4)
    assert caught.value.values == {"latest": 3}
    with pytest.raises(NoSuchVersion):  # there is nothing before the shipped one
        await wardrobe.roll_back(OWNER, FLUX)
    with pytest.raises(NoSuchStyle):
        await wardrobe.roll_back(OWNER, WIZARD)
    assert [one.number for one in await wardrobe.versions(OWNER, FLUX)] == [3, 2, 1]


async def test_a_version_that_cannot_be_drawn_any_more_does_not_come_back(lone: Crewed) -> None:
    atelier, wardrobe = lone.office.atelier, lone.office.wardrobe
    await lone.published(await atelier.by_prompt(OWNER, wish()))
    draft = await atelier.edit(OWNER, WIZARD)
    await lone.published(await atelier.change(OWNER, draft.id, "en", {"emoji": "🪄"}))
    lone.bench.missing = {"flux"}
    with pytest.raises(NotDrawable):
        await wardrobe.roll_back(OWNER, WIZARD, 1)
    with pytest.raises(NotDrawable):
        await wardrobe.show(OWNER, WIZARD)
    lone.bench.missing, lone.bench.away = set(), True
    assert await wardrobe.roll_back(OWNER, WIZARD, 1) == 1  # it was tried out; nobody says otherwise


async def fail(house: Crewed, times: int, style: StyleId = FLUX) -> None:
    for _ in range(times):
        house.core.renderer.errors = [lambda: StyleBroken("missing-model")]
        view = await house.core.booth.submit(post(GUEST, style=style))
        assert (await house.core.finished(GUEST, view.job.id)).job.state is JobState.FAILED


async def test_three_failures_in_a_row_set_a_style_aside_and_the_maintainers_know_why(house: Crewed) -> None:
    await house.office.crew.add(OWNER, STRANGER)
    await house.core.booth.set_language(STRANGER, "de")
    await fail(house, 2)
    view = await house.core.booth.submit(post(GUEST, style=FLUX))
    await house.core.done(GUEST, view.job.id)
    await fail(house, 2)
    assert FLUX in await house.offered()
    await fail(house, 1)

    async def aside() -> bool:
        return FLUX not in await house.offered()

    await until(aside)
    async with house.chat.news:
        await house.chat.news.wait_for(lambda: len(house.chat.notes) == 2)
    told = dict(house.chat.notes)
    assert told[OWNER].startswith("The style “flux-oil” failed 3 times in a row")
    assert "missing-model" in told[OWNER]
    assert told[STRANGER].startswith("Der Stil „flux-oil“")
    assert [key.data for key in house.chat.keyed[0]] == ["s:flux-oil", "show:flux-oil"]
    assert (await house.acts())[-1] == "house:petaflop set-aside flux-oil"
    reports = {one.style: one for one in await house.office.wardrobe.styles(OWNER, "en")}
    assert (reports[FLUX].placing.set_aside, reports[FLUX].failures, reports[FLUX].uses) == (
        "missing-model",
        5,
        1,
    )
    assert reports[FLUX].seconds is not None
    await house.office.wardrobe.show(OWNER, FLUX)
    assert FLUX in await house.offered()
    await fail(house, 2)
    assert FLUX in await house.offered()


async def test_a_photo_that_breaks_a_renderer_twice_counts_once(lone: Crewed) -> None:
    for _ in range(2):
        lone.core.renderer.errors = [lambda: RenderCrashed("crashed"), lambda: RenderCrashed("crashed")]
        view = await lone.core.booth.submit(post(GUEST))
        await lone.core.finished(GUEST, view.job.id)
    assert PLAIN.id in await lone.offered()


async def test_a_new_version_is_not_aside_any_more(lone: Crewed) -> None:
    await fail(lone, 3)

    async def aside() -> bool:
        return FLUX not in await lone.offered()

    await until(aside)
    await lone.published(await lone.office.atelier.edit(OWNER, FLUX))
    assert FLUX in await lone.offered()


async def test_everything_survives_a_restart(database_url: sa.URL, tmp_path: Path) -> None:
    async with crewed(database_url, tmp_path) as house:
        await house.office.wardrobe.reorder(OWNER, [FLUX])
        await house.office.wardrobe.hide(OWNER, PLAIN.id)
        await house.published(await house.office.atelier.by_prompt(OWNER, wish()))
    async with crewed(database_url, tmp_path) as house:
        assert await house.offered() == [FLUX, OTHER.id, WIZARD]


async def test_a_set_is_taken_along_to_another_booth(
    lone: Crewed, tmp_path: Path, sqlite_url: sa.URL
) -> None:
    atelier = lone.office.atelier
    await lone.published(await atelier.by_prompt(OWNER, wish()))
    await lone.published(await atelier.edit(OWNER, PLAIN.id))
    data = await lone.office.sets.export(OWNER)
    assert OWNER.encode() not in data
    other = sqlite_url.set(database=str(tmp_path / "other" / "petaflop.db"))
    (tmp_path / "other").mkdir()
    async with crewed(other, tmp_path / "other") as there:
        drafts = await there.office.sets.take_in(OWNER, data, "en")
        assert {draft.style for draft in drafts} == {WIZARD, PLAIN.id}

        async def published() -> bool:
            return WIZARD in await there.offered() and not await there.office.atelier.drafts(OWNER)

        await until(published)
        async with there.chat.news:
            await there.chat.news.wait_for(lambda: len(there.chat.notes) == 2)
        assert await there.office.sets.export(OWNER) == data


async def test_a_set_is_taken_whole_or_not_at_all(lone: Crewed) -> None:
    sets = lone.office.sets
    await lone.published(await lone.office.atelier.by_prompt(OWNER, wish()))
    data = await sets.export(OWNER)
    before = await lone.acts()
    for spoilt, key in (
        (b"", "set-none"),
        (b"[]", "set-none"),
        (data.replace(b'"petaflop-styles": 1', b'"petaflop-styles": 2'), "set-unreadable"),
        (data.replace(b'"offered": true', b'"offered": true, "evil": 1'), "set-unreadable"),
        (data.replace(b'"style": "wizard"', b'"style": "../../etc"'), "set-unreadable"),
        (data.replace(b'"style": "wizard"', b'"style": "draft-1-1"'), "set-ids"),
        (b" " * (8 << 20) + data, "set-too-large"),
    ):
        with pytest.raises(UnusableSet) as caught:
            await sets.take_in(OWNER, spoilt, "en")
        assert [one.key for one in caught.value.complaints[StyleId("")]] == [key]
    lone.bench.missing = {"flux"}
    with pytest.raises(UnusableSet) as caught:
        await sets.take_in(OWNER, data, "en")
    assert list(caught.value.complaints) == [WIZARD]
    assert await lone.office.atelier.drafts(OWNER) == []
    assert await lone.acts() == before


async def test_what_an_import_cannot_draw_waits_among_the_drafts(lone: Crewed) -> None:
    await lone.published(await lone.office.atelier.by_prompt(OWNER, wish()))
    data = await lone.office.sets.export(OWNER)
    lone.core.renderer.errors = [lambda: StyleBroken("broken")]
    await lone.office.sets.take_in(OWNER, data, "en")
    async with lone.chat.news:
        await lone.chat.news.wait_for(lambda: len(lone.chat.notes) == 1)
    assert "could not be rendered" in lone.chat.notes[0][1]
    (draft,) = await lone.office.atelier.drafts(OWNER)
    assert not draft.is_tested
    assert [one.number for one in await lone.office.wardrobe.versions(OWNER, WIZARD)] == [1]


async def test_strangers_get_nowhere_whatever_they_try(lone: Crewed) -> None:
    wardrobe, sets = lone.office.wardrobe, lone.office.sets
    before, offered = await lone.acts(), await lone.offered()
    for attempt in (
        wardrobe.styles(STRANGER, "en"),
        wardrobe.versions(STRANGER, FLUX),
        wardrobe.reorder(STRANGER, [FLUX]),
        wardrobe.move(STRANGER, FLUX, 1),
        wardrobe.hide(STRANGER, FLUX),
        wardrobe.show(STRANGER, FLUX),
        wardrobe.schedule(STRANGER, FLUX, 2.0, 1.0),
        wardrobe.restrict(STRANGER, FLUX, []),
        wardrobe.roll_back(STRANGER, FLUX),
        sets.export(STRANGER),
        sets.take_in(STRANGER, b"", "en"),
    ):
        with pytest.raises(NotAMaintainer):
            await attempt
    assert (await lone.acts(), await lone.offered()) == (before, offered)
