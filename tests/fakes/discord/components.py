"""The rules for components: https://docs.discord.com/developers/components/reference."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.refusals import Refused, invalid_form
from tests.fakes.discord.values import JsonObject, walk

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 17, 18, 19, 21, 22, 23
SELECTS = frozenset({STRING_SELECT, 5, 6, 7, 8})
V2_TOP = frozenset({ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER})
IN_CONTAINER = V2_TOP - {CONTAINER}
IN_LABEL = SELECTS | {TEXT_INPUT, UPLOAD, RADIO, CHECKBOXES, CHECKBOX}
MAX_COMPONENTS, MAX_WORDS, LINK = 40, 4000, 5


@dataclass(slots=True)
class Rules:
    """Checks one tree; ``files`` are the names that ``attachment://`` may mean."""

    files: frozenset[str]
    custom_ids: set[str] = field(default_factory=set)

    def check(self, part: Any, path: str, allowed: frozenset[int]) -> None:
        """One component and everything in it."""
        if not isinstance(part, dict) or part.get("type") not in allowed:
            kinds = ", ".join(map(str, sorted(allowed)))
            raise invalid_form(f"{path}.type", "BASE_TYPE_CHOICES", f"Value must be one of {{{kinds}}}.")
        if "custom_id" in part:
            self._claim(part["custom_id"], f"{path}.custom_id")
        check = CHECKS.get(part["type"])
        if check is not None:
            check(self, part, path)

    def check_all(self, parts: Any, path: str, allowed: frozenset[int], least: int, most: int) -> None:
        """A list of components."""
        if not isinstance(parts, list) or not least <= len(parts) <= most:
            raise _length(path, least, most)
        for index, part in enumerate(parts):
            self.check(part, f"{path}.{index}", allowed)

    def media(self, item: Any, path: str, *, local: bool = False) -> None:
        """An unfurled media item; ``local`` ones have to be files of the message."""
        url = item.get("url", "") if isinstance(item, dict) else ""
        if url.startswith("attachment://"):
            if url.removeprefix("attachment://") not in self.files:
                raise invalid_form(
                    f"{path}.url",
                    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                    "The referenced attachment was not found",
                )
        elif local or not url.startswith(("http://", "https://")):
            raise invalid_form(
                f"{path}.url",
                "URL_TYPE_INVALID_SCHEME",
                f'Scheme "{url.partition(":")[0]}" is not supported.',
            )

    def _claim(self, custom_id: Any, path: str) -> None:
        if not isinstance(custom_id, str) or not 1 <= len(custom_id) <= 100:
            raise _length(path, 1, 100)
        if custom_id in self.custom_ids:
            raise invalid_form(
                path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        self.custom_ids.add(custom_id)


def check_components(parts: Any, files: frozenset[str], *, v2: bool) -> tuple[JsonObject, ...]:
    """A message's components, with the ids that Discord gives them.

    Raises:
        Refused: one breaks a rule.
    """
    rules = Rules(files)
    if not v2:
        rules.check_all(parts, "components", frozenset({ROW}), 0, 5)
        return numbered(parts)
    rules.check_all(parts, "components", V2_TOP, 1, MAX_COMPONENTS)
    everything = list(walk(parts))
    if len(everything) > MAX_COMPONENTS:
        raise invalid_form(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The total number of components must not exceed {MAX_COMPONENTS}",
        )
    if sum(len(part["content"]) for part in everything if part["type"] == TEXT) > MAX_WORDS:
        raise invalid_form(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"The displayable text size of all components must not exceed {MAX_WORDS}",
        )
    return numbered(parts)


def check_form(data: JsonObject) -> JsonObject:
    """A modal, with ids.

    Raises:
        Refused: it breaks a rule.
    """
    _text(data, "data", "title", 1, 45)
    _text(data, "data", "custom_id", 1, 100)
    parts = data.get("components")
    Rules(frozenset()).check_all(parts, "data.components", frozenset({ROW, TEXT, LABEL}), 1, 5)
    return data | {"components": list(numbered(parts or []))}


def numbered(parts: list[JsonObject]) -> tuple[JsonObject, ...]:
    """Copies whose every component has an ``id``."""
    taken = {part["id"] for part in walk(parts) if part.get("id")}
    free = (number for number in range(1, 1 << 16) if number not in taken)
    return tuple(_numbered(part, free) for part in parts)


def _numbered(part: JsonObject, free: Iterator[int]) -> JsonObject:
    copy = {**part, "id": part.get("id") or next(free)}
    if "components" in part:
        copy["components"] = [_numbered(child, free) for child in part["components"]]
    for key in ("accessory", "component"):
        if key in part:
            copy[key] = _numbered(part[key], free)
    return copy


def _row(rules: Rules, part: JsonObject, path: str) -> None:
    children = part.get("components")
    rules.check_all(children, f"{path}.components", SELECTS | {BUTTON, TEXT_INPUT}, 1, 5)
    if len(children or ()) > 1 and any(child["type"] != BUTTON for child in children or ()):
        raise invalid_form(
            f"{path}.components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )


def _button(_rules: Rules, part: JsonObject, path: str) -> None:
    style = part.get("style")
    if style not in range(1, 7):
        raise invalid_form(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
    if not part.get("label") and not part.get("emoji"):
        raise invalid_form(
            path, "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI", "A button must have a label or an emoji"
        )
    if len(part.get("label") or "") > 80:
        raise _length(f"{path}.label", 0, 80)
    wanted = "url" if style == LINK else "custom_id"
    if style != 6 and not part.get(wanted):
        raise invalid_form(f"{path}.{wanted}", "BASE_TYPE_REQUIRED", "This field is required")


def _select(_rules: Rules, part: JsonObject, path: str) -> None:
    _text(part, path, "custom_id", 1, 100)
    if len(part.get("placeholder") or "") > 150:
        raise _length(f"{path}.placeholder", 0, 150)
    if part["type"] != STRING_SELECT:
        return
    options = part.get("options")
    if not isinstance(options, list) or not 1 <= len(options) <= 25:
        raise _length(f"{path}.options", 1, 25)
    for index, option in enumerate(options):
        _text(option, f"{path}.options.{index}", "label", 1, 100)
        _text(option, f"{path}.options.{index}", "value", 1, 100)
        if len(option.get("description") or "") > 100:
            raise _length(f"{path}.options.{index}.description", 0, 100)
    if len({option["value"] for option in options}) < len(options):
        raise invalid_form(
            f"{path}.options",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
            "The specified option value is already used",
        )


def _section(rules: Rules, part: JsonObject, path: str) -> None:
    rules.check_all(part.get("components"), f"{path}.components", frozenset({TEXT}), 1, 3)
    rules.check(part.get("accessory"), f"{path}.accessory", frozenset({BUTTON, THUMBNAIL}))


def _display(_rules: Rules, part: JsonObject, path: str) -> None:
    _text(part, path, "content", 1, 4000)


def _thumbnail(rules: Rules, part: JsonObject, path: str) -> None:
    rules.media(part.get("media"), f"{path}.media")


def _gallery(rules: Rules, part: JsonObject, path: str) -> None:
    items = part.get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= 10:
        raise _length(f"{path}.items", 1, 10)
    for index, item in enumerate(items):
        rules.media(item.get("media"), f"{path}.items.{index}.media")
        if len(item.get("description") or "") > 1024:
            raise _length(f"{path}.items.{index}.description", 0, 1024)


def _file(rules: Rules, part: JsonObject, path: str) -> None:
    rules.media(part.get("file"), f"{path}.file", local=True)


def _container(rules: Rules, part: JsonObject, path: str) -> None:
    rules.check_all(part.get("components"), f"{path}.components", IN_CONTAINER, 1, MAX_COMPONENTS)
    colour = part.get("accent_color")
    if colour is not None and not 0 <= colour <= 0xFFFFFF:
        raise invalid_form(
            f"{path}.accent_color", "NUMBER_TYPE_MAX", "int value should be between 0 and 16777215."
        )


def _label(rules: Rules, part: JsonObject, path: str) -> None:
    _text(part, path, "label", 1, 45)
    if len(part.get("description") or "") > 100:
        raise _length(f"{path}.description", 0, 100)
    rules.check(part.get("component"), f"{path}.component", IN_LABEL)


def _upload(_rules: Rules, part: JsonObject, path: str) -> None:
    _text(part, path, "custom_id", 1, 100)
    least, most = (1 if part.get(key) is None else part[key] for key in ("min_values", "max_values"))
    if not 0 <= least <= most <= 10:
        raise invalid_form(f"{path}.max_values", "NUMBER_TYPE_MAX", "int value should be between 1 and 10.")


CHECKS: dict[int, Callable[[Rules, JsonObject, str], None]] = {
    ROW: _row,
    BUTTON: _button,
    **dict.fromkeys(SELECTS, _select),
    SECTION: _section,
    TEXT: _display,
    THUMBNAIL: _thumbnail,
    GALLERY: _gallery,
    FILE: _file,
    CONTAINER: _container,
    LABEL: _label,
    UPLOAD: _upload,
}


def _text(part: JsonObject, path: str, key: str, least: int, most: int) -> None:
    value = part.get(key)
    if value is None:
        raise invalid_form(f"{path}.{key}", "BASE_TYPE_REQUIRED", "This field is required")
    if not isinstance(value, str) or not least <= len(value) <= most:
        raise _length(f"{path}.{key}", least, most)


def _length(path: str, least: int, most: int) -> Refused:
    return invalid_form(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
