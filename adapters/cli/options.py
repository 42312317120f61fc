"""What all commands have in common: how their help looks, and how much they tell."""

import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from adapters.cli.logs import set_up_logging
from adapters.envfile import NotALine, read_env
from bot.errors import SetupError

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


def _read_settings(_context: click.Context, _option: click.Parameter, file: Path | None) -> None:
    """Put a file's settings into the environment, where they aren't set."""
    if file is None:
        return
    try:
        given = read_env(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SetupError(f"The settings can't be read: {error.strerror}.", os.EX_NOINPUT) from error
    except NotALine as error:
        raise SetupError(f"Line {error.number} of the settings' file is not NAME=value.") from error
    except UnicodeDecodeError as error:
        raise SetupError("The settings' file is no text in UTF-8.") from error
    for name, value in given.items():
        os.environ.setdefault(name, value)


def talkative(quiet_level: int = 0) -> Callable[[_Decorated], _Decorated]:
    """The options ``--verbose``, ``--debug`` and ``--env-file``.

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
        settings = click.option(
            "--env-file",
            metavar="FILE",
            type=click.Path(path_type=Path),
            expose_value=False,
            is_eager=True,  # it may say how the log is written
            callback=_read_settings,
            help="Settings, NAME=value a line; the environment's own come first.",
        )
        return tell_more(show_where(settings(command)))

    return decorate
