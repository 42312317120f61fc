"""getUpdates and webhooks: the two ways to take updates, which exclude each other."""

import re
from urllib.parse import urlsplit

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.refusals import bad_request, conflict
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.webhook import Hook
from tests.fakes.telegram.world import World

SECRET = re.compile(r"[A-Za-z0-9_-]*")
MAX_SECRET = 256
MAX_TIMEOUT_S = 50
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PORTS = frozenset({None, 80, 88, 443, 8443})


async def get_updates(world: World, call: Call) -> list[JsonObject]:
    """Confirms, then waits up to ``timeout`` seconds for something to give."""
    if world.courier.hook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    world.inbox.ask_for(call.structure("allowed_updates", "allowed updates"))
    world.end_poll("other getUpdates request; make sure that only one bot instance is running")
    turn = world.poller = object()
    offset, limit = call.integer("offset") or 0, min(max(call.integer("limit") or 100, 1), 100)
    world.inbox.batch(offset, limit)
    try:
        await world.news.until(
            lambda: world.poller is not turn or world.inbox.pending or world.closing,
            min(max(call.integer("timeout") or 0, 0), MAX_TIMEOUT_S),
        )
    except TimeoutError:
        return []
    if world.poller is not turn:
        raise conflict(f"terminated by {world.poller_ended_by}")
    world.poller = None
    return [update.as_json for update in world.inbox.batch(0, limit)]


async def set_webhook(world: World, call: Call) -> bool:
    """Updates go to a URL from now on; an empty one is deleteWebhook."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return await delete_webhook(world, call)
    _check(url, secret)
    world.inbox.ask_for(call.structure("allowed_updates", "allowed updates"))
    if call.flag("drop_pending_updates"):
        world.inbox.drop()
    world.end_poll("setWebhook request")
    world.courier.turn_to(Hook(url, secret, min(max(call.integer("max_connections") or 40, 1), 100)))
    return True


def _check(url: str, secret: str) -> None:
    address = urlsplit(url)
    is_local = address.hostname in LOOPBACK  # a test's webhook has no certificate and any port
    if address.scheme != "https" and not (address.scheme == "http" and is_local):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if address.port not in PORTS and not is_local:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")


async def delete_webhook(world: World, call: Call) -> bool:
    """Back to getUpdates; what waits is kept unless it is to be dropped."""
    if call.flag("drop_pending_updates"):
        world.inbox.drop()
    world.courier.turn_to(Hook())
    return True


async def get_webhook_info(world: World, _: Call) -> JsonObject:
    """A ``WebhookInfo``."""
    hook = world.courier.hook
    info: JsonObject = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.inbox.pending),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
    if world.courier.last_error is not None:
        info["last_error_date"], info["last_error_message"] = world.courier.last_error
    if world.inbox.asked:
        info["allowed_updates"] = list(world.inbox.asked)
    return info


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
