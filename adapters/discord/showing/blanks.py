"""Forms of the maintainers' console as Discord's modals, and what was filled into them. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.console.speech import shortened
from bot.replies import MOST_FIELDS, MOST_LABEL, Field, Form

HINT_LIMIT, TEXT_LIMIT, OPTIONS_LIMIT, OPTION_LIMIT = 100, 4000, 25, 100
INSTEAD, BELOW = "pfi:", "pfb:"
"""Begin the ``custom_id`` of what belongs to the console: its answer takes the message's place, or comes
below it. Behind it stands the core's own data."""


def data_of(custom_id: str) -> str | None:
    """The core's data of a key or a form; None where it is none of the console's."""
    found = [custom_id.removeprefix(mark) for mark in (INSTEAD, BELOW) if custom_id.startswith(mark)]
    return next(iter(found), None)


def modal_of(form: Form, mark: str) -> ui.Modal:
    """A form, to be opened as the first answer to an interaction; the library needs no memory of it."""
    modal = ui.Modal(
        title=shortened(form.title, MOST_LABEL) or "…", timeout=None, custom_id=f"{mark}{form.data}"
    )
    given = {field.name: field.value for field in form.fields}
    for field in form.fields[:MOST_FIELDS]:
        hint, more = _split(field.hint_after(given).replace("\n", " "))
        label = shortened(field.label, MOST_LABEL)
        modal.add_item(ui.Label(text=label, description=hint or None, component=_asked(field, more or None)))
    modal.stop()
    return modal


def answers_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by field; of a choice, the value."""
    return {
        str(part["custom_id"]): str(part.get("value") or next(iter(part.get("values") or ()), ""))
        for part in _filled(data.get("components") or ())
    }


def _split(hint: str) -> tuple[str, str]:
    """What fits above a field, and what stands in it while it is empty."""
    if len(hint) <= HINT_LIMIT:
        return hint, ""
    end = hint.rfind(" ", 0, HINT_LIMIT - 1)
    above = hint[:end] if end > 0 else hint[: HINT_LIMIT - 2]
    return f"{above} …", shortened(f"… {hint[len(above) :].strip()}", HINT_LIMIT)


def _asked(field: Field, more: str | None) -> ui.Item[Any]:
    if field.kind == "choice":
        options = [
            discord.SelectOption(label=words[:OPTION_LIMIT], value=value, default=value == field.value)
            for value, words in field.options[:OPTIONS_LIMIT]
        ]
        least = 1 if field.required else 0
        return ui.Select(
            custom_id=field.name, options=options, required=field.required, min_values=least, max_values=1
        )
    limit = min(field.limit, TEXT_LIMIT)
    style = discord.TextStyle.long if field.kind == "long" else discord.TextStyle.short
    return ui.TextInput(
        custom_id=field.name,
        style=style,
        placeholder=more,
        default=field.value[:limit] or None,
        required=field.required,
        max_length=limit,
    )


def _filled(parts: Any) -> Iterator[Mapping[str, Any]]:
    for part in parts:
        if "custom_id" in part:
            yield part
        yield from _filled(part.get("components") or ())
        if "component" in part:
            yield from _filled((part["component"],))
