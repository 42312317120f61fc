"""Styles made at the console, from an idea to what guests choose."""

import json
from dataclasses import replace

from bot.bench import Complaint
from bot.cards import Action
from bot.nouns import StyleId
from bot.states import JobState
from tests.bot.console.seated import Seated, keys
from tests.bot.crewed import GUEST, MATE
from tests.bot.opened import post
from tests.fakes.bench import workflow

LINE = 'addstyle Wizard 🧙 "an old wizard" strength=medium graph=flux'


async def test_a_style_in_one_line_is_tried_published_and_chosen_by_a_guest(desk: Seated) -> None:
    begun = await desk.types(LINE)
    assert "🧙 Wizard (wizard)" in begun.words
    assert "“an old wizard”" in begun.words
    assert "Publish" not in keys(begun)
    trying = await desk.presses(keys(begun)["Try on the portrait"])
    assert trying.words.startswith("I am trying “wizard” out")
    job = await desk.trial("wizard")
    assert job.state is JobState.DONE
    published = await desk.on_card(job, Action.PUBLISH)
    assert published.words.startswith("“wizard” is published, as version 1. Guests have it now.\n")
    assert {"Hide", "Versions"} <= keys(published).keys()
    view = await desk.house.core.booth.submit(post(GUEST, style=StyleId("wizard")))
    await desk.house.core.done(GUEST, view.job.id)
    assert "1 pictures" not in (await desk.types("managestyles wizard")).words
    assert "one picture, 0 failed" in (await desk.types("managestyles wizard")).words


async def test_a_style_by_form_has_the_graphs_tips_and_choices(desk: Seated) -> None:
    form = (await desk.types("addstyle")).form
    assert form is not None
    assert [field.name for field in form.fields] == ["name", "emoji", "graph", "prompt", "strength"]
    assert "FLUX: Describe the picture." in form.fields[3].hint
    assert form.fields[2].options == (("flux", "FLUX (flux)"),)
    begun = await desk.fills(form, name="Old Wizard", emoji="🧙", prompt="an old wizard", strength="strong")
    assert "🧙 Old Wizard (old-wizard)" in begun.words
    assert "Strength: strong" in begun.words


async def test_question_by_question_the_chosen_graphs_tip_is_enough(desk: Seated) -> None:
    form = (await desk.types("addstyle")).form
    assert form is not None
    prompt = replace(form.fields[3], hints=(("flux", "Whole sentences."), ("klein", "An order.")))
    await desk.is_asked(replace(form, fields=(form.fields[2], prompt)))
    asked = await desk.answers("flux")
    assert asked is not None
    assert "Whole sentences." in asked.words
    assert "An order." not in asked.words


async def test_a_form_with_something_wrong_in_it_comes_back_as_it_was_filled_in(desk: Seated) -> None:
    form = (await desk.types("addstyle")).form
    slip = await desk.fills(form, name="Wizard", emoji="wizard", prompt="an old wizard")
    assert slip.words.startswith("This is not one emoji.")
    assert slip.form is not None
    assert [field.value for field in slip.form.fields][:2] == ["Wizard", "wizard"]
    again = await desk.presses(keys(slip)["Fill in again"])
    assert again.form == slip.form
    begun = await desk.fills(again.form, emoji="🧙")
    assert "🧙 Wizard (wizard)" in begun.words


async def test_question_by_question_only_what_was_wrong_is_asked_again(desk: Seated) -> None:
    first = await desk.is_asked((await desk.types("addstyle")).form)
    assert first.words.startswith("New style · 1/5")
    assert "This is too long" in str(await desk.answers("x" * 41))
    assert await desk.answers("Wizard")
    assert await desk.answers("wizard")  # no emoji
    graph = await desk.answers("nothing like it")
    assert graph is not None
    assert graph.words.startswith("I can't take that as an answer.")
    prompt = await desk.presses(keys(graph)["✓ FLUX (flux)"])
    assert "Describe the picture." in prompt.words
    assert await desk.answers("an old wizard")
    slip = await desk.answers("strong")
    assert slip is not None
    assert slip.words.startswith("This is not one emoji.")
    begun = await desk.answers("🧙")
    assert begun is not None
    assert "🧙 Wizard (wizard)" in begun.words
    assert await desk.answers("hello") is None


async def test_optional_questions_are_left_empty_or_as_they_are_by_a_key(desk: Seated) -> None:
    begun = await desk.types(LINE)
    asked = await desk.is_asked((await desk.presses(keys(begun)["Adjust"])).form)
    assert "Now it is: Wizard" in asked.words
    asked = await desk.presses(keys(asked)["Keep it"])
    asked = await desk.presses(keys(asked)["Keep it"])
    asked = await desk.presses(keys(asked)["Leave it empty"])
    asked = await desk.presses(keys(asked)["strong"])
    done = await desk.presses(keys(asked)["✓ FLUX (flux)"])
    assert "Strength: strong" in done.words
    assert "an old wizard" not in done.words


async def test_a_question_ends_by_its_key_by_giving_up_and_by_another_command(desk: Seated) -> None:
    form = (await desk.types("addstyle")).form
    asked = await desk.is_asked(form)
    assert (await desk.presses(keys(asked)["Cancel"])).words.startswith("Cancelled.")
    assert await desk.answers("Wizard") is None
    await desk.is_asked(form)
    assert await desk.console.give_up(desk.seat())
    assert not await desk.console.give_up(desk.seat())
    await desk.is_asked(form)
    await desk.types("status")
    assert await desk.answers("Wizard") is None
    old = await desk.presses(keys(asked)["Cancel"])
    assert old.words.startswith("This button is too old")


async def test_a_key_of_an_answered_question_does_nothing(desk: Seated) -> None:
    first = await desk.is_asked((await desk.presses(keys(await desk.types(LINE))["Adjust"])).form)
    await desk.presses(keys(first)["Keep it"])
    assert (await desk.presses(keys(first)["Keep it"])).words.startswith("This button is too old")
    second = await desk.answers("🪄")
    assert second is not None
    assert "3/5" in second.words


async def test_a_changed_draft_is_tried_again_and_its_old_card_leads_to_the_drafts(desk: Seated) -> None:
    begun = await desk.types(LINE)
    await desk.presses(keys(begun)["Try on the portrait"])
    job = await desk.trial("wizard")
    form = (await desk.on_card(job, Action.ADJUST)).form
    changed = await desk.fills(form, prompt="a young wizard", strength="-")
    assert changed.words.startswith("Changed.")
    assert "“a young wizard”" in changed.words
    assert "Strength" not in changed.words
    old = await desk.on_card(job, Action.PUBLISH)
    assert old.words.startswith("This draft is not open any more")
    assert "Drafts" in keys(old)
    stale = await desk.fills(form, prompt="another")  # the form of the draft as it was
    assert not stale.words.startswith("Changed.")
    assert "“a young wizard”" in (await desk.presses("d:1")).words


async def test_steps_are_a_number(desk: Seated) -> None:
    form = (await desk.presses(keys(await desk.types(LINE))["Steps"])).form
    for wrong in ("many", "0", "101", "1.5", "٣"):
        assert (await desk.fills(form, steps=wrong)).words.startswith("Steps are a whole number")
    assert "Steps: 8" in (await desk.fills(form, steps="8")).words


async def test_without_a_photo_of_their_own_a_maintainer_is_told_to_send_one(desk: Seated) -> None:
    begun = await desk.types(LINE)
    assert (await desk.presses(keys(begun)["Try on my photo"])).words.startswith("I have no photo of yours")
    mine = await desk.house.core.booth.submit(post(desk.actor, style=None))
    assert (await desk.presses(keys(begun)["Try on my photo"])).words.startswith("I am trying")
    assert (await desk.trial("wizard")).state is JobState.DONE
    await desk.house.core.booth.discard(desk.actor, mine.job.id)


async def test_a_dropped_draft_is_gone(desk: Seated) -> None:
    begun = await desk.types(LINE)
    assert "You have no drafts." in (await desk.presses(keys(begun)["Drop"])).words
    assert (await desk.presses(keys(begun)["Try on the portrait"])).words.startswith("This draft is not open")


async def test_a_workflow_names_its_style_by_its_caption_or_its_file(desk: Seated) -> None:
    named = await desk.sends("x.json", workflow(), 'Glass 🪟 "stained glass"')
    assert "🪟 Glass (glass)" in named.words
    assert "A workflow of one node" in named.words
    assert "(my-flow)" in (await desk.sends("my_flow.json", workflow())).words
    assert "(workflow)" in (await desk.sends("workflow_api (3).json", workflow())).words
    assert "(neon)" in (await desk.types("addstyle Neon", file=("x.json", workflow()))).words
    wrong = await desk.sends("x.json", workflow(), "Ice strength=wild")
    assert wrong.words.startswith("I could not read “strength=wild”.")


async def test_a_file_after_editstyle_draws_the_style_that_was_made_by_words(desk: Seated) -> None:
    await desk.publishes('Wizard 🧙 "an old wizard"')
    editing = await desk.types("editstyle wizard")
    assert "If you send a workflow now" in editing.words
    assert (await desk.sends("x.json", b"[1")).words.startswith("I can't use this workflow.")
    given = await desk.sends("workflow_api (3).json", workflow())
    assert given.words.startswith("I have read the workflow for “wizard”: one node.")
    await desk.presses(keys(given)["Try on the portrait"])
    published = await desk.on_card(await desk.trial("wizard"), Action.PUBLISH)
    assert "as version 2" in published.words
    assert "“wizard” is back at version 1." in (await desk.types("rollback wizard")).words
    assert "Graph: flux" in (await desk.types("editstyle wizard")).words
    assert "(workflow)" in (await desk.sends("workflow_api.json", workflow(), "Workflow")).words


async def test_where_others_read_along_a_file_comes_with_its_command(desk: Seated) -> None:
    await desk.publishes('Wizard 🧙 "an old wizard"')
    editing = await desk.types("editstyle wizard", chat="telegram:-7")
    assert "in this chat with /addstyle draws this draft" in editing.words
    given = await desk.types("addstyle", file=("workflow.json", workflow()), chat="telegram:-7")
    assert given.words.startswith("I have read the workflow for “wizard”")


async def test_a_draft_waits_for_its_file_until_something_else_is_pressed(desk: Seated) -> None:
    begun = await desk.types(LINE)
    assert (await desk.presses(keys(begun)["Send a workflow"])).words.startswith("Send me the workflow for")
    await desk.types("status")
    assert "(glass)" in (await desk.sends("glass.json", workflow())).words
    await desk.presses(keys(begun)["Send a workflow"])
    assert (await desk.presses("?again")).words.startswith("This button is too old")
    await desk.presses(keys(begun)["Send a workflow"])
    given = await desk.sends("workflow.json", workflow(), event="sent")
    again = await desk.sends("workflow.json", workflow(), event="sent")
    assert given.words == again.words
    assert "“wizard”" in given.words
    form = (await desk.presses(keys(given)["Words instead"])).form
    words = await desk.fills(form, prompt="a young wizard", strength="strong")
    assert "Graph: flux" in words.words
    assert "“a young wizard”" in words.words
    assert "What goes where" not in keys(words)


async def test_what_goes_where_in_a_workflow_is_shown_and_changed(desk: Seated) -> None:
    draft = await desk.sends("glass.json", workflow())
    assert "Words: Prompt (1)" in draft.words
    bindings = await desk.presses(keys(draft)["What goes where"])
    places = await desk.presses(keys(bindings)["Words"])
    assert "1. Prompt (1) ✓" in places.words
    changed = await desk.presses(keys(places)["2"])
    assert "Words: Prompt (2)" in changed.words
    back = await desk.presses(keys(places)["As found"])
    assert "Words: Prompt (1)" in back.words
    forged = keys(places)["2"].rpartition(":")[0] + ":00000000"
    assert (await desk.presses(forged)).words.startswith("This button is too old")


async def test_a_draft_tells_what_is_left_out_of_its_workflow(desk: Seated) -> None:
    desk.house.bench.notes = (Complaint("workflow-nodes-left-out", {"count": 2}, "note"),)
    draft = await desk.sends("glass.json", workflow())
    assert "Nodes that the picture doesn't need are left out: 2." in draft.words
    assert "Try it out, then it can be published." in draft.words


async def test_a_useless_file_is_refused_with_the_reason(desk: Seated) -> None:
    for file in (b"", b"\xff", b"[1", b'{"nodes": []}'):
        assert (await desk.sends("x.json", file)).words.startswith("I can't use this workflow.")
    assert await desk.house.office.atelier.drafts(desk.actor) == []


async def test_a_style_broken_on_purpose_is_not_published_and_an_old_one_comes_back(desk: Seated) -> None:
    await desk.publishes('Wizard 🧙 "an old wizard"')
    edited = await desk.types("editstyle wizard")
    form = (await desk.presses(keys(edited)["Adjust"])).form
    await desk.fills(form, prompt="a young wizard")
    await desk.presses(keys(edited)["Try on the portrait"])
    job = await desk.trial("wizard")
    desk.house.bench.missing = {"flux"}
    broken = await desk.on_card(job, Action.PUBLISH)
    assert broken.words.startswith("No server can draw this as it is.")
    found = (await desk.presses(keys(broken)["Draft"])).words
    assert "What I found" in found
    assert "Once that is put right, try it out." in found
    desk.house.bench.missing = set()
    assert "version 2" in (await desk.on_card(job, Action.PUBLISH)).words
    versions = await desk.presses("vs:wizard")
    assert "Guests have 2" in versions.words
    back = await desk.presses(keys(versions)["Back to 1"])
    assert back.words.startswith("“wizard” is back at version 1.")
    assert "Version 1" in back.words
    assert "Version 2" in (await desk.types("rollback wizard 2")).words
    assert (await desk.types("rollback wizard 9")).words.startswith("There is no such version")


async def test_a_line_that_cannot_be_read_says_why(desk: Seated) -> None:
    for line, begins in (
        ('Wizard "open', "I could not read"),
        ("Wizard strength=wild", "I could not read"),
        ('Wizard "words" graph=nope', "There is no base graph of this name."),
        ('Comic "words"', "There is a style “comic” already."),
        (f'{"x" * 41} "words"', "This can't be a name"),
    ):
        assert (await desk.types(f"addstyle {line}")).words.startswith(begins)
    assert await desk.house.office.atelier.drafts(desk.actor) == []


async def test_a_filter_changes_its_words_and_emoji_only(desk: Seated) -> None:
    edited = await desk.types("editstyle comic")
    assert "Instant filter: comic" in edited.words
    assert "Steps" not in keys(edited)
    form = (await desk.presses(keys(edited)["Adjust"])).form
    assert form is not None
    assert [field.name for field in form.fields] == ["name", "emoji"]
    assert "🗯️ Kapow" in (await desk.fills(form, name="Kapow", emoji="🗯️")).words


async def test_a_set_goes_out_as_a_file_and_comes_in_again(desk: Seated) -> None:
    await desk.publishes('Wizard 🧙 "an old wizard"')
    exported = (await desk.types("export")).document
    assert exported is not None
    assert [one["style"] for one in json.loads(exported.data)["styles"]] == ["wizard"]
    assert (await desk.sends(exported.name, exported.data)).words.startswith("One style came with the file.")
    assert (await desk.types("import", file=("x", b'{"petaflop-styles": 9}'))).words.startswith(
        "I have taken"
    )
    assert (await desk.types("import")).words.startswith("Send me a file here")


async def test_nobody_works_on_another_ones_draft(desk: Seated) -> None:
    await desk.types(f"maintainers add {MATE}")
    mate, begun = desk.by(MATE), await desk.types(LINE)
    for target in keys(begun).values():
        if target.rpartition(":")[2] not in ("menu", "0"):
            assert "This draft is not open any more" in (await mate.presses(target)).words
    assert "an old wizard" in (await desk.presses("d:1")).words


async def test_a_maintainer_is_spoken_to_in_their_language(desk: Seated) -> None:
    german = desk.by(desk.actor, "de")
    begun = await german.types('addstyle Zauberer 🧙 "an old wizard"')
    assert begun.words.startswith("Hier ist dein Entwurf von „zauberer“.")
    form = (await german.presses(keys(begun)["Ändern"])).form
    assert form is not None
    assert form.title == "Den Entwurf ändern"
    assert "Zauberer" in (await german.types("drafts")).rows[0][0].words
