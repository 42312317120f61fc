"""What the bot may do in a place, and what it is missing. Pure."""

from collections.abc import Sequence

from discord import Permissions

from adapters.discord.where import Where
from bot.words import Words

_KEYS = (
    ("view", Permissions(view_channel=True)),
    ("send", Permissions(send_messages=True)),
    ("threads", Permissions(send_messages_in_threads=True)),
    ("attach", Permissions(attach_files=True)),
    ("embed", Permissions(embed_links=True)),
    ("history", Permissions(read_message_history=True)),
)


def missing(where: Where, *, picture: bool) -> Sequence[str]:
    """What keeps us from showing something in a place where Discord has just refused it: keys of words.

    Args:
        picture: It was one; words alone need less.
    """
    speak = "threads" if where.thread else "send"
    wanted = ["view", speak, "embed", "history", *(["attach"] if picture else [])]
    if where.permissions is not None:
        may = Permissions(where.permissions)
        lacking = [key for key, bits in _KEYS if key in wanted and not may.is_superset(bits)]
        if lacking and not may.administrator:
            return lacking
    return ["attach"] if picture else ["view", speak]


def may_attach(where: Where) -> bool:
    """Whether pictures may be shown here, as far as is known."""
    if where.permissions is None:
        return True
    may = Permissions(where.permissions)
    return may.attach_files or may.administrator


def told(keys: Sequence[str], words: Words, language: str) -> str:
    """The permissions' names as Discord writes them in this language, as far as we know it."""
    return ", ".join(words.say(language, f"discord-permission-{key}") for key in keys)
