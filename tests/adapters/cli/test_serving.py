"""``petaflop demo`` and ``petaflop serve``: where they listen, what they say, how they end."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from adapters.cli.running import invitation, notice, wants_browser
from adapters.network import own_url
from adapters.serving import Address
from adapters.settings import load_settings
from bot.pixels.qr import qr_terminal
from tests.adapters.cli.command import free_port, petaflop, running

OPEN = "0.0.0.0"  # noqa: S104 # what an owner may choose


def test_demo_opens_and_ends_when_told(tmp_path: Path) -> None:
    with running("demo", "Stop with", tmp_path, PETAFLOP_PORT="0") as server:
        assert server.printed == [f"PETaflop is open: {server.url}", "", "Stop with Ctrl-C."]
        assert server.url.startswith("http://127.0.0.1:")
        assert httpx.get(server.url).status_code == 200
        assert server.end() == 0
    assert (tmp_path / "data" / "petaflop.db").is_file()
    assert (tmp_path / "log").read_text() == ""


def test_serve_tells_health_and_keeps_addresses_out_of_its_log(tmp_path: Path) -> None:
    ops_port = free_port()
    settings = {"PETAFLOP_PORT": "0", "PETAFLOP_OPS_PORT": str(ops_port), "PETAFLOP_DATA_DIR": "booth"}
    with running("serve", "Health", tmp_path, **settings) as server:
        ops = f"http://127.0.0.1:{ops_port}"
        assert server.printed == [f"Listening on {server.url}", f"Health and metrics: {ops}"]
        assert httpx.get(f"{ops}/readyz").status_code == 200
        assert "petaflop_store_up 1.0" in httpx.get(f"{ops}/metrics").text
        assert httpx.get(server.url).status_code == 200
        assert httpx.get(f"{server.url}/readyz").status_code == 404
        assert server.end() == 0
    assert (tmp_path / "booth" / "petaflop.db").is_file()
    assert "127.0.0.1" not in (tmp_path / "log").read_text()


def test_demo_honours_what_is_given_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    ops_port = str(free_port())
    with running("demo", "Stop with", tmp_path, PETAFLOP_PORT="0", PETAFLOP_OPS_PORT=ops_port) as server:
        assert httpx.get(f"http://127.0.0.1:{ops_port}/healthz").status_code == 200
        assert server.end(signal.SIGINT) == 0


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = petaflop("demo", cwd=tmp_path, env={"PETAFLOP_PORT": str(other.getsockname()[1])})
    assert (done.returncode, done.stdout) == (os.EX_UNAVAILABLE, b"")
    assert "PETAFLOP_PORT" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_second_signal_ends_at_once() -> None:
    stubborn = """
import asyncio, signal
from adapters.cli.running import ended_by_signals

async def never_ends():
    print("up", flush=True)
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            print("not yet", flush=True)

async def main():
    task = asyncio.create_task(never_ends())
    with ended_by_signals(task):
        await task

asyncio.run(main())
"""
    command = (sys.executable, "-c", stubborn)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in ("up\n", "not yet\n"):
            assert process.stdout.readline() == line
            process.terminate()
        assert process.wait() == -signal.SIGTERM


def test_demo_invites_phones_by_the_public_url() -> None:
    url = "https://booth.example"
    lines = invitation(load_settings({"PETAFLOP_PUBLIC_URL": url}), Address("127.0.0.1", 8080, "", None))
    assert f"On a phone: {url}" in lines
    assert qr_terminal(url) in lines


def test_demo_invites_phones_of_the_same_network() -> None:
    lines = invitation(load_settings({}), Address("192.0.2.7", 8080, "", "http://192.0.2.7:9090"))
    assert lines[:2] == [
        "PETaflop is open: http://192.0.2.7:8080",
        "Health and metrics: http://192.0.2.7:9090",
    ]
    assert qr_terminal("http://192.0.2.7:8080") in lines


def test_this_machine_needs_no_code() -> None:
    address = Address("127.0.0.1", 8080, "http://127.0.0.1:8080", None)
    assert not any("█" in line for line in invitation(load_settings({}), address))
    assert notice(address) == ["Listening on http://127.0.0.1:8080"]


@pytest.mark.parametrize(
    ("host", "url"),
    [(OPEN, "http://127.0.0.1:8080"), ("::", "http://[::1]:8080"), ("192.0.2.7", "http://192.0.2.7:8080")],
)
def test_a_browser_here_gets_an_address_that_it_can_open(host: str, url: str) -> None:
    assert own_url(host, 8080) == url


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ":0"}, {"DISPLAY": ":0", "CI": "1"}])
def test_no_browser_without_a_person_at_the_screen(environ: dict[str, str]) -> None:
    assert not wants_browser(environ)  # the tests' standard output is no terminal
