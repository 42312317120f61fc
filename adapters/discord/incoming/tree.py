"""The commands and menus that Discord shows of us. Each is translated and handed to the reception."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from adapters.discord.buttons import Deferral
from adapters.discord.incoming import translate
from adapters.discord.incoming.matching import Menu, best
from adapters.discord.incoming.reception import Reception
from adapters.discord.incoming.translate import Client, Interaction
from adapters.discord.where import chat_key
from bot.underway.worker import described
from bot.words import DEFAULT_LANGUAGE, Words

PLAIN = {
    "styles": Deferral.MESSAGE,
    "collage": Deferral.MESSAGE,
    "mine": Deferral.EPHEMERAL,
    "frame": Deferral.EPHEMERAL,
    "cancel": Deferral.EPHEMERAL,
    "forget": Deferral.EPHEMERAL,
    "privacy": Deferral.EPHEMERAL,
    "help": Deferral.EPHEMERAL,
}
"""Commands without a photo: whether everybody in the channel sees the answer."""

log = logging.getLogger(__name__)

Slash = app_commands.Command[Any, ..., None]
Callback = Callable[..., Coroutine[Any, Any, None]]


class Commands(app_commands.CommandTree[Client]):
    """All of them; they work in servers, direct messages and, as a guest's own install, anywhere."""

    def __init__(self, client: Client, reception: Reception, menu: Menu, words: Words) -> None:
        """Make them for one client."""
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._reception = reception
        self._menu = menu
        self._words = words
        self.add_command(self._stylize())
        for name, deferral in PLAIN.items():
            self.add_command(self._plain(name, deferral))
        self.add_command(self._groupstyle())
        self.add_command(self._on_message())
        self.add_command(self._on_user())

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """A command that isn't there any more, or one that Discord shows in an older shape."""
        if not isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            log.error("a command: %s", described(error.__cause__ or error))
            return
        language = self._words.negotiate([interaction.locale.value])
        words = self._words.say(language, "discord-command-outdated")
        await self._reception.answer(
            interaction, lambda: interaction.response.send_message(words, ephemeral=True)
        )

    # -- one by one -------------------------------------------------------------------------------------

    def _stylize(self) -> Slash:
        reception, say = self._reception, self._text

        @app_commands.rename(photo=say("option-photo"), style=say("option-style"))
        @app_commands.describe(photo=say("about-photo"), style=say("about-style"))
        @app_commands.autocomplete(style=self._suggest)
        async def stylize(
            interaction: Interaction, photo: discord.Attachment, style: str | None = None
        ) -> None:
            await reception.take(interaction, lambda: translate.stylize(interaction, photo, style or ""))

        return self._command("stylize", stylize)

    def _plain(self, name: str, deferral: Deferral) -> Slash:
        reception = self._reception

        async def plain(interaction: Interaction) -> None:
            await reception.take(interaction, lambda: translate.command(interaction, name, deferral))

        return self._command(name, plain)

    def _groupstyle(self) -> Slash:
        reception, name = self._reception, "groupstyle"

        @app_commands.rename(style=self._text("option-style"))
        @app_commands.describe(style=self._text("about-style-of-all"))
        @app_commands.autocomplete(style=self._suggest)
        async def groupstyle(interaction: Interaction, style: str | None = None) -> None:
            await reception.take(
                interaction, lambda: translate.command(interaction, name, Deferral.MESSAGE, style or "")
            )

        return self._command(name, groupstyle)

    def _on_message(self) -> app_commands.ContextMenu:
        reception = self._reception

        async def on_message(interaction: Interaction, message: discord.Message) -> None:
            await reception.take(interaction, lambda: translate.of_target(interaction, message))

        return app_commands.ContextMenu(name=self._text("menu-message"), callback=on_message)

    def _on_user(self) -> app_commands.ContextMenu:
        reception = self._reception

        async def on_user(interaction: Interaction, user: discord.User) -> None:
            await reception.take(interaction, lambda: translate.of_avatar(interaction, user))

        return app_commands.ContextMenu(name=self._text("menu-user"), callback=on_user)

    async def _suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        languages, channel = [interaction.locale.value], interaction.channel_id
        chat = None if channel is None else chat_key(channel)
        found = best(self._menu.choices(languages, chat), typed)
        choices = [app_commands.Choice(name=choice.label, value=choice.id) for choice in found]
        await self._reception.answer(interaction, lambda: interaction.response.autocomplete(choices))
        return choices

    # -- in words ---------------------------------------------------------------------------------------

    def _command(self, name: str, callback: Callback) -> Slash:
        return app_commands.Command(
            name=self._text(f"name-{name}"), description=self._text(f"about-{name}"), callback=callback
        )

    def _text(self, key: str) -> locale_str:
        """English, with the key by which it is translated."""
        key = f"discord-{key}"
        return locale_str(self._words.say(DEFAULT_LANGUAGE, key), key=key)


class Translator(app_commands.Translator):
    """Commands in every language of ours that Discord knows."""

    def __init__(self, words: Words) -> None:
        """Translate with these words."""
        self._words = words

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 # the library's signature
    ) -> str | None:
        """The text in this language; None where it is the English one."""
        key, language = string.extras.get("key"), locale.value.partition("-")[0]
        if key is None or language == DEFAULT_LANGUAGE or language not in self._words.languages:
            return None
        return self._words.say(language, key)
