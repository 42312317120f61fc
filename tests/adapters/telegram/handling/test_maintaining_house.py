"""The owner's hand on the booth: pause, limits, bans, announcements, figures, and who sees which menu."""

import asyncio
from pathlib import Path

import pytest

from tests.adapters.telegram.maintained import LONG_S, answered, pressed, told
from tests.adapters.telegram.opened import Setup, finished, key, opened, selfie
from tests.fakes.telegram import Guest, Message, Telegram


def is_declined(message: Message) -> bool:
    return "Back after lunch" in message.words


async def menu_of(telegram: Telegram, guest: Guest, expected: bool) -> list[str]:
    """The commands that Telegram shows in somebody's private chat, once there are some, or none."""
    scope = {"type": "chat", "chat_id": guest.id}
    async with asyncio.timeout(LONG_S):
        while bool(telegram.world.profile.commands(scope)) is not expected:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return [command["command"] for command in telegram.world.profile.commands(scope)]


async def test_pause_limit_announce_ban_and_drain_reach_guests(
    tmp_path: Path, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.underway.messenger.AGAIN_S", 0.1)
    monkeypatch.setattr("bot.underway.messenger.LOOK_S", 0.1)
    mia, ann, bob = (telegram.guest(name) for name in ("Mia", "Ann", "Bob"))
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        await told(mia, "/pause Back after lunch.", "The booth is paused")
        await ann.send_photo(selfie())
        await ann.chat.until_bot(is_declined, LONG_S)
        await told(mia, "/resume", "The booth takes photos")
        hold = booth.renderer.hold = asyncio.Event()
        await ann.send_photo(selfie(), caption="comic")
        await asyncio.wait_for(booth.renderer.started.get(), LONG_S)
        lost = telegram.fault(
            "sendMessage", "reset before", chat=ann.id
        )  # as far as the booth knows, it is there
        await told(mia, "/announce Ten minutes more", "I tell it to the one who is waiting")
        await answered(ann, "Ten minutes more")
        assert lost.hits == 1
        await told(mia, "/limit 1", "unfinished pictures: 1")
        await ann.send_photo(selfie(80))
        await answered(ann, "unfinished")
        await told(mia, f"/ban {key(bob)}", "I take no more photos from")
        await bob.send_photo(selfie())
        await answered(bob, "asked me to take no more photos from you")
        await told(mia, f"/unban {key(bob)}", "I take photos from")
        await told(mia, "/drain", "One picture is still to be made")
        hold.set()
        await finished(ann.chat, 1, LONG_S)
        await answered(mia, "The line is done")
        await bob.send_photo(selfie())
        await answered(bob, "about to close")


async def test_status_and_figures_come_as_pictures_and_as_a_table(tmp_path: Path, telegram: Telegram) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))):
        await ann.send_photo(selfie(), caption="comic")
        await finished(ann.chat, 1, LONG_S)
        status = await told(mia, "/status", "PETaflop", "telegram (polling): up")
        assert status.photo
        again = await pressed(mia, "Again", status, "telegram (polling): up")
        assert again.id == status.id
        stats = await told(mia, "/stats", "Today", "one new guest, one picture")
        assert stats.photo
        await pressed(mia, "CSV", stats, "Everything that was counted")
        table = await answered(mia, "Everything that was counted")
        assert table.attachment is not None
        assert table.attachment.fields["file_name"] == "petaflop-stats.csv"
        assert b"comic" in table.picture
        menu = await pressed(mia, "Menu", stats, "The booth is open")
        assert menu.text is not None
        styles = await pressed(mia, "Styles", menu, "in the order in which guests see them")
        assert styles.id == menu.id
        export = await told(mia, "/export", "All styles that maintainers have published")
        assert export.attachment is not None


async def test_a_maintainers_menu_comes_and_goes_with_them(tmp_path: Path, telegram: Telegram) -> None:
    mia, ben, ann = (telegram.guest(name) for name in ("Mia", "Ben", "Ann"))
    for guest in (mia, ben, ann):
        await guest.start()
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))):
        theirs = await menu_of(telegram, mia, expected=True)
        assert theirs[0] == "maintain"
        assert "forget" in theirs
        await told(mia, f"/maintainers add {ben.id}", "is a maintainer now")
        await menu_of(telegram, ben, expected=True)
        await told(mia, f"/maintainers remove {ben.id}", "is no maintainer any more")
        await menu_of(telegram, ben, expected=False)
        assert await menu_of(telegram, ann, expected=False) == []
        everybodys = telegram.world.profile.commands({"type": "all_private_chats"})
        assert "maintain" not in [command["command"] for command in everybodys]


async def test_a_ban_by_reply_in_a_group_means_who_wrote_or_whose_picture_it_is(
    tmp_path: Path, telegram: Telegram
) -> None:
    mia, ann, bob = (telegram.guest(name) for name in ("Mia", "Ann", "Bob"))
    group = telegram.group("Party", mia, ann, bob)
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        hello = await ann.send_text("/help", group.chat)
        await mia.send_text("/ban", group.chat, reply_to=hello)
        await answered(mia, "I take no more photos from", chat=group.chat)
        bans = await booth.booth.office.hand.banned(key(mia))
        assert list(bans) == [key(ann)]
        await bob.send_photo(selfie(), "/style comic", group.chat)
        picture = (await finished(group.chat, 1, LONG_S))[0]
        await mia.send_text("/ban", group.chat, reply_to=picture)
        async with asyncio.timeout(LONG_S):
            while len(await booth.booth.office.hand.banned(key(mia))) < 2:  # noqa: ASYNC110 # it tells nobody
                await asyncio.sleep(0.02)
        assert set(await booth.booth.office.hand.banned(key(mia))) == {key(ann), key(bob)}
        await mia.send_text("/announce", group.chat)
        await answered(mia, "I ask my questions in private only", chat=group.chat)


async def test_a_style_for_one_group_is_offered_there_and_nowhere_else(
    tmp_path: Path, telegram: Telegram
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    party = telegram.group("Party", mia, ann)
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))):
        await telegram.until_requested("getMe")
        await mia.send_text("/restrict comic here", party.chat)
        await answered(mia, "offered in this chat only", chat=party.chat)
        await ann.send_photo(selfie(), "/style comic", party.chat)
        await finished(party.chat, 1, LONG_S)
        await ann.send_photo(selfie(), "comic")
        sheet = await ann.chat.until_bot(lambda message: bool(message.buttons), LONG_S)
        assert not any("Comic" in button.text for button in sheet.buttons)
        assert any("Oil paint" in button.text for button in sheet.buttons)
        listed = await told(mia, "/restrict comic", "in one chat only", "1. Party · Telegram")
        here = await pressed(mia, "In this chat as well", listed, "offered in this chat as well")
        listed = await pressed(mia, "Chats", here, "in 2 chats only", "this chat")
        await pressed(mia, "✕ 1", listed, "Changed", "in one chat only")
        await told(mia, "/restrict comic everywhere", "in every chat")
