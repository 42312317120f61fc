"""Everything Telegram knows in a test: users, chats, files, updates, and what the bot has told of itself."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tests.fakes.news import News
from tests.fakes.telegram.chats import Chat, ChatKind, Membership, Status
from tests.fakes.telegram.files import Cabinet
from tests.fakes.telegram.inbox import Inbox
from tests.fakes.telegram.privacy import hears
from tests.fakes.telegram.profile import Profile
from tests.fakes.telegram.queries import Queries
from tests.fakes.telegram.refusals import bad_request, forbidden, migrated
from tests.fakes.telegram.shapes import chat_json, member_json, message_json, user_json
from tests.fakes.telegram.values import Content, JsonObject, Message, User
from tests.fakes.telegram.webhook import Courier

FIRST_GUEST = 7_000_001
FIRST_GROUP = -4_000_001
FIRST_SUPERGROUP = -1_002_000_000_001


@dataclass(slots=True)
class World:
    """``privacy`` is BotFather's group privacy mode; ``chosen_feedback`` its inline feedback."""

    bot: User
    privacy: bool = True
    chosen_feedback: bool = False
    pause_s: float = 1.0
    news: News = field(default_factory=News)
    files: Cabinet = field(default_factory=Cabinet)
    profile: Profile = field(default_factory=Profile)
    queries: Queries = field(default_factory=Queries)
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    inline_messages: dict[str, tuple[int, int]] = field(default_factory=dict)
    closing: bool = False
    poller: object = None
    poller_ended_by: str = ""
    inbox: Inbox = field(init=False)
    courier: Courier = field(init=False)
    _guests: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_GUEST))
    _groups: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_GROUP, -1))
    _supergroups: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_SUPERGROUP, -1))
    _small_numbers: Iterator[int] = field(default_factory=lambda: itertools.count(101))
    _albums: Iterator[int] = field(default_factory=lambda: itertools.count(13_900_000_000_000_001))

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.news)
        self.courier = Courier(self.inbox, self.news, self.pause_s)

    def add_guest(self, first_name: str, language: str | None) -> User:
        """Somebody new, who has a private chat with the bot and has not started it."""
        user = User(next(self._guests), first_name, first_name.lower() + "_guest", language)
        self.users[user.id] = user
        self._open(user.id, "private", first_name, "member").guest = user
        return user

    def add_group(self, title: str, kind: ChatKind, *, forum: bool = False) -> Chat:
        """A new group; the bot is not in it yet."""
        id_ = next(self._groups if kind == "group" else self._supergroups)
        chat = self._open(id_, kind, title, "left")
        chat.forum = forum
        return chat

    def _open(self, id_: int, kind: ChatKind, title: str, status: Status) -> Chat:
        # Private chats and basic groups share the bot's own message numbers, others have their own.
        numbers = itertools.count(1) if kind in ("supergroup", "channel") else self._small_numbers
        chat = Chat(id_, kind, title, Membership(self.bot, status), self.news, numbers)
        self.chats[id_] = chat
        return chat

    def new_album(self) -> str:
        """A ``media_group_id``."""
        return str(next(self._albums))

    def addressed(self, chat_id: int | None) -> Chat:
        """The chat a call is for, when the bot may be there at all.

        Raises:
            Refused: unknown, moved, or the bot is not welcome.
        """
        if chat_id is None:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.is_private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.bot.status == "kicked":
            raise forbidden(
                "bot was blocked by the user"
                if chat.is_private
                else f"bot was kicked from the {chat.kind} chat"
            )
        if chat.bot.status == "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def named(self, name: str) -> int | None:
        """The id of a public chat's ``@name``."""
        wanted = name.removeprefix("@").casefold()
        known = (chat for chat in self.chats.values() if chat.username and not chat.is_private)
        return next((chat.id for chat in known if str(chat.username).casefold() == wanted), None)

    def demand(self, chat: Chat, right: str, what: str) -> None:
        """Checks one of the bot's rights; in a channel only administrators post.

        Raises:
            Refused: it lacks it.
        """
        if chat.kind == "channel" and not chat.bot.is_admin:
            raise bad_request("need administrator rights in the channel chat")
        if chat.bot.status == "restricted" and right in chat.bot.denied:
            raise bad_request(f"not enough rights to send {what} to the chat")

    def write(self, chat: Chat, sender: User, content: Content, **more: object) -> Message:
        """A new message; the bot is told of a guest's when it may hear it."""
        message = Message(chat.id, next(chat.numbers), int(time.time()), sender, content)
        message = replace(message, **more)  # type: ignore[arg-type]
        chat.put(message)
        if not message.from_bot and hears(self, chat, message):
            kind = "channel_post" if chat.kind == "channel" else "message"
            self.inbox.put(kind, message_json(self, message), chat.id)
        return message

    def rewrite(self, message: Message, content: Content) -> Message:
        """The next version of a message, by the bot."""
        return self.chats[message.chat].put(replace(message, content=content, edited=int(time.time())))

    def change_bot(self, chat: Chat, by: User, membership: Membership) -> None:
        """The bot's place in a chat changes, and it is told."""
        before, chat.bot = chat.bot, membership
        update: JsonObject = {
            "chat": chat_json(chat),
            "from": user_json(by),
            "date": int(time.time()),
            "old_chat_member": member_json(before),
            "new_chat_member": member_json(membership),
        }
        self.inbox.put("my_chat_member", update, chat.id)
        self.news.spread()

    def faces(self) -> list[bytes]:
        """The largest size of every picture that anybody can see in any chat."""
        seen = (message for chat in self.chats.values() for message in chat.messages)
        return [message.picture for message in seen if message.content.has_media]

    def end_poll(self, why: str) -> None:
        """Whoever polls now gets 409."""
        self.poller, self.poller_ended_by = None, why
        self.news.spread()

    def close(self) -> None:
        """Long polls end."""
        self.closing = True
        self.news.spread()
