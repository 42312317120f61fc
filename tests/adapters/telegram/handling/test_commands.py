"""Commands, languages, inline mode, and what Telegram shows of the bot."""

import io
from pathlib import Path

from PIL import Image

from adapters.telegram.showing.profile import GROUP_COMMANDS, PRIVATE_COMMANDS
from tests.adapters.telegram.opened import (
    Setup,
    finished,
    has,
    is_finished,
    key,
    opened,
    selfie,
    styles_shown,
)
from tests.fakes.telegram import Guest, Telegram


async def pictured(guest: Guest, count: int = 1) -> None:
    """A guest with some finished pictures."""
    for number in range(count):
        await guest.send_photo(selfie(40 + 40 * number), "comic")
    await finished(guest.chat, count)


async def test_start_from_a_scanned_code_puts_its_style_first(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann", started=False)
        await ann.start("e_tests__s_oil__p_hall-2")
        hello = await ann.chat.until_bot()
        assert "Welcome to Tests" in hello.words
        assert "Oil paint" in hello.words
        await ann.send_photo(selfie())
        sheet = await ann.chat.until_bot(styles_shown)
        assert sheet.buttons[0].text == "★ 🖼️ Oil paint"


async def test_scans_are_counted_by_place_however_often_the_start_is_delivered(
    telegram: Telegram, tmp_path: Path
) -> None:
    telegram.fault("sendMessage", "server error", times=4)  # the same start is handled several times
    async with opened(telegram, tmp_path) as booth:
        for number, payload in enumerate(SCANNED):
            guest = telegram.guest(f"Guest {number}", started=False)
            await guest.start(payload)
            assert "Welcome" in (await guest.chat.until_bot(patience_s=30)).words
        counts = {(one.event, one.place): one.count for one in await booth.booth.scans()}
        assert counts == {("tests", "hall-2"): 2, ("", "door"): 1, ("tests", ""): 1}
        assert {one.platform for one in await booth.booth.scans()} == {"telegram"}


SCANNED = (
    "e_tests__s_oil__p_hall-2",
    "p_hall-2__e_tests",
    "p_door",
    "e_tests",
    "",
    "s_oil",
    "an old code",
    "p_<b>",
    "x" * 64,
)


ANSWERS = {
    "/start": "selfie",
    "/start s_nothing": "selfie",
    "/start " + "x" * 64: "selfie",
    "/help": "/quality",
    "/privacy": "one hour",
    "/mine": "no picture of yours",
    "/quality": "no finished picture",
    "/cancel": "nothing under way",
    "/style oil": "Oil paint",
    "/nonsense": "/quality",
}


async def test_commands_are_answered(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        for command, words in ANSWERS.items():
            ann = telegram.guest("Ann")
            await ann.send_text(command)
            assert words in (await ann.chat.until_bot()).words


async def test_styles_shows_pages(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        await ann.send_text("/styles")
        first = await ann.chat.until_bot(lambda message: message.photo)
        await ann.press("More (2 of 2)", first)
        second = await ann.chat.until_bot(lambda message: has(message, "More (1 of 2)"))
        assert (second.id, len(ann.chat.from_bot)) == (first.id, 1)


async def test_mine_sends_the_pictures_again_without_an_upload(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path):
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        await pictured(ann)
        await ann.send_text("/mine")
        await ann.chat.until_bot(lambda message: message.photo and message.words == "Comic")
        await ann.send_text("/nonsense")  # what is answered next shows that nothing was said of a loss
        await ann.chat.until(lambda chat: any("/quality" in one.words for one in chat.from_bot))
        assert len(ann.chat.from_bot) == 3
        await pictured(bob, 3)
        await bob.send_text("/mine")
        seen = len(telegram.requests.of("editMessageMedia"))
        await bob.send_text("/nonsense")
        await bob.chat.until_bot(lambda message: "/quality" in message.words)
        again = telegram.requests.of("editMessageMedia")[seen:]
        assert len([one for one in bob.chat.from_bot if one.photo]) == 6
        assert all(sent.bytes_up < 5_000 for sent in again)


async def test_quality_sends_the_picture_as_a_file(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await pictured(ann, 2)
        older = min((one for one in ann.chat.from_bot if is_finished(one)), key=lambda one: one.id)
        await ann.send_text("/quality", reply_to=older)
        file = await ann.chat.until_bot(lambda message: message.attachment)
        assert file.attachment is not None
        assert file.attachment.fields["file_name"] == "petaflop-comic.jpg"
        job = next(job for job in await booth.jobs(ann) if str(job.message).endswith(f"/{older.id}"))
        assert file.picture == (await booth.booth.picture(key(ann), job.id)).data
        with Image.open(io.BytesIO(file.picture)) as image:
            assert image.format == "JPEG"


async def test_forget_asks_and_erases_everything(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann = telegram.guest("Ann")
        await pictured(ann)
        await ann.send_text("/forget")
        await ann.press("Keep it", await ann.chat.until_bot(lambda message: has(message, "Erase everything")))
        await ann.chat.until_bot(lambda message: message.words == "Nothing was erased.")
        await ann.send_photo(selfie())
        await ann.chat.until_bot(styles_shown)
        await ann.send_text("/forget")
        await ann.press(
            "Erase everything", await ann.chat.until_bot(lambda message: has(message, "Erase everything"))
        )
        await ann.chat.until_bot(lambda message: "2 entries" in message.words)
        assert not any(styles_shown(message) for message in ann.chat.from_bot)
        assert list(await booth.jobs(ann)) == []
        assert [name async for name, _age in booth.stores.vault.names()] == []


async def test_the_language_follows_the_app_until_the_guest_chooses(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann", language="de")
        await ann.send_text("/language")
        await ann.press(
            "English", await ann.chat.until_bot(lambda message: "Welche Sprache" in message.words)
        )
        await ann.chat.until_bot(lambda message: message.words == "I speak English now.")
        await pictured(ann)


async def test_the_first_photo_tells_what_is_kept_and_the_second_does_not(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with opened(telegram, tmp_path):
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie())
        first = await ann.chat.until_bot(styles_shown)
        assert "/privacy" in first.words
        await ann.send_photo(selfie())
        second = await ann.chat.until_bot(lambda message: styles_shown(message) and message.id != first.id)
        assert "/privacy" not in second.words


async def test_inline_mode_offers_ones_own_pictures_without_an_upload(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with opened(telegram, tmp_path):
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        await pictured(ann, 2)
        picture = next(one for one in ann.chat.from_bot if is_finished(one))
        share = next(button for button in picture.buttons if button.text == "Send to a chat")
        wanted = share.fields["switch_inline_query_chosen_chat"]["query"]
        everything = (await (await ann.inline_query()).answered())["results"]
        assert len(everything) == 2
        one = (await (await ann.inline_query(wanted)).answered())["results"]
        assert [result["id"] for result in one] == [wanted]
        party = telegram.group("Party", ann, bob)
        shared = await ann.choose(one[0], party.chat, wanted)
        assert shared.picture == picture.picture
        assert [button.text for button in shared.buttons] == ["📸 Make your own"]
        link = (await (await bob.press("📸 Make your own", shared)).answered())["url"]
        await bob.follow(link)
        await bob.chat.until_bot(lambda message: message.words.startswith("Welcome to Tests"))
        others = await (await bob.inline_query(wanted)).answered()
        assert others["results"] == []


async def test_telegram_is_told_of_commands_in_scopes_and_languages_once(
    telegram: Telegram, tmp_path: Path
) -> None:
    for _start in range(2):
        async with opened(telegram, tmp_path, Setup(webhook=True)):
            await telegram.until_requested("setWebhook")
            await telegram.until_requested("setChatMenuButton")
    asked = telegram.requests.of("setMyCommands")
    assert len(asked) == 4
    assert len(telegram.requests.of("setMyDescription")) == 2
    assert set(PRIVATE_COMMANDS) & set(GROUP_COMMANDS)
