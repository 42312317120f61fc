"""In a group or a topic: asked for by a command, a mention or a reply, answered where it was asked."""

import asyncio
from pathlib import Path

import pytest

from bot.states import JobState
from tests.adapters.telegram.opened import (
    Setup,
    finished,
    is_finished,
    opened,
    selfie,
    shade_of,
    styles_shown,
)
from tests.fakes.telegram import Chat, Telegram


@pytest.mark.parametrize(
    "caption", ["/style comic", "/style@petaflop_bot comic", "@petaflop_bot comic, please"]
)
async def test_a_photo_that_asks_gets_its_picture_as_a_reply_in_its_topic(
    telegram: Telegram, tmp_path: Path, caption: str
) -> None:
    async with opened(telegram, tmp_path):
        await telegram.until_requested("getMe")
        ann = telegram.guest("Ann")
        party = telegram.group("Party", ann, forum=True)
        topic = party.topic("Photos")
        sent = await ann.send_photo(selfie(60), caption, party.chat, topic=topic)
        picture = (await finished(party.chat))[0]
        assert (picture.reply_to, picture.thread) == (sent.id, topic)
        assert abs(shade_of(picture.picture) - 195) < 4


async def test_anyones_photo_can_be_replied_to(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        party = telegram.group("Party", ann, bob)
        photo = await bob.send_photo(selfie(90), "", party.chat)
        asked = await ann.send_text("/style comic", party.chat, reply_to=photo)
        picture = (await finished(party.chat))[0]
        assert picture.reply_to == asked.id
        assert abs(shade_of(picture.picture) - 165) < 4
        assert [job.guest for job in await booth.jobs(ann)] == [f"telegram:{ann.id}"]
        assert list(await booth.jobs(bob)) == []


async def test_what_is_not_meant_for_the_bot_is_left_alone(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        party = telegram.group("Party", ann)
        party.promote_bot()  # now it hears everything
        await party.chat.until_bot(lambda message: "In this group" in message.words)
        await ann.send_photo(selfie(), "look at us", party.chat)
        await ann.send_text("/style@another_bot comic", party.chat)
        await ann.send_other("sticker", party.chat)
        await ann.send_photo(selfie(60), "/style comic", party.chat)
        await finished(party.chat)
        assert len(party.chat.from_bot) == 2


async def test_somebody_elses_button_opens_ones_own_chat_with_its_style(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with opened(telegram, tmp_path):
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob", language="de", started=False)
        party = telegram.group("Party", ann, bob)
        await ann.send_photo(selfie(60), "/style", party.chat)
        sheet = await party.chat.until_bot(styles_shown)
        answer = await (await bob.press("🖼️ Oil paint", sheet)).answered()
        assert (answer["text"], answer["show_alert"]) == ("", False)  # an app that shows words opens nothing
        await bob.follow(answer["url"])
        await bob.chat.until_bot(lambda message: "Ölfarbe steht in deiner Liste ganz vorn" in message.words)
        await ann.press("💥 Comic", sheet)
        await finished(party.chat)
        answer = await (await bob.press("Again", sheet)).answered()
        assert answer["url"].endswith("?start=s_comic")
        await bob.send_photo(selfie(90))
        own = await bob.chat.until_bot(styles_shown)
        assert own.buttons[0].text == "★ 🖼️ Ölfarbe"
        assert len(party.chat.from_bot) == 2  # the greeting, and one picture


async def test_where_no_link_can_be_given_somebody_elses_button_says_so(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob", language="de")
    party = telegram.group("Party", ann, bob)
    setup = Setup(webhook=True)
    async with opened(telegram, tmp_path, setup) as booth:
        await ann.send_photo(selfie(60), "/style", party.chat)
        sheet = await party.chat.until_bot(styles_shown)
        refused = telegram.fault("answerCallbackQuery", "server error", status=400)
        answer = await (await bob.press("💥 Comic", sheet)).answered()
        assert refused.hits == 1
        assert answer["text"].startswith("Dieses Bild gehört jemand anderem")
        assert answer["show_alert"]
        port = int(booth.url.rpartition(":")[2])
    telegram.fault("getMe", "server error", times=None)  # its own name is still to come
    async with opened(telegram, tmp_path, setup, port=port):
        answer = await (await bob.press("💥 Comic", sheet)).answered()
        assert answer["text"].startswith("Dieses Bild gehört jemand anderem")


async def test_a_group_that_becomes_a_supergroup_gets_its_picture_there(
    telegram: Telegram, tmp_path: Path
) -> None:
    hold = asyncio.Event()
    async with opened(telegram, tmp_path) as booth:
        booth.renderer.hold = hold
        ann = telegram.guest("Ann")
        party = telegram.group("Party", ann, kind="group")
        await ann.send_photo(selfie(60), "/style comic", party.chat)
        await booth.renderer.started.get()
        old = party.chat
        new = party.migrate()
        telegram.fault("editMessageMedia", "reset after", chat=new.id)
        hold.set()
        picture = (await finished(new))[0]
        assert len([message for message in new.from_bot if is_finished(message)]) == 1
        assert not [message for message in old.from_bot if is_finished(message)]
        await ann.press("Again", picture)
        await finished(new, 2)


async def test_without_the_right_to_send_pictures_it_is_said_once_and_nothing_is_lost(
    telegram: Telegram, tmp_path: Path
) -> None:
    def complaints(chat: Chat) -> int:
        return sum("may not send pictures" in message.words for message in chat.from_bot)

    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        party = telegram.group("Party", ann)
        party.restrict_bot("can_send_photos")
        await ann.send_photo(selfie(60), "/style", party.chat)
        sheet = await party.chat.until_bot(styles_shown)
        assert sheet.text is not None
        assert complaints(party.chat) == 1
        await ann.press("💥 Comic", sheet)
        async with asyncio.timeout(20):
            while (await booth.jobs(ann))[0].state is not JobState.DELIVERING:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await ann.send_photo(selfie(90), "/style comic", party.chat)
        await party.chat.until(lambda chat: len(chat.from_bot) == 3)
        await party.chat.until(lambda chat: complaints(chat) == 2)  # each photo waits, and says so
        assert (
            len(telegram.requests.of("editMessageMedia", "sendPhoto")) == 1
        )  # no picture went up for nothing
        party.restrict_bot()
        pictures = await finished(party.chat, 2)
        assert sorted(round(shade_of(picture.picture) / 15) for picture in pictures) == [11, 13]
        assert complaints(party.chat) == 0


@pytest.mark.parametrize("how", ["kicked", "silenced"])
async def test_removed_or_silenced_in_a_group_others_go_on(
    telegram: Telegram, tmp_path: Path, how: str
) -> None:
    hold = asyncio.Event()
    async with opened(telegram, tmp_path, Setup()) as booth:
        booth.renderer.hold = hold
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        party = telegram.group("Party", ann)
        await ann.send_photo(selfie(60), "/style comic", party.chat)
        await booth.renderer.started.get()
        if how == "kicked":
            party.kick_bot()
        else:
            party.restrict_bot("can_send_messages", "can_send_photos")
        hold.set()
        await bob.send_photo(selfie(90), "comic")
        await finished(bob.chat)
        if how == "kicked":
            async with asyncio.timeout(20):
                while (await booth.jobs(ann))[0].state is not JobState.DONE:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            await ann.send_text("/mine")  # it isn't lost: here it is
            kept = await ann.chat.until_bot(lambda message: message.photo, 20)
            assert abs(shade_of(kept.picture) - 195) < 4
        else:
            party.restrict_bot()
            await finished(party.chat)
