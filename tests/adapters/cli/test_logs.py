"""One line an event, and libraries that would write whole URLs are kept quiet."""

import logging
import subprocess
import sys

import pytest

from adapters.cli.logs import OneLine

SPEAKS = """
import logging, sys
from adapters.cli.logs import set_up_logging
set_up_logging(int(sys.argv[1]))
for name in ("bot.painter", "httpx"):
    for level in ("debug", "info", "warning"):
        getattr(logging.getLogger(name), level)(level)
"""


@pytest.mark.parametrize(
    ("verbosity", "own"),
    [("0", ["warning"]), ("1", ["info", "warning"]), ("9", ["debug", "info", "warning"])],
)
def test_only_our_own_events_follow_verbosity(verbosity: str, own: list[str]) -> None:
    command = (sys.executable, "-c", SPEAKS, verbosity)
    log = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    events = [line.split(maxsplit=2)[2] for line in log.splitlines()]
    assert events == [*(f"bot.painter: {event}" for event in own), "httpx: warning"]


def test_a_traceback_is_one_line() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0
    trace = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("bot", logging.ERROR, "", 0, "job %s", ("7",), trace)
    record.created = 0
    line = OneLine("%(asctime)s %(message)s").format(record)
    assert line.startswith("1970-01-01T00:00:00Z job 7 | Traceback")
    assert line.endswith("| ZeroDivisionError: integer division or modulo by zero")
    assert "\n" not in line
