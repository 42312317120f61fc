"""What maintainers type to the bot when they are alone with it. Pure."""

import re
from collections.abc import Sequence

import discord

from adapters.discord.events import Attached
from bot.console.commands import COMMANDS

MARKS = ("!", "/")  # clients send a slash that means nothing to them as it is
MENU, CLAIM = "maintain", "claim"
SUFFIX = ".json"
_NAMES = frozenset(command.name for command in COMMANDS)
_CODE = re.compile(r"([A-Za-z0-9]{4}[\s-]?){3}")  # as bot/office/crew.py makes them

Order = tuple[str, str, tuple[str, Attached] | None]


def meant_for_console(text: str, attachments: Sequence[discord.Attachment]) -> Order | None:
    """A command's name, what follows it, and a file; or the file alone, without a name; None for neither."""
    file = next((_sent(one) for one in attachments if one.filename.casefold().endswith(SUFFIX)), None)
    first, _, rest = text.strip().partition(" ")
    name = first[1:].casefold() if first.startswith(MARKS) else first.casefold()
    if name in _NAMES and (first.startswith(MARKS) or _is_plain(name, rest.strip())):
        return name, rest.strip(), file
    return None if file is None else ("", text.strip(), file)


def _is_plain(name: str, rest: str) -> bool:
    """Whether a command without a mark can be nothing else."""
    return (name == MENU and not rest) or (name == CLAIM and _CODE.fullmatch(rest) is not None)


def _sent(attachment: discord.Attachment) -> tuple[str, Attached]:
    return attachment.filename, Attached(attachment.id, attachment.url, attachment.size)
