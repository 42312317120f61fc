"""With previews off requests are counted: eight a photo at most, however long it waits."""

import asyncio
from pathlib import Path

from adapters.telegram.api.budget import Paces
from bot.store.tables import jobs
from tests.adapters.telegram.opened import (
    OIL,
    Opened,
    Setup,
    finished,
    key,
    opened,
    selfie,
    styles_shown,
)
from tests.fakes.renderer import PLAIN, ScriptedRenderer
from tests.fakes.telegram import Guest, Limits, Telegram, running

COUNTED = Setup(previews=False, paces=Paces())
IN_NO_CHAT = ("getFile", "download", "answerCallbackQuery")


def cost(telegram: Telegram, guest: Guest) -> list[str]:
    """Methods that were called in a guest's chat."""
    return [request.method for request in telegram.requests if request.chat == guest.id]


async def has_waited(booth: Opened, guest: Guest, seconds: float) -> None:
    """As if a guest had entered the line so long ago."""
    earlier = jobs.update().where(jobs.c.guest == key(guest)).values(entered=jobs.c.entered - seconds)
    async with booth.stores.database.write() as connection:
        await connection.execute(earlier)


async def test_a_long_wait_and_its_nudge_cost_eight_requests_and_the_words_stay_true(tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with running(limits=Limits()) as telegram, opened(telegram, tmp_path, COUNTED) as booth:
        booth.renderer.hold = hold
        await booth.stores.meta.note_render(PLAIN.id, 120.0)
        early = [telegram.guest(f"Guest {number}") for number in range(3)]
        for guest in early:
            await guest.send_photo(selfie(60), caption="comic")
        await booth.renderer.started.get()
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60))
        await (await ann.press("💥 Comic", await ann.chat.until_bot(styles_shown))).answered()
        status = await ann.chat.until_bot(lambda message: "expected: in about" in message.words)
        assert not any(letter.isdigit() for letter in status.words.partition("expected")[0])
        moment = next(one for one in status.content.entities if one["type"] == "date_time")
        assert moment["unix_time"] > status.date + 120
        await has_waited(booth, ann, 100)
        hold.set()  # three places change before hers comes
        picture = (await finished(ann.chat))[0]
        nudge = await ann.chat.until_bot(lambda message: message.reply_to == picture.id)
        assert nudge.words == "Your picture is ready, right above."
        assert sorted(cost(telegram, ann)) == [
            *("editMessageCaption", "editMessageMedia", "sendMessage", "sendPhoto", "setMessageReaction")
        ]
        assert [len(telegram.requests.of(method)) for method in IN_NO_CHAT] == [4, 4, 1]


async def test_a_painter_who_is_away_is_told_once_and_truly(tmp_path: Path) -> None:
    renderer = ScriptedRenderer(styles=(PLAIN, OIL), slots=0)
    async with running() as telegram, opened(telegram, tmp_path, COUNTED, renderer=renderer):
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(60), caption="comic")
        await ann.chat.until_bot(lambda message: "painter is away just now" in message.words)
        renderer.slots = 1
        await finished(ann.chat)
        assert cost(telegram, ann).count("editMessageText") == 1


async def test_a_server_that_knows_no_times_is_told_in_words(tmp_path: Path) -> None:
    async with running() as telegram, opened(telegram, tmp_path, COUNTED) as booth:
        booth.renderer.hold = asyncio.Event()
        await booth.stores.meta.note_render(PLAIN.id, 200.0)
        telegram.fault("editMessageText", "server error", status=400)
        ann = telegram.guest("Ann", language="de")
        await ann.send_photo(selfie(60), caption="comic")
        status = await ann.chat.until_bot(lambda message: "in etwa 3 Minuten" in message.words)
        assert not [one for one in status.content.entities if one["type"] == "date_time"]
