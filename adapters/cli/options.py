"""What all commands have in common: how their help looks, and how much they tell."""

import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import click

from adapters.cli.logs import set_up_logging

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])


@dataclass(slots=True)
class Trouble:
    """How much an error shall tell; ``--debug`` sets it."""

    debug: bool = False


class AsWritten(click.Command):
    """A command whose help is shown line by line as it is written: examples keep their shape."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The docstring."""
        _write(formatter, inspect.cleandoc(self.help or ""))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """What follows the options."""
        _write(formatter, self.epilog or "")


def _write(formatter: click.HelpFormatter, text: str) -> None:
    if text:
        formatter.write_paragraph()
        formatter.write("".join(f"  {line}".rstrip() + "\n" for line in text.splitlines()))


def talkative(quiet_level: int = 0) -> Callable[[_Decorated], _Decorated]:
    """The options ``--verbose`` and ``--debug``.

    Args:
        quiet_level: What is logged without ``--verbose``, see :func:`~adapters.cli.logs.set_up_logging`.
    """

    def verbose(_context: click.Context, _option: click.Parameter, count: int) -> None:
        wanted = os.environ.get("PETAFLOP_LOG_FORMAT", "").strip().lower()
        set_up_logging(quiet_level + count, "json" if wanted == "json" else "text")

    def debug(context: click.Context, _option: click.Parameter, value: bool) -> None:
        context.obj.debug = value

    def decorate(command: _Decorated) -> _Decorated:
        tell_more = click.option(
            "-v", "--verbose", count=True, expose_value=False, callback=verbose, help="Log more; -vv: all."
        )
        show_where = click.option(
            "--debug", is_flag=True, expose_value=False, callback=debug, help="Show where an error arose."
        )
        return tell_more(show_where(command))

    return decorate
