"""Run beside the booth's container, in its network: guests, while the world comes back and the power is cut.

``python -m tests.k8s.outside STORY``, one after the other; what the next one has to know lies in /tmp. The
servers are ``tests.fakes.telegram`` and ``tests.fakes.comfyui``, which ``.ci/image`` starts.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from workflows.portraits import SAMPLE, portrait

T = TypeVar("T")
Json = dict[str, Any]

PATIENCE_S = 90.0
LOOK_S = 0.2
HERE = httpx.Client(timeout=PATIENCE_S)
PAGE, TELEGRAM, COMFY = "http://127.0.0.1:8080", "http://127.0.0.1:8081", "http://127.0.0.1:8188"
NOTES = Path("/tmp")  # noqa: S108 # of a container of its own
READY = "Here you are"


def guest() -> None:
    """A photo becomes a picture on the page; the key to it is kept for :func:`again`."""
    photo = {"photo": ("me.jpg", portrait(SAMPLE))}
    job = HERE.post(f"{PAGE}/api/jobs", files=photo, data={"style": "film"}).raise_for_status().json()["id"]
    until(lambda: HERE.get(f"{PAGE}/api/jobs/{job}").json()["status"] == "done", "a picture on the page")
    _note("page", {"job": job, "cookies": dict(HERE.cookies)})
    _picture(job)


def again() -> None:
    """What was there before is there."""
    note = _noted("page")
    HERE.cookies.update(note["cookies"])
    _picture(note["job"])


def back() -> None:
    """The world is back: Telegram is polled, and the server is found."""
    until(lambda: "getUpdates" in _methods(), "polling")
    until(lambda: any(style["kind"] == "graph" for style in _styles()), "the server")
    _say("the world came back, and was found")


def cut() -> None:
    """Three photos: one delivered without that being heard, one being painted, one in the line."""
    heard, painted, waiting = (_photo_of(name, style) for name, style in _guests())
    _note("chats", [heard, painted, waiting])
    until(lambda: _pictures(heard), "a delivery that isn't heard")
    queue = until(lambda: _queue() or None, "a render")
    _say(f"power is cut with a picture on its way and {queue} photos on the server or before it")


def off() -> None:
    """Somebody writes to a booth without power."""
    _note("chats", [*_noted("chats"), _photo_of("Dan", "film")])


def delivered() -> None:
    """Everybody has one picture."""
    chats = _noted("chats")
    until(lambda: all(len(_pictures(chat)) >= 1 for chat in chats), "all pictures")
    counted = [len(_pictures(chat)) for chat in chats]
    assert counted == [1] * len(chats), f"pictures a guest: {counted}"
    edits = _methods().count("editMessageMedia")
    _say(f"{len(chats)} guests have one picture each, after {edits} edits")


def until(condition: Callable[[], T], what: str) -> T:
    """What the condition gives when it is first true.

    Raises:
        AssertionError: it never was.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        assert time.monotonic() < deadline, f"no {what}"
        time.sleep(LOOK_S)
    return found


def _guests() -> tuple[tuple[str, str], ...]:
    graphs = [style["id"] for style in _styles() if style["kind"] == "graph"]
    return (("Ann", "film"), ("Bob", graphs[0]), ("Cleo", graphs[1]))


def _photo_of(name: str, style: str) -> int:
    """Somebody new sends a photo that names its style; the first one's delivery is never heard of."""
    somebody: int = HERE.post(f"{TELEGRAM}/control/guests", params={"name": name}).json()["id"]
    if name == "Ann":
        hang = {"method": "editMessageMedia", "kind": "hang after", "chat": somebody}
        HERE.post(f"{TELEGRAM}/control/faults", json=hang).raise_for_status()
    photo = f"{TELEGRAM}/control/guests/{somebody}/photo"
    HERE.post(photo, params={"caption": style}, content=portrait(SAMPLE)).raise_for_status()
    return somebody


def _pictures(chat: int) -> list[Json]:
    messages: list[Json] = HERE.get(f"{TELEGRAM}/control/guests/{chat}/chat").raise_for_status().json()
    return [one for one in messages if one["from"]["is_bot"] and one.get("caption", "").startswith(READY)]


def _methods() -> list[str]:
    return [one["method"] for one in HERE.get(f"{TELEGRAM}/control/requests").raise_for_status().json()]


def _styles() -> list[Json]:
    styles: list[Json] = HERE.get(f"{PAGE}/api/styles").raise_for_status().json()
    return styles


def _queue() -> int:
    return sum(map(len, HERE.get(f"{COMFY}/queue").raise_for_status().json().values()))


def _picture(job: str) -> None:
    answer = HERE.get(f"{PAGE}/api/jobs/{job}/picture").raise_for_status()
    assert answer.content.startswith(b"\xff\xd8\xff"), "no JPEG"
    _say(f"a picture of {len(answer.content)} bytes")


def _note(name: str, value: object) -> None:
    (NOTES / f"{name}.json").write_text(json.dumps(value))


def _noted(name: str) -> Any:
    return json.loads((NOTES / f"{name}.json").read_text())


def _say(what: str) -> None:
    print(f"image: {what}")  # noqa: T201


if __name__ == "__main__":
    stories = (guest, again, back, cut, off, delivered)
    {story.__name__: story for story in stories}[sys.argv[1]]()
