"""A chat: who is in it, what the bot may do there, and every version of every message."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from tests.fakes.news import PATIENCE_S, News
from tests.fakes.telegram.values import Message, User

ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
T = TypeVar("T")

RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)


@dataclass(frozen=True, slots=True)
class Membership:
    """A user's place in a chat; ``denied`` are the rights a restricted one lacks."""

    user: User
    status: Status
    denied: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        """Whether the user is in the chat."""
        return self.status not in {"left", "kicked"}

    @property
    def is_admin(self) -> bool:
        """Whether the user runs the chat."""
        return self.status in {"creator", "administrator"}


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is that of the message that opened it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Chat:
    """Changes are seen by everybody who waits in ``until``.

    Attributes:
        bot: The bot's own membership; in a private chat "kicked" means blocked.
        started: Whether the guest has ever written, without which a bot may not.
        actions: The chat actions ("upload_photo") the bot has shown, in order.
    """

    id: int
    kind: ChatKind
    title: str
    bot: Membership
    news: News = field(repr=False)
    numbers: Iterator[int] = field(repr=False)
    guest: User | None = None
    username: str | None = None
    forum: bool = False
    started: bool = False
    migrated_to: int | None = None
    members: dict[int, Membership] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    _versions: dict[int, list[Message]] = field(default_factory=dict, repr=False)
    _deleted: set[int] = field(default_factory=set, repr=False)

    @property
    def is_private(self) -> bool:
        """Whether it is a chat with one guest."""
        return self.kind == "private"

    @property
    def messages(self) -> list[Message]:
        """What is seen now: last versions, without deleted ones, in order."""
        return [versions[-1] for id_, versions in self._versions.items() if id_ not in self._deleted]

    @property
    def from_bot(self) -> list[Message]:
        """What is seen now of the bot's own messages."""
        return [message for message in self.messages if message.from_bot and message.service is None]

    @property
    def pictures(self) -> list[Message]:
        """What is seen now of the bot's messages with a photo or a file in them."""
        return [message for message in self.from_bot if message.content.has_media]

    def find(self, id_: int | None) -> Message | None:
        """The visible message of an id."""
        return None if id_ is None or id_ in self._deleted else self.latest(id_)

    def latest(self, id_: int) -> Message | None:
        """The last version of a message, deleted or not."""
        versions = self._versions.get(id_)
        return versions[-1] if versions else None

    def history(self, id_: int) -> tuple[Message, ...]:
        """All versions of a message, oldest first."""
        return tuple(self._versions[id_])

    def thread_of(self, replied: Message | None) -> int | None:
        """The ``message_thread_id`` of a reply: its topic, or where a supergroup's chain began."""
        if replied is None or self.kind != "supergroup":
            return None
        return replied.thread if self.forum else replied.thread or replied.id

    def is_deleted(self, id_: int) -> bool:
        """Whether a message was there and is gone."""
        return id_ in self._deleted

    def put(self, message: Message) -> Message:
        """A new message, or the next version of one."""
        self._versions.setdefault(message.id, []).append(message)
        self.news.spread()
        return message

    def delete(self, id_: int) -> None:
        """Takes a message out of sight."""
        self._deleted.add(id_)
        self.news.spread()

    def react(self, id_: int, user: User, emoji: tuple[str, ...]) -> None:
        """Reactions change a message without making a version of it."""
        versions = self._versions[id_]
        versions[-1] = replace(versions[-1], reactions={**versions[-1].reactions, user.id: emoji})
        self.news.spread()

    def age(self, seconds: int) -> None:
        """As if everything had been written so much earlier."""
        for versions in self._versions.values():
            versions[:] = [replace(version, date=version.date - seconds) for version in versions]

    async def until(self, condition: "Callable[[Chat], T | None]", patience_s: float = PATIENCE_S) -> T:
        """Waits for a chat to look so; gives what the condition returned.

        Raises:
            TimeoutError: it never did; the chat as it is then stands in the message.
        """
        try:
            return await self.news.until(lambda: condition(self), patience_s)
        except TimeoutError as error:
            raise TimeoutError(f"the chat stayed like this:\n{self.drawn()}") from error

    async def until_bot(
        self, condition: Callable[[Message], object] = bool, patience_s: float = PATIENCE_S
    ) -> Message:
        """Waits for a visible message of the bot that looks so; gives the newest one."""
        return await self.until(lambda chat: chat.newest(condition), patience_s)

    def newest(self, condition: Callable[[Message], object] = bool) -> Message | None:
        """The newest visible message of the bot that looks so."""
        return next((message for message in reversed(self.from_bot) if condition(message)), None)

    def drawn(self) -> str:
        """The visible chat in plain text, for a failing test."""
        return "\n".join(
            f"{m.id} {'bot' if m.from_bot else 'guest'}: {'[picture] ' * m.content.has_media}{m.words!r} "
            f"{[button.text for button in m.buttons] or ''}"
            for m in self.messages
        )
