"""The Dockerfile gets what it copies, knows a lock for each choice, and nothing of one architecture."""

import re
from fnmatch import fnmatch

import pytest

from tests.k8s.manifests import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COPIED = [
    source
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    for source in line.split()[:-1]
]
LET_THROUGH = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]


@pytest.mark.parametrize("source", COPIED)
def test_what_is_copied_is_there_and_let_through(source: str) -> None:
    assert (ROOT / source).exists()
    assert any(fnmatch(source, pattern) for pattern in LET_THROUGH)


def test_nothing_else_is_sent_to_the_build() -> None:
    assert sorted(LET_THROUGH) == sorted(COPIED)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-otel.txt"])
def test_every_choice_has_a_lock_with_hashes_that_is_copied(lock: str) -> None:
    assert lock in COPIED
    requirements = re.findall(r"^(\S+==\S+)(.*\\)$", (ROOT / lock).read_text(), re.MULTILINE)
    assert len(requirements) > 50


def test_nothing_is_of_one_architecture() -> None:
    instructions = [line for line in DOCKERFILE.splitlines() if not line.startswith("#")]
    assert not re.search(r"amd64|x86_64|arm64|aarch64|--platform", "\n".join(instructions))
    assert not re.search(r"amd64|x86_64|arm64|aarch64", (ROOT / "k8s/slim.py").read_text())
