"""Edits, deletions and reactions, of a message in a chat or of one sent through inline mode."""

import time
from dataclasses import dataclass, replace

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.keyboards import inline_keyboard
from tests.fakes.telegram.methods.media import (
    EDITED,
    caption_fields,
    captioned,
    input_media,
    media_kind,
    text_content,
)
from tests.fakes.telegram.reactions import EMOJI
from tests.fakes.telegram.refusals import NOT_MODIFIED, bad_request
from tests.fakes.telegram.shapes import message_json
from tests.fakes.telegram.values import Content, JsonObject, Message
from tests.fakes.telegram.world import World

DELETABLE_S = 48 * 3600
_RIGHTS = {
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "animation": ("can_send_other_messages", "animations"),
}


@dataclass(frozen=True, slots=True)
class _Target:
    message: Message
    inline: bool

    @property
    def content(self) -> Content:
        return self.message.content


async def edit_text(world: World, call: Call) -> JsonObject | bool:
    """Another text; a message with media has none."""
    target = _target(world, call)
    if target.content.has_media:
        raise bad_request("there is no text in the message to edit")
    return _rewritten(world, target, text_content(call, inline_keyboard(call), EDITED))


async def edit_caption(world: World, call: Call) -> JsonObject | bool:
    """Another caption under the same media."""
    target = _target(world, call)
    if not target.content.has_media:
        raise bad_request("there is no caption in the message to edit")
    content = replace(target.content, keyboard=inline_keyboard(call))
    return _rewritten(world, target, captioned(content, caption_fields(call)))


async def edit_media(world: World, call: Call) -> JsonObject | bool:
    """Other media; a text message becomes one with media."""
    target = _target(world, call)
    media = call.object("media", "media")
    if not media:
        raise bad_request("there is no media in the request")
    keyboard = inline_keyboard(call)
    content = await input_media(world, call, media, uploads=not target.inline)
    if target.message.album and media_kind(content) != media_kind(target.content):
        raise bad_request("Can't use the media of the specified type in the album")
    if not target.inline:
        world.demand(world.chats[target.message.chat], *_RIGHTS[media_kind(content)])
    return _rewritten(world, target, replace(content, keyboard=keyboard))


async def edit_markup(world: World, call: Call) -> JsonObject | bool:
    """Another keyboard under the same content."""
    target = _target(world, call)
    return _rewritten(world, target, replace(target.content, keyboard=inline_keyboard(call)))


def _target(world: World, call: Call) -> _Target:
    if inline_id := call.text("inline_message_id"):
        place = world.inline_messages.get(inline_id)
        found = world.chats[place[0]].find(place[1]) if place else None
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return _Target(found, inline=True)
    chat = world.addressed(call.integer("chat_id"))
    message_id = call.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.find(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.service is not None:
        raise bad_request("message can't be edited")
    return _Target(message, inline=False)


def _rewritten(world: World, target: _Target, content: Content) -> JsonObject | bool:
    # While a file was being scaled, the message may have been edited or deleted: look again.
    chat = world.chats[target.message.chat]
    current = chat.find(target.message.id)
    if current is None:
        raise bad_request("message to edit not found")
    if content == current.content:
        raise bad_request(NOT_MODIFIED)
    message = world.rewrite(current, content)
    return True if target.inline else message_json(world, message)


async def delete_message(world: World, call: Call) -> bool:
    """The bot's own, a guest's in a private chat, and any where it is an administrator; for two days."""
    chat = world.addressed(call.integer("chat_id"))
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not (message.from_bot or chat.is_private or chat.bot.is_admin):
        raise bad_request("message can't be deleted")
    if message.date < time.time() - DELETABLE_S:
        # TDLib, can_delete_channel_message: "bots can't delete messages older than 2 days".
        broad = chat.kind in ("supergroup", "channel")
        raise bad_request("message can't be deleted" if broad else "message can't be deleted for everyone")
    chat.delete(message.id)
    return True


async def set_reaction(world: World, call: Call) -> bool:
    """At most one emoji of Telegram's list; an empty list takes it away."""
    chat = world.addressed(call.integer("chat_id"))
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    wanted = call.structure("reaction", "reaction types") or []
    emoji = tuple(str(one.get("emoji", "")) for one in wanted)
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if message.service is not None or any(one not in EMOJI for one in emoji):
        raise bad_request("REACTION_INVALID")
    if message.reactions.get(world.bot.id, ()) != emoji:
        chat.react(message.id, world.bot, emoji)
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "setMessageReaction": set_reaction,
}
