"""Rendered manifests: where they lie, how they are rendered anew, and short ways into them."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
OVERLAYS = {
    "backpack": ROOT / "k8s" / "overlays" / "backpack",
    "scaled": ROOT / "k8s" / "overlays" / "scaled",
    "everything": HERE / "everything",
}

Document = dict[str, Any]
Documents = list[Document]


@cache
def kept(overlay: str) -> Documents:
    """What lies in the repository as the overlay's rendering (``make k8s`` writes it); not to be changed."""
    return _parsed((HERE / "rendered" / f"{overlay}.yaml").read_text())


def rendered(kubectl: str, folder: Path) -> Documents:
    """What kubectl makes of a kustomization.

    Raises:
        CalledProcessError: it can't be rendered; ``stderr`` says why.
    """
    done = subprocess.run([kubectl, "kustomize", str(folder)], capture_output=True, text=True, check=True)
    return _parsed(done.stdout)


def kubectl() -> str | None:
    """A kubectl that knows components and replacements: 1.25 and newer; None without one."""
    found = shutil.which("kubectl")
    if found is None:
        return None
    told = subprocess.run([found, "version", "--client"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"Client Version: v1\.(\d+)", told)
    return found if version and int(version[1]) >= 25 else None


def of_kind(documents: Documents, kind: str) -> Documents:
    """All documents of a kind."""
    return [document for document in documents if document["kind"] == kind]


def named(documents: Documents, kind: str, name: str) -> Document:
    """The one document of this kind and name.

    Raises:
        LookupError: there is none, or several.
    """
    found = [document for document in of_kind(documents, kind) if document["metadata"]["name"] == name]
    if len(found) != 1:
        raise LookupError(f"{len(found)} of {kind}/{name}")
    return found[0]


def deployment(documents: Documents) -> Document:
    """The booth's Deployment."""
    return named(documents, "Deployment", "petaflop")


def pod(documents: Documents) -> Document:
    """The booth's pod: the template's ``spec``."""
    spec: Document = deployment(documents)["spec"]["template"]["spec"]
    return spec


def container(documents: Documents) -> Document:
    """The booth's one container."""
    (only,) = pod(documents)["containers"]
    found: Document = only
    return found


def pod_labels(documents: Documents) -> dict[str, str]:
    """What selectors have to find."""
    labels: dict[str, str] = deployment(documents)["spec"]["template"]["metadata"]["labels"]
    return labels


def site(documents: Documents) -> dict[str, str]:
    """The values of ``site.env``, as the pod gets them."""
    (only,) = of_kind(documents, "ConfigMap")
    values: dict[str, str] = only["data"]
    return values


def environment(documents: Documents) -> dict[str, Any]:
    """The container's own variables: a text, or the reference that the value comes from."""
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in container(documents)["env"]}


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Each scalar with its dotted path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{number}")
    else:
        yield path, value


def _parsed(text: str) -> Documents:
    return [document for document in yaml.safe_load_all(text) if document]
