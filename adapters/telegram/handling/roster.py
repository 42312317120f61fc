"""The crew's own menus: the console's commands, shown in each maintainer's private chat and nowhere else."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from functools import partial

from pydantic import TypeAdapter, ValidationError
from telegram import Bot, BotCommand, BotCommandScopeChat

from adapters.telegram.api.calls import Calls, unless_refused
from adapters.telegram.api.errors import TokenRefused
from adapters.telegram.showing.profile import PRIVATE_COMMANDS
from adapters.telegram.showing.sheets import Memory
from adapters.telegram.where import PLATFORM
from bot.console.commands import COMMANDS
from bot.errors import ChatGone, DeliveryError
from bot.office.crew import Crew
from bot.store.trouble import STORE_TROUBLE
from bot.words import DEFAULT_LANGUAGE, Words

PERIOD_S = 60.0  # the crew may be changed on another platform or by another replica
MOST_DESCRIPTION = 256  # characters: Telegram's limit

_TOLD: TypeAdapter[dict[int, str]] = TypeAdapter(dict[int, str])

log = logging.getLogger(__name__)


class Roster:
    """Tells Telegram who sees the console's commands; again only where it has changed."""

    def __init__(self, bot: Bot, bot_id: int, calls: Calls, words: Words, memory: Memory, crew: Crew) -> None:
        """Tell it through this bot."""
        self._bot = bot
        self._key = f"telegram-crew-{bot_id}"
        self._calls = calls
        self._words = words
        self._memory = memory
        self._crew = crew
        self._due = asyncio.Event()

    def changed(self) -> None:
        """Somebody may have come or gone."""
        self._due.set()

    async def run(self) -> None:
        """Tell what has changed, for ever.

        Raises:
            TokenRefused: nothing of it will ever work.
        """
        while True:
            self._due.clear()
            try:
                await self.tell()
            except TokenRefused:
                raise
            except (DeliveryError, *STORE_TROUBLE) as error:
                log.info("a maintainer's menu is told later: %s", type(error).__name__)
            try:
                async with asyncio.timeout(PERIOD_S):
                    await self._due.wait()
            except TimeoutError:
                continue

    async def tell(self) -> None:
        """Tell what has changed since the last time.

        Raises:
            DeliveryError: not everything was told.
        """
        told = await self._told()
        wanted = await self._members()
        digest = self._digest()
        for user in [user for user in told if user not in wanted]:
            await self._remove(user)
            await self._remember(told := _without(told, user))
        for user in [user for user in wanted if told.get(user) != digest]:
            if await self._show(user):
                await self._remember(told := {**told, user: digest})

    # -- inside -----------------------------------------------------------------------------------------

    async def _members(self) -> Sequence[int]:
        keys = [maintainer.guest.partition(":") for maintainer in await self._crew.everybody()]
        return [int(number) for platform, _, number in keys if platform == PLATFORM]

    async def _show(self, user: int) -> bool:
        """Whether it was told; somebody who has never written to us has no chat yet."""
        try:
            for language in self._words.languages:
                await unless_refused(self._set(user, language))
        except ChatGone:
            return False
        return True

    async def _remove(self, user: int) -> None:
        scope = BotCommandScopeChat(user)
        try:
            for language in self._words.languages:
                call = partial(self._bot.delete_my_commands, scope, _code(language))
                await unless_refused(self._calls(None, call))
        except ChatGone:
            return

    async def _set(self, user: int, language: str) -> None:
        commands, scope = self._commands(language), BotCommandScopeChat(user)
        await self._calls(None, lambda: self._bot.set_my_commands(commands, scope, _code(language)))

    def _commands(self, language: str) -> Sequence[BotCommand]:
        say = self._words.say
        theirs = [BotCommand(name, say(language, f"telegram-command-{name}")) for name in PRIVATE_COMMANDS]
        crews = [
            BotCommand(command.name, say(language, f"console-{command.name}")[:MOST_DESCRIPTION])
            for command in COMMANDS
        ]
        return [*crews, *theirs]

    def _digest(self) -> str:
        shown = {
            language: [command.to_dict() for command in self._commands(language)]
            for language in self._words.languages
        }
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]

    async def _told(self) -> Mapping[int, str]:
        kept = await self._memory.recall(self._key)
        try:
            return {} if kept is None else _TOLD.validate_json(kept)
        except ValidationError:
            return {}

    async def _remember(self, told: Mapping[int, str]) -> None:
        await self._memory.remember(self._key, _TOLD.dump_json(dict(told)).decode())


def _code(language: str) -> str | None:
    """English is also what everybody reads whose language we don't speak."""
    return None if language == DEFAULT_LANGUAGE else language


def _without(told: Mapping[int, str], user: int) -> Mapping[int, str]:
    return {one: digest for one, digest in told.items() if one != user}
