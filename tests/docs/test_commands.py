"""Every command that a page tells to type is checked, or has a reason why it is not run."""

import re

import click
import pytest

from bot.errors import SetupError
from tests.docs.runs import on_the_client, rules_are_taken, unit_is_well
from tests.docs.shell import PAGES, ROOT, Command, commands
from tests.docs.ways import WAYS, understood, way

ALL = [command for page in PAGES for command in commands(page)]
OWN_PATH = re.compile(r"@?((?:k8s|docs|tests)/[\w./-]*|requirements[\w-]*\.txt)")
MADE = {"k8s/site/secret.env"}  # by the reader


@pytest.mark.parametrize("command", ALL, ids=str)
def test_the_command_is_covered(command: Command) -> None:
    found = way(command)
    assert found, "neither checked nor excused in tests/docs/ways.py"
    if found.check:
        found.check(command)


@pytest.mark.parametrize("command", ALL, ids=str)
def test_every_file_of_ours_that_is_named_is_there(command: Command) -> None:
    for word in command.words:
        for path in OWN_PATH.findall(word.rpartition("=")[2]):
            assert path in MADE or (ROOT / path).exists(), path


def test_no_way_is_stale() -> None:
    used = {found.pattern for command in ALL if (found := way(command))}
    assert used == {each.pattern for each in WAYS}


@pytest.mark.parametrize(
    "words",
    [
        "petaflop rehearse --gusts 3",
        "petaflop rehearse --guests many",
        "petaflop stylise me.jpg",
        "petaflop stylize",
        "make picturs",
        "kubectl rollout restart deployment/petaflop-web --namespace petaflop",
        "kubectl get pods --namespace petaflops",
        "kubectl exec deployment/petaflop -- petaflop docter",
    ],
)
def test_a_misspelt_command_is_found(words: str) -> None:
    command = Command("", words, {}, tuple(words.split()))
    found = way(command)
    assert found
    assert found.check
    with pytest.raises((AssertionError, click.UsageError, LookupError)):
        found.check(command)


@pytest.mark.parametrize(
    "words",
    [
        "kubectl create secret generic petaflop --from-env-file=k8s/site/secrets.env",
        "kubectl create secret generik petaflop",
        "sudo cp tests/docs/slips/misspelt.service /etc/systemd/system/",
        "sudo cp tests/docs/slips/misspelt.nft /etc/nftables.conf",
    ],
)
def test_a_slip_in_what_is_carried_out_is_found(words: str) -> None:
    command = Command("", words, {}, tuple(words.split()))
    checks = {"create": on_the_client, ".service": unit_is_well, ".nft": rules_are_taken}
    (check,) = [check for part, check in checks.items() if part in words]
    with pytest.raises(AssertionError):
        check(command)


def test_a_misspelt_setting_is_found() -> None:
    with pytest.raises(SetupError):
        understood(Command("", "", {"PETAFLOP_PORT": "http"}, ("petaflop", "serve")))
