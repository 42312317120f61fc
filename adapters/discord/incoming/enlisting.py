"""The console's commands as slash commands that no guest's menu lists; the crew is asked all the same.

Discord lists them to a server's administrators, who may give them to roles. In direct messages there are no
permissions, so none is listed there: they are typed as words (``!status``). So is ``/claim``, whose
answer is for one pair of eyes in a server, too.
"""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import discord
from discord import app_commands
from discord.app_commands import locale_str

from adapters.discord.incoming import translate
from adapters.discord.incoming.forms import Forms
from adapters.discord.incoming.reception import Reception
from adapters.discord.incoming.suggesting import Kind, Offered, Suggestions
from adapters.discord.incoming.translate import Interaction
from adapters.discord.incoming.tree import Callback, Commands, Slash
from bot.console.commands import COMMANDS, asks_first
from bot.definitions import STRENGTHS
from bot.replies import Command
from bot.words import DEFAULT_LANGUAGE, words

_ANNOTATIONS: Mapping[str, Any] = MappingProxyType(
    {"text": str, "number": int, "user": discord.User, "file": discord.Attachment}
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One option of a command; ``choices`` are all that may stand there, ``suggests`` what is looked up."""

    name: str
    kind: Literal["text", "number", "user", "file"] = "text"
    choices: Sequence[str] = ()
    suggests: Kind | None = None
    required: bool = False


_STYLE, _VERSION = Slot("style", suggests="style"), Slot("version", "number", suggests="version")
_PICTURE = Slot("picture", "number")
_WHO, _GUEST = Slot("user", "user"), Slot("guest")
SLOTS: Mapping[str, Sequence[Slot]] = MappingProxyType(
    {
        "claim": (Slot("code", required=True),),
        "addstyle": (
            Slot("name"),
            Slot("emoji"),
            Slot("words"),
            Slot("strength", choices=STRENGTHS),
            Slot("graph", suggests="graph"),
            Slot("workflow", "file"),
        ),
        "editstyle": (_STYLE, _VERSION),
        "managestyles": (_STYLE,),
        "hide": (_STYLE, _PICTURE),
        "showstyle": (_STYLE,),
        "reorder": (Slot("styles", suggests="styles"),),
        "schedule": (_STYLE, Slot("since"), Slot("until")),
        "restrict": (_STYLE, Slot("where", choices=("here", "everywhere"))),
        "rollback": (_STYLE, _VERSION),
        "import": (Slot("file", "file"),),
        "stats": (Slot("period", choices=("today", "all")),),
        "invite": (Slot("place"), _STYLE),
        "feed": (Slot("feed", choices=("here", "list", "off")), Slot("id", "number")),
        "hold": (Slot("switch", choices=("on", "off")),),
        "letshow": (_PICTURE,),
        "pause": (Slot("words"),),
        "limit": (Slot("number"),),
        "announce": (Slot("words"),),
        "ban": (_WHO, _GUEST),
        "unban": (_WHO, Slot("guest", suggests="banned")),
        "maintainers": (
            Slot("action", choices=("add", "remove")),
            _WHO,
            Slot("guest", suggests="crew"),
        ),
    }
)
"""The options of each command, in the order in which its words follow it."""


ON_MESSAGES = ("ban", "unban", "hide")
"""Commands that are chosen in a message's menu, too: about its writer, its guest, or what it shows."""

_IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
_OF_SERVERS = app_commands.AppInstallationType(guild=True, user=False)


def enlist(tree: Commands, reception: Reception, forms: Forms) -> None:
    """Add all commands of the console."""
    suggestions = Suggestions(lambda: forms.booth, reception, words())
    for command in COMMANDS:
        tree.add_command(_command(command, _callback(command, reception, forms), suggestions))
    for name in ON_MESSAGES:
        tree.add_command(_menu(name, reception))


def rest_of(name: str, given: Mapping[str, object]) -> str:
    """What follows a command when its options are typed in one line."""
    if name == "addstyle":
        return _line(given)
    if name == "invite" and given.get("style"):
        given = {**given, "style": f"style={given['style']}"}
    filled = (given.get(slot.name) for slot in SLOTS.get(name, ()) if slot.kind != "file")
    return " ".join(_typed(value) for value in filled if value is not None)


def _command(command: Command, callback: Callback, suggestions: Suggestions) -> Slash:
    slots = SLOTS.get(command.name, ())
    callback.__dict__["__signature__"] = _signature(slots)
    made: Slash = app_commands.Command(
        name=command.name,
        description=_text(f"console-{command.name}"),
        callback=_dressed(callback, slots, suggestions),
        allowed_contexts=_IN_SERVERS,
        allowed_installs=_OF_SERVERS,
    )
    made.default_permissions = discord.Permissions.none()
    return made


def _menu(name: str, reception: Reception) -> app_commands.ContextMenu:
    async def chosen(interaction: Interaction, message: discord.Message) -> None:
        await reception.take(interaction, lambda: translate.about(interaction, name, message))

    made = app_commands.ContextMenu(
        name=_text(f"discord-menu-{name}"),
        callback=chosen,
        allowed_contexts=_IN_SERVERS,
        allowed_installs=_OF_SERVERS,
    )
    made.default_permissions = discord.Permissions.none()
    return made


def _callback(command: Command, reception: Reception, forms: Forms) -> Callback:
    name = command.name

    async def chosen(interaction: Interaction, **given: Any) -> None:
        file = next((value for value in given.values() if isinstance(value, discord.Attachment)), None)
        rest = rest_of(name, given)
        if asks_first(name, rest, with_file=file is not None):
            await forms.open(interaction, lambda booth, seat: booth.console.command(seat, name, rest))
            return
        await reception.take(interaction, lambda: translate.maintained(interaction, name, rest, file))

    return chosen


def _dressed(callback: Callback, slots: Sequence[Slot], suggestions: Suggestions) -> Callback:
    """What the library reads beside the callback's parameters: descriptions, choices, and what suggests."""
    described = {slot.name: _text(f"discord-slot-{slot.name}") for slot in slots}
    choices = {
        slot.name: [app_commands.Choice(name=one, value=one) for one in slot.choices]
        for slot in slots
        if slot.choices
    }
    finders = {slot.name: _finder(slot.suggests, suggestions) for slot in slots if slot.suggests is not None}
    dressed: Callback = app_commands.autocomplete(**finders)(callback)
    return app_commands.describe(**described)(app_commands.choices(**choices)(dressed))


def _finder(kind: Kind, suggestions: Suggestions) -> Any:
    async def find(interaction: Interaction, typed: str) -> Offered:
        return await suggestions.offer(interaction, kind, str(typed))

    return find


def _signature(slots: Sequence[Slot]) -> inspect.Signature:
    """The library reads a command's options from its callback's parameters."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("interaction", kind, annotation=Interaction)]
    for slot in sorted(slots, key=lambda slot: not slot.required):
        annotation: Any = _ANNOTATIONS[slot.kind]
        default: Any = inspect.Parameter.empty
        if not slot.required:
            annotation, default = annotation | None, None
        parameters.append(inspect.Parameter(slot.name, kind, annotation=annotation, default=default))
    return inspect.Signature(parameters)


def _line(given: Mapping[str, object]) -> str:
    """``/addstyle`` in one line; without a name there is none, and a workflow's file gives it."""
    name, prompt = given.get("name"), given.get("words")
    if not name:
        return ""
    parts = [_quoted(str(name)), str(given.get("emoji") or ""), _quoted(str(prompt)) if prompt else ""]
    parts += [f"{option}={given[option]}" for option in ("strength", "graph") if given.get(option)]
    return " ".join(part for part in parts if part)


def _quoted(text: str) -> str:
    return f"«{text.replace('»', ' ')}»"


def _typed(value: object) -> str:
    return f"<@{value.id}>" if isinstance(value, discord.User | discord.Member) else str(value)


def _text(key: str) -> locale_str:
    """English, with the key by which it is translated."""
    return locale_str(words().say(DEFAULT_LANGUAGE, key), key=key)
