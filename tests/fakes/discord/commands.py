"""The application's commands: what may be registered, and what a client offers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.fakes.discord.refusals import Refused, invalid_form
from tests.fakes.discord.values import JsonObject

SLASH, USER, MESSAGE = 1, 2, 3
SUBCOMMANDS = frozenset({1, 2})
# Letters of all scripts, as the documentation's regular expression has them, without capitals.
SLASH_NAME = re.compile(r"[-_'\w]{1,32}")
LOCALES = frozenset(
    {"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl"}
    | {"pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja"}
    | {"zh-TW", "ko"}
)


@dataclass(slots=True)
class Commands:
    """The global ones, by kind and name; ``writes`` counts how often they were changed."""

    registered: dict[tuple[int, str], JsonObject] = field(default_factory=dict)
    writes: int = 0

    def put_all(self, given: list[JsonObject], new_id: Iterator[int], application: int) -> list[JsonObject]:
        """Replace them all; those that stay keep their id.

        Raises:
            Refused: one breaks a rule.
        """
        wanted = {}
        for index, command in enumerate(given):
            check_command(command, str(index))
            key = (command.get("type", SLASH), command["name"])
            if key in wanted:
                raise invalid_form(
                    f"{index}",
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique",
                )
            wanted[key] = self._complete(command, new_id, application)
        self.registered = wanted
        self.writes += 1
        return list(wanted.values())

    def put(self, command: JsonObject, new_id: Iterator[int], application: int) -> JsonObject:
        """Add or replace one."""
        check_command(command, "")
        made = self._complete(command, new_id, application)
        self.registered[made["type"], made["name"]] = made
        self.writes += 1
        return made

    def remove(self, id_: int) -> bool:
        """Delete one; says whether it was there."""
        for key, command in list(self.registered.items()):
            if command["id"] == str(id_):
                del self.registered[key]
                self.writes += 1
                return True
        return False

    def find(self, name: str, kind: int = SLASH) -> JsonObject:
        """One by name.

        Raises:
            LookupError: nobody could choose it.
        """
        try:
            return self.registered[kind, name]
        except KeyError:
            raise LookupError(f"there is no command {name!r} of kind {kind}") from None

    def _complete(self, command: JsonObject, new_id: Iterator[int], application: int) -> JsonObject:
        kind = command.get("type", SLASH)
        old = self.registered.get((kind, command["name"]), {})
        version = next(new_id)
        return {
            "id": old.get("id", str(version)),
            "application_id": str(application),
            "version": str(version),
            "default_member_permissions": None,
            "description": "",
            "dm_permission": True,
            "nsfw": False,
            "integration_types": [0],
            "contexts": None,
            "name_localizations": None,
            "description_localizations": None,
            **command,
            "type": kind,
        }


def check_command(command: Mapping[str, object], path: str) -> None:
    """Discord's rules for a command.

    Raises:
        Refused: "Invalid Form Body", with the field.
    """
    where = f"{path}." if path else ""
    kind = command.get("type", SLASH)
    _check_name(command, where, slash=kind == SLASH)
    description = str(command.get("description", ""))
    if kind == SLASH and not 1 <= len(description) <= 100:
        raise _length(f"{where}description", 1, 100)
    if kind != SLASH and description:
        raise invalid_form(
            f"{where}description",
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
            "Context menu commands cannot have a description",
        )
    _check_localizations(command, where, slash=kind == SLASH)
    _check_options(command.get("options") or [], where)


def _check_name(command: Mapping[str, object], where: str, *, slash: bool) -> None:
    name = str(command.get("name", ""))
    if not 1 <= len(name) <= 32:
        raise _length(f"{where}name", 1, 32)
    if slash and (not SLASH_NAME.fullmatch(name) or name != name.lower()):
        raise invalid_form(f"{where}name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_localizations(command: Mapping[str, object], where: str, *, slash: bool) -> None:
    for key, longest in (("name_localizations", 32), ("description_localizations", 100)):
        given = command.get(key) or {}
        assert isinstance(given, dict)
        for locale, words in given.items():
            if locale not in LOCALES:
                raise invalid_form(f"{where}{key}", "DICT_KEY_INVALID", f"{locale} is not a valid locale")
            if not 1 <= len(words) <= longest:
                raise _length(f"{where}{key}.{locale}", 1, longest)
            if (
                slash
                and key.startswith("name")
                and (not SLASH_NAME.fullmatch(words) or words != words.lower())
            ):
                raise invalid_form(
                    f"{where}{key}.{locale}", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"
                )


def _check_options(options: object, where: str) -> None:
    assert isinstance(options, list)
    if len(options) > 25:
        raise _length(f"{where}options", 0, 25)
    optional = False
    for index, option in enumerate(options):
        here = f"{where}options.{index}."
        _check_name(option, here, slash=True)
        if not 1 <= len(option.get("description", "")) <= 100:
            raise _length(f"{here}description", 1, 100)
        _check_localizations(option, here, slash=True)
        if option["type"] in SUBCOMMANDS:
            _check_options(option.get("options") or [], here)
            continue
        if optional and option.get("required"):
            raise invalid_form(
                here.rstrip("."),
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional = optional or not option.get("required")
        if len(option.get("choices") or []) > 25:
            raise _length(f"{here}choices", 0, 25)


def _length(path: str, least: int, most: int) -> Refused:
    return invalid_form(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
