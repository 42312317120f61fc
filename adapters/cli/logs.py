"""Logging for a terminal or a pod: one line an event on standard error.

Only our own packages follow ``--verbose``. Libraries stay at warnings: some write whole URLs at the level of
information, and a bot's URL holds its token.
"""

import logging
import sys
import time

OURS = ("adapters", "bot", "comfy", "workflows")
_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


class OneLine(logging.Formatter):
    """Time in UTC, level, place and event; a traceback's lines are joined."""

    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The time in UTC: pods and phones live in different zones."""
        return time.strftime(datefmt or self.default_time_format, time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        """The event in one line."""
        return " | ".join(line.strip() for line in super().format(record).splitlines())


def set_up_logging(verbosity: int) -> None:
    """Log to standard error from now on; 0 is warnings, 1 information, 2 and more everything of ours."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # anybody can send it malformed forms
    level = _LEVELS[min(verbosity, len(_LEVELS) - 1)]
    for package in OURS:
        logging.getLogger(package).setLevel(level)
