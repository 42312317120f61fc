"""What the bot does in channels with its token."""

from dataclasses import replace

from tests.fakes.discord.calls import Call, Operation, snowflake
from tests.fakes.discord.drafts import Desk
from tests.fakes.discord.permissions import bits
from tests.fakes.discord.places import DM, PUBLIC_THREAD, THREADS, Channel
from tests.fakes.discord.refusals import (
    Refused,
    archived,
    cannot_dm,
    invalid_form,
    missing_access,
    missing_permissions,
    no_history,
    not_yours,
    unknown,
)
from tests.fakes.discord.shapes import channel_json, is_private, message_json
from tests.fakes.discord.values import SILENT, Content, JsonObject, Message, Reference
from tests.fakes.discord.world import World


def channel_of(world: World, call: Call, name: str = "channel") -> Channel:
    """The channel a request is for.

    Raises:
        Refused: it is unknown, or the bot does not see it.
    """
    channel = world.channels.get(call.id(name))
    if channel is None:
        raise unknown("Channel")
    if not world.hears(channel):
        raise missing_access()
    return channel


def message_of(channel: Channel, id_: int) -> Message:
    """A message that everybody in the channel sees.

    Raises:
        Refused: there is none.
    """
    message = channel.find(id_)
    if message is None or message.ephemeral:
        raise unknown("Message")
    return message


def demand(channel: Channel, *permissions: str) -> None:
    """The bot has to have these.

    Raises:
        Refused: it has not.
    """
    needed = bits(*permissions)
    if channel.bot_may & needed != needed:
        raise missing_permissions()


def shape(world: World, message: Message) -> JsonObject:
    """A message as REST gives it to the bot."""
    return message_json(world, message, hidden=world.is_hidden(message, allowed=world.message_content))


def get_channel(world: World, call: Call) -> JsonObject:
    """GET a channel."""
    return channel_json(channel_of(world, call))


def create_message(world: World, call: Call) -> JsonObject:
    """POST a message; one with the nonce of an earlier one is that one."""
    channel = channel_of(world, call)
    _demand_sending(world, channel, files=bool(call.body.files))
    nonce = _nonce(call.fields)
    known = world.nonces.get(nonce) if nonce and call.fields.get("enforce_nonce") else None
    if known is not None and known.channel == channel.id and channel.find(known.id):
        return shape(world, channel.history(known.id)[-1]) | {"nonce": nonce}
    content = Desk(world.ids, channel.upload_limit).new(call.body)
    flags, reply_to = (call.fields.get("flags") or 0) & SILENT, _reply(world, channel, call.fields)
    content = _with_replied(channel, content, reply_to, call.fields)
    channel.archived = False
    message = world.write(channel, world.bot, content, flags=flags, reply_to=reply_to, nonce=nonce)
    if nonce and call.fields.get("enforce_nonce"):
        world.nonces[nonce] = message
    return shape(world, message)


def _demand_sending(world: World, channel: Channel, *, files: bool) -> None:
    if channel.type == DM and channel.people[0].id in world.closed_to:
        raise cannot_dm()
    demand(channel, "send_messages_in_threads" if channel.type in THREADS else "send_messages")
    if files:
        demand(channel, "attach_files")


def _nonce(fields: JsonObject) -> str | None:
    nonce = fields.get("nonce")
    if nonce is not None and len(str(nonce)) > 25:
        raise invalid_form("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.")
    return None if nonce is None else str(nonce)


def _reply(world: World, channel: Channel, fields: JsonObject) -> Reference | None:
    given = fields.get("message_reference")
    if not given:
        return None
    demanded = bits("read_message_history")
    if channel.bot_may & demanded != demanded:
        raise no_history()
    found = channel.find(snowflake(given["message_id"], "message_reference"))
    if found is not None and not found.ephemeral:
        return Reference(found.id, channel.id)
    if given.get("fail_if_not_exists", True):
        raise invalid_form("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
    return None


def _with_replied(channel: Channel, content: Content, to: Reference | None, fields: JsonObject) -> Content:
    """A reply mentions whom it answers, unless ``replied_user`` says no."""
    answered = None if to is None else channel.find(to.message)
    if answered is None or not (fields.get("allowed_mentions") or {"replied_user": True}).get("replied_user"):
        return content
    return replace(content, mentions=tuple(dict.fromkeys([*content.mentions, answered.author.id])))


def list_messages(world: World, call: Call) -> list[JsonObject]:
    """GET a channel's messages, newest first."""
    channel = channel_of(world, call)
    limit = call.number("limit", 50)
    if not 1 <= limit <= 100:
        raise invalid_form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    if not channel.bot_may & bits("read_message_history"):
        return []
    found = [message for message in channel.messages if _is_between(message, call)]
    found = found[:limit] if "after" in call.query else found[-limit:]
    return [shape(world, message) for message in reversed(found)]


def _is_between(message: Message, call: Call) -> bool:
    return call.number("after", 0) < message.id < call.number("before", 1 << 63)


def get_message(world: World, call: Call) -> JsonObject:
    """GET one message."""
    channel = channel_of(world, call)
    if not channel.bot_may & bits("read_message_history"):
        raise missing_access()
    return shape(world, message_of(channel, call.id("message")))


def edit_message(world: World, call: Call) -> JsonObject:
    """PATCH one of the bot's messages."""
    channel = channel_of(world, call)
    message = message_of(channel, call.id("message"))
    if message.author != world.bot:
        raise not_yours()
    if channel.archived:
        raise archived()
    if call.body.files:
        demand(channel, "attach_files")
    content = Desk(world.ids, channel.upload_limit).changed(call.body, message)
    return shape(world, world.rewrite(message, content))


def delete_message(world: World, call: Call) -> None:
    """DELETE a message."""
    channel = channel_of(world, call)
    message = message_of(channel, call.id("message"))
    if message.author != world.bot:
        if is_private(channel):
            raise Refused(403, 50003, "Cannot execute action on a DM channel")
        demand(channel, "manage_messages")
    world.remove(message)


def add_reaction(world: World, call: Call) -> None:
    """PUT the bot's reaction."""
    channel = channel_of(world, call)
    message = message_of(channel, call.id("message"))
    demand(channel, "read_message_history")
    if channel.archived:
        raise archived()
    if call.path["emoji"] not in message.reactions:
        demand(channel, "add_reactions")
    if call.path["emoji"].isascii():
        raise unknown("Emoji")
    world.react(message, world.bot, call.path["emoji"], added=True)


def remove_reaction(world: World, call: Call) -> None:
    """DELETE the bot's reaction."""
    channel = channel_of(world, call)
    message = message_of(channel, call.id("message"))
    world.react(message, world.bot, call.path["emoji"], added=False)


def type_(world: World, call: Call) -> None:
    """POST that the bot is typing."""
    channel = channel_of(world, call)
    demand(channel, "send_messages_in_threads" if channel.type in THREADS else "send_messages")
    channel.typed += 1
    world.news.spread()


def open_dm(world: World, call: Call) -> JsonObject:
    """POST for the private chat with somebody."""
    user = world.users.get(snowflake(call.fields.get("recipient_id"), "recipient_id"))
    if user is None or user.bot:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    return channel_json(world.dm(user))


def start_thread(world: World, call: Call) -> JsonObject:
    """POST a thread, from a message or without one."""
    channel = channel_of(world, call)
    demand(channel, "create_public_threads")
    if "message" in call.path:
        message_of(channel, call.id("message"))
    name = str(call.fields.get("name", ""))
    people = (world.bot, *(channel.guild.members.values() if channel.guild else ()))
    return channel_json(world.add_channel(name, channel.guild, PUBLIC_THREAD, people, channel))


def join_thread(world: World, call: Call) -> None:
    """PUT the bot into a thread."""
    channel = channel_of(world, call)
    if world.bot not in channel.people:
        channel.people.append(world.bot)


ROUTES: list[tuple[str, str, str, Operation]] = [
    ("GET", "/channels/{channel}", "get channel", get_channel),
    ("POST", "/channels/{channel}/messages", "create message", create_message),
    ("GET", "/channels/{channel}/messages", "list messages", list_messages),
    ("GET", "/channels/{channel}/messages/{message}", "get message", get_message),
    ("PATCH", "/channels/{channel}/messages/{message}", "edit message", edit_message),
    ("DELETE", "/channels/{channel}/messages/{message}", "delete message", delete_message),
    ("PUT", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me", "add reaction", add_reaction),
    (
        "DELETE",
        "/channels/{channel}/messages/{message}/reactions/{emoji}/@me",
        "remove reaction",
        remove_reaction,
    ),
    ("POST", "/channels/{channel}/typing", "typing", type_),
    ("POST", "/users/@me/channels", "open dm", open_dm),
    ("POST", "/channels/{channel}/threads", "start thread", start_thread),
    ("POST", "/channels/{channel}/messages/{message}/threads", "start thread", start_thread),
    ("PUT", "/channels/{channel}/thread-members/@me", "join thread", join_thread),
]
