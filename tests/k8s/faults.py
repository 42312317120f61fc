"""Slips that somebody could make, each with the rule that has to catch it.

A fault is a path into one document and what stands there afterwards; ``GONE`` removes it. In a path a number
counts a list's items, and ``~`` is a key's dot.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from tests.k8s.manifests import Document, Documents, kept, of_kind

GONE: Final = object()
POD = "spec.template.spec"
BOX = f"{POD}.containers.0"
POLICY = "spec.policy.on_http_request"


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip in one overlay."""

    rule: str
    where: str
    """``Kind/name``, or a kind that is there once."""
    path: str
    value: Any
    overlay: str = "backpack"

    def __str__(self) -> str:
        """What pytest calls it."""
        what = "gone" if self.value is GONE else self.value
        return f"{self.rule}: {self.where} {self.path} = {str(what)[:40]}"

    def planted(self) -> Documents:
        """The overlay with the slip in it."""
        documents = deepcopy(kept(self.overlay))
        kind, _, name = self.where.partition("/")
        found = [each for each in of_kind(documents, kind) if not name or each["metadata"]["name"] == name]
        (document,) = found
        _put(document, self.path.split("."), self.value)
        return documents


def _put(document: Document, path: list[str], value: object) -> None:
    inner: Any = document
    for step in path[:-1]:
        inner = inner[int(step) if isinstance(inner, list) else step.replace("~", ".")]
    last: Any = path[-1].replace("~", ".")
    if isinstance(inner, list):
        last = int(last)
        inner.extend([None] * (last + 1 - len(inner)))
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value


FAULTS = (
    Fault(
        "the_namespace_enforces_restricted",
        "Namespace",
        "metadata.labels.pod-security~kubernetes~io/enforce",
        "baseline",
    ),
    Fault("the_namespace_enforces_restricted", "Namespace", "metadata.labels", GONE),
    Fault("the_pod_fits_restricted", "Deployment", f"{POD}.securityContext.runAsNonRoot", GONE),
    Fault("the_pod_fits_restricted", "Deployment", f"{POD}.securityContext.seccompProfile", GONE),
    Fault("the_pod_fits_restricted", "Deployment", f"{POD}.hostNetwork", True),
    Fault(
        "the_pod_fits_restricted",
        "Deployment",
        f"{POD}.volumes.0",
        {"name": "data", "hostPath": {"path": "/var"}},
    ),
    Fault("the_pod_fits_restricted", "Deployment", f"{BOX}.securityContext.allowPrivilegeEscalation", GONE),
    Fault("the_pod_fits_restricted", "Deployment", f"{BOX}.securityContext.capabilities.add", ["NET_ADMIN"]),
    Fault("the_pod_fits_restricted", "Deployment", f"{BOX}.securityContext.privileged", True),
    Fault("the_pod_fits_restricted", "Deployment", f"{BOX}.ports.0.hostPort", 80),
    Fault(
        "nothing_is_written_but_data_and_tmp",
        "Deployment",
        f"{BOX}.securityContext.readOnlyRootFilesystem",
        False,
    ),
    Fault("nothing_is_written_but_data_and_tmp", "Deployment", f"{POD}.securityContext.runAsUser", 0),
    Fault("nothing_is_written_but_data_and_tmp", "Deployment", f"{POD}.securityContext.fsGroup", GONE),
    Fault(
        "nothing_is_written_but_data_and_tmp",
        "Deployment",
        f"{POD}.securityContext.fsGroupChangePolicy",
        "Always",
    ),
    Fault("nothing_is_written_but_data_and_tmp", "Deployment", f"{POD}.volumes.1.emptyDir.medium", GONE),
    Fault(
        "nothing_is_written_but_data_and_tmp", "Deployment", f"{BOX}.volumeMounts.0.mountPath", "/app/data"
    ),
    Fault("the_cluster_s_doors_stay_shut", "Deployment", f"{POD}.automountServiceAccountToken", GONE),
    Fault("the_cluster_s_doors_stay_shut", "Deployment", f"{POD}.enableServiceLinks", True),
    Fault("images_are_pinned", "Deployment", f"{BOX}.image", "registry.example/petaflop:latest"),
    Fault("images_are_pinned", "Deployment", f"{BOX}.image", "registry.example:5000/petaflop"),
    Fault("images_are_pinned", "Deployment", f"{BOX}.image", "registry.example/petaflop:0.1.0@sha256:beef"),
    Fault("images_are_pinned", "Deployment", f"{BOX}.imagePullPolicy", "Always"),
    Fault("images_are_pinned", "Cluster", "spec.imageName", "ghcr.io/cloudnative-pg/postgresql", "scaled"),
    Fault("resources_are_bounded", "Deployment", f"{BOX}.resources.limits.memory", GONE),
    Fault("resources_are_bounded", "Deployment", f"{BOX}.resources.limits.cpu", "1"),
    Fault("resources_are_bounded", "Deployment", f"{BOX}.resources.requests", GONE),
    Fault("probes_ask_the_booth_alone", "Deployment", f"{BOX}.startupProbe", GONE),
    Fault("probes_ask_the_booth_alone", "Deployment", f"{BOX}.livenessProbe.httpGet.path", "/readyz"),
    Fault("probes_ask_the_booth_alone", "Deployment", f"{BOX}.readinessProbe.httpGet.port", "page"),
    Fault("probes_ask_the_booth_alone", "Deployment", f"{BOX}.ports.1.containerPort", 9091),
    Fault("a_slow_moment_kills_nobody", "Deployment", f"{BOX}.livenessProbe.failureThreshold", 1),
    Fault("a_slow_moment_kills_nobody", "Deployment", f"{BOX}.startupProbe.failureThreshold", 10),
    Fault("draining_fits_into_the_grace", "Deployment", f"{POD}.terminationGracePeriodSeconds", 5),
    Fault("draining_fits_into_the_grace", "Deployment", f"{POD}.terminationGracePeriodSeconds", 60),
    Fault(
        "draining_fits_into_the_grace", "Deployment", f"{BOX}.lifecycle.preStop.sleep.seconds", 9, "scaled"
    ),
    Fault("nothing_needs_a_shell", "Deployment", f"{BOX}.command", ["/bin/sh", "-c", "petaflop serve"]),
    Fault(
        "nothing_needs_a_shell",
        "Deployment",
        f"{BOX}.lifecycle",
        {"preStop": {"exec": {"command": ["sleep", "5"]}}},
    ),
    Fault("one_writer_or_one_database", "Deployment", "spec.replicas", 2),
    Fault("one_writer_or_one_database", "Deployment", "spec.strategy", {"type": "RollingUpdate"}),
    Fault("one_writer_or_one_database", "Deployment", "spec.replicas", 1, "scaled"),
    Fault(
        "one_writer_or_one_database", "Deployment", "spec.strategy.rollingUpdate.maxUnavailable", 1, "scaled"
    ),
    Fault("one_writer_or_one_database", "Deployment", f"{BOX}.lifecycle", GONE, "scaled"),
    Fault("one_writer_or_one_database", "Deployment", f"{POD}.topologySpreadConstraints", GONE, "scaled"),
    Fault("one_writer_or_one_database", "Cluster", "metadata.name", "database", "scaled"),
    Fault("one_writer_or_one_database", "PodDisruptionBudget", "kind", "ConfigMap", "scaled"),
    Fault("settings_are_understood", "ConfigMap", "data.PETAFLOP_COMFY_URL", "http://spark:8188"),
    Fault("settings_are_understood", "ConfigMap", "data.PETAFLOP_KEEP_PHOTOS", "60"),
    Fault("settings_are_understood", "ConfigMap", "data.COMFY", "http://spark:8188"),
    Fault("settings_are_understood", "Deployment", f"{BOX}.env.2.value", "8080"),
    Fault("no_secret_is_written_down", "ConfigMap", "data.PETAFLOP_TELEGRAM_TOKEN", "123:abc"),
    Fault("no_secret_is_written_down", "ConfigMap", "data.PETAFLOP_EVENT", f"1234567:{'a' * 35}"),
    Fault(
        "no_secret_is_written_down", "ConfigMap", "data.PETAFLOP_COMFY_URLS", "http://me:hunter2@spark:8188"
    ),
    Fault(
        "no_secret_is_written_down",
        "Deployment",
        f"{BOX}.env.4",
        {"name": "PETAFLOP_SECRET", "value": "hunter2"},
    ),
    Fault("no_secret_is_written_down", "ConfigMap", "kind", "Secret"),
    Fault("every_site_value_has_arrived", "AgentEndpoint", "spec.url", "PETAFLOP_PUBLIC_URL"),
    Fault(
        "every_site_value_has_arrived", "EndpointSlice", "endpoints.0.addresses.0", "SITE_SPARK", "everything"
    ),
    Fault("what_is_named_is_there", "ConfigMap", "metadata.name", "site"),
    Fault("what_is_named_is_there", "Deployment", f"{BOX}.envFrom.1.secretRef.optional", GONE),
    Fault("what_is_named_is_there", "PersistentVolumeClaim", "metadata.name", "data"),
    Fault("selectors_find_the_pod", "Service/petaflop", "spec.selector", GONE),
    Fault(
        "selectors_find_the_pod", "Service/petaflop", "spec.selector.app~kubernetes~io/part-of", "petaflop"
    ),
    Fault(
        "selectors_find_the_pod",
        "Deployment",
        "spec.template.metadata.labels.app~kubernetes~io/name",
        "booth",
    ),
    Fault("selectors_find_the_pod", "NetworkPolicy/petaflop", "spec.podSelector", {}),
    Fault(
        "selectors_find_the_pod",
        "PodDisruptionBudget",
        "spec.selector.matchLabels",
        {"app": "petaflop"},
        "scaled",
    ),
    Fault(
        "a_machine_outside_has_a_plain_service", "Service/spark", "spec.selector", {"a": "b"}, "everything"
    ),
    Fault(
        "a_machine_outside_has_a_plain_service", "Service/spark", "spec.type", "ExternalName", "everything"
    ),
    Fault("a_machine_outside_has_a_plain_service", "EndpointSlice", "ports.0.name", "http", "everything"),
    Fault(
        "a_machine_outside_has_a_plain_service",
        "EndpointSlice",
        "endpoints.1",
        {"addresses": ["192.168.8.21"]},
        "everything",
    ),
    Fault("pictures_outlive_a_slip", "PersistentVolume", "spec.persistentVolumeReclaimPolicy", "Delete"),
    Fault("pictures_outlive_a_slip", "StorageClass", "reclaimPolicy", GONE),
    Fault("pictures_outlive_a_slip", "PersistentVolumeClaim", "spec.storageClassName", "standard"),
    Fault("pictures_outlive_a_slip", "PersistentVolumeClaim", "spec.volumeName", GONE),
    Fault("everything_is_in_its_namespace", "AgentEndpoint", "metadata.namespace", GONE),
    Fault("everything_is_in_its_namespace", "Service/petaflop", "metadata.namespace", "default"),
    Fault(
        "the_ops_port_is_behind_no_service",
        "Service/petaflop",
        "spec.ports.1",
        {"port": 9090, "targetPort": "ops"},
    ),
    Fault(
        "a_node_port_keeps_the_phone_s_address",
        "Service/petaflop-local-network",
        "spec.externalTrafficPolicy",
        GONE,
    ),
    Fault("only_known_ways_lead_in", "NetworkPolicy/petaflop", "spec.ingress.0.from.0.podSelector", GONE),
    Fault("only_known_ways_lead_in", "NetworkPolicy/petaflop", "spec.ingress.0.ports", GONE),
    Fault("only_known_ways_lead_in", "NetworkPolicy/petaflop", "spec.ingress.0.from", []),
    Fault("only_known_ways_lead_in", "NetworkPolicy/petaflop", "spec.policyTypes.1", "Egress"),
    Fault(
        "only_known_ways_lead_in",
        "NetworkPolicy/petaflop-local-network",
        "spec.ingress.0.from.0.ipBlock.cidr",
        "0.0.0.0/0",
    ),
    Fault(
        "only_known_ways_lead_in",
        "NetworkPolicy/petaflop-monitoring",
        "spec.ingress.0.from.0",
        {},
        "everything",
    ),
    Fault("one_public_endpoint_is_the_public_url", "AgentEndpoint", "spec.url", "https://other.ngrok.app"),
    Fault(
        "one_public_endpoint_is_the_public_url", "AgentEndpoint", "spec.bindings.0", "public", "everything"
    ),
    Fault(
        "the_tunnel_ends_at_the_page",
        "AgentEndpoint",
        "spec.upstream.url",
        "http://petaflop.petaflop.svc.cluster.local:9090",
    ),
    Fault(
        "the_tunnel_ends_at_the_page",
        "AgentEndpoint",
        "spec.upstream.url",
        "http://petaflop.default.svc.cluster.local:80",
    ),
    Fault("the_tunnel_ends_at_the_page", "Service/petaflop", "spec.ports.0.targetPort", "ops"),
    Fault("public_traffic_meets_the_policy", "AgentEndpoint", "spec.trafficPolicy", GONE),
    Fault(
        "public_traffic_meets_the_policy", "CloudEndpoint", "spec.trafficPolicyName", "petaflop", "everything"
    ),
    Fault("public_traffic_meets_the_policy", "NgrokTrafficPolicy", "metadata.name", "other", "scaled"),
    Fault(
        "the_policy_fits_the_free_plan",
        "NgrokTrafficPolicy",
        f"{POLICY}.5",
        {"name": "sixth", "actions": []},
        "everything",
    ),
    Fault("the_policy_fits_the_free_plan", "NgrokTrafficPolicy", f"{POLICY}.0.name", GONE),
    Fault("telegram_s_path_is_telegram_s", "NgrokTrafficPolicy", f"{POLICY}.0.expressions.1", GONE),
    Fault(
        "telegram_s_path_is_telegram_s", "NgrokTrafficPolicy", f"{POLICY}.0.actions.0.config.status_code", 200
    ),
    Fault(
        "the_wall_is_not_let_out",
        "NgrokTrafficPolicy",
        f"{POLICY}.1.expressions.0",
        "req.url.path == '/display'",
    ),
    Fault("large_bodies_end_before_the_uplink", "NgrokTrafficPolicy", f"{POLICY}.2", GONE),
    Fault(
        "large_bodies_end_before_the_uplink",
        "NgrokTrafficPolicy",
        f"{POLICY}.2.expressions.1",
        "req.content_length > 1048576",
    ),
    Fault("chats_are_never_slowed_down", "NgrokTrafficPolicy", f"{POLICY}.3.expressions.1", GONE),
    Fault("chats_are_never_slowed_down", "NgrokTrafficPolicy", f"{POLICY}.3.actions.0.config.capacity", 120),
    Fault("chats_are_never_slowed_down", "NgrokTrafficPolicy", f"{POLICY}.3", GONE),
    Fault(
        "a_sleeping_backpack_says_so",
        "NgrokTrafficPolicy",
        f"{POLICY}.4.actions.1.config.status_code",
        200,
        "everything",
    ),
    Fault(
        "a_sleeping_backpack_says_so",
        "NgrokTrafficPolicy",
        f"{POLICY}.4.actions.0.config.on_error",
        GONE,
        "everything",
    ),
    Fault("a_sleeping_backpack_says_so", "NgrokTrafficPolicy", f"{POLICY}.4", GONE, "everything"),
    Fault("a_sleeping_backpack_says_so", "AgentEndpoint", "spec.url", "https://other.internal", "everything"),
)

MALFORMED = (
    Fault("schema", "Deployment", f"{BOX}.imagePullPolice", "IfNotPresent"),
    Fault("schema", "Deployment", "spec.replicas", "one"),
    Fault("schema", "Service/petaflop", "spec.ports.0.port", GONE),
    Fault("schema", "NetworkPolicy/petaflop", "spec.selector", {}),
    Fault("schema", "AgentEndpoint", "spec.upstreamUrl", "http://petaflop"),
    Fault("schema", "AgentEndpoint", "spec.bindings", "public"),
    Fault("schema", "AgentEndpoint", "spec.trafficPolicy", {"targetRef": {"name": "petaflop"}, "inline": {}}),
    Fault("schema", "CloudEndpoint", "spec.bindings.0", "internal", "everything"),
    Fault("schema", "NgrokTrafficPolicy", f"{POLICY}.0.actions.0.type", "verify-webhook"),
    Fault("schema", "NgrokTrafficPolicy", f"{POLICY}.3.actions.0.config.rate", 60),
    Fault("schema", "NgrokTrafficPolicy", f"{POLICY}.4.actions.0.config.on_error", "ignore", "everything"),
    Fault("schema", "Cluster", "spec.storage", "20Gi", "scaled"),
    Fault("schema", "Cluster", "spec.instances", GONE, "scaled"),
    Fault("schema", "Cluster", "spec.postgresql.synchronous.dataDurability", "always", "scaled"),
)
