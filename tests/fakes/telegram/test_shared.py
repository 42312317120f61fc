"""What sharing needs of Telegram, held against python-telegram-bot: channels, votes, two days, inline ids."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    ChatMemberAdministrator,
    InlineQueryResultCachedPhoto,
    InputMediaPhoto,
    MessageOriginChannel,
    Update,
)
from telegram.error import BadRequest, Forbidden

from tests.fakes.telegram import Telegram, running
from tests.fakes.test_telegram_contract import keyboard, library, picture, updates

DAYS_S = 86_400


@pytest.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with running(pause_s=0.01, chosen_feedback=True) as telegram:
        yield telegram


@pytest.fixture
async def bot(api: Telegram) -> AsyncIterator[Bot]:
    async with library(api) as one:
        yield one


async def test_messages_are_deleted_for_two_days_and_edited_for_ever(api: Telegram, bot: Bot) -> None:
    ann = api.guest("Ann")
    party = api.group("Party", ann)
    channel = api.channel("News", ann)
    words = {
        ann.id: "Message can't be deleted for everyone",
        party.id: "Message can't be deleted$",
        channel.id: "Message can't be deleted$",
    }
    sent = {chat: await bot.send_photo(chat, picture()) for chat in words}
    api.pass_time(2 * DAYS_S + 1)
    for chat, said in words.items():
        with pytest.raises(BadRequest, match=said):
            await bot.delete_message(chat, sent[chat].message_id)
        await bot.edit_message_media(
            InputMediaPhoto(sent[ann.id].photo[0].file_id, caption="neutral"), chat, sent[chat].message_id
        )
    fresh = await bot.send_message(ann.id, "new")
    assert await bot.delete_message(ann.id, fresh.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ann.id, fresh.message_id)


async def test_a_channel_is_posted_in_by_administrators_and_names_nobody(api: Telegram, bot: Bot) -> None:
    ann = api.guest("Ann")
    channel = api.channel("News", ann, "party_news")
    assert (await bot.get_chat("@party_news")).id == channel.id
    mine = await bot.send_message(channel.id, "hello")
    assert (mine.from_user, mine.sender_chat.id if mine.sender_chat else 0) == (None, channel.id)
    member = await bot.get_chat_member(channel.id, bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_post_messages
    post = await ann.send_text("news!", channel.chat)
    await ann.forward(post)
    seen = await updates(bot)
    assert [one.channel_post.text for one in seen if one.channel_post] == ["news!"]
    origin = seen[-1].message.forward_origin
    assert isinstance(origin, MessageOriginChannel)
    assert origin.chat.id == channel.id
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat("@nobody_at_all")
    channel.kick_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the channel chat"):
        await bot.send_message(channel.id, "again")


async def test_reactions_name_their_guest_in_groups_and_are_counted_in_channels(
    api: Telegram, bot: Bot
) -> None:
    ann, bob = api.guest("Ann"), api.guest("Bob")
    quiet, party, channel = api.group("Quiet", ann), api.group("Party", ann), api.channel("News", ann)
    party.promote_bot()
    for chat in (quiet, party, channel):
        await bot.send_message(chat.id, "look")
    await bot.get_updates(-1, timeout=0, allowed_updates=Update.ALL_TYPES)
    for guest in (ann, bob):
        for chat in (quiet, party, channel):  # where the bot runs nothing it hears of no reaction
            await guest.react(chat.chat.from_bot[-1], "❤")
    seen = await updates(bot)
    named = [one.message_reaction for one in seen if one.message_reaction]
    assert [(one.chat.id, one.user.id) for one in named] == [(party.id, ann.id), (party.id, bob.id)]
    counted = [one.message_reaction_count for one in seen if one.message_reaction_count]
    assert [one.chat.id for one in counted] == [channel.id, channel.id]
    assert [one.reactions[0].total_count for one in counted] == [1, 2]


async def test_a_chosen_inline_result_is_told_with_its_id_where_it_has_buttons(
    api: Telegram, bot: Bot
) -> None:
    ann = api.guest("Ann")
    friends = api.group("Friends", ann, bot=False)
    sent = await bot.send_photo(ann.id, picture())
    file = sent.photo[-1].file_id
    results = [
        InlineQueryResultCachedPhoto("with", file, reply_markup=keyboard("more")),
        InlineQueryResultCachedPhoto("without", file),
    ]
    asked = await ann.inline_query()
    await bot.answer_inline_query((await updates(bot))[-1].inline_query.id, results)
    offered = (await asked.answered())["results"]
    shown = [await ann.choose(result, friends.chat) for result in offered]
    told = [one.chosen_inline_result for one in await updates(bot) if one.chosen_inline_result]
    assert [(one.result_id, one.inline_message_id) for one in told] == [
        ("with", shown[0].inline_id),
        ("without", None),
    ]
    await ann.press("More", shown[0])
    pressed = (await updates(bot))[-1].callback_query
    assert (pressed.message, pressed.inline_message_id) == (None, shown[0].inline_id)
    assert await bot.edit_message_media(InputMediaPhoto(file), inline_message_id=shown[0].inline_id)
    assert friends.chat.messages[0].buttons == ()
