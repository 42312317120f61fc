"""The console's replies as Discord shows them. Pure: a reply in, a sheet out."""

from collections.abc import Sequence

from discord import ButtonStyle

from adapters.discord.layouts import NIGHT, Paper, Push, Sheet, Shot, plain
from adapters.discord.showing.blanks import BELOW, INSTEAD
from bot.console.data import OPENER
from bot.nouns import Picture
from bot.replies import MOST_IN_ROW, MOST_ROWS, Key, Reply

UNKNOWN = "discord-command-outdated"  # what Discord still shows of a command that is no more


def of_reply(reply: Reply, fill_in: str) -> Sheet:
    """A reply as a message.

    Args:
        reply: With a form that nothing else leads to, a button opens it.
        fill_in: That button's words.
    """
    rows = reply.rows
    if reply.form is not None and not rows:
        rows = ((Key(fill_in, OPENER + reply.form.data),),)
    # What stands beside a picture or a file is answered below it: turning it would take the picture away.
    mark = INSTEAD if reply.document is None else BELOW
    document = reply.document
    return Sheet(
        plain(reply.words, links=True),
        () if reply.picture is None else (_shot(reply.picture, reply.words),),
        _drawn(rows, mark),
        accent=NIGHT,
        paper=None if document is None else Paper(document.name, document.data),
    )


def of_notice(words: str, keys: Sequence[Key]) -> Sheet:
    """News for a maintainer, with the keys to what can be done; they are answered below it."""
    return Sheet(words, (), _drawn((tuple(keys),), BELOW))


def _drawn(rows: tuple[tuple[Key, ...], ...], mark: str) -> tuple[tuple[Push, ...], ...]:
    """Discord takes no two buttons of one meaning, and no empty row."""
    first = {key.data: key for row in reversed(rows) for key in reversed(row)}
    drawn = (
        tuple(_push(key, mark) for key in row[:MOST_IN_ROW] if first.get(key.data) is key) for row in rows
    )
    return tuple(row for row in drawn if row)[:MOST_ROWS]


def _push(key: Key, mark: str) -> Push:
    return Push(key.words, f"{mark}{key.data}", ButtonStyle.secondary)


def _shot(picture: Picture, alt: str) -> Shot:
    suffix = {"image/png": ".png", "image/webp": ".webp"}.get(picture.media_type, ".jpg")
    return Shot(f"petaflop{suffix}", picture.data, alt)
