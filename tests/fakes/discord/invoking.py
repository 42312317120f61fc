"""What the bot gets of an interaction: https://docs.discord.com/developers/interactions/receiving-and-responding."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.bodies import attachment
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.permissions import ALL
from tests.fakes.discord.places import Channel
from tests.fakes.discord.shapes import attachment_json, channel_json, is_private, member_json, user_json
from tests.fakes.discord.values import JsonObject, User
from tests.fakes.discord.world import World

File = bytes | tuple[str, bytes]
"""A picture, or a file with its name."""

GUILD, BOT_DM, PRIVATE = 0, 1, 2
SUBCOMMAND, GROUP = 1, 2
USER, ATTACHMENT = 6, 11


def named(file: File) -> tuple[str, bytes]:
    """A file's name and content; a picture without a name is called by its kind."""
    if isinstance(file, tuple):
        return file
    known = {b"\x89PNG": "photo.png", b"RIFF": "photo.webp", b"GIF8": "photo.gif"}
    return known.get(file[:4], "photo.jpg"), file


def place_kind(channel: Channel) -> int:
    """An interaction's ``context``."""
    return BOT_DM if channel.is_dm else PRIVATE if is_private(channel) else GUILD


def owners(world: World, user: User, channel: Channel) -> dict[str, str]:
    """``authorizing_integration_owners``: by whom the app may act here."""
    found = {}
    if channel.guild is not None and channel.guild.bot:
        found["0"] = str(channel.guild.id)
    if channel.is_dm:
        found["0"] = "0"
    if user.id in world.installed_by:
        found["1"] = str(user.id)
    return found


def check_offered(command: JsonObject, user: User, channel: Channel, by: Mapping[str, str]) -> None:
    """A client shows a command only where it may be used.

    Raises:
        LookupError: it may not be used here.
    """
    types = command.get("integration_types") or [0]
    contexts = command.get("contexts")
    by_place = "0" in by and 0 in types
    by_user = "1" in by and 1 in types
    allowed = contexts is None or place_kind(channel) in contexts
    if not (by_place or by_user) or not allowed or _is_kept_from(command, user, channel):
        raise LookupError(f"{user.name} is not offered {command['name']!r} in this place")


def _is_kept_from(command: JsonObject, user: User, channel: Channel) -> bool:
    """Whether a server's settings, as they are at first, list the command to others only."""
    wanted, guild = command.get("default_member_permissions"), channel.guild
    if wanted is None or guild is None or user.id == guild.owner.id:
        return False
    may = channel.user_may(user)
    return may != ALL and (int(wanted) == 0 or may & int(wanted) != int(wanted))


@dataclass(slots=True)
class Resolved:
    """What the ids of an interaction mean; keeps uploaded files on the CDN."""

    world: World
    channel: Channel
    tables: dict[str, JsonObject] = field(default_factory=dict)

    def file(self, file: File) -> str:
        """Upload a file; gives its id."""
        name, content = named(file)
        kept = attachment(self.world.ids.next(), name, content, ephemeral=True)
        self.world.cdn.keep("ephemeral-attachments", self.world.bot.id, kept)
        self._put("attachments", kept.id, attachment_json(self.world, kept))
        return str(kept.id)

    def user(self, user: User) -> str:
        """Name a user; gives the id."""
        self._put("users", user.id, user_json(user))
        guild = self.channel.guild
        if guild is not None and user.id in guild.members:
            self._put("members", user.id, member_json(guild, user, self.channel.user_may(user)))
        return str(user.id)

    def message(self, shape: JsonObject) -> str:
        """Name a message; gives the id."""
        self._put("messages", int(shape["id"]), shape)
        id_: str = shape["id"]
        return id_

    def _put(self, table: str, id_: int, shape: JsonObject) -> None:
        self.tables.setdefault(table, {})[str(id_)] = shape


def find_options(command: JsonObject, path: list[str]) -> JsonObject:
    """A command, or the subcommand that a path of names leads to.

    Raises:
        LookupError: there is no such subcommand.
    """
    for name in path:
        found = [option for option in command.get("options") or () if option["name"] == name]
        if not found:
            raise LookupError(f"{command['name']!r} has no subcommand {name!r}")
        command = found[0]
    return command


def option_values(
    command: JsonObject, given: Mapping[str, Any], resolved: Resolved, focused: str | None = None
) -> Iterator[JsonObject]:
    """The options of a command as they were filled in.

    Raises:
        LookupError: an option is unknown, missing, or not among its choices.
    """
    known = {option["name"]: option for option in command.get("options") or ()}
    for name in given:
        if name not in known:
            raise LookupError(f"{command['name']!r} has no option {name!r}")
    for name, option in known.items():
        if name in given:
            value = _value(option, given[name], resolved)
            yield {"name": name, "type": option["type"], "value": value} | (
                {"focused": True} if name == focused else {}
            )
        elif option.get("required") and focused is None:
            raise LookupError(f"{command['name']!r} needs {name!r}")


def _value(option: JsonObject, value: Any, resolved: Resolved) -> Any:
    if option["type"] == ATTACHMENT:
        return resolved.file(value)
    if option["type"] == USER:
        return resolved.user(value)
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise LookupError(f"{value!r} is no choice of {option['name']!r}")
    return value


def nested(path: list[str], options: list[JsonObject]) -> list[JsonObject]:
    """Options inside their subcommand and its group."""
    for depth, name in reversed(list(enumerate(path))):
        kind = SUBCOMMAND if depth == len(path) - 1 else GROUP
        options = [{"name": name, "type": kind, "options": options}]
    return options


def make_interaction(
    world: World, user: User, channel: Channel, type_: int, data: JsonObject, source: JsonObject | None = None
) -> Interaction:
    """An interaction with its payload, known to the world and not sent yet."""
    id_, token = world.ids.next(), secrets.token_urlsafe(96)
    by = owners(world, user, channel)
    payload: JsonObject = {
        "id": str(id_),
        "application_id": str(world.bot.id),
        "type": type_,
        "token": token,
        "version": 1,
        "data": data,
        "channel_id": str(channel.id),
        "channel": _place(channel, user),
        "attachment_size_limit": channel.upload_limit,
        "authorizing_integration_owners": by,
        "context": place_kind(channel),
        "app_permissions": str(channel.bot_may or channel.user_may(user)),
        "locale": user.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        **_who(channel, user),
    }
    if source is not None:
        payload["message"] = source
    source_id = None if source is None else int(source["id"])
    made = Interaction(id_, token, type_, user, channel, payload, source_id, world.deadline_s, "0" not in by)
    world.interactions[id_] = made
    return made


def _place(channel: Channel, user: User) -> JsonObject:
    shape = channel_json(channel)
    shape.pop("recipients", None)
    shape.pop("permission_overwrites", None)
    return shape | {"permissions": str(channel.user_may(user))}


def _who(channel: Channel, user: User) -> JsonObject:
    guild = channel.guild
    if guild is None:
        return {"user": user_json(user)}
    member = member_json(guild, user, channel.user_may(user)) | {"user": user_json(user)}
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member,
    }
