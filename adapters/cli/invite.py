"""``petaflop invite``: links, codes and posters that lead guests in, and say where they hang."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from adapters.cli.codes import shown_code
from adapters.cli.files import PIPE, check_writable, write_picture
from adapters.cli.options import AsWritten, talkative
from adapters.cli.shelf import all_styles, unknown_style
from adapters.inviting import ask_ways
from adapters.settings import Settings, load_settings
from bot.invites.links import NETWORKS, Link, links
from bot.invites.payload import Invite, event_name, is_spelled, place_name
from bot.invites.poster import SIZES
from bot.pixels.fonts import undrawn
from bot.words import DEFAULT_LANGUAGE, words

POSTER = "poster"
TERMINAL = "terminal"
FORMATS = ("png", "svg", "pdf")
NAMES = {"telegram": "Telegram", "discord": "Discord", "web": "Browser"}
A4 = "a4"


@dataclass(frozen=True, slots=True)
class Errand:
    """What stood on the command line; named as there."""

    what: str | None
    out: Path | None
    target: str | None
    event: str
    place: str
    style: str
    size: str | None
    language: str | None
    only: tuple[str, ...]
    bot_name: str
    group: bool
    plain: bool
    as_json: bool

    @property
    def wanted(self) -> Sequence[str]:
        """The networks that it is about."""
        return (self.what,) if self.what in NETWORKS else self.only or NETWORKS


@click.command(cls=AsWritten)
@click.argument("what", type=click.Choice((*NETWORKS, POSTER)), required=False, default=None)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A file, or - for a pipe.")
@click.option("--format", "target", type=click.Choice((*FORMATS, TERMINAL)), help="Default: by OUT's ending.")
@click.option("--event", default="", help="The event's name. Default: PETAFLOP_EVENT.")
@click.option("--place", default="", help="Where it hangs; /stats counts scans by place.")
@click.option("--style", default="", help="The style that guests begin with.")
@click.option("--size", type=click.Choice(tuple(SIZES)), help=f"Of the poster. Default: {A4}.")
@click.option(
    "--language",
    type=click.Choice(words().languages),
    help=f"Of the poster. Default: {DEFAULT_LANGUAGE}.",
)
@click.option(
    "--only", type=click.Choice(NETWORKS), multiple=True, help="Codes of these networks; repeatable."
)
@click.option("--bot-name", default="", help="The bot on Telegram: it isn't asked for its name then.")
@click.option("--group", is_flag=True, help="Telegram: add the bot to a group instead of opening its chat.")
@click.option("--plain", is_flag=True, help="Discord's own invite: not counted, and not through our address.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object: event, place, style, links, out.")
@talkative()
def invite(**given: Any) -> None:
    """Make links, codes and posters that lead guests in.

    WHAT is telegram, discord, web or poster; without it, all links are shown
    with their codes. Each says the event, the place and a style, so that
    /stats can tell which poster works.

    Examples:
      petaflop invite
      petaflop invite poster --place entrance -o entrance.pdf
      petaflop invite poster --size letter --language de -o poster.png
      petaflop invite telegram --style comic --place bar -o bar.svg
    Next: print it, hang it up, and see /stats all.
    """
    errand = _meant(Errand(**given))
    target = _target(errand)
    settings = load_settings(os.environ, **({"event": errand.event} if errand.event else {}))
    said = Invite(event_name(settings.event), errand.style, place_name(errand.place))
    ways = asyncio.run(ask_ways(settings, errand.bot_name, errand.wanted))
    found = links(ways, said, counted=not errand.plain, group=errand.group)
    if errand.out is not None:
        write_picture(errand.out, _drawn(errand, settings, found, target))
    _warn(errand, settings.event, said)
    _tell(errand, said, found)


def _meant(errand: Errand) -> Errand:
    """The errand with a style that there is, and a terminal instead of a pipe to it.

    Raises:
        click.UsageError: there is no such style, or it is no poster that has a size and a language.
    """
    if errand.what != POSTER and (errand.size or errand.language):
        raise click.UsageError("--size and --language are a poster's: petaflop invite poster -o poster.pdf.")
    style = errand.style.strip().lower()
    if style and style not in all_styles():
        hint = "Codes for a maintainer's own style come from /invite in the chat."
        raise click.UsageError(f"--style {style}: {unknown_style(style)} Look at petaflop styles. {hint}")
    shown = errand.target == TERMINAL and errand.out == PIPE
    return replace(errand, style=style, out=None if shown else errand.out)


def _target(errand: Errand) -> str:
    """The format, once it is clear that the errand makes sense.

    Raises:
        click.UsageError: it doesn't.
        SetupError: the file can't be made.
    """
    target, out = errand.target or _by_ending(errand.out), errand.out
    if errand.what == POSTER and target not in {"png", "pdf"}:
        raise click.UsageError("A poster is a PDF or a PNG: petaflop invite poster -o poster.pdf.")
    if (out is None) != (target == TERMINAL):
        raise click.UsageError(
            "A file has both a name and a format: --out code.svg, or --out - --format svg."
        )
    if out == PIPE and (errand.as_json or sys.stdout.isatty()):
        raise click.UsageError("OUT is -, so standard output has to be a pipe, and --json has no place.")
    if out is not None:
        check_writable(out)
    return target


def _by_ending(out: Path | None) -> str:
    if out is None:
        return TERMINAL
    if (suffix := out.suffix.lower().removeprefix(".")) in FORMATS:
        return suffix
    raise click.UsageError(f"OUT has to end in .{', .'.join(FORMATS)}, or name its --format.")


def _drawn(errand: Errand, settings: Settings, found: Sequence[Link], target: str) -> bytes:
    from adapters.cli.printing import code_file, poster_file  # noqa: PLC0415 # NumPy and reportlab

    if errand.what == POSTER:
        with Console(stderr=True).status("Drawing the poster …"):
            size, language = errand.size or A4, errand.language or DEFAULT_LANGUAGE
            return poster_file(settings, found, size, language, target)
    if len(found) > 1:
        networks = ", ".join(link.network for link in found)
        raise click.UsageError(f"A file holds one code: say which of {networks}, or poster.")
    return code_file(found[0], target)


def _warn(errand: Errand, event: str, said: Invite) -> None:
    """Say what codes and posters can't show as it is written."""
    for words_, name, kind in ((event, said.event, "event"), (errand.place, said.place, "place")):
        if not is_spelled(words_):
            hint = (
                f"Warning: codes can't spell the {kind}'s name: they say {name} for it, and so does /stats."
            )
            click.echo(hint, err=True)
    if errand.what == POSTER and (letters := undrawn(event)):
        hint = (
            f"Warning: the poster shows the event's name without {letters}: its fonts have no such letters."
        )
        click.echo(hint, err=True)


def _tell(errand: Errand, said: Invite, found: Sequence[Link]) -> None:
    """Links and codes; beside a file the links alone, where they don't get into a pipe."""
    if errand.as_json:
        urls = {link.network: link.url for link in found}
        out = str(errand.out) if errand.out else None
        told = {"event": said.event, "place": said.place, "style": said.style, "links": urls, "out": out}
        click.echo(json.dumps(told))
        return
    for link in found:
        if errand.out is None:
            click.echo(f"{NAMES[link.network]}: {link.url}\n\n{shown_code(link.url)}\n")
        else:
            click.echo(f"{NAMES[link.network]}: {link.url}", err=True)
