"""Answers that were lost: nothing is sent twice for good, and nothing is lost without a word."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram.api.budget import Budget
from adapters.telegram.api.calls import Calls
from adapters.telegram.api.errors import Unreachable
from adapters.telegram.api.lost import Lost
from adapters.telegram.api.pad import MessageKey, message_key
from adapters.telegram.api.patience import Patience
from adapters.telegram.api.sender import Letter, Sender
from adapters.telegram.where import Where
from tests.adapters.telegram.opened import (
    HASTY,
    finished,
    has,
    in_one_message,
    is_finished,
    key,
    opened,
    selfie,
    styles_shown,
)
from tests.adapters.telegram.test_sharing import nothing_to_take_back
from tests.fakes.telegram import Chat, Guest, Message, Telegram
from tests.fakes.telegram.faults import Kind

LONG_S = 30.0


async def pictured(guest: Guest, count: int = 1) -> None:
    for number in range(count):
        await guest.send_photo(selfie(40 + 40 * number), "comic")
    await finished(guest.chat, count)


def _replies_to(photo: Message, message: Message) -> bool:
    return message.reply_to == photo.id


def _says(words: str, message: Message) -> bool:
    return words in message.words


async def two_sheets(guest: Guest, telegram: Telegram) -> tuple[Message, Message]:
    """The first message is lost and can't be found: there are two, and the second one is the job's."""
    telegram.fault("sendPhoto", "reset after")
    search = telegram.fault("editMessageReplyMarkup", "server error", times=None, status=400)
    await guest.send_photo(selfie(60))
    lost, own = await guest.chat.until(lambda chat: chat.from_bot if len(chat.from_bot) == 2 else None)
    assert search.hits
    return lost, own


@pytest.mark.parametrize("wish", ["", "comic"])
async def test_a_first_message_that_is_found_too_late_is_taken_away(
    telegram: Telegram, tmp_path: Path, wish: str
) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    await ann.send_photo(selfie(60), wish)
    for _message in range(12):  # all private chats share the count: the lost one lies far from the photo
        await bob.send_text("/help")
    lost = telegram.fault("sendMessage" if wish else "sendPhoto", "reset after", chat=ann.id)
    async with opened(telegram, tmp_path):
        if not wish:
            await telegram.until_requested("deleteMessage")
            await ann.press("💥 Comic", await ann.chat.until_bot(styles_shown))
        await finished(ann.chat)
        await in_one_message(ann)
        assert len(telegram.requests.of("deleteMessage")) == 1
        assert lost.hits == 1


@pytest.mark.parametrize("button", ["💥 Comic", "🎲 Surprise me"])
async def test_a_lost_message_goes_away_when_one_of_its_buttons_is_pressed(
    telegram: Telegram, tmp_path: Path, button: str
) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        lost, own = await two_sheets(ann, telegram)
        await ann.press(button, lost)
        assert (await finished(ann.chat))[0].id == own.id
        await in_one_message(ann)


async def test_the_buttons_of_a_lost_message_act_on_the_jobs_own(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        lost, own = await two_sheets(ann, telegram)
        await ann.press("More (2 of 2)", lost)
        turned = await ann.chat.until_bot(lambda message: has(message, "More (1 of 2)"))
        assert turned.id == own.id
        await ann.chat.until(lambda chat: len(chat.from_bot) == 1)
        await ann.press("Cancel", turned)
        await ann.chat.until_bot(lambda message: message.words.startswith("Cancelled"))


async def test_a_search_leaves_other_jobs_buttons_alone(telegram: Telegram, tmp_path: Path) -> None:
    ann = telegram.guest("Ann")
    first, second = [await ann.send_photo(selfie(shade)) for shade in (60, 90)]
    telegram.fault("sendPhoto", "reset after", skip=1)
    async with opened(telegram, tmp_path) as booth:
        async with asyncio.timeout(LONG_S):
            while [bool(job.message) for job in await booth.jobs(ann)] != [True, True]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        for photo in (first, second):
            sheet = ann.chat.newest(partial(_replies_to, photo))
            await ann.press("💥 Comic", sheet)
        pictures = await finished(ann.chat, 2)
        assert {picture.reply_to for picture in pictures} == {first.id, second.id}
        assert len(ann.chat.from_bot) == 2


PICTURES = {"/quality": 1, "/mine": 2}
LOST: tuple[Kind, ...] = ("reset before", "reset after")
ANSWERS = {"/help": "/quality", "/styles": "All styles", "/language": "Which language", "/mine": "no picture"}


@pytest.mark.parametrize("kind", ["reset before", "reset after"])
async def test_an_answer_to_a_command_stands_there_once(
    telegram: Telegram, tmp_path: Path, kind: Kind
) -> None:
    async with opened(telegram, tmp_path):
        await telegram.until_requested("setChatMenuButton")
        for command, words in ANSWERS.items():
            ann = telegram.guest("Ann")
            fault = telegram.fault("sendPhoto" if command == "/styles" else "sendMessage", kind)
            await ann.send_text(command)
            await ann.chat.until_bot(partial(_says, words), LONG_S)
            await ann.send_text("/privacy")  # handled after the first was
            await ann.chat.until_bot(lambda message: "one hour" in message.words, LONG_S)
            assert len(ann.chat.from_bot) == 2
            assert fault.hits == 1


@pytest.mark.parametrize("command", PICTURES)
async def test_pictures_that_were_asked_for_are_in_no_message_that_nobody_knows_of(
    telegram: Telegram, tmp_path: Path, command: str
) -> None:
    def sent_again(message: Message) -> bool:
        return message.content.has_media and not is_finished(message)

    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await pictured(ann, 2)
        for number, kind in enumerate(LOST, 1):
            telegram.fault("sendMessage", kind)
            await ann.send_text(command)

            def said(chat: Chat, times: int = number) -> bool:
                lost = [one for one in chat.from_bot if f"send {command} once more" in one.words]
                return len(lost) == times

            await ann.chat.until(said, LONG_S)
            assert not any(map(sent_again, ann.chat.from_bot))
        fault = telegram.fault("editMessageMedia", "reset after")
        await ann.send_text(command)
        await ann.send_text("/privacy")
        await ann.chat.until_bot(lambda message: "one hour" in message.words, LONG_S)
        assert fault.hits == 1
        assert len([one for one in ann.chat.from_bot if sent_again(one)]) == PICTURES[command]
        await booth.booth.forget(key(ann))
        await nothing_to_take_back(booth)
        assert not [one for one in ann.chat.from_bot if one.content.has_media]


async def test_many_first_guests_upload_the_sheet_once(telegram: Telegram, tmp_path: Path) -> None:
    telegram.fault("sendPhoto", "slow", delay_s=1.0)
    async with opened(telegram, tmp_path):
        guests = [telegram.guest(f"Guest {number}") for number in range(5)]
        for guest in guests:
            await guest.send_photo(selfie(60))
        for guest in guests:
            await guest.chat.until_bot(styles_shown, LONG_S)
    uploads = [sent.bytes_up for sent in telegram.requests.of("sendPhoto") if sent.bytes_up > 20_000]
    assert len(uploads) == 1
    assert uploads[0] < 110_000


@asynccontextmanager
async def sending(telegram: Telegram) -> AsyncIterator[Sender]:
    """The bot's own sender, and nobody else."""
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        yield Sender(bot, Calls(Budget(HASTY), Patience()))


async def nothing_is_known(_message: MessageKey) -> bool:
    return False


def keys(word: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(word, callback_data=word)]])


async def test_a_search_leaves_messages_alone_whose_answer_was_heard(telegram: Telegram) -> None:
    ann = telegram.guest("Ann")
    asked = await ann.send_text("/status")
    async with sending(telegram) as sender:
        lost = Lost(sender, nothing_is_known)
        menu = await sender.send(ann.id, Where(), Letter("The booth is open.", keys("Pause")))
        plain = await sender.send(ann.id, Where(), Letter("Welcome"))
        before = [message.buttons for message in ann.chat.from_bot]
        assert await lost.after(ann.id, asked.id, keys("Comic")) is None
        fresh = await sender.send(ann.id, Where(), Letter("Which style?", keys("Comic")))
        await lost.clear(fresh.key, ann.id, asked.id, keys("Comic"))
        assert [message.buttons for message in ann.chat.from_bot][:2] == before
        assert not telegram.requests.of("deleteMessage")
        assert all(map(sender.has_sent, (menu.key, plain.key, fresh.key)))


async def test_a_search_finds_the_one_whose_answer_was_lost_among_them(telegram: Telegram) -> None:
    ann = telegram.guest("Ann")
    asked = await ann.send_text("/status")
    async with sending(telegram) as sender:
        lost = Lost(sender, nothing_is_known)
        await sender.send(ann.id, Where(), Letter("The booth is open.", keys("Pause")))
        telegram.fault("sendMessage", "reset after")
        with pytest.raises(Unreachable):
            await sender.send(ann.id, Where(), Letter("Which style?", keys("Comic")))
        found = await lost.after(ann.id, asked.id, keys("Comic"))
        assert found == message_key(ann.id, ann.chat.from_bot[-1].id)
        fresh = await sender.send(ann.id, Where(), Letter("Which style?", keys("Comic")))
        await lost.clear(fresh.key, ann.id, asked.id, keys("Comic"))
        assert [message.words for message in ann.chat.from_bot] == ["The booth is open.", "Which style?"]
        assert message_key(ann.id, ann.chat.from_bot[-1].id) == fresh.key
