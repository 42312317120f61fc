"""Guilds and channels, as they are seen: who is in, what may be done, and what was written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tests.fakes.discord.permissions import EVERYONE, IN_PRIVATE, Overwrites, bits
from tests.fakes.discord.values import Message, User
from tests.fakes.news import News

T = TypeVar("T")

TEXT, DM, GROUP_DM, ANNOUNCEMENT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 3, 5, 11, 12
THREADS = frozenset({PUBLIC_THREAD, PRIVATE_THREAD})
DEFAULT_UPLOAD = 10 << 20
PATIENCE_S = 30.0  # a busy machine is slow, not wrong


@dataclass(slots=True)
class Guild:
    """A server. The bot's role has the id ``bot_role``; ``upload_limit`` is bytes a file."""

    id: int
    name: str
    owner: User
    bot_role: int
    bot: bool = True
    locale: str = "en-US"
    upload_limit: int = DEFAULT_UPLOAD
    everyone: int = EVERYONE
    bot_permissions: int = 0
    members: dict[int, User] = field(default_factory=dict)


@dataclass(slots=True)
class Channel:
    """A channel, DM or thread, as everybody in it sees it; ephemeral messages are left out."""

    id: int
    type: int
    name: str
    news: News = field(repr=False)
    bot: User = field(repr=False)
    guild: Guild | None = field(default=None, repr=False)
    parent: "Channel | None" = field(default=None, repr=False)
    people: list[User] = field(default_factory=list, repr=False)
    overwrites: Overwrites = field(default_factory=Overwrites, repr=False)
    changed: Callable[["Channel"], None] | None = field(default=None, repr=False)
    typed: int = 0
    archived: bool = False
    gone: set[int] = field(default_factory=set, repr=False)
    _versions: dict[int, list[Message]] = field(default_factory=dict, repr=False)

    @property
    def is_dm(self) -> bool:
        """Whether it is the bot's private chat with one person."""
        return self.type == DM and self.bot in self.people

    @property
    def has_bot(self) -> bool:
        """Whether the bot is a member of the place."""
        return self.bot in self.people if self.guild is None else self.guild.bot

    @property
    def bot_may(self) -> int:
        """The bot's permissions here; 0 where it is no member."""
        if self.guild is None:
            return IN_PRIVATE if self.has_bot else 0
        if not self.guild.bot:
            return 0
        base = self.guild.everyone | self.guild.bot_permissions
        return self._overwrites.applied(base, [self.guild.id, self.guild.bot_role, self.bot.id])

    def user_may(self, user: User) -> int:
        """A person's permissions here."""
        if self.guild is None:
            return IN_PRIVATE
        return self._overwrites.applied(self.guild.everyone, [self.guild.id, user.id])

    @property
    def _overwrites(self) -> Overwrites:
        return self.parent.overwrites if self.parent else self.overwrites

    def deny(self, *permissions: str) -> None:
        """Take permissions from the bot here; it is told."""
        self._change(deny=bits(*permissions))

    def allow(self, *permissions: str) -> None:
        """Give them back."""
        self._change(allow=bits(*permissions))

    def deny_everyone(self, *permissions: str) -> None:
        """Take permissions from everyone, the bot too where it has no overwrite of its own."""
        if self.guild is not None:
            self.overwrites.change(self.guild.id, 0, deny=bits(*permissions))
            self._tell()

    def _change(self, *, allow: int = 0, deny: int = 0) -> None:
        self.overwrites.change(self.bot.id, 1, allow=allow, deny=deny)
        self._tell()

    def _tell(self) -> None:
        if self.changed is not None:
            self.changed(self)

    @property
    def upload_limit(self) -> int:
        """Bytes a file."""
        return self.guild.upload_limit if self.guild else DEFAULT_UPLOAD

    @property
    def all_messages(self) -> list[Message]:
        """The newest versions of what is there, ephemeral ones too, oldest first."""
        return [versions[-1] for id_, versions in sorted(self._versions.items()) if id_ not in self.gone]

    @property
    def messages(self) -> list[Message]:
        """What everybody here sees, oldest first."""
        return [message for message in self.all_messages if not message.ephemeral]

    @property
    def from_bot(self) -> list[Message]:
        """What everybody sees of the bot."""
        return [message for message in self.messages if message.from_bot]

    @property
    def pictures(self) -> list[bytes]:
        """The pictures of the bot that everybody sees."""
        return [picture for message in self.from_bot for picture in message.pictures]

    @property
    def edits(self) -> int:
        """How often messages here were edited."""
        return sum(len(versions) - 1 for versions in self._versions.values())

    def seen_by(self, user: User) -> list[Message]:
        """What one person sees."""
        return [message for message in self.all_messages if message.only_for in {None, user.id}]

    def history(self, message: int | Message) -> list[Message]:
        """All versions of a message, also of one that is gone."""
        return list(self._versions.get(message if isinstance(message, int) else message.id, ()))

    def find(self, id_: int) -> Message | None:
        """The newest version of a message that is there, ephemeral or not."""
        return None if id_ in self.gone or id_ not in self._versions else self._versions[id_][-1]

    def put(self, message: Message) -> Message:
        """A new message, or the next version of one."""
        self._versions.setdefault(message.id, []).append(message)
        self.news.spread()
        return message

    def replace(self, message: Message) -> None:
        """Change the newest version without an edit (reactions)."""
        self._versions[message.id][-1] = message
        self.news.spread()

    def remove(self, id_: int) -> None:
        """Delete a message."""
        self.gone.add(id_)
        self.news.spread()

    async def until(
        self, condition: Callable[["Channel"], T | None], patience_s: float | None = PATIENCE_S
    ) -> T:
        """What the condition gave when it was first true."""
        return await self.news.until(lambda: condition(self), patience_s)

    async def until_bot(
        self, condition: Callable[[Message], object], patience_s: float | None = PATIENCE_S
    ) -> Message:
        """The bot's first message that everybody sees and that meets a condition."""

        def found(channel: Channel) -> Message | None:
            return next((message for message in channel.from_bot if condition(message)), None)

        return await self.until(found, patience_s)
