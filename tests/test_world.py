"""The whole world is away: whoever is asked takes the connection and never says a word. The booth is open."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.program import Program
from tests.test_crashes import PATIENCE_S, posted, status

SLOW_FORM = (
    b"POST /api/jobs HTTP/1.1\r\nHost: booth\r\n"
    b"Content-Type: multipart/form-data; boundary=b\r\n"
    b"Content-Length: 900000\r\n\r\n"
    b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
)


@contextlib.contextmanager
def silence() -> Iterator[str]:
    """``host:port`` of a server that the kernel answers for and nobody reads: worse than a refusal."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def away(address: str) -> dict[str, str]:
    """Settings with both chats, a tunnel and two ComfyUI servers, none of which answers."""
    return {
        "public_url": "https://booth.example",
        "comfy_urls": f"http://{address},http://{address}/second",
        "telegram_token": "123456:a-token-that-nobody-has",
        "telegram_api_url": f"http://{address}",
        "discord_token": "a.token.that-nobody-has",
        "discord_public_key": "ab" * 32,
        "discord_api_url": f"http://{address}/api/v10",
        "discord_gateway_url": f"ws://{address}",
    }


@pytest.mark.timeout(240)
def test_with_everybody_silent_it_opens_paints_and_drains(tmp_path: Path) -> None:
    with silence() as address, Program(tmp_path, **away(address)) as program:
        job, cookies = posted(program.url, 1)
        _wait_until_done(program.url, job, cookies)

        host, port = program.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as slow:
            slow.sendall(SLOW_FORM)
            asked = time.monotonic()
            assert program.stop() == 0
        print(f"SIGTERM to end, with a stuck upload: {time.monotonic() - asked:.1f} s")  # noqa: T201 # a figure


def _wait_until_done(url: str, job: str, cookies: httpx.Cookies) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while (now := status(url, job, cookies)["status"]) != "done":
        assert time.monotonic() < deadline, now
        time.sleep(0.05)
