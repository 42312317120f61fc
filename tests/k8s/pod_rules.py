"""What has to hold for the pod: locked down, measured, probed, and ended in time."""

import re
from collections.abc import Iterator

from tests.k8s.manifests import Document, Documents, container, deployment, named, of_kind, pod

DRAIN_S = 15  # what the program needs at most
TALOS_GRACE_S = 20  # what a pod gets when the machine is shut down
PLAIN_VOLUMES = {"configMap", "downwardAPI", "emptyDir", "persistentVolumeClaim", "projected", "secret"}
REFERENCE = re.compile(r"[a-z0-9.:/_-]+?(:(?P<tag>[\w][\w.-]{0,127}))?(@(?P<digest>sha256:[0-9a-f]{64}))?")
HEALTH = {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}


def the_namespace_enforces_restricted(documents: Documents) -> Iterator[str]:
    """Kubernetes: Pod Security Admission."""
    labels = named(documents, "Namespace", "petaflop")["metadata"].get("labels", {})
    for mode in ("enforce", "audit", "warn"):
        if labels.get(f"pod-security.kubernetes.io/{mode}") != "restricted":
            yield f"{mode} is not restricted"


def the_pod_fits_restricted(documents: Documents) -> Iterator[str]:
    """Kubernetes: Pod Security Standards, profile *restricted*."""
    spec = pod(documents)
    whole = spec.get("securityContext", {})
    if whole.get("runAsNonRoot") is not True:
        yield "may run as root"
    if whole.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "no seccomp profile"
    yield from (f"{name} is the host's" for name in ("hostNetwork", "hostPID", "hostIPC") if spec.get(name))
    for volume in spec.get("volumes", []):
        if not set(volume) - {"name"} <= PLAIN_VOLUMES:
            yield f"volume {volume['name']} is not plain"
    for each in [*spec["containers"], *spec.get("initContainers", [])]:
        yield from _loose(each)


def _loose(each: Document) -> Iterator[str]:
    context = each.get("securityContext", {})
    if context.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges"
    if context.get("privileged"):
        yield "is privileged"
    if context.get("capabilities") != {"drop": ["ALL"]}:
        yield "keeps capabilities"
    if any(port.get("hostPort") for port in each.get("ports", [])):
        yield "takes a port of the host"


def nothing_is_written_but_data_and_tmp(documents: Documents) -> Iterator[str]:
    """The image's user and a root that nobody writes to; faces in memory or on the data volume only."""
    whole, only = pod(documents).get("securityContext", {}), container(documents)
    if {whole.get(name) for name in ("runAsUser", "runAsGroup", "fsGroup")} != {10001}:
        yield "not the image's user"
    if whole.get("fsGroupChangePolicy") != "OnRootMismatch":
        yield "every file is given away again at each start"
    if only.get("securityContext", {}).get("readOnlyRootFilesystem") is not True:
        yield "the root can be written to"
    mounts = {mount["mountPath"]: mount["name"] for mount in only.get("volumeMounts", [])}
    if set(mounts) != {"/data", "/tmp"}:  # noqa: S108 # a mount, not a file
        yield f"writes to {sorted(mounts)}"
    volumes = {volume["name"]: volume for volume in pod(documents).get("volumes", [])}
    if volumes.get(mounts.get("/tmp", ""), {}).get("emptyDir", {}).get("medium") != "Memory":  # noqa: S108
        yield "temporary files lie on a disk"


def the_cluster_s_doors_stay_shut(documents: Documents) -> Iterator[str]:
    """No key to the API, and no variables that look like settings."""
    if pod(documents).get("automountServiceAccountToken") is not False:
        yield "holds a key to the API server"
    if pod(documents).get("enableServiceLinks") is not False:
        yield "gets PETAFLOP_PORT=tcp://… of its own Service"


def images_are_pinned(documents: Documents) -> Iterator[str]:
    """A tag that is no moving target, a digest where there is one, and no pull for what is there."""
    for path, image in _images(documents):
        parts = REFERENCE.fullmatch(image)
        if parts is None:
            yield f"{path}: {image} is no image"
        elif not parts["tag"] or parts["tag"] == "latest":
            yield f"{path}: {image} has no fixed tag"
    if container(documents).get("imagePullPolicy") != "IfNotPresent":
        yield "needs the registry at each start"


def _images(documents: Documents) -> Iterator[tuple[str, str]]:
    for each in [*pod(documents)["containers"], *pod(documents).get("initContainers", [])]:
        yield each["name"], each["image"]
    for cluster in of_kind(documents, "Cluster"):
        if "imageName" in cluster["spec"]:
            yield "Cluster", cluster["spec"]["imageName"]


def resources_are_bounded(documents: Documents) -> Iterator[str]:
    """Memory has a limit; the processor has none, as that would only make guests wait."""
    resources = container(documents).get("resources", {})
    limits, requests = resources.get("limits", {}), resources.get("requests", {})
    yield from (f"no limit of {name}" for name in ("memory", "ephemeral-storage") if name not in limits)
    yield from (f"no request of {name}" for name in ("cpu", "memory") if name not in requests)
    if "cpu" in limits:
        yield "the processor is throttled"


def probes_ask_the_booth_alone(documents: Documents) -> Iterator[str]:
    """On the ops port, which answers also with the whole world away."""
    ports = {port["name"]: port["containerPort"] for port in container(documents).get("ports", [])}
    if ports != {"page": 8080, "ops": 9090}:
        yield f"ports are {ports}"
    for name, path in HEALTH.items():
        asked = container(documents).get(name, {}).get("httpGet", {})
        if (asked.get("path"), asked.get("port")) != (path, "ops"):
            yield f"{name} asks {asked}"


def a_slow_moment_kills_nobody(documents: Documents) -> Iterator[str]:
    """A busy board answers late; a migration takes its time."""
    for name, least_s in (("startupProbe", 60), ("livenessProbe", 30)):
        probe = container(documents).get(name, {})
        if probe.get("periodSeconds", 10) * probe.get("failureThreshold", 3) < least_s:
            yield f"{name} gives up within {least_s} s"


def draining_fits_into_the_grace(documents: Documents) -> Iterator[str]:
    """``preStop`` and the program's own end share the grace period."""
    grace = pod(documents).get("terminationGracePeriodSeconds", 30)
    before = container(documents).get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    if grace < before + DRAIN_S:
        yield f"{grace} s are too few for {before} s and {DRAIN_S} s"
    if grace > TALOS_GRACE_S:
        yield f"Talos doesn't wait {grace} s"


def nothing_needs_a_shell(documents: Documents) -> Iterator[str]:
    """The image promises none."""
    text = str(container(documents))
    yield from (f"{word} is called" for word in ("exec", "/bin/sh", "command") if f"'{word}'" in text)


def one_writer_or_one_database(documents: Documents) -> Iterator[str]:
    """One pod with its own SQLite file, or several on PostgreSQL: nothing between."""
    spec = deployment(documents)["spec"]
    variables = {each["name"]: each.get("valueFrom", {}) for each in container(documents)["env"]}
    shared = "PETAFLOP_DATABASE_URL" in variables
    if not shared and (spec["replicas"] != 1 or spec["strategy"] != {"type": "Recreate"}):
        yield "two pods may open one SQLite file"
    if shared:
        yield from _half_shared(documents, variables["PETAFLOP_DATABASE_URL"])


def _half_shared(documents: Documents, source: Document) -> Iterator[str]:
    spec = deployment(documents)["spec"]
    if spec["replicas"] < 2:
        yield "one replica"
    if spec["strategy"].get("rollingUpdate", {}).get("maxUnavailable") != 0:
        yield "an update takes a replica away"
    databases = {f"{each['metadata']['name']}-app" for each in of_kind(documents, "Cluster")}
    secret = source.get("secretKeyRef", {})
    if secret.get("name") not in databases or secret.get("key") != "uri":
        yield f"the database's address comes from {secret}"
    if any("persistentVolumeClaim" in volume for volume in pod(documents)["volumes"]):
        yield "replicas share a claim"
    if not of_kind(documents, "PodDisruptionBudget") or "topologySpreadConstraints" not in pod(documents):
        yield "all replicas may go at once"
    if "preStop" not in container(documents).get("lifecycle", {}):
        yield "a pod ends while nodes still send guests to it"


RULES = (
    the_namespace_enforces_restricted,
    the_pod_fits_restricted,
    nothing_is_written_but_data_and_tmp,
    the_cluster_s_doors_stay_shut,
    images_are_pinned,
    resources_are_bounded,
    probes_ask_the_booth_alone,
    a_slow_moment_kills_nobody,
    draining_fits_into_the_grace,
    nothing_needs_a_shell,
    one_writer_or_one_database,
)
