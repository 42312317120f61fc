"""``petaflop styles``."""

import click
from rich.console import Console

from adapters.cli import shelf
from adapters.cli.options import AsWritten, talkative


@click.command(cls=AsWritten)
@click.option(
    "--json", "as_json", is_flag=True, help="A JSON array: id, emoji, name, kind (filter or graph)."
)
@talkative()
def styles(*, as_json: bool) -> None:
    """List the styles that a photo can be given.

    Instant filters run on this machine's processor; the others need a
    ComfyUI, named in PETAFLOP_COMFY_URLS.

    Examples:
      petaflop styles
      petaflop styles | cut -f1       in a pipe: lines with tabs, no table
      petaflop styles --json
    Next: petaflop stylize me.jpg --style watercolor -o me-watercolor.jpg
    """
    if as_json:
        click.echo(shelf.as_json())
    else:
        shelf.show(Console())
