"""The commands of the console: what rims register, and what their users may type."""

from collections.abc import Sequence

from bot.replies import Command

COMMANDS: Sequence[Command] = (
    Command("maintain"),
    Command("claim", "CODE"),
    Command("addstyle", 'NAME [EMOJI] ["WORDS"] [strength=…] [graph=…]', takes_file=True),
    Command("editstyle", "STYLE [VERSION]"),
    Command("drafts"),
    Command("managestyles", "[STYLE]"),
    Command("hide", "STYLE|NUMBER"),
    Command("showstyle", "STYLE"),
    Command("reorder", "STYLE…"),
    Command("schedule", "STYLE [FROM] [TO]"),
    Command("restrict", "STYLE here|everywhere"),
    Command("rollback", "STYLE [VERSION]"),
    Command("export"),
    Command("import", takes_file=True),
    Command("status"),
    Command("stats", "[today|all]"),
    Command("invite", "[PLACE] [style=STYLE]"),
    Command("feed", "[here|list|off NUMBER]"),
    Command("hold", "[on|off]"),
    Command("held"),
    Command("letshow", "NUMBER"),
    Command("wall"),
    Command("pause", "[WORDS]"),
    Command("resume"),
    Command("limit", "[NUMBER]"),
    Command("announce", "WORDS"),
    Command("ban", "GUEST"),
    Command("unban", "GUEST"),
    Command("drain"),
    Command("closeevent"),
    Command("maintainers", "[add|remove GUEST]"),
    Command("audit"),
)
"""In the order in which they are listed; the description of each is the sentence ``console-NAME``."""

_ASK_FIRST = frozenset({"addstyle", "announce"})


def asks_first(name: str, rest: str, *, with_file: bool = False) -> bool:
    """Whether a command is answered with a form, as far as its own words can tell."""
    return name in _ASK_FIRST and not rest.strip() and not with_file
