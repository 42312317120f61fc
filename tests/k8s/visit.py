"""Run in the booth's container by its own Python: wait until it is ready; see that it is hardened."""

import os
import time
from datetime import date
from pathlib import Path

import httpx

from bot.words import words

PATIENCE_S = 60.0
ROOT = Path("/etc/written")


def ready() -> None:
    """The store answers, the root can't be written to, nobody has rights, all languages have their dates."""
    deadline = time.monotonic() + PATIENCE_S
    while not _answers("http://127.0.0.1:9090/readyz"):
        assert time.monotonic() < deadline, "not ready"
        time.sleep(0.05)
    assert os.getuid() == os.getgid() == 10001
    assert "CapEff:\t0000000000000000" in Path("/proc/1/status").read_text()
    try:
        ROOT.touch()
    except OSError:
        days = (words().day(language, date(2026, 11, 23)) for language in words().languages)
        print(f"image: ready {_age_s():.1f} s after its start; a day is {' or '.join(days)}")  # noqa: T201
    else:
        raise AssertionError("the root can be written to")


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.TransportError:
        return False


def _age_s() -> float:
    """Since process 1 began, by the kernel (proc_pid_stat(5): field 22, in clock ticks after the boot)."""
    began = int(Path("/proc/1/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return float(Path("/proc/uptime").read_text().split()[0]) - began


if __name__ == "__main__":
    ready()
