"""What has to hold for values: settings are understood, secrets nowhere, references lead somewhere."""

import re
from collections.abc import Iterator

from adapters.settings import load_settings, unknown_variables
from bot.errors import SetupError
from tests.k8s.manifests import (
    Document,
    Documents,
    container,
    deployment,
    environment,
    leaves,
    of_kind,
    pod,
    pod_labels,
    site,
)

SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|AUTH|API_KEY|PRIVATE|DATABASE_URL", re.IGNORECASE)
SECRET_VALUE = re.compile(
    r"\b\d{6,}:[\w-]{30,}|://[^/\s:@]+:[^/\s@]+@|-----BEGIN|\b[\w-]{23,}\.[\w-]{6}\.[\w-]{27,}"
)
PLACEHOLDER = re.compile(r"(SITE|PETAFLOP)_[A-Z_]+")


def settings_are_understood(documents: Documents) -> Iterator[str]:
    """The program itself reads them; a misspelt name is one that it doesn't know."""
    own = {name: value for name, value in environment(documents).items() if isinstance(value, str)}
    given = {**site(documents), **own}
    yield from (f"{name} is no setting" for name in unknown_variables(given))
    yield from (f"{name} is neither ours nor the site's" for name in given if not PLACEHOLDER.fullmatch(name))
    try:
        load_settings(given)
    except SetupError as error:
        yield error.hint


def no_secret_is_written_down(documents: Documents) -> Iterator[str]:
    """Secrets are made by hand on the cluster and only named here."""
    yield from (f"Secret/{each['metadata']['name']}" for each in of_kind(documents, "Secret"))
    for document in documents:
        for path, value in leaves(document):
            name = path.rpartition(".")[2]
            if document["kind"] == "ConfigMap" and SECRET_NAME.search(name) and value:
                yield f"{path} in a ConfigMap"
            if isinstance(value, str) and SECRET_VALUE.search(value):
                yield f"{path} looks like a secret"
    for name, value in environment(documents).items():
        if isinstance(value, str) and SECRET_NAME.search(name):
            yield f"{name} is written in the pod"


def every_site_value_has_arrived(documents: Documents) -> Iterator[str]:
    """A replacement that finds no target leaves its placeholder."""
    for document in documents:
        for path, value in leaves(document):
            if (
                isinstance(value, str)
                and value.startswith(("SITE_", "PETAFLOP_"))
                and not path.endswith(".name")
            ):
                yield f"{document['kind']} {path} is still {value}"


def what_is_named_is_there(documents: Documents) -> Iterator[str]:
    """ConfigMaps by their hashed name, claims, and our one Secret, which may come later."""
    sources = container(documents).get("envFrom", [])
    maps = {each["metadata"]["name"] for each in of_kind(documents, "ConfigMap")}
    named = {source["configMapRef"]["name"] for source in sources if "configMapRef" in source}
    if named != maps:
        yield f"the pod reads {named}, there are {maps}"
    secrets = [source["secretRef"] for source in sources if "secretRef" in source]
    if secrets != [{"name": "petaflop", "optional": True}]:
        yield f"secrets: {secrets}"
    claims = {each["metadata"]["name"] for each in of_kind(documents, "PersistentVolumeClaim")}
    mounted = (
        volume.get("persistentVolumeClaim", {}).get("claimName") for volume in pod(documents)["volumes"]
    )
    if claims != {name for name in mounted if name}:
        yield f"claims: {claims}"


def selectors_find_the_pod(documents: Documents) -> Iterator[str]:
    """Written by hand; what kustomize adds would never match, or match too much."""
    wanted = {"app.kubernetes.io/name": "petaflop"}
    if not wanted.items() <= pod_labels(documents).items():
        yield "the pod lacks its label"
    for where, selector in _selectors(documents):
        if selector != wanted:
            yield f"{where} selects {selector}"


def _selectors(documents: Documents) -> Iterator[tuple[str, object]]:
    yield "Deployment", deployment(documents)["spec"]["selector"].get("matchLabels")
    for document in documents:
        spec, name = document.get("spec", {}), f"{document['kind']}/{document['metadata']['name']}"
        if document["kind"] == "Service" and not _has_slice(documents, document):
            yield name, spec.get("selector")
        if document["kind"] == "NetworkPolicy":
            yield name, spec["podSelector"].get("matchLabels")
        if document["kind"] == "PodDisruptionBudget":
            yield name, spec["selector"].get("matchLabels")
    for spread in pod(documents).get("topologySpreadConstraints", []):
        yield "topologySpreadConstraints", spread.get("labelSelector", {}).get("matchLabels")


def _has_slice(documents: Documents, service: Document) -> bool:
    return any(
        each["metadata"].get("labels", {}).get("kubernetes.io/service-name") == service["metadata"]["name"]
        for each in of_kind(documents, "EndpointSlice")
    )


def a_machine_outside_has_a_plain_service(documents: Documents) -> Iterator[str]:
    """No selector, same port name, one machine: ComfyUI keeps its jobs a machine."""
    services = {each["metadata"]["name"]: each["spec"] for each in of_kind(documents, "Service")}
    for each in of_kind(documents, "EndpointSlice"):
        service = services.get(each["metadata"]["labels"].get("kubernetes.io/service-name", ""), {})
        if "selector" in service:
            yield "the Service selects pods"
        if service.get("type") == "ExternalName":
            yield "a name instead of an address"
        if {port["name"] for port in service.get("ports", [])} != {port["name"] for port in each["ports"]}:
            yield "ports don't match by name"
        if sum(len(endpoint["addresses"]) for endpoint in each["endpoints"]) != 1:
            yield "several machines behind one Service"


def pictures_outlive_a_slip(documents: Documents) -> Iterator[str]:
    """A local volume is kept when its claim or class goes, and is nobody else's."""
    for kind, field in (
        ("PersistentVolume", "spec.persistentVolumeReclaimPolicy"),
        ("StorageClass", "reclaimPolicy"),
    ):
        for each in of_kind(documents, kind):
            if dict(leaves(each)).get(field) != "Retain":
                yield f"{kind} is not retained"
    claims = {each["metadata"]["name"]: each for each in of_kind(documents, "PersistentVolumeClaim")}
    for volume in of_kind(documents, "PersistentVolume"):
        claim = claims.get(volume["spec"].get("claimRef", {}).get("name", ""), {"spec": {}, "metadata": {}})
        if claim["spec"].get("volumeName") != volume["metadata"]["name"]:
            yield "volume and claim don't name each other"
        if claim["spec"].get("storageClassName") != volume["spec"]["storageClassName"]:
            yield "volume and claim are of two classes"
        if volume["spec"]["claimRef"].get("namespace") != claim["metadata"].get("namespace"):
            yield "the claim is in another namespace"


def everything_is_in_its_namespace(documents: Documents) -> Iterator[str]:
    """Only what can't be in one is in none."""
    for each in documents:
        wide = each["kind"] in {"Namespace", "PersistentVolume", "StorageClass"}
        if not wide and each["metadata"].get("namespace") != "petaflop":
            yield f"{each['kind']}/{each['metadata']['name']}"


RULES = (
    settings_are_understood,
    no_secret_is_written_down,
    every_site_value_has_arrived,
    what_is_named_is_there,
    selectors_find_the_pod,
    a_machine_outside_has_a_plain_service,
    pictures_outlive_a_slip,
    everything_is_in_its_namespace,
)
