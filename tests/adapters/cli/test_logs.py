"""One line an event, with its job; libraries that would write whole URLs are kept quiet."""

import json
import logging
import subprocess
import sys

import pytest

from adapters.cli.logs import OneLine, OneObject
from adapters.cli.redaction import redacted
from bot.nouns import JobId
from bot.trail import at_server, on_trail

JOB = JobId("3f0c7a52-8d1c-4a55-9f6e-0f2f6a7b8c9d")
SPEAKS = """
import logging, sys
from adapters.cli.logs import set_up_logging
set_up_logging(int(sys.argv[1]))
for name in ("bot.staff.painter", "httpx"):
    for level in ("debug", "info", "warning"):
        getattr(logging.getLogger(name), level)(level)
"""
TELEGRAMS = "1234567:AAF-abcdefghijklmnopqrstuvwxyz_0123"
DISCORDS = "MTAwMDAwMDAwMDAwMDAwMDAx.GabcDe.abcdefghijklmnopqrstuvwxyz-0123456789A"
INTERACTIONS = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTA6abcdefghijkl"
LEAKS = (  # as httpx, discord.py, aiohttp, SQLAlchemy and asyncpg write them
    (f"HTTP Request: POST https://api.telegram.org/bot{TELEGRAMS}/getMe", TELEGRAMS),
    (f"GET https://api.telegram.org/file/bot{TELEGRAMS}/photos/file_1.jpg", "photos/file_1.jpg"),
    (f"bot token {TELEGRAMS} refused", TELEGRAMS),
    (f"PATCH https://discord.com/api/v10/webhooks/123/{INTERACTIONS}/messages/@original 429", INTERACTIONS),
    (f"POST https://discord.com/api/v10/interactions/123/{INTERACTIONS}/callback", INTERACTIONS),
    (f"Authorization: Bot {DISCORDS}", DISCORDS),
    (f"token={DISCORDS}", DISCORDS),
    ("https://cdn.discordapp.com/attachments/1/2/3.jpg?ex=66&is=65&hm=deadbeef", "deadbeef"),
    ("postgresql://petaflop:pass-word@db.local/petaflop", "pass-word"),
)


def raised(caught: pytest.ExceptionInfo[BaseException]) -> tuple[object, ...]:
    return caught.type, caught.value, caught.tb


def record(message: str, *values: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("bot.staff.painter", logging.ERROR, "", 0, message, values, None)
    made.created = 0
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("verbosity", "own"),
    [("0", ["warning"]), ("9", ["debug", "info", "warning"])],
)
def test_only_our_own_events_follow_verbosity(verbosity: str, own: list[str]) -> None:
    command = (sys.executable, "-c", SPEAKS, verbosity)
    log = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    events = [line.split(maxsplit=2)[2] for line in log.splitlines()]
    assert events == [*(f"bot.staff.painter: {event}" for event in own), "httpx: warning"]


def test_a_traceback_is_one_line() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0
    line = OneLine("%(asctime)s %(message)s").format(record("job %s", "7", exc_info=raised(caught)))
    assert line.startswith("1970-01-01T00:00:00Z job 7 | Traceback")
    assert line.endswith("| ZeroDivisionError: integer division or modulo by zero")
    assert "\n" not in line


def test_a_line_about_a_job_names_it_once() -> None:
    text = OneLine("%(message)s")
    with on_trail(JOB):
        assert text.format(record("slow")) == f"slow (job {JOB})"
        assert text.format(record("job %s: slow", JOB)) == f"job {JOB}: slow"
    assert text.format(record("slow")) == "slow"


def test_json_is_one_object_a_line_with_job_server_and_trace() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0
    with on_trail(JOB):
        at_server("spark:8188")
        line = OneObject().format(record("it said\n%s", "Grüße", exc_info=raised(caught)))
    assert "\n" not in line
    event = json.loads(line)
    assert event.pop("trace")[-1] == "ZeroDivisionError: integer division or modulo by zero"
    assert event == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "error",
        "logger": "bot.staff.painter",
        "message": "it said\nGrüße",
        "job": JOB,
        "server": "spark:8188",
    }
    assert json.loads(OneObject().format(record("hello"))).keys() == {"time", "level", "logger", "message"}


@pytest.mark.parametrize(("line", "secret"), LEAKS)
def test_what_libraries_would_leak_is_taken_out(line: str, secret: str) -> None:
    assert secret in line
    assert secret not in redacted(line)
    assert secret not in OneLine("%(message)s").format(record("%s", line))
    assert secret not in OneObject().format(record("%s", line))


def test_a_leak_in_a_traceback_is_taken_out_too() -> None:
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError(LEAKS[0][0])
    broken = record("broken", exc_info=raised(caught))
    assert TELEGRAMS not in OneLine("%(message)s").format(broken)
    broken.exc_text = None  # the text is kept in the record by the first formatter
    assert TELEGRAMS not in OneObject().format(broken)


@pytest.mark.parametrize(
    "line",
    [
        "job 3f0c7a52-8d1c-4a55-9f6e-0f2f6a7b8c9d: not delivered, again in 12 s",
        "comfyui spark.local:8188: up 0.28.1",
        "http://127.0.0.1:8080/api/jobs/3f0c7a52-8d1c-4a55-9f6e-0f2f6a7b8c9d/events",
        "2026-11-23T18:59:45Z INFO adapters.telegram.incoming.registration: Telegram is there",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert redacted(line) == line
