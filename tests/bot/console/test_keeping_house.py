"""Styles looked after, the booth steered, people let in and out: at the console."""

from dataclasses import replace

import pytest

from bot.errors import Banned, Paused
from bot.nouns import ChatKey, StyleId
from bot.office.slips import NotAMaintainer
from bot.store.styles import Placing
from bot.words import words
from tests.bot.console.seated import Seated, fits, keys, seat
from tests.bot.crewed import GUEST, MATE, OTHER_GUEST, OWNER, STRANGER
from tests.bot.opened import post, until

COMIC = StyleId("comic")


async def placing(desk: Seated) -> Placing:
    reports = await desk.house.office.wardrobe.styles(OWNER, "en")
    return next(report.placing for report in reports if report.style == COMIC)


# -- styles ---------------------------------------------------------------------------------------------


async def test_a_style_is_hidden_and_shown_by_name_by_key_and_by_its_beginning(desk: Seated) -> None:
    assert "Guests don't see “comic” any more." in (await desk.types("hide Comic")).words
    assert COMIC not in await desk.house.offered()
    hidden = await desk.types("managestyles com")
    assert "hidden" in hidden.words
    await desk.presses(keys(hidden)["Show"])
    assert COMIC in await desk.house.offered()
    assert (await desk.types("hide nobody")).words.startswith("There is no style of this name.")


async def test_a_command_without_its_style_leads_to_the_list(desk: Seated) -> None:
    for name in (
        "managestyles",
        "hide",
        "showstyle",
        "editstyle",
        "rollback",
        "schedule",
        "restrict",
        "reorder",
    ):
        assert "in the order in which guests see them" in (await desk.types(name)).words


async def test_styles_change_their_places(desk: Seated) -> None:
    before = await desk.house.offered()
    assert "place 2" in (await desk.presses(f"down:{before[0]}")).words
    assert (await desk.house.offered())[:2] == [before[1], before[0]]
    assert "place 1" in (await desk.presses(f"up:{before[0]}")).words
    assert "place 1" in (await desk.presses(f"up:{before[0]}")).words
    await desk.types(f"reorder {before[1]}, {before[0]}")
    assert (await desk.house.offered())[:2] == [before[1], before[0]]
    await desk.presses(f"first:{before[0]}")
    assert (await desk.house.offered())[0] == before[0]
    shown = await desk.types(f"managestyles {before[0]}")
    await desk.presses(keys(shown)["Last"])
    assert (await desk.house.offered())[-1] == before[0]


async def test_styles_are_put_first_by_names_of_several_words(desk: Seated) -> None:
    for name in ("Old Wizard", "Old Robot"):
        await desk.publishes(f'{name} 🧙 "words"')
    for typed in (
        "old robot, Old Wizard, comic",
        "Old Robot Old Wizard Comic",
        "old-robot; OLD WIZARD\ncom",
        "old-robot old-wizard comic comic",
    ):
        await desk.types("reorder comic")
        await desk.types(f"reorder {typed}")
        assert (await desk.house.offered())[:3] == ["old-robot", "old-wizard", "comic"], typed
    before = await desk.house.offered()
    for wrong in ("old", "comic nobody", "Old Wizard Robot", "nobody, comic"):
        assert (await desk.types(f"reorder {wrong}")).words.startswith("There is no style of this name.")
    assert await desk.house.offered() == before
    assert "is set" in (await desk.types("schedule Old Robot 2030-01-02 -")).words


async def test_a_style_is_offered_for_a_time(desk: Seated) -> None:
    assert "is set" in (await desk.types("schedule comic 2030-01-02 09:00 2030-01-03")).words
    assert "2030-01-02 09:00 to 2030-01-03 00:00" in (await desk.types("managestyles comic")).words
    form = (await desk.types("schedule comic")).form
    slip = await desk.fills(form, until="2029-01-01")
    assert slip.words.startswith("The end is a moment like")
    assert slip.form is not None
    await desk.fills(slip.form, since="-", until="-")
    again = await placing(desk)
    assert (again.since, again.until) == (None, None)
    await desk.types("schedule comic +1h")
    assert "is set" in (await desk.types("schedule comic - -")).words
    again = await placing(desk)
    assert (again.since, again.until) == (None, None)
    await desk.types("schedule comic 2030-01-02 09:00 +2h")
    again = await placing(desk)
    assert (again.since or 0) + 7200 == again.until
    assert (await desk.types("schedule comic soon")).words.startswith("I could not read these moments.")


async def test_a_style_is_kept_to_one_chat_and_let_out_again(desk: Seated) -> None:
    assert "in this chat only" in (await desk.types("restrict comic here")).words
    assert COMIC not in await desk.house.offered(GUEST)
    assert COMIC in await desk.house.offered(OWNER)
    assert "in every chat" in (await desk.types("restrict comic everywhere")).words
    assert (await placing(desk)).chats is None
    assert "Only in this chat" in keys(await desk.types("restrict comic"))


BERLIN, HAMBURG = ChatKey("telegram:-100"), ChatKey("telegram:-200")


async def test_a_style_is_kept_to_several_chats_and_each_can_be_taken_out(desk: Seated) -> None:
    desk.house.chat.titles = {BERLIN: "Berlin meetup", HAMBURG: "Hamburg meetup"}
    assert "in this chat only" in (await desk.types("restrict comic here", chat=BERLIN)).words
    assert "in this chat as well" in (await desk.types("restrict comic here", chat=HAMBURG)).words
    assert "in this chat as well" in (await desk.types("restrict comic here", chat=HAMBURG)).words
    assert (await placing(desk)).chats == frozenset({BERLIN, HAMBURG})
    shown = await desk.types("restrict comic")
    assert "is offered in 2 chats only:\n1. Berlin meetup · Telegram\n2. Hamburg meetup" in shown.words
    taken = await desk.presses(keys(shown)["✕ 1"])
    assert "in one chat only:\n1. Hamburg meetup" in taken.words
    assert {"✕ 1", "In this chat as well"} & keys(taken).keys() == {"In this chat as well"}
    assert (await desk.presses(keys(shown)["✕ 2"])).words.startswith("This button is too old")
    assert (await desk.presses(keys(shown)["✕ 1"])).words.startswith("This button is too old")
    assert (await placing(desk)).chats == frozenset({HAMBURG})
    assert COMIC not in await desk.house.offered(BERLIN)
    await desk.presses(keys(taken)["Everywhere"])
    assert (await placing(desk)).chats is None


async def test_a_chat_is_chosen_among_those_where_guests_have_sent_photos(desk: Seated) -> None:
    desk.house.chat.titles = {BERLIN: "Berlin meetup"}
    for chat in (BERLIN, HAMBURG, ChatKey(GUEST)):
        view = await desk.house.core.booth.submit(replace(post(GUEST), chat=chat))
        await desk.house.core.done(GUEST, view.job.id)
    shown = await desk.types("restrict comic")
    assert "in every chat" in shown.words
    assert "Guests have lately sent photos here:\n1. Berlin meetup" in shown.words
    assert [words for words in keys(shown) if words.startswith("+")] == ["+ 1"]  # private chats have no title
    chosen = await desk.presses(keys(shown)["+ 1"])
    assert "1. Berlin meetup · Telegram" in chosen.words
    assert (await placing(desk)).chats == frozenset({BERLIN})
    desk.house.chat.outages = 9  # a title isn't known just now: the chat is still listed
    assert f"1. {BERLIN}" in (await desk.types("restrict comic")).words


async def test_long_lists_have_pages(desk: Seated) -> None:
    for number in range(9):
        await desk.types(f'addstyle Style {number} "words"')
    drafts = await desk.types("drafts")
    assert len([key for key in keys(drafts).values() if key.startswith("d:")]) == 8
    second = await desk.presses(keys(drafts)["▶"])
    assert len([key for key in keys(second).values() if key.startswith("d:")]) == 1
    assert keys(second)["◀"] == "drafts:0"
    assert (await desk.presses("drafts:999")).rows == second.rows
    audit = await desk.types("audit")
    assert "began a draft of style-8" in audit.words
    assert "▶" not in keys(audit)


# -- the booth ------------------------------------------------------------------------------------------


async def test_the_booth_is_paused_with_words_and_resumed(desk: Seated) -> None:
    paused = await desk.types("pause Back at five")
    assert "it takes no photos" in paused.words
    with pytest.raises(Paused) as caught:
        await desk.house.core.booth.submit(post(GUEST))
    assert caught.value.values["words"] == "Back at five"
    form = (await desk.presses(keys(paused)["Words for guests"])).form
    assert form is not None
    assert form.fields[0].value == "Back at five"
    await desk.fills(form, words="")
    await desk.presses(keys(paused)["Resume"])
    view = await desk.house.core.booth.submit(post(GUEST))
    await desk.house.core.done(GUEST, view.job.id)
    assert "Pause" in keys(await desk.types("maintain"))
    assert (await desk.types(f"pause {'x' * 501}")).words.startswith("Please give one to five hundred")


async def test_the_limit_is_set(desk: Seated) -> None:
    number, anything, own = "unfinished pictures: 3.", "any number", "settings"
    for typed, told in (("3", number), ("0", anything), ("any", anything), ("own", own), ("-", own)):
        assert told in (await desk.types(f"limit {typed}")).words
        assert told in (await desk.types("limit")).words
    for typed in ("many", "-1", "101", "3.5", "9" * 30, "²"):
        assert (await desk.types(f"limit {typed}")).words.startswith("The limit is a whole number")


async def test_an_announcement_is_made_to_those_who_wait_and_the_line_runs_dry(desk: Seated) -> None:
    assert (await desk.types("announce hello")).words.startswith("Nobody is waiting")
    form = (await desk.types("announce")).form
    assert (await desk.fills(form, words=" ")).words.startswith("Please give one to five hundred")
    desk.house.core.renderer.slots = 0
    await desk.house.core.booth.submit(post(GUEST))
    assert (await desk.fills(form, words="Soon!")).words.startswith("I tell it to the one who is waiting.")
    asked = await desk.presses(keys(await desk.types("maintain"))["Drain"])
    drained = await desk.presses(keys(asked)["Let it run dry"])
    assert "One picture is still to be made" in drained.words
    assert "Resume" in keys(drained)


def test_why_a_style_failed_is_told_in_words() -> None:
    for language, why in (("en", "the workflow can't work"), ("de", "der Workflow kann nicht gelingen")):
        mark = words().say(language, "mark-set-aside", cause="graph")
        assert why in mark
        assert why in words().say(language, "news-set-aside", style="oil", times=3, cause="graph")
        assert "missing-model" in words().say(language, "mark-set-aside", cause="missing-model")


async def test_status_and_numbers_are_told_drawn_and_tabled(desk: Seated) -> None:
    status = await desk.types("status")
    assert status.picture is not None
    assert "Line “scripted”: 0 waiting" in status.words
    assert "spark:8188: idle · GB10 · 32.0/128.0 GiB" in status.words
    view = await desk.house.core.booth.submit(post(GUEST))
    await desk.house.core.done(GUEST, view.job.id)

    async def counted() -> bool:
        return "Comic: 1" in (await desk.types("stats")).words

    await until(counted)
    whole = await desk.types("stats all")
    assert whole.picture is not None
    table = (await desk.presses(keys(whole)["CSV"])).document
    assert table is not None
    assert b"comic,telegram,1,1,0" in table.data


# -- people ---------------------------------------------------------------------------------------------


async def test_a_guest_is_banned_by_reply_by_number_and_by_mention(desk: Seated) -> None:
    answered = replace(seat(private=False), replied_to=GUEST)
    banned = fits(await desk.console.command(answered, "ban", ""))
    assert "I take no more photos from telegram:7." in banned.words
    with pytest.raises(Banned):
        await desk.house.core.booth.submit(post(GUEST))
    assert "was banned already" in (await desk.types("ban 7")).words
    pardoned = await desk.presses(keys(banned)["✓ telegram:7"])
    assert "I take photos from telegram:7 again." in pardoned.words
    assert (await desk.presses(keys(banned)["✓ telegram:7"])).words.startswith("This button is too old")
    assert "telegram:8" in (await desk.types("ban <@8>")).words
    assert "again" in (await desk.types(f"unban {OTHER_GUEST}")).words
    assert "was not banned" in (await desk.types(f"unban {OTHER_GUEST}")).words
    assert "Nobody is banned" in (await desk.types("ban")).words
    for nobody in ("somebody", OWNER):
        assert (await desk.types(f"ban {nobody}")).words.startswith("I can't do that")


async def test_maintainers_are_added_and_removed(desk: Seated) -> None:
    form = (await desk.presses(keys(await desk.types("maintainers"))["Add one"])).form
    assert f"{MATE} is a maintainer now." in (await desk.fills(form, guest="2")).words
    assert "was a maintainer already" in (await desk.types("maintainers add 2")).words
    assert f"{MATE} is no maintainer any more." in (await desk.types("maintainers remove 2")).words
    with pytest.raises(NotAMaintainer):
        await desk.by(MATE).types("maintain")
    assert "Only the owner" in (await desk.types(f"maintainers remove {OWNER}")).words
    assert (await desk.types("maintainers add discord:x")).words.startswith("I can't do that")


async def test_somebody_claims_in_private_with_the_code(desk: Seated) -> None:
    code = await desk.house.office.crew.new_code()
    stranger = desk.by(STRANGER)
    assert (await stranger.types("claim WRONG")).words.startswith("This code is not open")
    with pytest.raises(NotAMaintainer):
        await desk.console.command(seat(STRANGER, private=False), "claim", code)
    assert (await stranger.types(f"claim {code}", event="once")).words.startswith("Welcome")
    assert (await stranger.types(f"claim {code}", event="once")).words.startswith(
        "You are a maintainer already"
    )
    assert "The booth is open." in (await stranger.types("maintain")).words
    assert "became a maintainer" in (await desk.types("audit")).words
