"""How each command of our pages is covered: a check that is made here, or the reason why it is not run.

The first way whose pattern matches counts. Beside that, every file of ours that a command names is there.
"""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import click

from adapters.cli.app import petaflop
from adapters.settings import PREFIX, load_settings
from tests.docs.runs import on_the_client, rules_are_taken, sums_are_compared, unit_is_well
from tests.docs.shell import ROOT, Command
from tests.k8s import manifests

KINDS = {
    "deployment": "Deployment",
    "agentendpoint": "AgentEndpoint",
    "ngroktrafficpolicy": "NgrokTrafficPolicy",
}
INSIDE = re.compile(r"(?:\S*/)?petaflop(?::\S+)?")
ELLIPSIS = "0123456789abcdef" * 4  # what a reader puts for "…": long enough for keys


@dataclass(frozen=True)
class Way:
    """Commands that are covered alike."""

    pattern: str
    check: Callable[[Command], None] | None
    why: str
    """What the check doesn't do, or who else does it."""


def understood(command: Command) -> None:
    """Our own command line takes these words, and the settings before it; nothing is carried out."""
    given = {name: value.replace("…", ELLIPSIS) for name, value in command.given.items()}
    load_settings({name: value for name, value in given.items() if name.startswith(PREFIX)})
    place = max(number for number, word in enumerate(command.words) if INSIDE.fullmatch(word))
    name, *rest = command.words[place + 1 :] or ("serve",)
    if name == "--help":
        return
    found = petaflop.get_command(click.Context(petaflop), name)
    assert found is not None, name
    _parse(found, rest)


def _parse(command: click.Command, arguments: list[str]) -> None:
    """Without the callbacks of options: those would set up logging."""
    context = click.Context(command)
    values, left, _order = command.make_parser(context).parse_args(arguments)
    assert not left
    for parameter in command.params:
        name = parameter.name or ""
        if isinstance(values.get(name), str | list):
            parameter.type_cast_value(context, values[name])
        assert not parameter.required or name in values, name


def would_be_made(command: Command) -> None:
    """Make knows how, and says so without doing it."""
    arguments = [word for word in command.words[1:] if not word.startswith("ENGINE=")]
    done = subprocess.run(
        ["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def names_what_is_there(command: Command) -> None:
    """The objects are in the overlays; the command after ``--`` is ours."""
    words = command.words[: command.words.index("--")] if "--" in command.words else command.words
    documents = manifests.kept("backpack")
    for kind, name in re.findall(r"(\w+)[/ ](petaflop[\w-]*)", " ".join(words)):
        if kind in KINDS:
            manifests.named(documents, KINDS[kind], name)
    if "--namespace" in words:
        namespace = words[words.index("--namespace") + 1]
        assert namespace in {"petaflop", "ngrok-operator"}
    if "--" in command.words:
        understood(command)


CLUSTER = "needs a cluster; manifests: tests/k8s"
MACHINE = "changes the reader's own machine"
WAYS = (
    Way(r"(\.venv/bin/)?petaflop ", understood, "carried out by tests/adapters/cli"),
    Way(r"make ", would_be_made, "make test and make check are what runs this; demo: tests/adapters/cli"),
    Way(r"podman run .*petaflop:", understood, ".ci/image runs the image so, where containers work"),
    Way(r"podman build ", None, ".ci/image builds it so with buildah, where containers work"),
    Way(r"python3 -m pip download ", None, ".ci/image; needs the package index"),
    Way(r"kubectl kustomize ", None, "carried out by tests/k8s/test_rendering.py"),
    Way(r"kubectl create ", on_the_client, "carried out with --dry-run=client; the rest needs a cluster"),
    Way(r"kubectl ", names_what_is_there, CLUSTER),
    Way(r"cp k8s/site/secret.env.example ", None, "carried out by tests/docs/test_pages.py"),
    Way(r"k8s/talos/images.sh", None, "carried out by tests/docs/test_pages.py"),
    Way(r"ngrok ", None, "needs an account with ngrok"),
    Way(r"helm ", None, "needs a cluster and the internet; its values: tests/docs/test_pages.py"),
    Way(r"talosctl ", None, "needs a board with Talos, or the internet"),
    Way(r"docker run .*siderolabs/imager", None, "needs the internet"),
    Way(r"sudo cp k8s/\S+\.service ", unit_is_well, "systemd reads the unit; " + MACHINE),
    Way(r"sudo cp k8s/\S+\.nft ", rules_are_taken, "nft reads the rules; " + MACHINE),
    Way(r"sudo ", None, MACHINE),
    Way(r"cd /opt/comfyui/app/models", None, "needs 17 GB of models"),
    Way(r"sha256sum ", sums_are_compared, "right files: needs 17 GB of models"),
    Way(r"python main.py ", None, "ComfyUI itself; needs its models and a GPU"),
)


def way(command: Command) -> Way | None:
    """How this command is covered; None when nobody thought of it."""
    typed = " ".join(command.words)
    return next((each for each in WAYS if re.match(each.pattern, typed)), None)
