"""A guest tries everything; and keys that nobody has made."""

from dataclasses import replace

import pytest

from bot.cards import Action
from bot.console.commands import COMMANDS, asks_first
from bot.console.data import opens_form
from bot.office.slips import NotAMaintainer
from bot.replies import MOST_LABEL, Form
from bot.words import words
from tests.bot.console.seated import Seated, fits, keys, seat
from tests.bot.crewed import MATE, OWNER, STRANGER
from tests.fakes.bench import workflow

LINE = 'addstyle Wizard 🧙 "an old wizard"'
LINES = [
    "",
    "comic",
    "comic 1",
    "comic here",
    "comic +1h",
    "3",
    "hello",
    f"add {STRANGER}",
    f"remove {OWNER}",
]


UNMADE = [
    "", ":", "?", "?:", "nonsense", "?nonsense", "new", "s", "s:", "s:nobody", "d", "d:", "d:x", "d:-1",
    "d:999999999999999", "d:9999999999999999999999", "drafts", "drafts:x", "styles", "stats", "vs", "b:1",
    "b:1:nothing", "try:1", "try:1:moon", "publish:1", "publish:1:x", "drop:1", "bind:1:prompt",
    "up:nobody", "limit", "limit:", "fire:", "hire:", "ban:", "pardon:0", "q", "q:x", "q:x:0:stop",
    "?again", "?adjust:x", "?plan", "?steps:999", "back:comic:x", "back:comic:99999", "edit:comic:7",
    "a" * 500, "hide:\N{ROBOT FACE}",
]  # fmt: skip


async def everything(desk: Seated) -> tuple[set[str], list[Form]]:
    """All keys that can be reached from the menu, and all forms, with a draft of each kind there."""
    await desk.types(LINE)
    await desk.sends("glass.json", workflow())
    await desk.types(f"maintainers add {MATE}")
    await desk.types("ban 99")
    await desk.publishes('Oldie 🧓 "old"')
    seen: set[str] = set()
    forms: list[Form] = []
    ahead = ["menu"]
    changing = (
        "pause",
        "resume",
        "drain",
        "drop",
        "publish",
        "try",
        "fire",
        "pardon",
        "bind",
        "limit",
        "back",
        "close",
        "hold",
        "pin",
        "feed",
    )
    shaping = ("hide", "show", "up", "down", "first", "last", "only", "open", "+", "-", "edit")
    while ahead:
        target = ahead.pop()
        seen.add(target)
        if target.partition(":")[0] in (*changing, *shaping):
            continue
        reply = await desk.presses(target)
        if reply.form is not None:
            assert opens_form(target)
            forms.append(reply.form)
        ahead += [found for found in keys(reply).values() if found not in seen and found not in ahead]
    return seen, forms


async def test_a_guest_who_tries_everything_gets_nowhere(desk: Seated) -> None:
    seen, forms = await everything(desk)
    assert len(seen) > 60
    assert {form.data.partition(":")[0] for form in forms} == {
        "new",
        "adjust",
        "steps",
        "words",
        "plan",
        "announce",
        "hiring",
        "inviting",
    }
    await desk.presses("try:1:portrait")
    job = await desk.trial("wizard")
    asked = await desk.is_asked(forms[0])
    before = await desk.house.acts()
    guest = desk.by(STRANGER)
    attempts = [
        guest.types(f"{one.name} {line}") for one in COMMANDS if one.name != "claim" for line in LINES
    ]
    attempts += [guest.presses(target) for target in (*sorted(seen), *keys(asked).values(), "?again", "x")]
    attempts += [guest.fills(form) for form in forms]
    attempts += [guest.is_asked(form) for form in forms]
    attempts += [guest.sends("x.json", workflow()), guest.sends("x.json", b'{"petaflop-styles": 1}')]
    attempts += [guest.on_card(job, action) for action in Action]
    for attempt in attempts:
        with pytest.raises(NotAMaintainer):
            await attempt
    with pytest.raises(NotAMaintainer):
        await guest.answers("Wizard")
    with pytest.raises(NotAMaintainer):
        await desk.console.give_up(guest.seat())
    with pytest.raises(NotAMaintainer):  # in the maintainer's own chat, e.g. a group
        await desk.console.answer(replace(seat(STRANGER), chat=seat().chat), "Wizard")
    assert await desk.house.acts() == before


async def test_who_is_a_maintainer_no_more_has_no_way_left(desk: Seated) -> None:
    await desk.types(f"maintainers add {MATE}")
    mate = desk.by(MATE)
    asked = await mate.is_asked((await mate.types("addstyle")).form)
    await desk.types(f"maintainers remove {MATE}")
    with pytest.raises(NotAMaintainer):
        await mate.answers("Wizard")
    with pytest.raises(NotAMaintainer):
        await mate.presses(keys(asked)["Cancel"])


async def test_a_key_that_nobody_has_made_is_answered_and_changes_nothing(desk: Seated) -> None:
    await desk.types(LINE)
    before = await desk.house.acts()
    for target in UNMADE:
        await desk.presses(target)
        fits(await desk.console.submit(desk.seat(), target, {"words": "x"}))
        assert await desk.house.acts() == before, target


def test_a_form_comes_first_only_where_nothing_was_typed() -> None:
    assert {one.name for one in COMMANDS if asks_first(one.name, " ")} == {"addstyle", "announce"}
    assert not asks_first("addstyle", "Wizard")
    assert not asks_first("addstyle", "", with_file=True)


@pytest.mark.parametrize("language", words().languages)
def test_descriptions_and_labels_fit_discord(language: str) -> None:
    for command in COMMANDS:
        assert 0 < len(words().say(language, f"console-{command.name}")) <= 100
    asked = [key for key in words().keys(language) if key.startswith(("ask-", "form-"))]
    assert asked
    for key in asked:
        said = words().say(language, key)
        assert len(said) <= (100 if key.endswith("-hint") else MOST_LABEL), key
