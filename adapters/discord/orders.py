"""What maintainers type to the bot when they are alone with it. Pure."""

from collections.abc import Sequence

import discord

from adapters.discord.events import Attached
from bot.console.commands import COMMANDS

MARKS = ("!", "/")  # clients send a slash that means nothing to them as it is
MENU = "maintain"
SUFFIX = ".json"
_NAMES = frozenset(command.name for command in COMMANDS)

Order = tuple[str, str, tuple[str, Attached] | None]


def meant_for_console(text: str, attachments: Sequence[discord.Attachment]) -> Order | None:
    """A command's name, what follows it, and a file; or the file alone, without a name; None for neither."""
    file = next((_sent(one) for one in attachments if one.filename.casefold().endswith(SUFFIX)), None)
    first, _, rest = text.strip().partition(" ")
    name = first[1:].casefold() if first.startswith(MARKS) else first.casefold()
    if name in _NAMES and (first.startswith(MARKS) or text.strip().casefold() == MENU):
        return name, rest.strip(), file
    return None if file is None else ("", text.strip(), file)


def _sent(attachment: discord.Attachment) -> tuple[str, Attached]:
    return attachment.filename, Attached(attachment.id, attachment.url, attachment.size)
