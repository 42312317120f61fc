"""Registering with Telegram: who we are, how updates come, what is shown of us. Repeated until it is done."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram import Bot

from adapters.telegram.api.calls import Calls
from adapters.telegram.api.errors import Refused, TokenRefused
from adapters.telegram.identity import Identity, Me
from adapters.telegram.incoming.wanted import Wanted
from adapters.telegram.showing.profile import Profile
from bot.errors import DeliveryError

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 15.0
FOLLOW_S = 5.0  # a feed has come or gone, perhaps by another replica
MAX_CONNECTIONS = 40  # Telegram's default; an update is written down in milliseconds

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram posts updates; ``secret`` is shown by Telegram."""

    url: str
    secret: str = field(repr=False)


class Registration:
    """Makes ourselves known. ``hook`` is None where updates are asked for by long polling."""

    def __init__(
        self,
        bot: Bot,
        calls: Calls,
        identity: Identity,
        profile: Profile,
        wanted: Wanted,
        hook: Hook | None,
    ) -> None:
        """Register this bot."""
        self._bot = bot
        self._calls = calls
        self._identity = identity
        self._profile = profile
        self._wanted = wanted
        self._told: tuple[str, ...] = ()
        self._hook = hook

    async def run(self, registered: Callable[[], None]) -> None:
        """Register, however long that takes; ``registered`` is called once updates can come.

        Raises:
            TokenRefused: nothing of it will ever work.
        """
        await persisted(self.introduce, "Telegram is out of reach")
        await persisted(self.route_updates, "Telegram's updates can't be set up")
        log.info("Telegram is there, updates come by %s", "webhook" if self._hook else "polling")
        registered()
        await persisted(self._profile.tell, "Telegram was not told of our commands")

    async def route_updates(self) -> None:
        """Let updates come the way that the settings say; the other way is closed, nothing is dropped.

        Raises:
            DeliveryError: again later.
        """
        if self._hook is None:
            await self._calls(None, self._bot.delete_webhook)
            return
        hook, wanted = self._hook, await self._wanted.now()
        await self._calls(
            None,
            lambda: self._bot.set_webhook(
                hook.url,
                allowed_updates=wanted,
                secret_token=hook.secret,
                max_connections=MAX_CONNECTIONS,
            ),
        )
        self._told = wanted

    async def follow(self) -> None:
        """Tell Telegram, for ever, when other updates are wanted; polls say so by themselves.

        Raises:
            TokenRefused: nothing of it will ever work.
        """
        while self._hook is not None:
            await asyncio.sleep(FOLLOW_S)
            if await self._wanted.now() != self._told:
                await persisted(self.route_updates, "Telegram's updates can't be set up")

    async def introduce(self) -> None:
        """Ask who we are.

        Raises:
            TokenRefused: nobody.
            DeliveryError: again later.
        """
        user = await self._calls(None, self._bot.get_me)
        self._calls.introduced = True
        self._identity.me = Me(user.id, user.username, inline=bool(user.supports_inline_queries))


async def persisted(step: Callable[[], Awaitable[None]], trouble: str) -> None:
    """Try until it is done; the pauses grow, and are as long as Telegram asks for.

    Raises:
        TokenRefused: no try can succeed.
    """
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            await step()
        except TokenRefused:
            raise
        except DeliveryError as error:
            wait_s = pause_s if error.retry_after_s is None else error.retry_after_s
            reason = error.reason.name.lower() if isinstance(error, Refused) else type(error).__name__
            log.warning("%s (%s), again in %.0f s", trouble, reason, wait_s)
            await asyncio.sleep(wait_s)
            pause_s = min(LONGEST_PAUSE_S, max(FIRST_PAUSE_S, 2 * wait_s))
        else:
            return
