"""Telegram's updates in our own words. Pure: values in, one event out, or None where nothing is meant for us.

In a group the bot answers only who asks it: by a command, by a mention, or by replying to it. Other photos
are told as such: an album's belong to the one that asks, and a group may have one style for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberUpdated,
    ChosenInlineResult,
    Document,
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginUser,
    PhotoSize,
    Update,
    User,
)
from telegram.constants import ChatType

from adapters.telegram.buttons import Verb, unpacked
from adapters.telegram.events import (
    MOST_CHARACTERS,
    NOBODY_KNOWS,
    WISH_CHARACTERS,
    Asked,
    Chosen,
    Command,
    Counted,
    Event,
    NoPhoto,
    Paper,
    PaperSent,
    PhotoSent,
    Press,
    PressedInline,
    Reacted,
    Said,
    Sender,
    Spot,
    Standing,
)
from adapters.telegram.identity import Me
from adapters.telegram.incoming.reactions import reaction

ENOUGH_PIXELS = 1_048_576  # what intake makes of a photo; a larger size is a download for nothing
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif", ".bmp")
_KINDS = {
    "sticker": "sticker",
    "video": "moving",
    "video_note": "moving",
    "animation": "moving",
    "voice": "sound",
    "audio": "sound",
    "document": "file",
    "contact": "other",
    "location": "other",
    "poll": "other",
    "dice": "other",
    "game": "other",
    "story": "other",
    "paid_media": "other",
    "checklist": "other",
    "text": "text",
}
_PRESENT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED)


def translate(update: Update, me: Me, *, maintainer: bool = False) -> Event | None:
    """What a guest did, or None; of a ``maintainer`` texts and files are told as well."""
    if update.message is not None:
        return _message(update.message, me, maintainer=maintainer)
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.inline_query is not None:
        query = update.inline_query
        return Asked(_sender(query.from_user), query.id, query.query[:WISH_CHARACTERS])
    if update.my_chat_member is not None:
        return _standing(update.my_chat_member)
    if update.chosen_inline_result is not None:
        return _chosen(update.chosen_inline_result)
    return reaction(update)


def writer_of_more(update: Update) -> int | None:
    """Who has sent what is told of maintainers in more detail: a text in private, a command, a file."""
    message = update.message
    if message is None or message.from_user is None:
        return None
    private, text = message.chat.type == ChatType.PRIVATE, message.text or ""
    told = _paper(message) is not None or (text if private else text.startswith("/"))
    return message.from_user.id if told else None


def lane(event: Event) -> str:
    """Events of one lane are handled in their order: a chat's, or who asks inline."""
    match event:
        case Asked() | Chosen() | PressedInline():
            return f"inline:{event.sender.user}"
        case Standing():
            return f"standing:{event.spot.chat}"
        case Reacted() | Counted():
            return f"reactions:{event.spot.chat}"
        case _:
            return f"chat:{event.spot.chat}"


def smallest_enough(sizes: Sequence[PhotoSize]) -> PhotoSize:
    """The smallest size that has a megapixel, else the largest."""
    by_area = sorted(sizes, key=lambda size: size.width * size.height)
    return next((size for size in by_area if size.width * size.height >= ENOUGH_PIXELS), by_area[-1])


def _sender(user: User) -> Sender:
    return Sender(user.id, user.language_code or "")


def _spot(message: Message) -> Spot:
    thread = message.message_thread_id if message.is_topic_message else None
    return Spot(message.chat.id, message.message_id, thread, message.chat.type == ChatType.PRIVATE)


def _message(message: Message, me: Me, *, maintainer: bool) -> Event | None:
    if message.from_user is None or message.from_user.is_bot or _ours_inline(message, me):
        return None
    words = _Words.of(message, me)
    private = message.chat.type == ChatType.PRIVATE
    if words.foreign:
        return None
    if not (private or words.addressed or _replies_to_us(message, me)):
        return _unasked(message, words)
    if (found := _photo(message, words, me) or _command(message, words, maintainer=maintainer)) is not None:
        return found
    told = _more(message, words) if maintainer and private else None
    return told or _nothing(message, private=private)


def _ours_inline(message: Message, me: Me) -> bool:
    return message.via_bot is not None and message.via_bot.id == me.id


def _replies_to_us(message: Message, me: Me) -> bool:
    replied = message.reply_to_message
    ours = replied is not None and replied.from_user is not None and replied.from_user.id == me.id
    return ours and bool(message.photo or message.document)


@dataclass(frozen=True, slots=True)
class _Words:
    """A text or caption, taken apart.

    ``foreign``: a command for another bot. ``addressed``: a command for us, or our name is mentioned.
    """

    command: str = ""
    rest: str = ""
    addressed: bool = False
    foreign: bool = False

    @staticmethod
    def of(message: Message, me: Me) -> "_Words":
        text = message.text or message.caption or ""
        entities = message.parse_entities() if message.text else message.parse_caption_entities()
        mention = f"@{me.username}".casefold() if me.username else None
        first = next(iter(entities.items()), None)
        if first is not None and first[0].type == MessageEntity.BOT_COMMAND and first[0].offset == 0:
            return _Words._of_command(first[1], text[len(first[1]) :], mention)
        found = [part for part in entities.values() if mention and part.casefold() == mention]
        for part in found:
            text = text.replace(part, " ")
        return _Words(rest=text.strip(), addressed=bool(found))

    @staticmethod
    def _of_command(command: str, rest: str, mention: str | None) -> "_Words":
        name, at, whose = command[1:].partition("@")
        if at and f"@{whose}".casefold() != mention:
            return _Words(foreign=True)
        return _Words(name.casefold(), rest.strip(), addressed=True)


def _photo(message: Message, words: _Words, me: Me) -> PhotoSent | None:
    if words.command not in ("", "style"):
        return None
    replied = message.reply_to_message if words.addressed else None
    if (found := _file(message)) is not None:
        source = message
    elif replied is not None and not _is_ours(replied, me) and (found := _file(replied)) is not None:
        source = replied
    else:
        return None
    file, size = found
    writer, owner = _writer(message), _owner(source)
    return PhotoSent(
        _spot(message),
        _sender(writer),
        file,
        size,
        words.rest[:WISH_CHARACTERS],
        message.media_group_id,
        None if owner == writer.id else owner,
    )


def _unasked(message: Message, words: _Words) -> PhotoSent | None:
    """A guest's own photo in a group that may have one style for all; nothing that comes from elsewhere."""
    from_elsewhere = (message.forward_origin, message.via_bot, message.sender_chat)
    if not message.photo or any(origin is not None for origin in from_elsewhere):
        return None
    file, size = _file(message) or ("", 0)
    return PhotoSent(
        _spot(message),
        _sender(_writer(message)),
        file,
        size,
        words.rest[:WISH_CHARACTERS],
        message.media_group_id,
        asked=False,
    )


def _owner(photo: Message) -> int:
    """Whose photo a message holds: its writer's, and of a forwarded one its first author's."""
    origin, user = photo.forward_origin, photo.from_user
    if origin is not None:
        user = origin.sender_user if isinstance(origin, MessageOriginUser) else None
    elif photo.sender_chat is not None:
        user = None
    return NOBODY_KNOWS if user is None or user.is_bot else user.id


def _is_ours(message: Message, me: Me) -> bool:
    return message.from_user is not None and message.from_user.id == me.id


def _file(message: Message) -> tuple[str, int] | None:
    if message.photo:
        size = smallest_enough(message.photo)
        return size.file_id, size.file_size or 0
    if message.document is not None and message.animation is None and _is_picture(message.document):
        return message.document.file_id, message.document.file_size or 0
    return None


def _is_picture(document: Document) -> bool:
    named = (document.file_name or "").casefold().endswith(PICTURE_SUFFIXES)
    kind = document.mime_type or ""
    return kind.startswith("image/") or (named and kind in ("", "application/octet-stream"))


def _writer(message: Message) -> User:
    if message.from_user is None:
        raise LookupError("a message without a writer was let through")
    return message.from_user


def _command(message: Message, words: _Words, *, maintainer: bool) -> Command | None:
    if not words.addressed:
        return None
    replied = message.reply_to_message
    return Command(
        _spot(message),
        _sender(_writer(message)),
        words.command or "help",
        words.rest[: MOST_CHARACTERS if maintainer else WISH_CHARACTERS],
        None if replied is None else replied.message_id,
        None if replied is None else _author(replied, message),
        _paper(message) if maintainer else None,
        None if replied is None else _channel(replied),
    )


def _channel(replied: Message) -> int | None:
    origin = replied.forward_origin
    return origin.chat.id if isinstance(origin, MessageOriginChannel) else None


def _author(replied: Message, message: Message) -> int | None:
    """The person behind a message that is answered: nobody's is a topic's first one, or a channel's."""
    if replied.is_topic_message and replied.message_id == message.message_thread_id:
        return None
    if replied.forward_origin is not None:
        origin = replied.forward_origin
        return origin.sender_user.id if isinstance(origin, MessageOriginUser) else None
    user = replied.from_user
    return None if user is None or user.is_bot or replied.sender_chat is not None else user.id


def _more(message: Message, words: _Words) -> Said | PaperSent | None:
    spot, sender = _spot(message), _sender(_writer(message))
    if (paper := _paper(message)) is not None:
        return PaperSent(spot, sender, paper, words.rest)
    return Said(spot, sender, message.text) if message.text else None


def _paper(message: Message) -> Paper | None:
    """A file as ComfyUI exports workflows, or as we export styles."""
    document = message.document
    if document is None or message.animation is not None:
        return None
    name = document.file_name or ""
    if not name.casefold().endswith(".json") and document.mime_type != "application/json":
        return None
    return Paper(document.file_id, document.file_size or 0, name)


def _nothing(message: Message, *, private: bool) -> NoPhoto | None:
    what = next((kind for part, kind in _KINDS.items() if getattr(message, part)), None)
    if what is None or (not private and what == "text"):
        return None
    return NoPhoto(_spot(message), _sender(_writer(message)), what)


def _press(query: CallbackQuery) -> Press | PressedInline | None:
    if query.data is None:
        return None
    if query.message is None:
        inline = query.inline_message_id
        return (
            None if inline is None else PressedInline(_sender(query.from_user), query.id, query.data, inline)
        )
    chat, thread, picture = query.message.chat, None, False
    if isinstance(query.message, Message):
        thread = query.message.message_thread_id if query.message.is_topic_message else None
        picture = bool(query.message.photo)
    spot = Spot(chat.id, query.message.message_id, thread, chat.type == ChatType.PRIVATE)
    return Press(spot, _presser(query.from_user, query.data), query.id, query.data, picture)


def _presser(user: User, data: str) -> Sender:
    """Whoever has pressed; their name only where that is what they want to be shown."""
    wish, sender = unpacked(data), _sender(user)
    named = wish is not None and wish.verb is Verb.NAME
    return replace(sender, name=user.first_name) if named else sender


def _chosen(result: ChosenInlineResult) -> Chosen | None:
    if result.inline_message_id is None:
        return None
    return Chosen(_sender(result.from_user), result.result_id, result.inline_message_id)


def _standing(change: ChatMemberUpdated) -> Standing | None:
    before, after = (member.status in _PRESENT for member in (change.old_chat_member, change.new_chat_member))
    spot = Spot(change.chat.id, 0, None, change.chat.type == ChatType.PRIVATE)
    if after:
        return Standing(spot, _sender(change.from_user), "changed" if before else "joined")
    return Standing(spot, _sender(change.from_user), "left")
