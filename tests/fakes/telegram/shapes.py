"""Values as the JSON objects of https://core.telegram.org/bots/api#available-types."""

from typing import TYPE_CHECKING

from tests.fakes.telegram.chats import RIGHTS, Chat, Membership
from tests.fakes.telegram.values import Attachment, JsonObject, Message, PhotoSize, User

if TYPE_CHECKING:
    from tests.fakes.telegram.world import World


def user_json(user: User) -> JsonObject:
    """A ``User``."""
    return _given(
        id=user.id,
        is_bot=user.is_bot,
        first_name=user.first_name,
        username=user.username,
        language_code=user.language,
    )


def bot_json(user: User, *, reads_all: bool) -> JsonObject:
    """The bot as ``getMe`` describes it."""
    return user_json(user) | {
        "can_join_groups": True,
        "can_read_all_group_messages": reads_all,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def chat_json(chat: Chat) -> JsonObject:
    """A ``Chat``."""
    if chat.guest is not None:
        return _given(
            id=chat.id, type="private", first_name=chat.guest.first_name, username=chat.guest.username
        )
    return _given(
        id=chat.id, type=chat.kind, title=chat.title, username=chat.username, is_forum=chat.forum or None
    )


def full_chat_json(chat: Chat) -> JsonObject:
    """A ``ChatFullInfo``."""
    gifts = {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    }
    full = chat_json(chat) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if not chat.is_private:
        full["permissions"] = dict.fromkeys(RIGHTS, True)
    return full


def photo_json(size: PhotoSize) -> JsonObject:
    """A ``PhotoSize``."""
    return {
        "file_id": size.file.file_id,
        "file_unique_id": size.file.file_unique_id,
        "width": size.width,
        "height": size.height,
        "file_size": size.file.size,
    }


def attachment_json(attachment: Attachment) -> JsonObject:
    """A ``Document``, ``Sticker``, ``Video`` …"""
    return _given(
        **attachment.fields,
        file_id=attachment.file.file_id,
        file_unique_id=attachment.file.file_unique_id,
        file_size=attachment.file.size,
        thumbnail=photo_json(attachment.thumbnail) if attachment.thumbnail else None,
    )


def member_json(membership: Membership) -> JsonObject:
    """A ``ChatMember`` of its status."""
    member: JsonObject = {"user": user_json(membership.user), "status": membership.status}
    if membership.status == "administrator":
        admin = (
            "manage_chat",
            "delete_messages",
            "manage_video_chats",
            "restrict_members",
            "promote_members",
        )
        more = (
            "change_info",
            "invite_users",
            "post_stories",
            "edit_stories",
            "delete_stories",
            "pin_messages",
        )
        member |= {f"can_{right}": True for right in (*admin, *more)}
        member |= {"can_be_edited": False, "is_anonymous": False, "can_post_messages": True}
    if membership.status == "creator":
        member["is_anonymous"] = False
    if membership.status == "restricted":
        member |= {right: right not in membership.denied for right in RIGHTS}
        member |= {"is_member": True, "until_date": 0}
    if membership.status == "kicked":
        member["until_date"] = 0
    return member


def message_json(world: "World", message: Message, *, nested: bool = False) -> JsonObject:
    """A ``Message``; a nested one (replied to, pressed on) tells of no further reply."""
    chat = world.chats[message.chat]
    shaped = _given(
        message_id=message.id,
        date=message.date,
        chat=chat_json(chat),
        edit_date=message.edited,
        message_thread_id=message.thread,
        is_topic_message=message.in_topic or None,
        media_group_id=message.album,
        forward_origin=message.origin,
        via_bot=user_json(message.via_bot) if message.via_bot else None,
        has_protected_content=message.protected or None,
        reply_markup=message.content.keyboard,
    )
    if chat.kind == "channel":
        shaped["sender_chat"] = chat_json(chat)
    else:
        shaped["from"] = user_json(message.sender)
    replied = None if nested or message.reply_to is None else chat.find(message.reply_to)
    if replied is not None:
        shaped["reply_to_message"] = message_json(world, replied, nested=True)
    return shaped | (message.service if message.service is not None else _content_json(message))


def _content_json(message: Message) -> JsonObject:
    content = message.content
    shaped: JsonObject = {}
    if content.photo:
        shaped["photo"] = [photo_json(size) for size in content.photo]
    if content.attachment is not None:
        shaped[content.attachment.kind] = attachment_json(content.attachment)
    words, entities = ("caption", "caption_entities") if content.has_media else ("text", "entities")
    if content.words:
        shaped[words] = content.words
    if content.entities:
        shaped[entities] = list(content.entities)
    return shaped


def _given(**fields: object) -> JsonObject:
    return {name: value for name, value in fields.items() if value is not None}
