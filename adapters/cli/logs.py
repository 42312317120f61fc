"""Logging for a terminal or a pod: one line an event on standard error, as text or as JSON.

Every line about a job carries the job's id, and its server while it is at one: from the context that the code
runs in, so libraries' lines carry it too. Only our own packages follow ``--verbose``. Libraries stay at
warnings: some write whole URLs at the level of information, and a bot's URL holds its token.
"""

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.cli.redaction import redacted
from bot.trail import trail

if TYPE_CHECKING:  # a command's help needs no database URLs
    from adapters.notation import LogFormat

OURS = ("adapters", "bot", "comfy", "workflows")
_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


class OneLine(logging.Formatter):
    """Time in UTC, level, place, job and event; a traceback's lines are joined."""

    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The time in UTC: pods and phones live in different zones."""
        return time.strftime(datefmt or self.default_time_format, time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        """The event in one line."""
        line = " | ".join(line.strip() for line in super().format(record).splitlines())
        present = trail()
        if present is not None and present.job not in line:
            line = f"{line} (job {present.job})"
        return redacted(line)


class OneObject(logging.Formatter):
    """One JSON object a line.

    It has ``time``, ``level``, ``logger`` and ``message``, and where there are any ``job``, ``server`` and
    ``trace``, the lines of a traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The event as one line of JSON."""
        event: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        present = trail()
        if present is not None:
            event["job"] = present.job
            if present.server:
                event["server"] = present.server
        if record.exc_info:
            event["trace"] = redacted(self.formatException(record.exc_info)).splitlines()
        return json.dumps(event, ensure_ascii=False)


def set_up_logging(verbosity: int, log_format: "LogFormat" = "text") -> None:
    """Log to standard error from now on; 0 is warnings, 1 information, 2 and more everything of ours."""
    handler = logging.StreamHandler(sys.stderr)
    if log_format == "json":
        handler.setFormatter(OneObject())
    else:
        handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # anybody can send it malformed forms
    level = _LEVELS[min(verbosity, len(_LEVELS) - 1)]
    for package in OURS:
        logging.getLogger(package).setLevel(level)
