"""How a maintainer makes a style, as stories, on both databases."""

import asyncio
import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from bot.cards import Action
from bot.definitions import Role
from bot.errors import RenderCrashed, StyleBroken, UnknownStyle
from bot.nouns import ChatKey, StyleId
from bot.office.recipes import NewStyle
from bot.office.slips import (
    NoPhoto,
    NoSuchStyle,
    NoSuchVersion,
    NotAMaintainer,
    NotDrawable,
    StyleExists,
    UnknownDraft,
    Untested,
    UnusableWorkflow,
    WrongField,
)
from bot.office.trials import Spot
from bot.states import JobState
from tests.bot.crewed import GUEST, MATE, OWNER, STRANGER, WIZARD, Crewed, crewed, wish
from tests.bot.opened import post
from tests.fakes.bench import workflow
from tests.fakes.renderer import PLAIN, ScriptedRenderer


async def test_a_style_by_words_is_tried_out_published_and_chosen_by_a_guest(house: Crewed) -> None:
    atelier = house.office.atelier
    assert [graph.name for graph in await atelier.graphs(OWNER)] == ["flux"]
    draft = await atelier.by_prompt(OWNER, wish())
    assert (draft.style, draft.definition.graphs, draft.definition.strength) == (WIZARD, ("flux",), "medium")
    assert await atelier.check(OWNER, draft.id) == ()
    with pytest.raises(Untested):
        await atelier.publish(OWNER, draft.id)
    assert WIZARD not in await house.offered()

    job = await house.tried(draft)
    card = await house.chat.until(job.id, JobState.DELIVERING)
    assert card.words.startswith("Draft “Wizard”")
    buttons = [button.action for row in card.buttons for button in row]
    assert buttons == [Action.PUBLISH, Action.ADJUST, Action.DROP]
    states = {card.state for card in house.chat.cards(job.id)}
    assert JobState.RENDERING in states
    with Image.open(io.BytesIO(await house.picture(job.id))) as comparison:
        assert comparison.width > comparison.height > 700
    assert WIZARD not in await house.offered()

    assert (await atelier.draft_of(OWNER, job)).id == draft.id
    assert await atelier.publish(OWNER, draft.id) == 1
    assert WIZARD in await house.offered()
    view = await house.core.booth.submit(post(GUEST, style=WIZARD))
    await house.core.finished(GUEST, view.job.id)
    assert await atelier.drafts(OWNER) == []
    assert await house.acts() == [f"{OWNER} start-draft wizard", f"{OWNER} publish wizard"]


async def test_a_changed_draft_has_to_be_tried_out_again(house: Crewed) -> None:
    atelier = house.office.atelier
    draft = await atelier.by_prompt(OWNER, wish())
    job = await house.tried(draft)
    changed = await atelier.change(OWNER, draft.id, "de", {"name": "Zauberer", "strength": "strong"})
    assert changed.definition.names == {"en": "Wizard", "de": "Zauberer"}
    assert changed.revision == 2
    with pytest.raises(Untested):
        await atelier.publish(OWNER, draft.id)
    with pytest.raises(UnknownDraft):  # the old card's button
        await atelier.draft_of(OWNER, job)
    assert await atelier.change(OWNER, draft.id, "en", {"strength": "strong"}) == changed
    assert await house.published(changed) == 1
    assert (await house.core.booth.styles("de"))[-1].name == "Zauberer"


async def test_own_photo_and_portrait_are_shown_beside_their_pictures(house: Crewed) -> None:
    draft = await house.office.atelier.by_prompt(OWNER, wish())
    with pytest.raises(NoPhoto):
        await house.tried(draft, "own")
    mine = await house.core.booth.submit(post(OWNER, shade=20, style=None))
    job = await house.tried(draft, "own")
    assert job.state is JobState.DONE
    with Image.open(io.BytesIO(await house.picture(job.id))) as comparison:
        left = comparison.convert("L").getpixel((comparison.width // 4, comparison.height // 2))
        right = comparison.convert("L").getpixel((3 * comparison.width // 4, comparison.height // 2))
    assert abs(int(str(left)) - 20) < 5
    assert abs(int(str(right)) - 235) < 5
    assert [one.id for one in await house.core.booth.mine(OWNER)] == []  # trials are no pictures of theirs
    await house.core.booth.discard(OWNER, mine.job.id)


async def test_a_style_by_workflow_is_bound_tried_out_and_published(lone: Crewed) -> None:
    atelier = lone.office.atelier
    draft, found = await atelier.by_workflow(OWNER, workflow(), NewStyle("Mine", "en"))
    assert found.bindings[0].chosen == ("1.text",)
    bound = await atelier.bind(OWNER, draft.id, Role.PROMPT, "2.text")
    again = await atelier.inspect(OWNER, draft.id)
    assert again is not None
    assert again.bindings[0].chosen == ("2.text",)
    with pytest.raises(WrongField):
        await atelier.bind(OWNER, draft.id, Role.PROMPT, "9.text")
    with pytest.raises(WrongField):
        await atelier.bind(OWNER, draft.id, Role.SEED, "1.text")
    assert await lone.published(bound) == 1
    back = await atelier.edit(OWNER, StyleId("mine"))
    assert (await atelier.bind(OWNER, back.id, Role.PROMPT, None)).definition.bindings == {}


async def test_a_useless_file_is_refused_with_the_reason(lone: Crewed) -> None:
    for file, key in ((b"\x00", "workflow-no-json"), (b'{"nodes": []}', "workflow-editor")):
        with pytest.raises(UnusableWorkflow) as caught:
            await lone.office.atelier.by_workflow(OWNER, file, NewStyle("Mine", "en"))
        assert [complaint.key for complaint in caught.value.complaints] == [key]
    assert await lone.office.atelier.drafts(OWNER) == []


async def test_a_style_that_cannot_be_drawn_is_not_published_and_says_why(lone: Crewed) -> None:
    atelier = lone.office.atelier
    draft, _ = await atelier.by_workflow(OWNER, workflow("rare.safetensors"), NewStyle("Rare", "en"))
    lone.bench.missing = {"rare.safetensors"}
    with pytest.raises(NotDrawable) as caught:
        await lone.tried(draft)
    assert caught.value.complaints[0].values == {"name": "rare.safetensors"}
    lone.bench.missing = set()
    lone.bench.changed()
    await lone.tried(draft)
    lone.bench.missing = {"rare.safetensors"}  # broken on purpose between trial and press
    with pytest.raises(NotDrawable):
        await atelier.publish(OWNER, draft.id)
    assert StyleId("rare") not in await lone.offered()
    lone.bench.missing = set()
    assert await atelier.publish(OWNER, draft.id) == 1


async def test_while_no_server_is_within_reach_nothing_is_tried_out(lone: Crewed) -> None:
    draft = await lone.office.atelier.by_prompt(OWNER, wish())
    lone.bench.away = True
    with pytest.raises(NotDrawable):
        await lone.tried(draft)


async def test_a_trial_that_fails_leaves_the_draft_untested(lone: Crewed) -> None:
    draft = await lone.office.atelier.by_prompt(OWNER, wish())
    lone.core.renderer.errors = [lambda: StyleBroken("missing-node")]
    job = await lone.tried(draft)
    assert job.state is JobState.FAILED
    with pytest.raises(Untested):
        await lone.office.atelier.publish(OWNER, draft.id)
    assert not (await lone.office.atelier.draft(OWNER, draft.id)).is_tested


async def test_dropping_a_draft_ends_its_trial(sqlite_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with crewed(sqlite_url, tmp_path, renderer=renderer) as house:
        atelier = house.office.atelier
        draft = await atelier.by_prompt(OWNER, wish())
        spot = Spot("press", ChatKey(OWNER), "en")
        view = await atelier.try_out(OWNER, draft.id, "portrait", spot)
        assert (await atelier.try_out(OWNER, draft.id, "portrait", spot)).job.id == view.job.id
        await renderer.started.get()
        await atelier.drop(OWNER, draft.id)
        assert (await house.core.finished(OWNER, view.job.id)).job.state is JobState.CANCELLED
        assert renderer.cancelled == [view.job.id]
        assert house.bench.adopted == ()
        with pytest.raises(UnknownDraft):
            await atelier.draft(OWNER, draft.id)


async def test_a_trial_goes_before_the_guests(sqlite_url: sa.URL, tmp_path: Path) -> None:
    hold = asyncio.Event()
    renderer = ScriptedRenderer(hold=hold)
    async with crewed(sqlite_url, tmp_path, renderer=renderer) as house:
        await house.core.booth.submit(post(GUEST))
        await renderer.started.get()
        late = await house.core.booth.submit(post(GUEST))
        draft = await house.office.atelier.by_prompt(OWNER, wish())
        spot = Spot("press", ChatKey(OWNER), "en")
        view = await house.office.atelier.try_out(OWNER, draft.id, "portrait", spot)
        hold.set()
        await house.core.finished(GUEST, late.job.id)
        order = [one.job for one in renderer.orders]
        assert order.index(view.job.id) < order.index(late.job.id)


async def test_editing_makes_a_new_version_and_keeps_the_old_one(lone: Crewed) -> None:
    atelier = lone.office.atelier
    await lone.published(await atelier.by_prompt(OWNER, wish()))
    with pytest.raises(StyleExists):
        await atelier.by_prompt(OWNER, wish())
    draft = await atelier.edit(OWNER, WIZARD)
    changed = await atelier.change(OWNER, draft.id, "en", {"prompt": "a young wizard", "emoji": "🪄"})
    assert await lone.published(changed) == 2
    versions = await lone.office.wardrobe.versions(OWNER, WIZARD)
    assert [(one.number, one.definition.prompt) for one in versions] == [
        (2, "a young wizard"),
        (1, "an old wizard"),
    ]
    old = await atelier.edit(OWNER, WIZARD, 1)
    assert old.definition.prompt == "an old wizard"
    with pytest.raises(NoSuchVersion):
        await atelier.edit(OWNER, WIZARD, 9)
    with pytest.raises(NoSuchStyle):
        await atelier.edit(OWNER, StyleId("nobody"))


async def test_a_better_workflow_becomes_the_next_version_of_its_style(lone: Crewed) -> None:
    atelier = lone.office.atelier
    first, _ = await atelier.by_workflow(OWNER, workflow(), NewStyle("Mine", "en", emoji="🪞"))
    first = await atelier.bind(OWNER, first.id, Role.PROMPT, "2.text")
    assert await lone.published(first) == 1
    better, _ = await atelier.by_workflow(OWNER, workflow(), NewStyle("mine", "en", prompt="a mirror"))
    assert (better.style, better.definition.emoji, better.definition.bindings) == (first.style, "🪞", {})
    assert await lone.published(better) == 2
    with pytest.raises(StyleExists):
        await atelier.by_workflow(OWNER, workflow(), NewStyle(PLAIN.id, "en"))


async def test_a_style_by_words_gets_a_workflow_in_its_place_and_back(house: Crewed) -> None:
    atelier, wardrobe = house.office.atelier, house.office.wardrobe
    await house.published(await atelier.by_prompt(OWNER, wish()))
    draft = await atelier.edit(OWNER, WIZARD)
    drawn, found = await atelier.give_workflow(OWNER, draft.id, workflow())
    assert (drawn.definition.workflow, drawn.definition.graphs) == (found.workflow, ())
    assert (drawn.definition.names, drawn.definition.emoji) == ({"en": "Wizard"}, "🧙")
    assert (drawn.definition.prompt, drawn.definition.strength) == (None, None)
    assert (await atelier.bind(OWNER, drawn.id, Role.PROMPT, "2.text")).definition.bindings
    assert await house.published(await atelier.draft(OWNER, drawn.id)) == 2
    by_words = await atelier.edit(OWNER, WIZARD)
    wanted: dict[str, str | int | None] = {"steps": 9, "graph": "flux", "prompt": "a young wizard"}
    by_words = await atelier.change(OWNER, by_words.id, "en", wanted)
    assert (by_words.definition.graphs, by_words.definition.workflow) == (("flux",), None)
    assert (by_words.definition.bindings, by_words.definition.steps) == ({}, None)
    assert await house.published(by_words) == 3
    for number, prompt in ((2, None), (1, "an old wizard"), (3, "a young wizard")):
        assert await wardrobe.roll_back(OWNER, WIZARD, number) == number
        assert (await atelier.edit(OWNER, WIZARD)).definition.prompt == prompt
    job = await house.core.booth.submit(post(GUEST, style=WIZARD))
    await house.core.done(GUEST, job.job.id)


async def test_only_what_a_server_draws_is_given_a_workflow_and_only_a_useful_one(lone: Crewed) -> None:
    atelier = lone.office.atelier
    filters = await atelier.edit(OWNER, PLAIN.id)
    with pytest.raises(StyleExists):
        await atelier.give_workflow(OWNER, filters.id, workflow())
    draft = await atelier.by_prompt(OWNER, wish())
    with pytest.raises(UnusableWorkflow):
        await atelier.give_workflow(OWNER, draft.id, b"{")
    await lone.office.crew.add(OWNER, MATE)
    with pytest.raises(UnknownDraft):
        await atelier.give_workflow(MATE, draft.id, workflow())
    assert await atelier.draft(OWNER, draft.id) == draft


async def test_shipped_styles_get_versions_too_filters_in_words_and_graphs_whole(lone: Crewed) -> None:
    atelier = lone.office.atelier
    draft = await atelier.edit(OWNER, StyleId("flux-oil"))
    draft = await atelier.change(OWNER, draft.id, "en", {"prompt": "Thick oil paint"})
    assert await lone.published(draft) == 1
    filters = await atelier.edit(OWNER, PLAIN.id)
    filters = await atelier.change(OWNER, filters.id, "en", {"name": "Kapow", "emoji": "🗯️"})
    assert await lone.published(filters) == 1
    offers = {offer.id: offer for offer in await lone.core.booth.styles("en")}
    assert (offers[PLAIN.id].name, offers[PLAIN.id].emoji) == ("Kapow", "🗯️")
    assert offers[StyleId("flux-oil")].name == "Oil portrait (AI)"


async def test_two_maintainers_edit_one_style_without_losing_a_version(house: Crewed) -> None:
    await house.office.crew.add(OWNER, MATE)
    atelier = house.office.atelier
    await house.published(await atelier.by_prompt(OWNER, wish()))
    mine = await atelier.edit(OWNER, WIZARD)
    theirs = await atelier.edit(MATE, WIZARD)
    mine = await atelier.change(OWNER, mine.id, "en", {"prompt": "mine"})
    theirs = await atelier.change(MATE, theirs.id, "en", {"prompt": "theirs"})
    with pytest.raises(UnknownDraft):
        await atelier.publish(OWNER, theirs.id)
    assert [await house.published(theirs), await house.published(mine)] == [2, 3]
    versions = await house.office.wardrobe.versions(OWNER, WIZARD)
    assert [one.definition.prompt for one in versions] == ["mine", "theirs", "an old wizard"]


async def test_drafts_survive_a_restart_and_their_trial_goes_on(database_url: sa.URL, tmp_path: Path) -> None:
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with crewed(database_url, tmp_path, renderer=renderer) as house:
        draft = await house.office.atelier.by_prompt(OWNER, wish())
        spot = Spot("press", ChatKey(OWNER), "en")
        view = await house.office.atelier.try_out(OWNER, draft.id, "portrait", spot)
        await renderer.started.get()
    async with crewed(database_url, tmp_path) as house:
        await house.core.done(OWNER, view.job.id)
        assert await house.office.atelier.publish(OWNER, draft.id) == 1
        assert WIZARD in await house.offered()
    async with crewed(database_url, tmp_path) as house:
        assert WIZARD in await house.offered()


async def test_no_guest_can_choose_a_draft(lone: Crewed) -> None:
    draft = await lone.office.atelier.by_prompt(OWNER, wish())
    for style in (draft.render_id, draft.style):
        with pytest.raises(UnknownStyle):
            await lone.core.booth.submit(post(GUEST, style=style))


async def test_wrong_fields_are_named(lone: Crewed) -> None:
    atelier = lone.office.atelier
    draft = await atelier.by_prompt(OWNER, wish())
    wrong: list[tuple[str, str | int | None]] = [
        ("name", ""),
        ("name", "x" * 41),
        ("emoji", "wizard"),
        ("emoji", ""),
        ("prompt", ""),
        ("prompt", "x" * 2001),
        ("strength", "wild"),
        ("steps", 0),
        ("graph", ""),
        ("style", "other"),
    ]
    for field, value in wrong:
        with pytest.raises(WrongField) as caught:
            await atelier.change(OWNER, draft.id, "en", {field: value})
        assert caught.value.values == {"field": field}
    with pytest.raises(WrongField):
        await atelier.by_prompt(OWNER, wish("Other", graph="nope"))
    with pytest.raises(WrongField):
        await atelier.by_prompt(OWNER, wish("Other", prompt=""))
    assert await atelier.draft(OWNER, draft.id) == draft


async def test_strangers_get_nowhere_whatever_they_try(lone: Crewed) -> None:
    atelier = lone.office.atelier
    draft = await atelier.by_prompt(OWNER, wish())
    job = await lone.tried(draft)
    before = await lone.acts()
    spot = Spot("e", ChatKey(STRANGER), "en")
    for attempt in (
        atelier.graphs(STRANGER),
        atelier.drafts(STRANGER),
        atelier.draft(STRANGER, draft.id),
        atelier.draft_of(STRANGER, job),
        atelier.inspect(STRANGER, draft.id),
        atelier.check(STRANGER, draft.id),
        atelier.by_prompt(STRANGER, wish("Other")),
        atelier.by_workflow(STRANGER, workflow(), wish("Other")),
        atelier.give_workflow(STRANGER, draft.id, workflow()),
        atelier.edit(STRANGER, PLAIN.id),
        atelier.change(STRANGER, draft.id, "en", {"name": "x"}),
        atelier.bind(STRANGER, draft.id, Role.PROMPT, None),
        atelier.try_out(STRANGER, draft.id, "portrait", spot),
        atelier.publish(STRANGER, draft.id),
        atelier.drop(STRANGER, draft.id),
    ):
        with pytest.raises(NotAMaintainer):
            await attempt
    assert await lone.acts() == before


async def test_a_trial_that_crashes_twice_apologises_to_the_maintainer(lone: Crewed) -> None:
    draft = await lone.office.atelier.by_prompt(OWNER, wish())
    lone.core.renderer.errors = [lambda: RenderCrashed("crashed"), lambda: RenderCrashed("crashed")]
    job = await lone.tried(draft)
    card = await lone.chat.until(job.id, JobState.FAILED)
    assert [button.action for row in card.buttons for button in row] == [Action.ADJUST, Action.DROP]
