"""Guests try what is the maintainers': whatever way they come, it is as if there were nothing."""

from pathlib import Path

import pytest

from bot.console.commands import COMMANDS
from tests.adapters.telegram.maintained import LONG_S, answered, maintained, pressed, sends, told, trial_card
from tests.adapters.telegram.opened import Opened, Setup, key, opened
from tests.comfy.exported import pixels
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.telegram import Chat, Guest, Message, Telegram

TRIES = [command.name for command in COMMANDS if command.name != "claim"]


async def nothing_was_done(booth: Opened, maintainer: Guest, acts: int = 0) -> None:
    office, mia = booth.booth.office, key(maintainer)
    assert len(await office.crew.audit(mia, 100)) == acts
    assert not (await office.hand.rules(mia)).paused
    assert list(await office.hand.banned(mia)) == []


async def all_answered(chat: Chat, count: int) -> list[Message]:
    def there(seen: Chat) -> list[Message] | None:
        return seen.from_bot if len(seen.from_bot) >= count else None

    return await chat.until(there, LONG_S)


async def test_every_command_is_an_unknown_one(tmp_path: Path, telegram: Telegram) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        for number, name in enumerate(["nosuchcommand", *TRIES]):
            await ann.send_text(f"/{name} {key(ann)}")
            await all_answered(ann.chat, number + 1)
        answers = {message.words for message in ann.chat.from_bot}
        assert len(answers) == 1
        assert not any(message.buttons for message in ann.chat.from_bot)
        await nothing_was_done(booth, mia)


async def test_every_command_is_an_unknown_one_in_a_group(tmp_path: Path, telegram: Telegram) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        await telegram.until_requested("getMe")
        party = telegram.group("Party", mia, ann)
        tries = ["nosuchcommand", "claim", "ban", "pause", "status", "drain"]
        for name in tries:
            await ann.send_text(f"/{name}", party.chat)
        answers = await all_answered(party.chat, len(tries))
        assert len({message.words for message in answers}) == 1
        await nothing_was_done(booth, mia)


@pytest.mark.parametrize("name", ["workflow.json", "petaflop-styles.json"])
async def test_a_file_is_no_picture(tmp_path: Path, telegram: Telegram, name: str) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with opened(telegram, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        await sends(ann, pixels(), name)
        await answered(ann, "This kind of file is no picture I can read")
        await sends(ann, pixels(), name, "/import")
        second = (await all_answered(ann.chat, 2))[-1]
        await ann.send_text("/nosuchcommand")
        assert (await all_answered(ann.chat, 3))[-1].words == second.words
        assert telegram.requests.of("getFile") == []
        await nothing_was_done(booth, mia)


async def test_buttons_of_a_maintainer_in_a_group_and_of_one_who_was_removed(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia, ben, ann = (telegram.guest(name) for name in ("Mia", "Ben", "Ann"))
    async with maintained(telegram, tmp_path, fake, mia) as house:
        party = telegram.group("Party", mia, ann)
        await mia.send_text("/maintain", party.chat)
        menu = await answered(mia, "The booth is open", chat=party.chat)
        for button in menu.buttons:
            query = await ann.press(button.text, menu)
            assert not (await query.answered()).get("text")
        assert party.chat.find(menu.id) == menu
        await told(mia, f"/maintainers add {ben.id}", "is a maintainer now")
        draft = await told(ben, '/addstyle ghost 👻 "a ghost" graph=flux', "Here is your draft")
        await pressed(ben, "Try on the portrait", draft, "I am trying")
        card = await trial_card(ben)
        question = await told(ben, "/addstyle", "1/5")
        await told(mia, f"/maintainers remove {ben.id}", "is no maintainer any more")
        before = len(ben.chat.from_bot)
        for message in (draft, card, question):
            for button in message.buttons:
                query = await ben.press(button.text, message)
                assert not (await query.answered()).get("text")
        await told(ben, "Ghost", "Please send me a photo")
        assert len(ben.chat.from_bot) == before + 1
        assert "ghost" not in await house.offered()
        assert "publish" not in await house.acts(mia)
