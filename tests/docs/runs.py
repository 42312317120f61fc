"""Checks that carry a command out as far as that changes nothing here; skipped where its tool isn't there."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.docs.shell import ROOT, Command
from tests.k8s import manifests

UNREADABLE = "improperly formatted"
EXECUTABLE = ("ExecStart=", "/bin/true")


def on_the_client(command: Command) -> None:
    """kubectl makes the object that it would send, and sends nothing."""
    kubectl = manifests.kubectl()
    if kubectl is None:
        pytest.skip("no kubectl of 1.25 or newer is here")
    words = [
        word.replace("…", "key").replace("secret.env", "secret.env.example") for word in command.words[1:]
    ]
    _well([kubectl, *words, "--dry-run=client", "--output=name"])


def rules_are_taken(command: Command) -> None:
    """nft understands the file, and sets nothing."""
    _well([_tool("nft"), "--check", "--file", command.words[2]], may_lack="Operation not permitted")


def unit_is_well(command: Command) -> None:
    """systemd understands every line; the programs that it starts are on another machine."""
    unit = ROOT / command.words[2]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, unit.name)
        copy.write_text(with_a_program_of_here(unit.read_text()))
        done = _well([_tool("systemd-analyze"), "verify", str(copy)])
    assert not done.stderr, done.stderr


def with_a_program_of_here(unit: str) -> str:
    """A unit that starts what every machine has: ``verify`` asks for its program."""
    key, program = EXECUTABLE
    lines = (
        f"{key}{program} {line.partition(' ')[2]}" if line.startswith(key) else line
        for line in unit.splitlines()
    )
    return "\n".join(lines) + "\n"


def sums_are_compared(command: Command) -> None:
    """sha256sum understands every line: files of these names that are others are found out, each of them."""
    listed = ROOT / command.words[-1].removeprefix("~/petaflop/")
    names = [line.split()[-1] for line in listed.read_text().splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            file = Path(folder, name)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(b"another model")
        given = [_tool("sha256sum"), *command.words[1:-1], str(listed)]
        done = subprocess.run(given, cwd=folder, capture_output=True, text=True, check=False)
    assert UNREADABLE not in done.stderr
    assert done.stdout.splitlines() == [f"{name}: FAILED" for name in names]


def _tool(name: str) -> str:
    found = shutil.which(name, path="/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"no {name} is here")
    return found


def _well(words: Sequence[str], may_lack: str | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if may_lack and may_lack in done.stderr:
        pytest.skip(f"{Path(words[0]).name}: {may_lack}")
    assert done.returncode == 0, done.stderr
    return done
