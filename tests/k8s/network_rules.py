"""What has to hold for the ways in: one public address, rules before it, and the ops port behind none."""

import re
from collections.abc import Iterator

from adapters.settings import Settings
from tests.k8s.manifests import Document, Documents, named, of_kind, site

FREE_PLAN_RULES = 5
FREE_PLAN_ENDPOINTS = 3
FIRST_VISIT_REQUESTS = 36  # docs/bench.md: the page and all that it names
RUSH_A_MINUTE = 60  # new guests from one address: a hall's Wi-Fi when a code is on the stage's screen
NOT_TELEGRAM = "!('org.telegram' in conn.client_ip.categories)"
AGENT = {
    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ngrok-operator"}},
    "podSelector": {"matchLabels": {"app.kubernetes.io/component": "agent"}},
}
PROMETHEUS = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}


def the_ops_port_is_behind_no_service(documents: Documents) -> Iterator[str]:
    """Whatever reaches a Service, a tunnel too, can't reach health and metrics."""
    for service in of_kind(documents, "Service"):
        for port in service["spec"]["ports"]:
            if {port.get("targetPort"), port["port"]} & {"ops", 9090}:
                yield service["metadata"]["name"]


def a_node_port_keeps_the_phone_s_address(documents: Documents) -> Iterator[str]:
    """Else every phone is the node, for the limit an address and for the NetworkPolicy."""
    for service in of_kind(documents, "Service"):
        if (
            service["spec"].get("type") == "NodePort"
            and service["spec"].get("externalTrafficPolicy") != "Local"
        ):
            yield service["metadata"]["name"]


def only_known_ways_lead_in(documents: Documents) -> Iterator[str]:
    """To the page: ngrok's agent, and the router's network where wanted; to the ops port: Prometheus."""
    policies = of_kind(documents, "NetworkPolicy")
    if not any(AGENT in rule["from"] for policy in policies for rule in policy["spec"].get("ingress", [])):
        yield "ngrok's agent is shut out"
    for policy in policies:
        if policy["spec"].get("policyTypes") != ["Ingress"]:
            yield "chats and ComfyUI have no fixed addresses: nothing may be shut out on the way out"
        for rule in policy["spec"].get("ingress", []):
            yield from _strange(documents, rule)


def _strange(documents: Documents, rule: Document) -> Iterator[str]:
    ports = [port["port"] for port in rule.get("ports", [])]
    for peer in rule.get("from", [{}]):
        local = peer == {"ipBlock": {"cidr": site(documents)["SITE_LAN"]}}
        if (peer == AGENT or local) and ports == ["page"]:
            continue
        if peer == PROMETHEUS and ports == ["ops"]:
            continue
        yield f"{peer} may reach {ports or 'everything'}"


def one_public_endpoint_is_the_public_url(documents: Documents) -> Iterator[str]:
    """The address on printed codes is the one that the tunnel holds."""
    ends = [*of_kind(documents, "AgentEndpoint"), *of_kind(documents, "CloudEndpoint")]
    public = [end["spec"]["url"] for end in ends if end["spec"].get("bindings") == ["public"]]
    if public != [site(documents)["PETAFLOP_PUBLIC_URL"]]:
        yield f"public: {public}"
    if len(ends) > FREE_PLAN_ENDPOINTS:
        yield "more endpoints than the free plan has"
    for end in ends:
        internal = end["spec"].get("bindings") == ["internal"]
        if internal != end["spec"]["url"].endswith(".internal"):
            yield f"{end['spec']['url']} is bound wrongly"


def the_tunnel_ends_at_the_page(documents: Documents) -> Iterator[str]:
    """The agent's upstream is the Service with the page's port, and nothing else."""
    for end in of_kind(documents, "AgentEndpoint"):
        parts = re.fullmatch(
            r"http://(?P<name>[\w-]+)\.(?P<space>[\w-]+)\.svc\.cluster\.local:(?P<port>\d+)",
            end["spec"]["upstream"]["url"],
        )
        services = of_kind(documents, "Service")
        open_ones = {
            (each["metadata"]["name"], each["metadata"]["namespace"], str(port["port"])): port["targetPort"]
            for each in services
            for port in each["spec"]["ports"]
        }
        if parts is None or open_ones.get((parts["name"], parts["space"], parts["port"])) != "page":
            yield end["spec"]["upstream"]["url"]


def public_traffic_meets_the_policy(documents: Documents) -> Iterator[str]:
    """By reference; the older field is deprecated."""
    policies = {each["metadata"]["name"] for each in of_kind(documents, "NgrokTrafficPolicy")}
    for end in [*of_kind(documents, "AgentEndpoint"), *of_kind(documents, "CloudEndpoint")]:
        spec = end["spec"]
        if "trafficPolicyName" in spec:
            yield "a deprecated field"
        if (
            spec["bindings"] == ["public"]
            and spec.get("trafficPolicy", {}).get("targetRef", {}).get("name") not in policies
        ):
            yield f"{spec['url']} has no policy"


def the_policy_fits_the_free_plan(documents: Documents) -> Iterator[str]:
    """Five rules, each with a name that its log shows."""
    rules = _rules(documents)
    if not 1 <= len(rules) <= FREE_PLAN_RULES:
        yield f"{len(rules)} rules"
    if len({rule.get("name") for rule in rules} - {None}) != len(rules):
        yield "rules without a name of their own"


def telegram_s_path_is_telegram_s(documents: Documents) -> Iterator[str]:
    """Strangers are turned away before the uplink."""
    wanted = {"req.url.path.startsWith('/telegram/')", NOT_TELEGRAM}
    if not any(
        set(rule.get("expressions", [])) == wanted and _denies(rule, 403) for rule in _rules(documents)
    ):
        yield "anybody may post to the webhook"


def the_wall_is_not_let_out(documents: Documents) -> Iterator[str]:
    """Beside the program's own rule about its public host."""
    wanted = ["req.url.path == '/display' || req.url.path.startsWith('/display/')"]
    if not any(rule.get("expressions") == wanted and _denies(rule, 404) for rule in _rules(documents)):
        yield "the wall is public"


def large_bodies_end_before_the_uplink(documents: Documents) -> Iterator[str]:
    """Larger than the largest photo with its form, and not much larger."""
    largest: int = Settings.model_fields["max_upload"].default
    for rule in _rules(documents):
        for expression in rule.get("expressions", []):
            parts = re.fullmatch(r"req\.content_length > (\d+)", expression)
            if parts and _denies(rule, 413) and largest + 2**20 <= int(parts[1]) <= 2 * largest:
                return
    yield "no limit, or one that refuses good photos"


def chats_are_never_slowed_down(documents: Documents) -> Iterator[str]:
    """A 429 makes a chat deliver late, or give up; the limit of all others is large enough for a hall."""
    limits = [rule for rule in _rules(documents) if rule["actions"][0]["type"] == "rate-limit"]
    if len(limits) != 1:
        yield f"{len(limits)} rate limits"
    for rule in limits:
        config = rule["actions"][0]["config"]
        for path in ("/telegram/", "/discord/"):
            if f"!req.url.path.startsWith('{path}')" not in rule.get("expressions", []):
                yield f"{path} is slowed down"
        if config["bucket_key"] != ["conn.client_ip"] or config["rate"] != "60s":
            yield "not requests a minute an address"
        if config["capacity"] < FIRST_VISIT_REQUESTS * RUSH_A_MINUTE:
            yield "too few for a hall behind one address"


def a_sleeping_backpack_says_so(documents: Documents) -> Iterator[str]:
    """With 5xx, so that Telegram delivers again; and only where there is a cloud endpoint."""
    inside = [each["spec"]["url"] for each in of_kind(documents, "AgentEndpoint")]
    last = _rules(documents)[-1]["actions"]
    forwards = [action["type"] for action in last] == ["forward-internal", "custom-response"]
    if forwards != bool(of_kind(documents, "CloudEndpoint")):
        yield "cloud endpoint and forwarding belong together"
    if forwards:
        first, second = last[0]["config"], last[1]["config"]
        if [first["url"]] != inside or first.get("on_error") != "continue":
            yield "it is not forwarded to the agent, or ends with ngrok's page"
        if second["status_code"] != 503:
            yield "Telegram takes it for delivered"


def _denies(rule: Document, status: int) -> bool:
    actions: list[Document] = rule["actions"]
    return actions == [{"type": "deny", "config": {"status_code": status}}]


def _rules(documents: Documents) -> list[Document]:
    rules: list[Document] = named(documents, "NgrokTrafficPolicy", "petaflop")["spec"]["policy"][
        "on_http_request"
    ]
    return rules


RULES = (
    the_ops_port_is_behind_no_service,
    a_node_port_keeps_the_phone_s_address,
    only_known_ways_lead_in,
    one_public_endpoint_is_the_public_url,
    the_tunnel_ends_at_the_page,
    public_traffic_meets_the_policy,
    the_policy_fits_the_free_plan,
    telegram_s_path_is_telegram_s,
    the_wall_is_not_let_out,
    large_bodies_end_before_the_uplink,
    chats_are_never_slowed_down,
    a_sleeping_backpack_says_so,
)
