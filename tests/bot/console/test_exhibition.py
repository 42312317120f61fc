"""Sharing at the console: feeds, holding back, looking, taking down, the wall."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.cards import Address
from bot.exhibits import ShareState
from bot.nouns import ChatKey, GuestKey, JobId
from bot.office.slips import NotAMaintainer
from bot.replies import Place, Reply, Seat
from bot.words import words
from tests.bot.console.seated import Seated, fits, keys
from tests.bot.crewed import GUEST, STRANGER
from tests.bot.opened import post, until

GROUP = Place(ChatKey("telegram:-100"), "topic 7")


async def picture(desk: Seated, guest: GuestKey = GUEST) -> JobId:
    core = desk.house.core
    view = await core.booth.submit(post(guest))
    await core.done(guest, view.job.id)
    return view.job.id


async def shared(desk: Seated, name: str = "") -> JobId:
    job = await picture(desk)
    await desk.house.core.booth.sharing.share(GUEST, job, name)
    return job


async def state(desk: Seated, job: JobId) -> str | None:
    return (await desk.house.core.booth.look(GUEST, job)).job.shared


def in_group(desk: Seated, answered: str | None = None) -> Seat:
    return replace(desk.seat(), chat=GROUP.chat, private=False, feed=GROUP, answered=answered)


async def typed(desk: Seated, seat: Seat, line: str) -> Reply:
    name, _, rest = line.partition(" ")
    return fits(await desk.console.command(seat, name, rest))


async def news(desk: Seated, words: str) -> Sequence[str]:
    """The data of the keys below a notice, once it is there."""
    chat = desk.house.chat

    async def told() -> bool:
        return any(words in said for _, said in chat.notes)

    await until(told)
    at = next(at for at, (_, said) in enumerate(chat.notes) if words in said)
    return [key.data for key in chat.keyed[at]]


async def test_a_group_becomes_a_feed_and_is_none_any_more(desk: Seated) -> None:
    desk.house.chat.titles[GROUP.chat] = "PyConf chat"
    assert "nowhere" in (await desk.types("feed")).words
    assert "can't be a feed" in (await desk.types("feed here")).words
    assert "posted here" in (await typed(desk, in_group(desk), "feed here")).words
    again = await typed(desk, replace(in_group(desk), language="de"), "feed hier")
    assert "schon" in again.words
    (feed,) = await desk.house.office.curator.feeds(desk.actor)
    assert (feed.chat, feed.context, feed.language) == (GROUP.chat, GROUP.context, "en")
    shown = await desk.types("feed list")
    assert "1. PyConf chat · Telegram" in shown.words
    assert "Make this a feed" not in keys(await typed(desk, in_group(desk), "feed"))
    await shared(desk)

    async def hangs() -> bool:
        return bool(desk.house.chat.walls.get(GROUP.chat))

    await until(hangs)
    await desk.presses(keys(shown)["✕ 1"])
    assert not await desk.house.office.curator.feeds(desk.actor)
    assert "no feed of that number" in (await desk.types("feed off 1")).words
    assert "no feed of that number" in (await desk.types("feed off x")).words
    acts = await desk.house.acts()
    assert [act.split()[1] for act in acts if "feed" in act] == ["feed", "no-feed"]


async def test_what_is_held_is_looked_at_and_shown(desk: Seated) -> None:
    assert "at once" in (await desk.types("hold")).words
    await desk.types("hold on")
    job = await shared(desk, "Ann")
    look, show, hide = await news(desk, "waits for your yes")
    (held_share,) = await desk.house.office.curator.held(desk.actor)
    assert (look, show, hide) == ("e:1", f"let:1:{held_share.name_mark}", "take:1")
    held = await desk.types("held")
    assert "№ 1" in keys(held)
    assert "Ann" in held.words
    seen = await desk.presses(keys(held)["№ 1"])
    assert seen.picture is not None
    assert seen.shows == job
    after = await desk.presses(keys(seen)["Show"])
    assert (await state(desk, job), after.picture is not None) == ("shown", True)
    assert set(keys(after)) == {"Take down", "Held", "Menu"}
    await desk.presses(keys(after)["Take down"])
    assert await state(desk, job) == "hidden"
    seen = await desk.types("letshow 1")  # with a name that who types it needn't have seen
    await desk.presses(keys(seen)["Show"])
    assert await state(desk, job) == "shown"
    assert "stands already" in (await desk.presses(show)).words
    await desk.types("hold off")
    assert await state(desk, await shared(desk)) == "shown"


async def test_what_is_let_show_is_what_was_looked_at(desk: Seated) -> None:
    await desk.types("hold on")
    job = await shared(desk, "Lovely")
    _, told, _ = await news(desk, "waits for your yes")
    seen = await desk.presses("e:1")
    await desk.house.core.booth.sharing.share(GUEST, job, "Awful")
    fresh = seen
    for key in (told, keys(seen)["Show"], "let:1"):
        fresh = await desk.presses(key)
        assert ("Awful" in fresh.words, fresh.picture is not None) == (True, True)
        assert "have not looked at" in fresh.words
        assert await state(desk, job) == "held"
    elsewhere = fits(await desk.console.press(in_group(desk), "let:1"))
    assert "Awful" not in elsewhere.words
    await desk.presses(keys(fresh)["Show"])
    assert await state(desk, job) == "shown"


async def test_where_others_read_nothing_is_seen_that_is_held(desk: Seated) -> None:
    await desk.types("hold on")
    await shared(desk, "Annabelle")
    held = await typed(desk, in_group(desk), "held")
    assert "One picture" in held.words
    seen = fits(await desk.console.press(in_group(desk), "e:1"))
    assert (seen.picture, seen.shows) == (None, None)
    assert "Annabelle" not in held.words + seen.words
    await desk.presses(keys(await desk.presses("e:1"))["Show"])
    assert fits(await desk.console.press(in_group(desk), "e:1")).picture is not None


async def test_taken_down_by_number_and_by_reply(desk: Seated) -> None:
    await typed(desk, in_group(desk), "feed here")
    first, second = await shared(desk), await shared(desk)

    async def both_hang() -> bool:
        there = desk.house.chat.walls.get(GROUP.chat, {})
        return len([one for one in there.values() if one.picture is not None]) == 2

    await until(both_hang)
    newest = list(desk.house.chat.walls[GROUP.chat])[-1]
    assert "Picture 2 is taken down" in (await typed(desk, in_group(desk, newest), "hide")).words
    assert [await state(desk, job) for job in (first, second)] == ["shown", "hidden"]
    assert "Picture 1 is taken down" in (await desk.types("hide 1")).words
    await typed(desk, in_group(desk, newest), "letshow")
    assert await state(desk, second) == "hidden"  # its post is gone from the feed, and nothing else is meant
    card = next(message for message, one in desk.house.chat.shown if one.job == second)
    await typed(desk, replace(desk.seat(), chat=ChatKey(GUEST), answered=card), "letshow")
    assert await state(desk, second) == "shown"
    assert "isn't shared" in (await typed(desk, in_group(desk, "message 0"), "hide")).words
    assert "isn't shared" in (await desk.types("hide 77")).words
    assert "№" not in (await desk.types("hide")).words  # the list of styles, as ever
    assert "Guests don't see" in (await desk.types("hide comic")).words


async def test_what_a_maintainer_looked_at_comes_down_with_it(desk: Seated) -> None:
    job = await shared(desk)
    sharing = desk.house.core.booth.sharing
    where = Address(ChatKey(desk.actor))
    assert await sharing.shown_to_crew(job, replace(where, message="seen 1"), "en")
    await sharing.unshare(GUEST, job)
    assert not await sharing.shown_to_crew(job, replace(where, message="seen 2"), "en")
    assert not await sharing.shown_to_crew(JobId("no job"), replace(where, message="seen 3"), "en")

    async def all_gone() -> bool:
        there = {address.message for address, _ in desk.house.chat.taken_back}
        return {"seen 1", "seen 2", "seen 3"} <= there

    await until(all_gone)


async def test_a_reported_picture_is_told_with_its_keys(desk: Seated) -> None:
    job = await shared(desk)
    core = desk.house.core
    (held_share,) = await core.stores.shares.shown(5)
    await core.booth.sharing.report(GuestKey("web:x"), held_share.id)
    assert await news(desk, "shouldn't be shown. Please") == ["e:1", "take:1"]
    for reporter in ("web:y", "web:z"):
        await core.booth.sharing.report(GuestKey(reporter), held_share.id)
    assert await news(desk, "until one of you") == ["e:1", "let:1", "take:1"]
    assert await state(desk, job) == ShareState.HELD


async def test_the_wall_tells_its_pin_in_private(desk: Seated) -> None:
    shown = await desk.types("wall")
    pin = await desk.house.office.curator.pin(desk.actor)
    assert pin in shown.words
    changed = await desk.presses(keys(shown)["New PIN"])
    assert pin not in changed.words
    assert (await desk.house.office.curator.pin(desk.actor)) in changed.words
    assert "private" in (await typed(desk, in_group(desk), "wall")).words


async def test_strangers_find_none_of_it(desk: Seated) -> None:
    await desk.types("hold on")
    await shared(desk)
    guest, before = desk.by(STRANGER), await desk.house.acts()
    targets = (
        "held:0",
        "e:1",
        "let:1",
        "take:1",
        "hold:off",
        "holding",
        "wall",
        "pin",
        "feeds",
        "feed",
        "nofeed:1",
    )
    for target in targets:
        with pytest.raises(NotAMaintainer):
            await guest.presses(target)
    for line in ("feed here", "feed off 1", "hold off", "held", "letshow 1", "hide 1", "wall", "letshow"):
        with pytest.raises(NotAMaintainer):
            await typed(guest, in_group(guest, "message 1"), line)
    assert await desk.house.acts() == before


@pytest.mark.parametrize(
    "target", ["e", "e:x", "e:99", "let:", "take:99", "hold:maybe", "held:x", "nofeed:7"]
)
async def test_keys_that_mean_nothing_change_nothing(desk: Seated, target: str) -> None:
    before = await desk.house.acts()
    await desk.presses(target)
    assert await desk.house.acts() == before


@pytest.mark.parametrize("language", words().languages)
async def test_everything_is_told_in_each_language(desk: Seated, language: str) -> None:
    await desk.types("hold on")
    await shared(desk)
    mine = desk.by(desk.actor, language)
    for line in ("held", "hold", "wall", "feed", "letshow 1", "hide 1", "hold off", "hold what"):
        await mine.types(line)
