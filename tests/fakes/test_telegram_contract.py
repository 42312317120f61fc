"""The fake Bot API server, held against python-telegram-bot's own parsing and error classes."""

import asyncio
import io
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from tests.fakes.telegram import Telegram, running

ptb = pytest.importorskip("telegram", reason="needs python-telegram-bot, which isn't installed here")
error = pytest.importorskip("telegram.error", reason="needs python-telegram-bot, which isn't installed here")


def picture(width: int = 600, height: int = 400, seed: int = 1, kind: str = "JPEG") -> bytes:
    """A picture with some grain, so that JPEG sizes mean something."""
    grain = Image.frombytes("RGB", (32, 32), random.Random(seed).randbytes(32 * 32 * 3))
    out = io.BytesIO()
    grain.resize((width, height), Image.Resampling.BICUBIC).save(out, kind)
    return out.getvalue()


@pytest.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # python-telegram-bot warns of plain seconds
    async with running(pause_s=0.01) as telegram:
        yield telegram


def library(api: Telegram) -> Any:
    return ptb.Bot(api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")


@pytest.fixture
async def bot(api: Telegram) -> AsyncIterator[Any]:
    async with library(api) as one:
        yield one


def keyboard(*data: str) -> Any:
    return ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton(d.title(), callback_data=d)] for d in data])


async def updates(bot: Any, offset: int = 0) -> list[Any]:
    return list(await bot.get_updates(offset=offset, timeout=2, allowed_updates=ptb.Update.ALL_TYPES))


async def test_the_bot_knows_itself(api: Telegram, bot: Any) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (1, True, "petaflop_bot")
    assert (me.supports_inline_queries, me.can_read_all_group_messages) == (True, False)


async def test_a_photo_arrives_in_sizes_and_is_downloaded(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann", language="de")
    await ann.send_photo(picture(2000, 1500), caption="/style@petaflop_bot comic")
    message = (await updates(bot))[0].message
    assert [size.width for size in message.photo] == [90, 320, 800, 1280, 2000]
    assert message.from_user.language_code == "de"
    assert message.parse_caption_entities(["bot_command"]) == {
        message.caption_entities[0]: "/style@petaflop_bot"
    }
    file = await bot.get_file(message.photo[2])
    content = bytes(await file.download_as_bytearray())
    assert Image.open(io.BytesIO(content)).size == (800, 600)
    assert len(content) == file.file_size


async def test_a_document_stays_as_it_is(api: Telegram, bot: Any) -> None:
    ann, original = api.guest("Ann"), picture(kind="PNG")
    await ann.send_document(original, "me.png")
    document = (await updates(bot))[0].message.document
    assert (document.file_name, document.mime_type) == ("me.png", "image/png")
    assert document.thumbnail.width == 320
    assert bytes(await (await bot.get_file(document)).download_as_bytearray()) == original


async def test_a_status_text_becomes_the_picture(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    status = await bot.send_message(
        ann.id, "<b>Painting</b> …", parse_mode="HTML", reply_markup=keyboard("stop")
    )
    assert status.entities[0].type == "bold"
    media = ptb.InputMediaPhoto(picture(), caption="Done")
    done = await bot.edit_message_media(media, ann.id, status.message_id, reply_markup=keyboard("again"))
    assert (done.message_id, done.caption, done.photo[-1].width) == (status.message_id, "Done", 600)
    assert [message.caption for message in ann.chat.messages] == ["Done"]
    assert [version.words for version in ann.chat.history(status.message_id)] == ["Painting …", "Done"]
    assert [button.text for button in ann.chat.messages[0].buttons] == ["Again"]


async def test_a_file_id_is_sent_again_without_its_bytes(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    first = await bot.send_photo(ann.id, picture(), caption="one")
    up = api.requests.bytes_up
    second = await bot.send_photo(ann.id, first.photo[-1].file_id)
    assert api.requests.bytes_up - up < 500
    assert second.photo == first.photo
    another = await bot.send_photo(ann.id, picture())
    assert another.photo[-1].file_unique_id != first.photo[-1].file_unique_id


async def test_editing_to_the_same_content_is_refused(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    sent = await bot.send_photo(ann.id, picture(), caption="one", reply_markup=keyboard("again"))
    same = ptb.InputMediaPhoto(sent.photo[-1].file_id, caption="one")
    for edit in (
        bot.edit_message_media(same, ann.id, sent.message_id, reply_markup=keyboard("again")),
        bot.edit_message_caption(ann.id, sent.message_id, caption="one", reply_markup=keyboard("again")),
        bot.edit_message_reply_markup(ann.id, sent.message_id, reply_markup=keyboard("again")),
    ):
        with pytest.raises(error.BadRequest, match="Message is not modified: specified new message content"):
            await edit
    assert len(ann.chat.history(sent.message_id)) == 1


@pytest.mark.parametrize(
    ("method", "arguments", "words"),
    [
        ("edit_message_text", {"text": "x", "message_id": 9}, "Message to edit not found"),
        ("edit_message_text", {"text": "x", "message_id": 101}, "Message can't be edited"),
        ("edit_message_caption", {"caption": "x", "message_id": 102}, "There is no caption in the message"),
        ("edit_message_text", {"text": "x", "message_id": 103}, "There is no text in the message to edit"),
        ("edit_message_text", {"text": "x" * 4097, "message_id": 102}, "Message_too_long"),
        ("delete_message", {"message_id": 9}, "Message to delete not found"),
        ("set_message_reaction", {"message_id": 9, "reaction": "👀"}, "Message to react not found"),
        ("set_message_reaction", {"message_id": 101, "reaction": "🪲"}, "Reaction_invalid"),
        ("send_message", {"text": "x" * 4097}, "Message is too long"),
        ("send_message", {"text": " "}, "Message text is empty"),
        ("send_message", {"text": "<b>x", "parse_mode": "HTML"}, "Can't parse entities: Can't find end tag"),
        ("send_message", {"text": "a.b", "parse_mode": "MarkdownV2"}, "Character '.' is reserved"),
        ("send_message", {"text": "x", "reply_to_message_id": 9}, "Message to be replied not found"),
        ("send_message", {"text": "x", "message_thread_id": 9}, "Message thread not found"),
        ("send_photo", {"photo": "nonsense"}, "Wrong file identifier/HTTP URL specified"),
        ("send_photo", {"photo": b"no picture"}, "Image_process_failed"),
        ("send_photo", {"photo": picture(2100, 100)}, "Photo_invalid_dimensions"),
        ("send_photo", {"photo": picture(9000, 1001)}, "Photo_invalid_dimensions"),
        (
            "send_photo",
            {"photo": bytes(10 * 2**20 + 1)},
            "is too big for a photo; the maximum size is 10485760",
        ),
        ("send_photo", {"photo": picture(), "caption": "x" * 1025}, "Message caption is too long"),
        ("send_chat_action", {"action": "dancing"}, "Wrong parameter action in request"),
    ],
)
async def test_telegram_refuses_in_its_own_words(
    api: Telegram, bot: Any, method: str, arguments: dict[str, Any], words: str
) -> None:
    ann = api.guest("Ann")
    await ann.send_text("hello")
    await bot.send_message(ann.id, "text")
    await bot.send_photo(ann.id, picture())
    seen = ann.chat.messages
    with pytest.raises(error.BadRequest, match=r"(?i)" + words.replace("(", r"\(")):
        await getattr(bot, method)(chat_id=ann.id, **arguments)
    assert ann.chat.messages == seen


async def test_a_reply_to_a_deleted_message_may_go_without_it(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    photo = await ann.send_photo(picture())
    await ann.delete(photo)
    wanted = ptb.ReplyParameters(photo.id, allow_sending_without_reply=True)
    assert (await bot.send_message(ann.id, "late", reply_parameters=wanted)).reply_to_message is None


async def test_callback_data_has_64_bytes(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    assert await bot.send_message(ann.id, "x", reply_markup=keyboard("ä" * 32))
    with pytest.raises(error.BadRequest, match="Button_data_invalid"):
        await bot.send_message(ann.id, "x", reply_markup=keyboard("ä" * 32 + "a"))


async def test_a_press_is_answered_once(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    await bot.send_message(ann.id, "Choose", reply_markup=keyboard("comic", "oil"))
    press = await ann.press("Oil")
    query = (await updates(bot))[0].callback_query
    assert (query.data, query.message.text, query.from_user.id) == ("oil", "Choose", ann.id)
    await query.answer("Good choice", show_alert=True)
    assert (await press.answered())["text"] == "Good choice"
    with pytest.raises(error.BadRequest, match="Query is too old"):
        await query.answer()


async def test_files_over_20_mb_are_not_given(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    sent = await ann.send_document(bytes(20 * 2**20 + 1), "huge.raw")
    assert sent.attachment is not None
    with pytest.raises(error.BadRequest, match="File is too big"):
        await bot.get_file(sent.attachment.file.file_id)
    with pytest.raises(error.BadRequest, match="Invalid file_id"):
        await bot.get_file("nonsense")


async def test_albums_share_an_id_and_take_no_mixture(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    await ann.send_album([picture(), picture(seed=2)], caption="us")
    first, second = (update.message for update in await updates(bot))
    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.caption) == ("us", None)
    media = [ptb.InputMediaPhoto(picture()), ptb.InputMediaPhoto(first.photo[-1].file_id)]
    assert len({message.media_group_id for message in await bot.send_media_group(ann.id, media)}) == 1
    with pytest.raises(error.BadRequest, match="mixed with other media types"):
        await bot.send_media_group(ann.id, [media[0], ptb.InputMediaDocument(b"text", filename="a.txt")])


async def test_a_blocked_kicked_or_uninvited_bot_is_forbidden(api: Telegram, bot: Any) -> None:
    ann, bob, eve = api.guest("Ann"), api.guest("Bob", started=False), api.guest("Eve")
    party, secret = api.group("Party", ann), api.group("Secret", eve, bot=False)
    await ann.block_bot()
    party.kick_bot()
    for chat, words in (
        (ann.id, "bot was blocked by the user"),
        (bob.id, "bot can't initiate conversation with a user"),
        (party.id, "bot was kicked from the supergroup chat"),
        (secret.id, "bot is not a member of the supergroup chat"),
    ):
        with pytest.raises(error.Forbidden, match=words):
            await bot.send_message(chat, "hello")
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await bot.send_message(12345, "hello")
    told = [update.my_chat_member for update in await updates(bot)]
    blocked = next(change for change in told if change is not None and change.chat.id == ann.id)
    assert blocked.new_chat_member.status == "kicked"


async def test_a_group_without_the_right_to_photos_takes_text(api: Telegram, bot: Any) -> None:
    party = api.group("Party", api.guest("Ann"))
    party.restrict_bot("can_send_photos")
    status = await bot.send_message(party.id, "hello")
    for attempt in (
        bot.send_photo(party.id, picture()),
        bot.edit_message_media(ptb.InputMediaPhoto(picture()), party.id, status.message_id),
    ):
        with pytest.raises(error.BadRequest, match="Not enough rights to send photos to the chat"):
            await attempt
    member = await bot.get_chat_member(party.id, 1)
    assert (member.status, member.can_send_photos, member.can_send_messages) == ("restricted", False, True)


async def test_a_group_moves_to_a_supergroup(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    party = api.group("Party", ann, kind="group")
    old = party.id
    party.migrate()
    with pytest.raises(error.ChatMigrated) as moved:
        await bot.send_message(old, "hello")
    assert moved.value.new_chat_id == party.id
    messages = [update.message for update in await updates(bot) if update.message]
    assert [m.migrate_to_chat_id or m.migrate_from_chat_id for m in messages[-2:]] == [party.id, old]


async def test_topics_are_kept_and_refused_when_gone(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    party = api.group("Party", ann, forum=True)
    selfies = party.topic("Selfies")
    await ann.send_photo(picture(), "/style comic", party.chat, topic=selfies)
    heard = (await updates(bot))[-1].message
    assert (heard.message_thread_id, heard.is_topic_message) == (selfies, True)
    assert heard.reply_to_message.forum_topic_created.name == "Selfies"
    answer = await bot.send_message(party.id, "done", message_thread_id=selfies)
    assert answer.message_thread_id == selfies
    party.delete_topic(selfies)
    with pytest.raises(error.BadRequest, match="Message thread not found"):
        await bot.send_message(party.id, "done", message_thread_id=selfies)


async def test_privacy_mode_hides_what_is_not_for_the_bot(api: Telegram, bot: Any) -> None:
    ann, bob = api.guest("Ann"), api.guest("Bob")
    party = api.group("Party", ann, bob)
    mine = await bot.send_message(party.id, "hello")
    photo = await bob.send_photo(picture(), "look at me", party.chat)
    await ann.send_text("/style comic", party.chat, reply_to=photo)
    await ann.send_text("@petaflop_bot please", party.chat)
    await ann.send_text("/style@other_bot comic", party.chat)
    await ann.send_text("nice", party.chat, reply_to=party.chat.find(mine.message_id))
    heard = [update.message for update in await updates(bot) if update.message and update.message.text]
    assert [message.text for message in heard] == ["/style comic", "@petaflop_bot please", "nice"]
    assert heard[0].reply_to_message.photo[-1].width == 600


async def test_inline_results_are_sent_and_edited_by_id(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    sent = await bot.send_photo(ann.id, picture())
    result = ptb.InlineQueryResultCachedPhoto("r1", sent.photo[-1].file_id, reply_markup=keyboard("again"))
    asked = await ann.inline_query()
    query = (await updates(bot))[0].inline_query
    await query.answer([result], is_personal=True, cache_time=0)
    answer = await asked.answered()
    friends = api.group("Friends", ann, bot=False)
    chosen = await ann.choose(answer["results"][0], friends.chat)
    assert await bot.edit_message_caption(inline_message_id=chosen.inline_id, caption="mine")
    assert [message.caption for message in friends.chat.messages] == ["mine"]
    with pytest.raises(error.BadRequest, match="Invalid message content specified"):
        await bot.edit_message_media(ptb.InputMediaPhoto(picture()), inline_message_id=chosen.inline_id)
    prepared = await bot.save_prepared_inline_message(ann.id, result, allow_group_chats=True)
    assert (await ann.send_prepared(prepared.id, friends.chat)).picture == ann.chat.messages[-1].picture


async def test_commands_have_scopes_and_languages(api: Telegram, bot: Any) -> None:
    await bot.set_my_commands([("styles", "See all styles")])
    await bot.set_my_commands([("styles", "Alle Stile")], language_code="de")
    await bot.set_my_commands([("style", "Here")], scope=ptb.BotCommandScopeAllGroupChats())
    assert (await bot.get_my_commands(language_code="de"))[0].description == "Alle Stile"
    assert (await bot.get_my_commands(scope=ptb.BotCommandScopeAllGroupChats()))[0].command == "style"
    await bot.delete_my_commands(language_code="de")
    assert not await bot.get_my_commands(language_code="de")
    with pytest.raises(error.BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Styles!", "See all styles")])
    assert await bot.set_my_short_description("Selfies", "de")
    assert (await bot.get_my_short_description("de")).short_description == "Selfies"
    assert await bot.set_chat_menu_button(menu_button=ptb.MenuButtonCommands())


async def test_two_pollers_and_a_webhook_conflict(api: Telegram, bot: Any) -> None:
    async with library(api) as other:
        first = asyncio.create_task(bot.get_updates(timeout=5))
        await api.world.news.until(lambda: api.world.poller)
        second = asyncio.create_task(other.get_updates(timeout=5))
        with pytest.raises(error.Conflict, match="terminated by other getUpdates request"):
            await first
        await bot.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(error.Conflict, match="terminated by setWebhook request"):
            await second
        with pytest.raises(error.Conflict, match="while webhook is active"):
            await bot.get_updates()


async def test_getting_updates_confirms_the_ones_before(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    for text in ("one", "two", "three"):
        await ann.send_text(text)
    first = await updates(bot)
    again = await updates(bot, offset=first[1].update_id)
    assert [update.message.text for update in again] == ["two", "three"]
    assert [update.message.text for update in await updates(bot, offset=-1)] == ["three"]
    assert len(api.inbox.pending) == 1


async def test_reactions_come_only_when_asked_for(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    photo = await ann.send_photo(picture())
    await bot.set_message_reaction(ann.id, photo.id, "👀")
    assert ann.chat.messages[0].reactions == {1: ("👀",)}
    await ann.react(photo, "🔥")
    assert [update.message_reaction for update in await updates(bot)] == [None]
    await ann.react(ann.chat.messages[0], "🎉")
    reaction = (await updates(bot))[-1].message_reaction
    assert (reaction.old_reaction[0].emoji, reaction.new_reaction[0].emoji) == ("🔥", "🎉")


async def test_faults_become_the_library_s_errors(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    api.fault("sendMessage", "flood", retry_after=7)
    with pytest.raises(error.RetryAfter) as held:
        await bot.send_message(ann.id, "one")
    assert held.value.retry_after == timedelta(seconds=7)
    api.fault("sendMessage", "server error", status=502)
    api.fault("sendMessage", "reset before")
    for _ in range(2):
        with pytest.raises(error.NetworkError):
            await bot.send_message(ann.id, "two")
    assert ann.chat.messages == []
    api.fault("sendMessage", "hang after")
    with pytest.raises(error.TimedOut):
        await bot.send_message(ann.id, "three", read_timeout=0.1)
    api.fault("sendMessage", "reset after")
    with pytest.raises(error.NetworkError):
        await bot.send_message(ann.id, "four")
    assert [message.text for message in ann.chat.messages] == ["three", "four"]
    assert [request.fault for request in api.requests.of("sendMessage")][-1] == "reset after"


async def test_a_wrong_token_and_an_unknown_method_are_told_apart(api: Telegram, bot: Any) -> None:
    with pytest.raises(error.InvalidToken):
        async with ptb.Bot("2:WRONG", base_url=f"{api.url}/bot"):
            pytest.fail("a wrong token was taken")
    assert api.requests[-1].status == 401
    with pytest.raises(error.EndPointNotFound):
        await bot.do_api_request("danceAlong")


async def test_get_chat_is_whole(api: Telegram, bot: Any) -> None:
    ann = api.guest("Ann")
    party = api.group("Party", ann, forum=True)
    assert (await bot.get_chat(ann.id)).first_name == "Ann"
    assert (await bot.get_chat(party.id)).is_forum
    assert [admin.user.id for admin in await bot.get_chat_administrators(party.id)] == [ann.id]
    assert await bot.leave_chat(party.id)
    with pytest.raises(error.Forbidden):
        await bot.get_chat(party.id)
