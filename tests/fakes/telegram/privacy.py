"""What a bot hears in a group (https://core.telegram.org/bots/features#privacy-mode)."""

from typing import TYPE_CHECKING

from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.values import JsonObject, Message

if TYPE_CHECKING:
    from tests.fakes.telegram.world import World


def hears(world: "World", chat: Chat, message: Message) -> bool:
    """Whether the bot gets an update of a guest's message."""
    if not chat.bot.present or (message.via_bot is not None and chat.is_private):
        return False
    if chat.is_private or not world.privacy or chat.bot.is_admin or message.service is not None:
        return True
    return _is_reply_to_bot(chat, message) or _is_for_bot(world, message)


def _is_reply_to_bot(chat: Chat, message: Message) -> bool:
    replied = chat.find(message.reply_to)
    return replied is not None and replied.from_bot and replied.service is None


def _is_for_bot(world: "World", message: Message) -> bool:
    name = f"@{world.bot.username}".lower()
    if message.via_bot is not None:
        return True
    for entity in message.content.entities:
        covered = covered_text(message.content.words, entity).lower()
        if entity["type"] == "mention" and covered == name:
            return True
        if entity["type"] == "bot_command" and covered.partition("@")[2] in {"", name[1:]}:
            return True
    return False


def covered_text(text: str, entity: JsonObject) -> str:
    """The part of a text under an entity, whose offsets count UTF-16 code units."""
    start, end = 2 * int(entity["offset"]), 2 * int(entity["offset"] + entity["length"])
    return text.encode("utf-16-le")[start:end].decode("utf-16-le")
