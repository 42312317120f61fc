"""The command within the tests' own process, where a process of its own would prove no more."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.cli.logs import OURS
from tests.adapters.cli.command import photo


@pytest.fixture
def in_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory to work in, without settings; the logging that a command sets up is put back."""
    (tmp_path / "me.jpg").write_bytes(photo())
    (tmp_path / "folder.jpg").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("PETAFLOP_")]:
        monkeypatch.delenv(name)
    loggers = [logging.getLogger(name) for name in (None, *OURS)]
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    yield tmp_path
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers
