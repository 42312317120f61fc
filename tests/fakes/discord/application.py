"""What the bot asks about itself, its commands, and the places it is in."""

from collections.abc import Iterator

from tests.fakes.discord.calls import Call, Operation
from tests.fakes.discord.places import THREADS, Guild
from tests.fakes.discord.refusals import Refused, missing_access, unknown
from tests.fakes.discord.shapes import channel_json, guild_json, member_json, user_json
from tests.fakes.discord.values import JsonObject
from tests.fakes.discord.world import World


def get_me(world: World, _call: Call) -> JsonObject:
    """GET the bot's user."""
    return user_json(world.bot) | {"verified": True, "email": None, "mfa_enabled": True, "locale": "en-US"}


def get_application(world: World, _call: Call) -> JsonObject:
    """GET the application."""
    owner = {"id": "1", "username": "owner", "discriminator": "0", "global_name": "Owner", "avatar": None}
    return {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": world.verify_key,
        "flags": world.app_flags,
        "owner": owner,
        "team": None,
        "interactions_endpoint_url": world.endpoint_url,
        "approximate_guild_count": sum(guild.bot for guild in world.guilds.values()),
        "approximate_user_install_count": len(world.installed_by),
    }


def get_gateway(world: World, _call: Call) -> JsonObject:
    """GET where the gateway is."""
    limits = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": world.gateway_url, "shards": 1, "session_start_limit": limits}


def get_user(world: World, call: Call) -> JsonObject:
    """GET a user."""
    user = world.users.get(call.id("user"))
    if user is None:
        raise unknown("User")
    return user_json(user)


def get_commands(world: World, call: Call) -> list[JsonObject]:
    """GET the global commands."""
    _check_application(world, call)
    found = list(world.commands.registered.values())
    if call.query.get("with_localizations") in {"1", "true"}:
        return found
    return [{k: v for k, v in command.items() if not k.endswith("_localizations")} for command in found]


def put_commands(world: World, call: Call) -> list[JsonObject]:
    """PUT all global commands."""
    _check_application(world, call)
    given = call.body.fields
    if not isinstance(given, list):
        raise Refused(400, 50035, "Invalid Form Body")
    return world.commands.put_all(given, _new_ids(world), world.bot.id)


def post_command(world: World, call: Call) -> JsonObject:
    """POST one global command."""
    _check_application(world, call)
    return world.commands.put(call.fields, _new_ids(world), world.bot.id)


def delete_command(world: World, call: Call) -> None:
    """DELETE one global command."""
    _check_application(world, call)
    if not world.commands.remove(call.id("command")):
        raise unknown("application command")


def _check_application(world: World, call: Call) -> None:
    if call.id("application") != world.bot.id:
        raise missing_access()


def _new_ids(world: World) -> Iterator[int]:
    while True:
        yield world.ids.next()


def _guild(world: World, call: Call) -> Guild:
    guild = world.guilds.get(call.id("guild"))
    if guild is None:
        raise unknown("Guild")
    if not guild.bot:
        raise missing_access()
    return guild


def get_guilds(world: World, _call: Call) -> list[JsonObject]:
    """GET the guilds the bot is in."""
    return [guild_json(world, guild) for guild in world.guilds.values() if guild.bot]


def get_guild(world: World, call: Call) -> JsonObject:
    """GET a guild."""
    return guild_json(world, _guild(world, call))


def get_guild_channels(world: World, call: Call) -> list[JsonObject]:
    """GET a guild's channels."""
    guild = _guild(world, call)
    places = [channel for channel in world.channels.values() if channel.guild is guild]
    return [channel_json(channel) for channel in places if channel.type not in THREADS]


def get_guild_roles(world: World, call: Call) -> list[JsonObject]:
    """GET a guild's roles."""
    roles: list[JsonObject] = guild_json(world, _guild(world, call))["roles"]
    return roles


def get_member(world: World, call: Call) -> JsonObject:
    """GET a member."""
    guild = _guild(world, call)
    wanted = world.bot.id if call.path["user"] == "@me" else call.id("user")
    user = world.bot if wanted == world.bot.id else guild.members.get(wanted)
    if user is None:
        raise unknown("Member")
    return member_json(guild, user) | {"user": user_json(user)}


ROUTES: list[tuple[str, str, str, Operation]] = [
    ("GET", "/users/@me", "get me", get_me),
    ("GET", "/users/@me/guilds", "get guilds", get_guilds),
    ("GET", "/users/{user}", "get user", get_user),
    ("GET", "/oauth2/applications/@me", "get application", get_application),
    ("GET", "/applications/@me", "get application", get_application),
    ("GET", "/gateway", "get gateway", get_gateway),
    ("GET", "/gateway/bot", "get gateway", get_gateway),
    ("GET", "/applications/{application}/commands", "get commands", get_commands),
    ("PUT", "/applications/{application}/commands", "put commands", put_commands),
    ("POST", "/applications/{application}/commands", "post command", post_command),
    ("DELETE", "/applications/{application}/commands/{command}", "delete command", delete_command),
    ("GET", "/guilds/{guild}", "get guild", get_guild),
    ("GET", "/guilds/{guild}/channels", "get guild channels", get_guild_channels),
    ("GET", "/guilds/{guild}/roles", "get guild roles", get_guild_roles),
    ("GET", "/guilds/{guild}/members/{user}", "get member", get_member),
]
