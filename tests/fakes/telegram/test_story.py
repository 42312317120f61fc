"""A whole bot of python-telegram-bot against the fake: from a selfie to the picture, by polling."""

import io
from typing import Any

import pytest
from PIL import Image, ImageOps

from tests.fakes.telegram import Limits, running

ptb = pytest.importorskip("telegram", reason="needs python-telegram-bot, which isn't installed here")
ext = pytest.importorskip("telegram.ext", reason="needs python-telegram-bot, which isn't installed here")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((900, 600)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


async def offer(update: Any, context: Any) -> None:
    photo = update.message.photo[1]
    context.user_data["photo"] = bytes(await (await photo.get_file()).download_as_bytearray())
    button = ptb.InlineKeyboardButton("Invert", callback_data="invert")
    await update.message.reply_text("Which style?", reply_markup=ptb.InlineKeyboardMarkup([[button]]))


async def draw(update: Any, context: Any) -> None:
    await update.callback_query.answer("Here it comes")
    out = io.BytesIO()
    with Image.open(io.BytesIO(context.user_data["photo"])) as photo:
        ImageOps.invert(photo).save(out, "JPEG")
    await update.callback_query.edit_message_media(ptb.InputMediaPhoto(out.getvalue(), caption="You"))


async def test_a_selfie_becomes_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with running(limits=Limits()) as telegram:
        builder = ext.Application.builder().token(telegram.token)
        bot = builder.base_url(f"{telegram.url}/bot").base_file_url(f"{telegram.url}/file/bot").build()
        bot.add_handler(ext.MessageHandler(ext.filters.PHOTO, offer))
        bot.add_handler(ext.CallbackQueryHandler(draw))
        async with bot:
            await bot.start()
            await bot.updater.start_polling()
            ann = telegram.guest("Ann")
            await ann.send_photo(jpeg())
            sheet = await ann.chat.until_bot(lambda message: message.buttons)
            press = await ann.press("Invert")
            assert (await press.answered())["text"] == "Here it comes"
            shown = await ann.chat.until_bot(lambda message: message.caption == "You")
            await bot.updater.stop()
            await bot.stop()
    assert (shown.id, shown.photo[-1].width, len(ann.chat.from_bot)) == (sheet.id, 320, 1)
    asked = [request.method for request in telegram.requests.without("getUpdates", "getMe", "deleteWebhook")]
    assert asked == ["getFile", "download", "sendMessage", "answerCallbackQuery", "editMessageMedia"]
