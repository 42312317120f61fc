"""Rate limits: https://docs.discord.com/developers/topics/rate-limits.

A bucket's numbers are no part of the documentation; these are what bots commonly read in the headers.
"""

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.responses import HTMLResponse, JSONResponse, Response

VIA = {"Via": "1.1 google"}
INVALID = frozenset({401, 403, 429})


@dataclass(frozen=True, slots=True)
class Rule:
    """So many requests in so many seconds, in each channel or with each token."""

    requests: int
    seconds: float


BY_OPERATION: Mapping[str, Rule] = {
    "create message": Rule(5, 5.0),
    "edit message": Rule(5, 5.0),
    "delete message": Rule(5, 1.0),
    "add reaction": Rule(1, 0.25),
    "remove reaction": Rule(1, 0.25),
    "typing": Rule(5, 5.0),
    "follow up": Rule(5, 2.0),
    "edit original": Rule(5, 2.0),
    "edit follow-up": Rule(5, 2.0),
    "delete original": Rule(5, 2.0),
    "delete follow-up": Rule(5, 2.0),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What is enforced: each operation's rule, requests a second of the bot, invalid ones in ten minutes."""

    by_operation: Mapping[str, Rule] = field(default_factory=lambda: BY_OPERATION)
    everything: Rule = Rule(50, 1.0)
    invalid: Rule = Rule(10_000, 600.0)


@dataclass(slots=True)
class Window:
    """How much of a rule is used since it began."""

    rule: Rule
    began: float
    used: int = 0

    @property
    def left(self) -> int:
        """Requests that may still be made."""
        return max(0, self.rule.requests - self.used)

    def wait(self, now: float) -> float:
        """Seconds until it begins anew."""
        return max(0.0, self.began + self.rule.seconds - now)


@dataclass(slots=True)
class Brake:
    """Counts requests; without limits all of them pass."""

    limits: Limits | None = None
    clock: Callable[[], float] = time.monotonic
    _windows: dict[tuple[str, object], Window] = field(default_factory=dict)

    def refuse(self, operation: str, place: object, *, token_only: bool) -> Response | None:
        """The refusal of a request that is too much; else counts it.

        Args:
            operation: As the routes name it.
            place: The channel, or the interaction's token.
            token_only: An interaction's requests don't count against the bot's limit.
        """
        if self.limits is None:
            return None
        if self._window("invalid", None, self.limits.invalid).left == 0:
            return banned(60)
        whole = self._window("everything", None, self.limits.everything)
        rule = self.limits.by_operation.get(operation)
        own = self._window(operation, place, rule) if rule else None
        if not token_only and whole.left == 0:
            return limited(whole.wait(self.clock()), everywhere=True)
        if own is not None and own.left == 0:
            return limited(own.wait(self.clock()), headers=self.headers(operation, place))
        whole.used += not token_only
        if own is not None:
            own.used += 1
        return None

    def note(self, status: int) -> None:
        """Count an answer that Discord takes for invalid."""
        if self.limits is not None and status in INVALID:
            self._window("invalid", None, self.limits.invalid).used += 1

    def headers(self, operation: str, place: object) -> dict[str, str]:
        """What an answer says of its bucket."""
        rule = self.limits.by_operation.get(operation) if self.limits else None
        found = {"X-RateLimit-Bucket": f"{zlib.crc32(operation.encode()):08x}"}
        window = self._window(operation, place, rule or Rule(1000, 1.0))
        reset_after = window.wait(self.clock())
        return found | {
            "X-RateLimit-Limit": str(window.rule.requests),
            "X-RateLimit-Remaining": str(window.left),
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Reset": f"{time.time() + reset_after:.3f}",
        }

    def _window(self, name: str, place: object, rule: Rule) -> Window:
        window = self._windows.get((name, place))
        if window is None or window.rule != rule or window.wait(self.clock()) == 0:
            window = self._windows[name, place] = Window(rule, self.clock())
        return window


def limited(
    retry_after: float, *, everywhere: bool = False, headers: Mapping[str, str] | None = None
) -> Response:
    """Discord's 429."""
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
    merged = {
        **VIA,
        **(headers or {}),
        "Retry-After": str(max(1, round(retry_after))),
        "X-RateLimit-Scope": "global" if everywhere else "user",
        **({"X-RateLimit-Global": "true"} if everywhere else {}),
    }
    return JSONResponse(body, 429, merged)


def banned(retry_after: float) -> Response:
    """Cloudflare's 429, which has no ``Via``."""
    return HTMLResponse("error code: 1015", 429, {"Retry-After": str(max(1, round(retry_after)))})
