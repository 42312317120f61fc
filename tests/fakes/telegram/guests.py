"""The driver's side of one person: reads as what a guest does with the phone."""

import mimetypes
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.fakes.telegram import inlining
from tests.fakes.telegram.chats import Chat, Membership
from tests.fakes.telegram.files import Kind
from tests.fakes.telegram.queries import Query
from tests.fakes.telegram.shapes import chat_json, message_json, user_json
from tests.fakes.telegram.values import Attachment, Button, Content, JsonObject, Message, PhotoSize, User
from tests.fakes.telegram.wording.spans import Wording
from tests.fakes.telegram.world import World

OTHER_KINDS: dict[str, tuple[Kind, JsonObject]] = {
    "sticker": (
        "sticker",
        {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    ),
    "video": ("video", {"width": 640, "height": 480, "duration": 3, "mime_type": "video/mp4"}),
    "voice": ("voice", {"duration": 2, "mime_type": "audio/ogg"}),
    "animation": ("animation", {"width": 320, "height": 240, "duration": 2, "mime_type": "video/mp4"}),
}


@dataclass(slots=True)
class Guest:
    """Somebody with Telegram. What is written goes to the private chat unless a group is given."""

    world: World = field(repr=False)
    user: User

    @property
    def id(self) -> int:
        """The user's, and that of the private chat."""
        return self.user.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot, as it is seen."""
        return self.world.chats[self.user.id]

    async def send_text(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write something; the first message starts the private chat."""
        wording = Wording(text).with_found()
        return self._write(Content(wording.text, wording.entities), chat, topic=topic, reply_to=reply_to)

    async def start(self, payload: str = "") -> Message:
        """Tap "Start", or a deep link with a payload."""
        return await self.send_text(f"/start {payload}".strip())

    async def follow(self, url: str) -> Message:
        """Open a link to the bot and tap "Start".

        Raises:
            LookupError: it leads elsewhere.
        """
        found = re.fullmatch(rf"https://t\.me/{self.world.bot.username}\?start=([A-Za-z0-9_-]{{1,64}})", url)
        if found is None:
            raise LookupError(f"no link to the bot: {url!r}")
        return await self.start(found[1])

    async def send_photo(
        self,
        picture: bytes,
        caption: str = "",
        chat: Chat | None = None,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        album: str | None = None,
    ) -> Message:
        """Send a picture as a photo: it arrives in several sizes, as JPEG."""
        photo = await self.world.files.add_photo(picture)
        return self._write(
            _captioned(caption, photo=photo), chat, topic=topic, reply_to=reply_to, album=album
        )

    async def send_document(
        self,
        content: bytes,
        name: str = "photo.jpg",
        caption: str = "",
        chat: Chat | None = None,
        *,
        topic: int | None = None,
        mime_type: str | None = None,
    ) -> Message:
        """Send a file; it arrives unchanged."""
        kind = mime_type or mimetypes.guess_type(name)[0]
        document = await self.world.files.add_document(content, name, kind)
        return self._write(_captioned(caption, attachment=document), chat, topic=topic)

    async def send_other(self, kind: str, chat: Chat | None = None, content: bytes = b"\0" * 64) -> Message:
        """Send a sticker, video, voice message or animation."""
        name, fields = OTHER_KINDS[kind]
        return self._write(Content(attachment=self.world.files.add_other(name, content, fields)), chat)

    async def send_album(
        self, pictures: Sequence[bytes], caption: str = "", chat: Chat | None = None
    ) -> list[Message]:
        """Send several photos as one album; the caption stands under the first."""
        album = self.world.new_album()
        photos = [await self.world.files.add_photo(picture) for picture in pictures]
        captions = [caption, *[""] * (len(photos) - 1)]
        return [
            self._write(_captioned(words, photo=photo), chat, album=album)
            for words, photo in zip(captions, photos, strict=True)
        ]

    async def forward(self, message: Message, chat: Chat | None = None, *, hidden: bool = False) -> Message:
        """Forward a message; a hidden one names its author only by a name.

        Raises:
            PermissionError: its content is protected.
        """
        if message.protected:
            raise PermissionError("a protected message can't be forwarded")
        origin = _origin(self.world, message, hidden=hidden)
        content = Content(
            message.content.words, message.content.entities, message.content.photo, message.content.attachment
        )
        return self._write(content, chat, origin=origin)

    async def press(self, button: str, message: Message | None = None) -> Query:
        """Press a button, named by its text or its data, of a message or of the newest that has it.

        Raises:
            LookupError: there is no such button to be seen.
        """
        pressed, found = self._find_button(button, message)
        if found.data is None:
            raise LookupError(f"the button {button!r} sends nothing to the bot")
        query = self.world.queries.ask(self.world.news)
        payload: JsonObject = {
            "id": query.id,
            "from": user_json(self.user),
            "chat_instance": str(-pressed.chat),
            "data": found.data,
        }
        if pressed.inline_id is not None:
            payload["inline_message_id"] = pressed.inline_id
        else:
            payload["message"] = message_json(self.world, pressed)
        self.world.inbox.put("callback_query", payload, pressed.chat)
        return query

    async def inline_query(self, text: str = "", *, offset: str = "", chat_type: str = "sender") -> Query:
        """Type the bot's name and something in any chat; the answer holds the results."""
        query = self.world.queries.ask(self.world.news)
        payload = {
            "id": query.id,
            "from": user_json(self.user),
            "query": text,
            "offset": offset,
            "chat_type": chat_type,
        }
        self.world.inbox.put("inline_query", payload, self.id)
        return query

    async def choose(self, result: JsonObject, chat: Chat, query: str = "") -> Message:
        """Send one of the results of an inline query into a chat."""
        content, inline_id = inlining.content(self.world, result), inlining.new_id(self.world)
        keyboard = content.keyboard is not None
        message = self._write(
            content, chat, via_bot=self.world.bot, inline_id=inline_id if keyboard else None
        )
        if keyboard:
            self.world.inline_messages[inline_id] = (message.chat, message.id)
        inlining.tell_choice(self.world, self.user, result, query, inline_id if keyboard else None)
        return message

    async def send_prepared(self, prepared_id: str, chat: Chat) -> Message:
        """Send a message that the bot has saved for this guest.

        Raises:
            LookupError: it was saved for somebody else, or never.
        """
        prepared = self.world.queries.prepared[prepared_id]
        if prepared.user != self.id:
            raise LookupError("the prepared message is another guest's")
        return await self.choose(prepared.result, chat)

    async def react(self, message: Message, emoji: str = "❤") -> None:
        """React to a message, or take the reaction back with an empty one."""
        chat = self.world.chats[message.chat]
        before = message.reactions.get(self.id, ())
        chat.react(message.id, self.user, (emoji,) if emoji else ())
        if not (chat.is_private or chat.bot.is_admin):
            return
        if chat.kind == "channel":
            self._count_reactions(chat, message.id)
            return
        payload: JsonObject = {
            "chat": chat_json(chat),
            "message_id": message.id,
            "date": int(time.time()),
            "user": user_json(self.user),
            "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        self.world.inbox.put("message_reaction", payload, chat.id)

    def _count_reactions(self, chat: Chat, message: int) -> None:
        """In a channel nobody is named: the bot hears how many there are."""
        latest = chat.latest(message)
        counts = Counter(one for emoji in (latest.reactions if latest else {}).values() for one in emoji)
        payload: JsonObject = {
            "chat": chat_json(chat),
            "message_id": message,
            "date": int(time.time()),
            "reactions": [
                {"type": {"type": "emoji", "emoji": one}, "total_count": number}
                for one, number in counts.items()
            ],
        }
        self.world.inbox.put("message_reaction_count", payload, chat.id)

    async def delete(self, message: Message) -> None:
        """Delete a message, the bot's too, for both; the bot is not told."""
        self.world.chats[message.chat].delete(message.id)

    async def block_bot(self) -> None:
        """The bot may not write any more."""
        self.world.change_bot(self.chat, self.user, Membership(self.world.bot, "kicked"))

    async def unblock_bot(self) -> None:
        """The bot may write again."""
        self.world.change_bot(self.chat, self.user, Membership(self.world.bot, "member"))

    async def leave(self, chat: Chat) -> None:
        """Leave a group."""
        chat.members[self.id] = Membership(self.user, "left")
        self.world.write(chat, self.user, Content(), service={"left_chat_member": user_json(self.user)})

    def _write(
        self,
        content: Content,
        chat: Chat | None,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        **more: object,
    ) -> Message:
        place = chat or self.chat
        place.started = True
        thread = topic if topic is not None else place.thread_of(reply_to)
        in_topic = place.forum and thread is not None
        return self.world.write(
            place,
            self.user,
            content,
            # In a topic, what replies to nothing replies to the message that opened it.
            reply_to=reply_to.id if reply_to else thread if in_topic else None,
            thread=thread,
            in_topic=in_topic,
            **more,
        )

    def _find_button(self, wanted: str, message: Message | None) -> tuple[Message, Button]:
        seen = [message] if message is not None else list(reversed(self.chat.messages))
        for one in seen:
            current = self.world.chats[one.chat].find(one.id)
            for button in current.buttons if current else ():
                if current is not None and wanted in {button.text, button.data}:
                    return current, button
        raise LookupError(f"no button {wanted!r} in:\n{self.chat.drawn()}")


def _origin(world: World, message: Message, *, hidden: bool) -> JsonObject:
    """The ``MessageOrigin`` of a message that is forwarded; a forward of a forward keeps the first one's."""
    if message.origin is not None:
        return message.origin
    chat = world.chats[message.chat]
    if chat.kind == "channel":
        return {"type": "channel", "date": message.date, "chat": chat_json(chat), "message_id": message.id}
    if hidden:
        return {"type": "hidden_user", "date": message.date, "sender_user_name": message.sender.first_name}
    return {"type": "user", "date": message.date, "sender_user": user_json(message.sender)}


def _captioned(
    caption: str, photo: tuple[PhotoSize, ...] = (), attachment: Attachment | None = None
) -> Content:
    wording = Wording(caption).with_found()
    return Content(wording.text, wording.entities, photo, attachment)
