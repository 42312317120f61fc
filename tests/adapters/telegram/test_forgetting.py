"""Forgetting on Telegram: nobody sees a forgotten guest's face in any chat, and the receipt is honest."""

import asyncio
from pathlib import Path

import pytest

from tests.adapters.telegram.maintained import answered
from tests.adapters.telegram.opened import finished, has, key, opened, selfie
from tests.adapters.telegram.test_sharing import (
    LONG_S,
    crew,
    feed_in,
    nothing_to_post,
    nothing_to_take_back,
    pictured,
    posts,
    shared,
)
from tests.fakes.telegram import Guest, Message, Telegram


async def forgets(guest: Guest) -> Message:
    """Ask for it in private, say yes, and read the receipt."""
    await guest.send_text("/forget")
    ask = await guest.chat.until_bot(lambda message: has(message, "Erase everything"), LONG_S)
    await guest.press("Erase everything", ask)
    return await answered(guest, "Done.")


async def test_every_message_with_a_forgotten_face_goes(telegram: Telegram, tmp_path: Path) -> None:
    mia, ann, bob = (telegram.guest(name) for name in ("Mia", "Ann", "Bob"))
    party, gallery = telegram.group("Party", mia, ann, bob), telegram.group("Gallery", mia)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, gallery.chat)
        mine, ours = await pictured(ann), await pictured(ann, party.chat)
        await shared(ann, mine)
        (post,) = await posts(gallery.chat)
        await ann.send_text("/mine")
        await ann.chat.until(lambda chat: len(chat.pictures) >= 3, LONG_S)
        await ann.send_text("/quality")
        file = await ann.chat.until_bot(lambda message: message.attachment, LONG_S)
        photo = await ann.send_photo(selfie(60), "", party.chat)
        await bob.send_text("/style comic", party.chat, reply_to=photo)
        theirs = (await finished(party.chat, 2, LONG_S))[-1]
        faces = {one.picture for one in (mine, ours, post, file, theirs)}
        receipt = await forgets(ann)
        assert "erased everything about you: 3 entries" in receipt.words
        assert "The picture that you shared is off the wall" in receipt.words
        await nothing_to_take_back(booth)
        assert not faces & set(telegram.world.faces())
        assert [one.words for one in ann.chat.pictures if one.from_bot] == []
        assert [key(ann), key(bob)] == [f"telegram:{guest.id}" for guest in (ann, bob)]
        assert list(await booth.jobs(bob)) == []


async def test_a_press_that_is_handled_again_is_answered_with_what_is_true(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann = telegram.guest("Ann")
    async with opened(telegram, tmp_path) as booth:
        await pictured(ann)
        await booth.booth.forget(key(ann))  # a kill came after this, and before its receipt
        receipt = await forgets(ann)
        assert receipt.words == "Done. Nothing about you is kept here."


@pytest.mark.parametrize("group", [False, True])
async def test_a_picture_that_is_being_painted_never_comes(
    telegram: Telegram, tmp_path: Path, *, group: bool
) -> None:
    ann = telegram.guest("Ann")
    party = telegram.group("Party", ann)
    place = party.chat if group else ann.chat
    async with opened(telegram, tmp_path) as booth:
        booth.renderer.hold = asyncio.Event()
        await ann.send_photo(selfie(60), "/style comic" if group else "comic", place)
        await booth.renderer.started.get()
        await forgets(ann)
        booth.renderer.hold.set()
        await nothing_to_take_back(booth)
        assert list(await booth.jobs(ann)) == []
        assert not place.pictures
        assert [name async for name, _ in booth.stores.vault.names()] == []


async def test_what_waits_goes_from_groups_as_well(telegram: Telegram, tmp_path: Path) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    party = telegram.group("Party", ann, bob)
    async with opened(telegram, tmp_path) as booth:
        booth.renderer.hold = asyncio.Event()
        await bob.send_photo(selfie(90), "/style comic", party.chat)
        await booth.renderer.started.get()
        await ann.send_photo(selfie(), "/style comic", party.chat)
        await ann.send_photo(selfie(), "/style", party.chat)
        await party.chat.until(lambda chat: len(chat.from_bot) == 4, LONG_S)  # with the greeting
        await forgets(ann)
        await party.chat.until(lambda chat: len(chat.from_bot) == 2, LONG_S)
        booth.renderer.hold.set()
        await finished(party.chat, 1, LONG_S)


async def test_what_is_out_of_reach_goes_when_the_line_is_back(telegram: Telegram, tmp_path: Path) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    gallery = telegram.group("Gallery", mia)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, gallery.chat)
        picture = await pictured(ann)
        await shared(ann, picture)
        (post,) = await posts(gallery.chat)
        await nothing_to_post(booth)
        with telegram.away():
            receipt = await booth.booth.forget(key(ann))
            assert receipt.erased["jobs"] == 1
            assert receipt.pending == {"telegram": 2}
        await nothing_to_take_back(booth)
        assert not {picture.picture, post.picture} & set(telegram.world.faces())


async def test_a_deleted_picture_goes_from_its_message_however_late(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann = telegram.guest("Ann")
    async with opened(telegram, tmp_path) as booth:
        young, old = await pictured(ann), await pictured(ann, shade=90)
        for picture, days in ((young, 0), (old, 3)):
            telegram.pass_time(days * 86_400)
            telegram.fault("deleteMessage", "server error", times=4)
            await ann.press("Delete", picture)
            await ann.chat.until_bot(lambda message: has(message, "Delete it"), LONG_S)
            await (await ann.press("Delete it", picture)).answered()
            await nothing_to_take_back(booth)
        assert not {young.picture, old.picture} & set(telegram.world.faces())
        assert ann.chat.find(young.id) is None
        left = ann.chat.find(old.id)
        assert left is not None
        assert (left.words, left.buttons) == ("", ())
        assert list(await booth.jobs(ann)) == []
