"""Maintainers look after what is shown, on Telegram: held and reported pictures, by button and by reply."""

from pathlib import Path

from tests.adapters.telegram.maintained import answered, told
from tests.adapters.telegram.opened import has, key, opened
from tests.adapters.telegram.test_sharing import (
    LONG_S,
    crew,
    feed_in,
    nothing_to_take_back,
    pictured,
    posts,
    shared,
    until,
)
from tests.fakes.telegram import Telegram


async def test_a_held_picture_is_looked_at_and_shown_and_its_look_goes_with_it(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann", language="de")
    party = telegram.group("Party", mia)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, party.chat)
        await told(mia, "/hold on", "every picture waits for a yes")
        picture = await pictured(ann)
        answer = await (await ann.press("Teilen", picture)).answered()
        assert "angesehen" in answer["text"]
        notice = await mia.chat.until_bot(lambda message: has(message, "Look"), LONG_S)
        assert not party.chat.pictures
        await mia.press("Look", notice)
        look = await mia.chat.until_bot(lambda message: message.photo and has(message, "Show"), LONG_S)
        await mia.press("Show", look)
        (post,) = await posts(party.chat)
        assert post.picture == picture.picture
        faces = {picture.picture, look.picture}
        await booth.booth.forget(key(ann))
        await nothing_to_take_back(booth)
        assert not faces & set(telegram.world.faces())


async def test_a_look_is_written_down_before_a_face_and_a_name_are_in_it(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await told(mia, "/hold on", "every picture waits for a yes")
        await shared(ann, await pictured(ann))
        notice = await mia.chat.until_bot(lambda message: has(message, "Look"), LONG_S)
        await mia.press("Look", notice)
        await mia.chat.until_bot(lambda message: message.photo, LONG_S)
        uploads = len(telegram.requests.of("editMessageMedia"))
        telegram.fault("sendMessage", "reset after")
        await mia.press("Look", notice)
        await mia.chat.until_bot(lambda message: "send /maintain once more" in message.words, LONG_S)
        assert len([one for one in mia.chat.from_bot if one.photo]) == 1
        fault = telegram.fault("editMessageMedia", "reset after")
        await mia.press("Look", notice)
        await mia.chat.until(lambda chat: len([one for one in chat.from_bot if one.photo]) == 2, LONG_S)
        await booth.booth.forget(key(ann))
        await nothing_to_take_back(booth)
        assert fault.hits == 1
        assert not [one for one in mia.chat.from_bot if one.photo]
        assert all(sent.bytes_up < 5_000 for sent in telegram.requests.of("editMessageMedia")[uploads:])


async def test_a_reply_takes_down_what_it_answers_and_guests_can_not(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    party = telegram.group("Party", mia, ann)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, party.chat)
        mine, ours = await pictured(ann), await pictured(ann, party.chat, 90)
        await shared(ann, mine)
        await shared(ann, ours)
        first, second = await posts(party.chat, 2)
        await ann.send_text("/hide", party.chat, reply_to=first)
        await party.chat.until_bot(lambda message: "In this group" in message.words, LONG_S)
        await mia.send_text("/hide", party.chat, reply_to=first)
        await answered(mia, "Picture 1 is taken down", chat=party.chat)
        await mia.send_text("/hide", party.chat, reply_to=ours)
        await answered(mia, "Picture 2 is taken down", chat=party.chat)
        await nothing_to_take_back(booth)
        assert [party.chat.find(post.id) for post in (first, second)] == [None, None]

        async def said() -> bool:
            card = party.chat.find(ours.id)
            return card is not None and "taken it off the wall" in card.words

        await until(said)
        await told(mia, "/letshow 1", "Picture 1 is shown")
        (again,) = await posts(party.chat, 1)
        assert again.picture == mine.picture
