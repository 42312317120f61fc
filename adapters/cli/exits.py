"""The one place where an error becomes a line on standard error and an exit code of ``sysexits.h``."""

import os
from dataclasses import dataclass
from signal import SIGINT

import click

from bot.errors import (
    ChildLost,
    DiskFull,
    GuestError,
    RenderCrashed,
    RendererAway,
    SetupError,
    StyleBroken,
)
from bot.words import DEFAULT_LANGUAGE, words

EXIT_CODES = """\
  0   done
  64  the command was not understood
  65  the photo can't be used
  66  the photo can't be read
  69  something that is needed is not there, or a port is taken
  70  an error in petaflop
  73  a file can't be made
  74  reading or writing broke off
  75  not now; the same command may work later
  78  a setting is wrong
  130 stopped with Ctrl-C"""


@dataclass(frozen=True, slots=True)
class Exit:
    """How the program ends: a code, and a line unless there is nothing to say."""

    code: int
    line: str = ""


_LINES: tuple[tuple[type[Exception], int, str], ...] = (
    (StyleBroken, os.EX_UNAVAILABLE, "No ComfyUI within reach can paint this style ({reason})."),
    (RendererAway, os.EX_TEMPFAIL, "ComfyUI can't be reached ({reason}). Try again later."),
    (RenderCrashed, os.EX_SOFTWARE, "Painting broke on this photo ({reason}). Try another style."),
    (ChildLost, os.EX_SOFTWARE, "Work on this photo broke ({reason}). Try another photo."),
    (DiskFull, os.EX_IOERR, "The disk is full. Make room, then try again."),
    (OSError, os.EX_IOERR, "Reading or writing broke off: {reason}."),
)


def exit_of(error: BaseException) -> Exit:
    """What an error means for whoever typed the command."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return _stopped(error) or _told(error) or _listed(error) or _unexpected(error)


def _stopped(error: BaseException) -> Exit | None:
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return Exit(128 + SIGINT)
    if isinstance(error, BrokenPipeError):  # the reader has seen enough; click and rich end so too
        return Exit(1)
    return None


def _told(error: BaseException) -> Exit | None:
    """What brings its own sentence."""
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "petaflop"
        return Exit(os.EX_USAGE, f"{_sentence(error.format_message())} See: {command} --help")
    if isinstance(error, SetupError):
        return Exit(error.exit_code, error.hint)
    if isinstance(error, GuestError):
        return Exit(os.EX_DATAERR, words().say(DEFAULT_LANGUAGE, error.key, **error.values))
    return None


def _listed(error: BaseException) -> Exit | None:
    for kind, code, line in _LINES:
        if isinstance(error, kind):
            return Exit(code, line.format(reason=_reason(error)))
    return None


def _unexpected(error: BaseException) -> Exit:
    name = type(error).__name__
    line = f"An error in petaflop itself ({name}). Add --debug to see where, and please report it."
    return Exit(os.EX_SOFTWARE, line)


def _reason(error: BaseException) -> str:
    """Why, without the file's name, which may be a person's."""
    told = error.strerror if isinstance(error, OSError) else getattr(error, "cause", None)
    return str(told or type(error).__name__)


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    return line if line.endswith((".", "?", "!")) else f"{line}."
