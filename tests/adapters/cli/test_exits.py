"""Every error of ours has its code and its line."""

import os

import click
import pytest

from adapters.cli.exits import Exit, exit_of
from bot import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (click.UsageError("no"), os.EX_USAGE),
        (errors.PhotoTooSmall(limit_px=64), os.EX_DATAERR),
        (errors.NotAPicture(), os.EX_DATAERR),
        (errors.StyleBroken("missing-model"), os.EX_UNAVAILABLE),
        (errors.SetupError("Port taken.", os.EX_UNAVAILABLE), os.EX_UNAVAILABLE),
        (errors.RenderCrashed("timeout"), os.EX_SOFTWARE),
        (errors.ChildLost("memory"), os.EX_SOFTWARE),
        (errors.DiskFull(), os.EX_IOERR),
        (OSError(5, "Input/output error"), os.EX_IOERR),
        (errors.RendererAway("refused"), os.EX_TEMPFAIL),
        (errors.SetupError("PETAFLOP_PORT is wrong."), os.EX_CONFIG),
    ],
)
def test_an_error_is_one_sentence_and_a_code(error: Exception, code: int) -> None:
    end = exit_of(error)
    assert end.code == code
    assert end.line.endswith((".", "--help"))
    assert "\n" not in end.line


def test_the_only_error_of_a_group_speaks_for_it() -> None:
    taken = errors.SetupError("Port 8080 is taken.", os.EX_UNAVAILABLE)
    assert exit_of(ExceptionGroup("tasks", [ExceptionGroup("inner", [taken])])) == exit_of(taken)


def test_several_errors_at_once_are_unexpected() -> None:
    assert "ExceptionGroup" in exit_of(ExceptionGroup("tasks", [errors.DiskFull(), ValueError()])).line


def test_what_nobody_foresaw_tells_its_kind_and_how_to_see_more() -> None:
    end = exit_of(ZeroDivisionError("hunter2"))
    assert end.code == os.EX_SOFTWARE
    assert "ZeroDivisionError" in end.line
    assert "--debug" in end.line
    assert "hunter2" not in end.line


def test_a_file_s_name_is_not_repeated() -> None:
    error = OSError(5, "Input/output error", "anna.jpg")
    assert exit_of(error).line == "Reading or writing broke off: Input/output error."


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (click.Abort(), 130), (BrokenPipeError(), 1)]
)
def test_stopped_by_hand_needs_no_words(error: BaseException, code: int) -> None:
    assert exit_of(error) == Exit(code)
