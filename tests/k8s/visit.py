"""Run in the container by its own Python: wait until it is ready, be a guest, come back after a restart."""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import httpx

from bot.words import words
from workflows.portraits import SAMPLE, portrait

PATIENCE_S = 60.0
PAGE = httpx.Client(base_url="http://127.0.0.1:8080", timeout=PATIENCE_S)
NOTE = Path("/data/.visit.json")
ROOT = Path("/etc/written")


def ready() -> None:
    """The store answers; and this is the hardened pod that it should be."""
    deadline = time.monotonic() + PATIENCE_S
    while not _answers("http://127.0.0.1:9090/readyz"):
        assert time.monotonic() < deadline, "not ready"
        time.sleep(0.05)
    assert os.getuid() == os.getgid() == 10001
    assert "CapEff:\t0000000000000000" in Path("/proc/1/status").read_text()
    try:
        ROOT.touch()
    except OSError:
        print(f"image: ready {_age_s():.1f} s after its start, with the world away")  # noqa: T201
    else:
        raise AssertionError("the root can be written to")


def guest() -> None:
    """A photo becomes a picture; the key to it is kept for the next start."""
    photo = {"photo": ("me.jpg", portrait(SAMPLE))}
    job = PAGE.post("/api/jobs", files=photo, data={"style": "film"}).raise_for_status().json()["id"]
    deadline = time.monotonic() + PATIENCE_S
    while (status := PAGE.get(f"/api/jobs/{job}").json()["status"]) != "done":
        assert time.monotonic() < deadline, status
        time.sleep(0.1)
    NOTE.write_text(json.dumps({"job": job, "cookies": dict(PAGE.cookies)}))
    _picture(job)
    days = (words().day(language, date(2026, 11, 23)) for language in words().languages)
    print("image: a day is", " or ".join(days))  # noqa: T201


def again() -> None:
    """What was there before the restart is there."""
    note = json.loads(NOTE.read_text())
    PAGE.cookies.update(note["cookies"])
    _picture(note["job"])


def _picture(job: str) -> None:
    answer = PAGE.get(f"/api/jobs/{job}/picture").raise_for_status()
    assert answer.content.startswith(b"\xff\xd8\xff"), "no JPEG"
    print(f"image: a picture of {len(answer.content)} bytes")  # noqa: T201


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
    {"ready": ready, "guest": guest, "again": again}[sys.argv[1]]()
