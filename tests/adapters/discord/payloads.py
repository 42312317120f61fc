"""What Discord sends, as its documentation writes it: the fields that matter, and those never omitted."""

from typing import Any

Json = dict[str, Any]

APPLICATION, BOT = 700, 700
ANN, BOB = 11, 12
GUILD, CHANNEL, DM = 800, 900, 901
MESSAGE = 950
SNOWFLAKE = 1_300_000_000_000_000_000
TOKEN = "an interaction's token"
SEND = 1 << 11
RESOLVED = "resolved"  # where an interaction holds what its options name by id


def user(id_: int = ANN, **more: Any) -> Json:
    return {
        "id": str(id_),
        "username": "secretname",
        "global_name": "Secretname",
        "discriminator": "0",
        "avatar": None,
        "bot": False,
    } | more


def attachment(id_: int = 501, kind: str | None = "image/jpeg", name: str = "secretfile.jpg") -> Json:
    found = {
        "id": str(id_),
        "filename": name,
        "size": 4711,
        "url": f"https://cdn.test/{id_}?ex=1",
        "proxy_url": f"https://media.test/{id_}",
    }
    return found | ({} if kind is None else {"content_type": kind})


def message(**more: Any) -> Json:
    return {
        "id": str(MESSAGE),
        "channel_id": str(DM),
        "type": 0,
        "author": user(),
        "content": "",
        "timestamp": "2026-11-23T18:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    } | more


def interaction(**more: Any) -> Json:
    """Something done in direct messages with the bot."""
    return {
        "id": str(SNOWFLAKE),
        "application_id": str(APPLICATION),
        "type": 2,
        "token": TOKEN,
        "version": 1,
        "user": user(),
        "channel_id": str(DM),
        "channel": {"id": str(DM), "type": 1},
        "locale": "de",
        "entitlements": [],
        "authorizing_integration_owners": {"0": "0"},
        "context": 1,
        "app_permissions": str(SEND),
        "attachment_size_limit": 10 << 20,
    } | more


def in_guild(**more: Any) -> Json:
    """The same in a server, to which the bot was added."""
    found = interaction(
        member={"user": user(), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False}
        | {"mute": False, "flags": 0, "permissions": str(SEND)},
        guild_id=str(GUILD),
        guild={"id": str(GUILD), "features": [], "locale": "en-US"},
        guild_locale="en-US",
        channel_id=str(CHANNEL),
        channel={"id": str(CHANNEL), "type": 0, "guild_id": str(GUILD), "name": "general", "position": 0},
        context=0,
        authorizing_integration_owners={"0": str(GUILD)},
    )
    del found["user"]
    return found | more


def foreign(**more: Any) -> Json:
    """The same in a server, to which only the guest has brought the bot."""
    return in_guild(authorizing_integration_owners={"1": str(ANN)}, **more)


def slash(name: str, *options: Json, resolved: Json | None = None) -> Json:
    return {
        "id": "1",
        "name": name,
        "type": 1,
        "options": list(options),
        RESOLVED: resolved or {},
    }


def stylize(photo: Json, style: str | None = None) -> Json:
    options = [{"name": "photo", "type": 11, "value": photo["id"]}]
    if style is not None:
        options.append({"name": "style", "type": 3, "value": style})
    return slash("stylize", *options, resolved={"attachments": {photo["id"]: photo}})


def on_message(target: Json) -> Json:
    return {
        "id": "2",
        "name": "Stylize this",
        "type": 3,
        "target_id": target["id"],
        RESOLVED: {"messages": {target["id"]: target}},
    }


def on_user(target: Json) -> Json:
    return {
        "id": "3",
        "name": "Stylize avatar",
        "type": 2,
        "target_id": target["id"],
        RESOLVED: {"users": {target["id"]: target}},
    }
