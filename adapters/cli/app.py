"""The program: one group of commands, each loaded when it is named, and the way in which it ends."""

import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import click

from adapters.cli.exits import EXIT_CODES, exit_of
from adapters.cli.options import AsWritten, Trouble

_SERVING = "adapters.cli.serving"
_BACKUP = "adapters.cli.backup"

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "demo": (_SERVING, "Open the booth on this machine, to try it out."),
        "serve": (_SERVING, "Run the booth until it is told to end."),
        "init": ("adapters.cli.init", "Ask for what the booth needs, and write its settings."),
        "stylize": ("adapters.cli.stylize", "Give one photo a style, without a server."),
        "styles": ("adapters.cli.styles", "List the styles that a photo can be given."),
        "invite": ("adapters.cli.invite", "Make links, codes and posters that lead guests in."),
        "doctor": ("adapters.cli.doctor", "Look at everything that the booth needs, and say what to do."),
        "claim-code": ("adapters.cli.claim_code", "Make the code by which a maintainer becomes one."),
        "backup": (_BACKUP, "Write the whole booth into one file, while it serves."),
        "restore": (_BACKUP, "Read a backup into a new data directory."),
        "close-event": ("adapters.cli.close_event", "Export what was shared, then erase all of the event."),
        "rehearse": ("adapters.cli.rehearse", "Let made-up guests come, before the real ones do."),
    }
)
"""The commands in the order of the help: the module that has each as an attribute, and what it does."""


class Commands(AsWritten, click.Group):
    """A group that imports a command's module only when the command is named: its own help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        """The commands, the first one to try first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module, _summary = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), cmd_name.replace("-", "_"))
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Each command with its summary."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_module, summary) in COMMANDS.items()])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog=f"Exit codes:\n{EXIT_CODES}",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="petaflop", message="%(prog)s %(version)s")
@click.pass_context
def petaflop(context: click.Context) -> None:
    """A photo booth that fits in a backpack.

    Try it out in this machine's browser:
      petaflop demo
    or from phones on the same network:
      PETAFLOP_HOST=0.0.0.0 petaflop demo
    or with one photo and no server:
      petaflop stylize me.jpg --style watercolor -o me-watercolor.jpg
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; whatever goes wrong becomes one line."""
    trouble = Trouble()
    try:
        code = petaflop.main(arguments, prog_name="petaflop", standalone_mode=False, obj=trouble)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 # the top of the program
        return _end(error, trouble)
    return code if isinstance(code, int) else os.EX_OK


def _end(error: BaseException, trouble: Trouble) -> int:
    end = exit_of(error)
    if end.line and trouble.debug:
        traceback.print_exception(error)
    if end.line:
        click.echo(f"petaflop: {end.line}", err=True)
    if isinstance(error, BrokenPipeError):  # or Python complains when it flushes at its own end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return end.code
