"""What Telegram shows of the bot: commands by scope and language, descriptions, the menu button."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
)

from adapters.telegram.api.calls import Calls, unless_refused
from adapters.telegram.showing.sheets import Memory
from bot.words import DEFAULT_LANGUAGE, Words

PRIVATE_COMMANDS = (
    "start",
    "styles",
    "mine",
    "quality",
    "frame",
    "cancel",
    "language",
    "privacy",
    "forget",
    "help",
)
GROUP_COMMANDS = ("style", "styles", "groupstyle", "collage", "cancel", "help")

Step = Callable[[], Awaitable[object]]


class Profile:
    """Told once; told again only when it has changed."""

    def __init__(self, bot: Bot, bot_id: int, calls: Calls, words: Words, memory: Memory) -> None:
        """Tell Telegram through this bot."""
        self._bot = bot
        self._key = f"telegram-profile-{bot_id}"
        self._calls = calls
        self._words = words
        self._memory = memory

    async def tell(self) -> None:
        """Tell what has changed since the last time.

        Raises:
            DeliveryError: not everything was told.
        """
        digest = self._digest()
        if await self._memory.recall(self._key) == digest:
            return
        for step in self._steps():
            await unless_refused(self._calls(None, step))
        await self._memory.remember(self._key, digest)

    def _digest(self) -> str:
        words = self._words
        told = {language: dict(words.section(language, "telegram-")) for language in words.languages}
        shown = json.dumps([told, PRIVATE_COMMANDS, GROUP_COMMANDS], sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()

    def _steps(self) -> Iterator[Step]:
        for language in self._words.languages:
            yield from self._in(language)
        yield lambda: self._bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    def _in(self, language: str) -> Iterator[Step]:
        """English is also what everybody reads whose language we don't speak."""
        code = None if language == DEFAULT_LANGUAGE else language
        scopes: list[tuple[tuple[str, ...], BotCommandScope]] = [
            (PRIVATE_COMMANDS, BotCommandScopeAllPrivateChats()),
            (GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
        ]
        for names, scope in scopes:
            yield self._commands(names, scope, language, code)
        say = self._words.say
        yield lambda: self._bot.set_my_description(say(language, "telegram-about"), code)
        yield lambda: self._bot.set_my_short_description(say(language, "telegram-about-short"), code)

    def _commands(
        self, names: tuple[str, ...], scope: BotCommandScope, language: str, code: str | None
    ) -> Step:
        commands = [BotCommand(name, self._words.say(language, f"telegram-command-{name}")) for name in names]
        return lambda: self._bot.set_my_commands(commands, scope, code)
