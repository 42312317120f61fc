"""How Discord writes its objects in JSON."""

import copy
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.permissions import Overwrite
from tests.fakes.discord.places import DM, GROUP_DM, THREADS, Channel, Guild
from tests.fakes.discord.snowflakes import iso, moment
from tests.fakes.discord.values import Attachment, Content, JsonObject, Message, User, meant, media

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

SLASH, REPLY, CHAT_INPUT_COMMAND, CONTEXT_MENU_COMMAND = 1, 19, 20, 23
JOINED = "2026-01-01T00:00:00.000000+00:00"


def user_json(user: User) -> JsonObject:
    """A user."""
    return {
        "id": str(user.id),
        "username": user.name.lower(),
        "global_name": None if user.bot else user.name,
        "discriminator": "0001" if user.bot else "0",
        "avatar": user.avatar,
        "bot": user.bot,
        "public_flags": 0,
        "avatar_decoration_data": None,
    }


def member_json(guild: Guild, user: User, permissions: int | None = None) -> JsonObject:
    """A member without its user, with permissions where an interaction gives them."""
    member: JsonObject = {
        "roles": [str(guild.bot_role)] if user.bot else [],
        "joined_at": JOINED,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
        "premium_since": None,
        "pending": False,
        "communication_disabled_until": None,
    }
    return member if permissions is None else member | {"permissions": str(permissions)}


def attachment_json(world: "World", file: Attachment) -> JsonObject:
    """A file with a freshly signed URL."""
    url = world.cdn.url(file)
    found: JsonObject = {
        "id": str(file.id),
        "filename": file.name,
        "size": len(file.content),
        "url": url,
        "proxy_url": url,
        "content_type": file.kind,
    }
    if file.width is not None:
        found |= {"width": file.width, "height": file.height}
    if file.description is not None:
        found["description"] = file.description
    return found | ({"ephemeral": True} if file.ephemeral else {})


def components_json(world: "World", message: Message) -> list[JsonObject]:
    """Components, with media items that know their file."""
    components = copy.deepcopy(list(message.content.components))
    for item in media(components):
        file = next((file for file in message.attachments if meant(file, item["url"])), None)
        if file is not None:
            url = world.cdn.url(file)
            item |= {"url": url, "proxy_url": url, "content_type": file.kind, "attachment_id": str(file.id)}
            item |= {"width": file.width, "height": file.height, "loading_state": 2, "flags": 0}
    return components


def message_json(world: "World", message: Message, *, hidden: bool = False) -> JsonObject:
    """A message; one whose content is hidden is so by the missing message-content intent."""
    content = message.content
    shape: JsonObject = {
        "id": str(message.id),
        "channel_id": str(message.channel),
        "type": _type(world, message),
        "author": user_json(message.author),
        "content": "" if hidden else content.words,
        "timestamp": moment(message.id),
        "edited_timestamp": None if message.edited is None else iso(message.edited),
        "tts": False,
        "mention_everyone": False,
        "mentions": [user_json(world.users[id_]) for id_ in content.mentions if id_ in world.users],
        "mention_roles": [],
        "attachments": [] if hidden else [attachment_json(world, file) for file in content.attachments],
        "embeds": [] if hidden else list(content.embeds),
        "components": [] if hidden else components_json(world, message),
        "pinned": False,
        "flags": message.flags | content.flags,
    }
    return shape | _extras(world, message)


def _type(world: "World", message: Message) -> int:
    if message.interaction is not None:
        kind = world.interactions[message.interaction].payload.get("data", {}).get("type", SLASH)
        return CHAT_INPUT_COMMAND if kind == SLASH else CONTEXT_MENU_COMMAND
    return REPLY if message.reply_to is not None and message.forwarded is None else 0


def _extras(world: "World", message: Message) -> JsonObject:
    """What only some messages have."""
    extras: JsonObject = {}
    if message.nonce is not None:
        extras["nonce"] = message.nonce
    if message.reactions:
        extras["reactions"] = [_reaction(world, emoji, users) for emoji, users in message.reactions.items()]
    if message.reply_to is not None:
        extras |= _reference(world, message)
    if message.interaction is not None:
        found = world.interactions[message.interaction]
        extras |= {"application_id": str(world.bot.id), "webhook_id": str(world.bot.id)}
        extras["interaction_metadata"] = {
            "id": str(found.id),
            "type": found.type,
            "user": user_json(found.user),
            "authorizing_integration_owners": found.payload["authorizing_integration_owners"],
        }
        if found.type == 5:
            extras["interaction_metadata"]["triggering_interaction_metadata"] = dict(
                extras["interaction_metadata"], type=2
            )
        if found.type == 3 and found.source is not None:
            extras["interaction_metadata"]["interacted_message_id"] = str(found.source)
    return extras


def _reaction(world: "World", emoji: str, users: frozenset[int]) -> JsonObject:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users),
        "count_details": {"normal": len(users), "burst": 0},
        "me": world.bot.id in users,
        "me_burst": False,
        "burst_colors": [],
    }


def _reference(world: "World", message: Message) -> JsonObject:
    assert message.reply_to is not None
    channel = world.channels[message.reply_to.channel]
    reference: JsonObject = {"message_id": str(message.reply_to.message), "channel_id": str(channel.id)}
    if channel.guild is not None:
        reference["guild_id"] = str(channel.guild.id)
    if message.forwarded is not None:
        snapshot = {"message": _snapshot(world, message.forwarded, message.reply_to.message)}
        return {"message_reference": reference | {"type": 1}, "message_snapshots": [snapshot]}
    reference["type"] = 0
    found = channel.find(message.reply_to.message)
    return {
        "message_reference": reference,
        # One step deep, as Discord does.
        "referenced_message": None if found is None else _flat(message_json(world, found)),
    }


def _snapshot(world: "World", content: Content, original: int) -> JsonObject:
    return {
        "type": 0,
        "content": content.words,
        "embeds": list(content.embeds),
        "attachments": [attachment_json(world, file) for file in content.attachments],
        "timestamp": moment(original),
        "edited_timestamp": None,
        "flags": content.flags,
        "mentions": [],
        "mention_roles": [],
        "components": [],
    }


def _flat(shape: JsonObject) -> JsonObject:
    return {key: value for key, value in shape.items() if key != "referenced_message"}


def channel_json(channel: Channel) -> JsonObject:
    """A channel, DM or thread."""
    last = max((message.id for message in channel.messages), default=None)
    shape: JsonObject = {
        "id": str(channel.id),
        "type": channel.type,
        "last_message_id": None if last is None else str(last),
        "flags": 0,
    }
    if channel.guild is None:
        return shape | _private(channel)
    shape |= {"guild_id": str(channel.guild.id), "name": channel.name, "nsfw": False}
    return shape | (_thread(channel) if channel.type in THREADS else _text(channel))


def _private(channel: Channel) -> JsonObject:
    people = [user_json(user) for user in channel.people if user != channel.bot]
    if channel.type == DM:
        return {"recipients": people}
    return {"recipients": people, "name": channel.name, "icon": None, "owner_id": people[0]["id"]}


def _text(channel: Channel) -> JsonObject:
    overwrites = [_overwrite(entry) for entry in channel.overwrites.entries.values()]
    return {
        "topic": None,
        "position": 0,
        "parent_id": None,
        "permission_overwrites": overwrites,
        "rate_limit_per_user": 0,
        "last_pin_timestamp": None,
    }


def _overwrite(entry: Overwrite) -> JsonObject:
    return {
        "id": str(entry.target),
        "type": entry.type,
        "allow": str(entry.allow),
        "deny": str(entry.deny),
    }


def _thread(channel: Channel) -> JsonObject:
    assert channel.parent is not None
    return {
        "parent_id": str(channel.parent.id),
        "owner_id": str(channel.people[0].id),
        "message_count": len(channel.messages),
        "member_count": len(channel.people),
        "total_message_sent": len(channel.messages),
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": channel.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": moment(channel.id),
            "locked": False,
            "create_timestamp": moment(channel.id),
        },
    }


def role_json(id_: int, name: str, permissions: int, *, managed: bool) -> JsonObject:
    """A role."""
    return {
        "id": str(id_),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": int(managed),
        "permissions": str(permissions),
        "managed": managed,
        "mentionable": False,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }


def guild_json(world: "World", guild: Guild) -> JsonObject:
    """A guild as REST gives it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "description": None,
        "banner": None,
        "owner_id": str(guild.owner.id),
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "features": [],
        "emojis": [],
        "stickers": [],
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "vanity_url_code": None,
        "roles": [
            role_json(guild.id, "@everyone", guild.everyone, managed=False),
            role_json(guild.bot_role, world.bot.name, guild.bot_permissions, managed=True),
        ],
    }


def guild_event(world: "World", guild: Guild) -> JsonObject:
    """A guild as GUILD_CREATE gives it: with channels, threads and the bot's own member."""
    places = [channel for channel in world.channels.values() if channel.guild is guild]
    me = member_json(guild, world.bot) | {"user": user_json(world.bot)}
    extras: dict[str, Any] = {
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members) + 1,
        "members": [me],
        "channels": [channel_json(channel) for channel in places if channel.type not in THREADS],
        "threads": [channel_json(channel) for channel in places if channel.type in THREADS],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
    return guild_json(world, guild) | extras


def is_private(channel: Channel) -> bool:
    """Whether it is a DM or a group DM."""
    return channel.type in {DM, GROUP_DM}
