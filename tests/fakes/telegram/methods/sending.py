"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction."""

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.keyboards import inline_keyboard
from tests.fakes.telegram.methods.media import (
    KINDS,
    SENT,
    caption_fields,
    captioned,
    input_media,
    media_kind,
    sent_document,
    sent_photo,
    text_content,
)
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.shapes import message_json
from tests.fakes.telegram.values import Content, JsonObject, Message
from tests.fakes.telegram.world import World

GENERAL_TOPIC = 1
MAX_ALBUM = 10
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def send_message(world: World, call: Call) -> JsonObject:
    """A text."""
    chat = world.addressed(call.integer("chat_id"))
    world.demand(chat, "can_send_messages", "text messages")
    content = text_content(call, inline_keyboard(call), SENT)
    return message_json(world, post(world, call, chat, content))


async def send_photo(world: World, call: Call) -> JsonObject:
    """A photo, kept in several sizes."""
    chat = world.addressed(call.integer("chat_id"))
    world.demand(chat, "can_send_photos", "photos")
    photo = await sent_photo(world, call, call.text("photo"))
    content = captioned(Content(photo=photo, keyboard=inline_keyboard(call)), caption_fields(call))
    return message_json(world, post(world, call, chat, content))


async def send_document(world: World, call: Call) -> JsonObject:
    """A file, unchanged."""
    chat = world.addressed(call.integer("chat_id"))
    world.demand(chat, "can_send_documents", "documents")
    document = await sent_document(world, call, call.text("document"))
    content = captioned(Content(attachment=document, keyboard=inline_keyboard(call)), caption_fields(call))
    return message_json(world, post(world, call, chat, content))


async def send_media_group(world: World, call: Call) -> list[JsonObject]:
    """An album of up to ten photos or ten documents; it takes no keyboard."""
    chat = world.addressed(call.integer("chat_id"))
    media = call.structure("media", "media")
    if media is None:
        raise bad_request("there are no messages to send")
    if not isinstance(media, list):
        raise bad_request("expected an Array of InputMedia")
    if len(media) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    contents = [await input_media(world, call, one) for one in media]
    kinds = {media_kind(content) for content in contents}
    if len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    for kind in kinds:
        world.demand(chat, f"can_send_{KINDS[kind]}", KINDS[kind])
    album = world.new_album()
    return [message_json(world, post(world, call, chat, content, album)) for content in contents]


def post(world: World, call: Call, chat: Chat, content: Content, album: str | None = None) -> Message:
    """Write a message of the bot where the call wants it.

    Raises:
        Refused: the topic or the message to reply to is not there.
    """
    reply_to = _replied(chat, call)
    thread = _thread(chat, call.integer("message_thread_id"), reply_to)
    return world.write(
        chat,
        world.bot,
        content,
        reply_to=reply_to.id if reply_to else thread if chat.forum else None,
        thread=thread,
        in_topic=chat.forum and thread is not None,
        album=album,
        protected=call.flag("protect_content"),
        silent=call.flag("disable_notification"),
    )


def _replied(chat: Chat, call: Call) -> Message | None:
    wanted = call.object("reply_parameters", "reply parameters")
    id_ = wanted.get("message_id") or call.integer("reply_to_message_id")
    if id_ is None:
        return None
    found = chat.find(int(id_))
    tolerant = wanted.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")
    if found is None and not tolerant:
        raise bad_request("message to be replied not found")
    return found


def _thread(chat: Chat, wanted: int | None, reply_to: Message | None) -> int | None:
    if not wanted:
        return chat.thread_of(reply_to)
    topic = chat.topics.get(wanted)
    if topic is None or topic.deleted or wanted == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    if topic.closed and not chat.bot.is_admin:
        raise bad_request("TOPIC_CLOSED")
    return topic.id


async def send_chat_action(world: World, call: Call) -> bool:
    """Shows "sending a photo …" for a few seconds."""
    chat = world.addressed(call.integer("chat_id"))
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    world.news.spread()
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
}
