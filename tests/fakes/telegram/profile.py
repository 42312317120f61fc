"""What the bot tells of itself: commands by scope and language, names, descriptions, menu buttons."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import JsonObject

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}|")
SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
MAX_COMMANDS = 100
MAX_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


@dataclass(slots=True)
class Profile:
    """``texts`` by kind and language, ``commands`` by scope and language, ``menus`` by chat (0: all)."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    _commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    menus: dict[int, JsonObject] = field(default_factory=dict)

    def commands(self, scope: JsonObject | None = None, language: str = "") -> list[JsonObject]:
        """What was set for exactly this scope and language."""
        return list(self._commands.get((_key(scope), _language(language)), []))

    def set_commands(self, commands: Sequence[JsonObject], scope: JsonObject | None, language: str) -> None:
        """Replace them.

        Raises:
            Refused: a command, scope or language that Telegram would not take.
        """
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            _check_command(command)
        self._commands[_key(scope), _language(language)] = [
            {"command": c["command"], "description": c["description"]} for c in commands
        ]

    def delete_commands(self, scope: JsonObject | None, language: str) -> None:
        """The next wider scope shows again."""
        self._commands.pop((_key(scope), _language(language)), None)

    def text(self, kind: str, language: str = "") -> str:
        """A name or description; the one without language where none is set for it."""
        return self.texts.get((kind, _language(language))) or self.texts.get((kind, ""), "")

    def set_text(self, kind: str, text: str, language: str) -> None:
        """Set one; an empty text removes it.

        Raises:
            Refused: too long, or no language.
        """
        if len(text) > MAX_LENGTHS[kind]:
            raise bad_request(f"BOT_{kind.upper()}_TOO_LONG")
        self.texts[kind, _language(language)] = text


def _check_command(command: JsonObject) -> None:
    name, description = str(command.get("command", "")).lstrip("/"), str(command.get("description", ""))
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _key(scope: JsonObject | None) -> str:
    chosen = scope or {"type": "default"}
    if chosen.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return json.dumps(chosen, sort_keys=True)


def _language(code: str) -> str:
    if not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code
