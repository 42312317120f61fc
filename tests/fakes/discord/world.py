"""Everything Discord knows in a test: people, guilds, channels, messages, interactions, and who is told."""

import time
from dataclasses import dataclass, field, replace

from tests.fakes.discord.cdn import Cdn
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.gateway import Gateway, Session
from tests.fakes.discord.intents import MESSAGE_CONTENT, needed
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.permissions import bits
from tests.fakes.discord.places import DM, GROUP_DM, TEXT, Channel, Guild
from tests.fakes.discord.shapes import (
    channel_json,
    guild_event,
    is_private,
    member_json,
    message_json,
    user_json,
)
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.values import Content, JsonObject, Message, User
from tests.fakes.news import News
from tests.fakes.wire import Wires


@dataclass(slots=True)
class World:
    """``message_content`` is the portal's switch of that intent; times are seconds.

    Attributes:
        deadline_s: An interaction's for its first response.
        closed_to: People who take no messages of the bot.
        nonces: Messages by their enforced nonce, while Discord remembers it.
    """

    bot: User
    token: str = field(repr=False)
    deadline_s: float = 3.0
    message_content: bool = True
    ids: Snowflakes = field(default_factory=Snowflakes)
    news: News = field(default_factory=News)
    wires: Wires = field(default_factory=Wires)
    cdn: Cdn = field(default_factory=Cdn)
    commands: Commands = field(default_factory=Commands)
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    installed_by: set[int] = field(default_factory=set)
    closed_to: set[int] = field(default_factory=set)
    nonces: dict[str, Message] = field(default_factory=dict)
    gateway_url: str = ""
    endpoint_url: str | None = None
    verify_key: str = ""
    gateway: Gateway = field(init=False)

    def __post_init__(self) -> None:
        self.users[self.bot.id] = self.bot
        self.gateway = Gateway(self.token, self.news, self._welcome, self._chunk, self.wires.cut)

    # People and places

    def add_user(self, name: str, locale: str) -> User:
        """Somebody new."""
        user = User(self.ids.next(), name, locale=locale)
        self.users[user.id] = user
        return user

    def change_user(self, user: User) -> None:
        """Somebody has another name or avatar."""
        self.users[user.id] = user
        for guild in self.guilds.values():
            if user.id in guild.members:
                guild.members[user.id] = user

    def add_guild(self, name: str, owner: User, *, bot: bool, locale: str) -> Guild:
        """A new server; the bot is told when it is in it."""
        guild = Guild(self.ids.next(), name, owner, self.ids.next(), bot=False, locale=locale)
        guild.members[owner.id] = owner
        self.guilds[guild.id] = guild
        if bot:
            self.join(guild)
        return guild

    def join(self, guild: Guild) -> None:
        """The bot is invited."""
        guild.bot = True
        # Only a guild that comes back says that it is not unavailable.
        news = {key: value for key, value in guild_event(self, guild).items() if key != "unavailable"}
        self.gateway.dispatch("GUILD_CREATE", news, needed("GUILD_CREATE", private=False))

    def leave(self, guild: Guild) -> None:
        """The bot is thrown out."""
        guild.bot = False
        self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)}, needed("GUILD_DELETE", private=False))
        self.news.spread()

    def add_channel(
        self,
        name: str,
        guild: Guild | None,
        type_: int = TEXT,
        people: tuple[User, ...] = (),
        parent: Channel | None = None,
    ) -> Channel:
        """A new channel, thread or private chat."""
        channel = Channel(self.ids.next(), type_, name, self.news, self.bot, guild, parent, list(people))
        channel.changed = self.channel_changed
        self.channels[channel.id] = channel
        self._tell_of(channel, "THREAD_CREATE" if parent else "CHANNEL_CREATE")
        return channel

    def dm(self, user: User) -> Channel:
        """The private chat of the bot with somebody."""
        for channel in self.channels.values():
            if channel.type == DM and channel.people == [user, self.bot]:
                return channel
        return self.add_channel("", None, DM, (user, self.bot))

    def private(self, *people: User) -> Channel:
        """A private chat of people without the bot."""
        return self.add_channel("", None, DM if len(people) == 2 else GROUP_DM, people)

    def channel_changed(self, channel: Channel) -> None:
        """Its permissions are others."""
        self._tell_of(channel, "CHANNEL_UPDATE")

    def remove_channel(self, channel: Channel) -> None:
        """It is deleted, with everything in it."""
        del self.channels[channel.id]
        self._tell_of(channel, "CHANNEL_DELETE")
        self.news.spread()

    def _tell_of(self, channel: Channel, event: str) -> None:
        if channel.has_bot and channel.guild is not None:
            self.gateway.dispatch(event, channel_json(channel), needed(event, private=False))

    # Messages

    def write(self, channel: Channel, author: User, content: Content, **more: object) -> Message:
        """A new message; the bot is told of what it may see."""
        message = Message(self.ids.next(), channel.id, author, content)
        message = replace(message, **more)  # type: ignore[arg-type]
        for file in content.attachments:
            folder = "ephemeral-attachments" if message.ephemeral else "attachments"
            self.cdn.keep(folder, channel.id, file)
        channel.put(message)
        self._tell(message, "MESSAGE_CREATE")
        return message

    def rewrite(self, message: Message, content: Content, flags: int | None = None) -> Message:
        """The next version of a message, by the bot."""
        channel = self.channels[message.channel]
        kept = {file.id for file in content.attachments}
        for file in content.attachments:
            self.cdn.keep("attachments", channel.id, file)
        for file in message.attachments:
            if file.id not in kept:
                self.cdn.forget(file.id)
        flags = message.flags if flags is None else flags
        edited = None if message.thinking else time.time()
        changed = channel.put(replace(message, content=content, flags=flags, edited=edited))
        self._tell(changed, "MESSAGE_UPDATE")
        return changed

    def remove(self, message: Message) -> None:
        """A message is deleted."""
        channel = self.channels[message.channel]
        channel.remove(message.id)
        for file in message.attachments:
            self.cdn.forget(file.id)
        if self.hears(channel) and not message.ephemeral:
            gone = {"id": str(message.id), "channel_id": str(channel.id), **_guild_id(channel)}
            self.gateway.dispatch(
                "MESSAGE_DELETE", gone, needed("MESSAGE_DELETE", private=is_private(channel))
            )

    def react(self, message: Message, user: User, emoji: str, *, added: bool) -> None:
        """Add or take a reaction."""
        users = message.reactions.get(emoji, frozenset())
        users = users | {user.id} if added else users - {user.id}
        reactions = {**message.reactions, emoji: users}
        changed = replace(message, reactions={name: who for name, who in reactions.items() if who})
        channel = self.channels[message.channel]
        channel.replace(changed)
        if self.hears(channel):
            self._tell_reaction(changed, user, emoji, "ADD" if added else "REMOVE")

    def _tell_reaction(self, message: Message, user: User, emoji: str, what: str) -> None:
        channel = self.channels[message.channel]
        data: JsonObject = {
            "user_id": str(user.id),
            "channel_id": str(channel.id),
            "message_id": str(message.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
            **_guild_id(channel),
        }
        if what == "ADD":  # what is taken back doesn't say whose message it was, nor who somebody is
            data["message_author_id"] = str(message.author.id)
            if channel.guild is not None:
                data["member"] = member_json(channel.guild, user) | {"user": user_json(user)}
        event = f"MESSAGE_REACTION_{what}"
        self.gateway.dispatch(event, data, needed(event, private=is_private(channel)))

    def hears(self, channel: Channel) -> bool:
        """Whether the bot gets the events of a channel."""
        return channel.has_bot and bool(channel.bot_may & bits("view_channel"))

    def is_hidden(self, message: Message, *, allowed: bool) -> bool:
        """Whether the content is withheld from the bot, where the intent is not allowed."""
        if allowed or message.from_bot or self.bot.id in message.content.mentions:
            return False
        return not is_private(self.channels[message.channel])

    def _tell(self, message: Message, event: str) -> None:
        channel = self.channels[message.channel]
        if message.ephemeral or not self.hears(channel):
            return
        extras = _guild_id(channel)
        if channel.guild is not None:
            extras["member"] = member_json(channel.guild, message.author)

        def data(intents: int) -> JsonObject:
            hidden = self.is_hidden(message, allowed=bool(intents & MESSAGE_CONTENT))
            return message_json(self, message, hidden=hidden) | extras

        self.gateway.dispatch(event, data, needed(event, private=is_private(channel)))

    # The gateway's first words

    def _welcome(self, session: Session) -> None:
        guilds = [guild for guild in self.guilds.values() if guild.bot]
        ready = {
            "v": 10,
            "user": user_json(self.bot) | {"verified": True, "email": None, "mfa_enabled": True},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.gateway_url,
            "shard": [0, 1],
            "application": {"id": str(self.bot.id), "flags": self.app_flags},
            "private_channels": [],
        }
        session.dispatch("READY", ready)
        for guild in guilds:
            if session.intents & needed("GUILD_CREATE", private=False):
                session.dispatch("GUILD_CREATE", guild_event(self, guild))

    @property
    def app_flags(self) -> int:
        """The application's: that it may read message content, in few servers."""
        return (1 << 19) if self.message_content else 0

    def _chunk(self, asked: JsonObject) -> JsonObject:
        guild = self.guilds[int(asked["guild_id"])]
        wanted = {int(id_) for id_ in asked.get("user_ids") or guild.members}
        found = [user for user in [*guild.members.values(), self.bot] if user.id in wanted]
        return {
            "guild_id": str(guild.id),
            "members": [member_json(guild, user) | {"user": user_json(user)} for user in found],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": asked.get("nonce"),
        }


def _guild_id(channel: Channel) -> JsonObject:
    return {} if channel.guild is None else {"guild_id": str(channel.guild.id)}
