"""The styles as the command line shows and takes them."""

import difflib
import json
from collections.abc import Mapping
from functools import cache

import click
from click.shell_completion import CompletionItem
from rich.console import Console
from rich.table import Table

from bot.nouns import Style
from bot.styles.shelf import style_name
from bot.words import DEFAULT_LANGUAGE, words
from comfy.catalogue import load_catalogue

KINDS = {"filter": "instant filter", "graph": "ComfyUI"}


@cache
def all_styles() -> Mapping[str, Style]:
    """Every style by its id, filters first."""
    catalogue = load_catalogue()
    graphs = (graph.style for graph in catalogue.graphs)
    return {str(style.id): style for style in (*catalogue.filters, *graphs)}


def english_name(style: Style) -> str:
    """What guests call it in English."""
    return style_name(style.id, style.names, DEFAULT_LANGUAGE, words())


def as_json() -> str:
    """An array of objects: id, emoji, name, kind (``filter`` or ``graph``)."""
    return json.dumps(
        [
            {"id": style.id, "emoji": style.emoji, "name": english_name(style), "kind": style.kind}
            for style in all_styles().values()
        ]
    )


def show(console: Console) -> None:
    """A table in a terminal; lines with tabs elsewhere, for ``cut`` and friends."""
    rows = [
        (str(style.id), style.emoji, english_name(style), KINDS[style.kind])
        for style in all_styles().values()
    ]
    if not console.is_terminal:
        for row in rows:
            click.echo("\t".join(row))
        return
    table = Table("id", "", "name", "painted by", header_style="bold #22d3ee", border_style="#ff3b7b")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    console.print("Try one: petaflop stylize me.jpg --style watercolor -o me-watercolor.jpg", highlight=False)


class StyleType(click.ParamType[Style]):
    """A style's id; a wrong one is answered with the nearest."""

    name = "style"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Style:
        """The style of an id."""
        if isinstance(value, Style):
            return value
        found = all_styles().get(str(value))
        return found or self.fail(unknown_style(str(value)), param, ctx)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 # click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Ids that begin so."""
        return [CompletionItem(name) for name in all_styles() if name.startswith(incomplete)]


def unknown_style(text: str) -> str:
    """One line: the nearest ids, or all of them."""
    nearest = difflib.get_close_matches(text.lower(), all_styles(), n=3, cutoff=0.5)
    if nearest:
        return f"there is no such style; did you mean {' or '.join(nearest)}?"
    return f"there is no such style; there are {', '.join(all_styles())}."
