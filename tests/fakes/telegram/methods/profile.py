"""Commands, name and descriptions, by language."""

from collections.abc import Awaitable, Callable

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.world import World

TEXTS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}


async def set_commands(world: World, call: Call) -> bool:
    """For a scope and a language."""
    commands = call.structure("commands", "commands")
    if not isinstance(commands or [], list):
        raise bad_request("expected an Array of BotCommand")
    scope = call.object("scope", "BotCommandScope")
    world.profile.set_commands(commands or [], scope, call.text("language_code"))
    return True


async def get_commands(world: World, call: Call) -> list[JsonObject]:
    """Those of exactly this scope and language."""
    return world.profile.commands(call.object("scope", "BotCommandScope"), call.text("language_code"))


async def delete_commands(world: World, call: Call) -> bool:
    """Of a scope and a language."""
    world.profile.delete_commands(call.object("scope", "BotCommandScope"), call.text("language_code"))
    return True


def _setter(kind: str) -> Callable[[World, Call], Awaitable[bool]]:
    async def set_text(world: World, call: Call) -> bool:
        world.profile.set_text(kind, call.text(kind), call.text("language_code"))
        return True

    return set_text


def _getter(kind: str) -> Callable[[World, Call], Awaitable[JsonObject]]:
    async def get_text(world: World, call: Call) -> JsonObject:
        return {kind: world.profile.text(kind, call.text("language_code"))}

    return get_text


METHODS: dict[str, Callable[[World, Call], Awaitable[object]]] = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    **{f"setMy{name}": _setter(kind) for name, kind in TEXTS.items()},
    **{f"getMy{name}": _getter(kind) for name, kind in TEXTS.items()},
}
