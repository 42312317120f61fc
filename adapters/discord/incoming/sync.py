"""Telling Discord of our commands: once, and again only when they have changed."""

import hashlib
import json

from adapters.discord.incoming.client import DiscordClient
from adapters.discord.incoming.tree import Translator
from bot.store.meta import MetaStore
from bot.unbroken import unbroken
from bot.words import Words


async def sync(client: DiscordClient, meta: MetaStore, words: Words) -> bool:
    """Tell Discord what has changed since the last time; return whether anything had.

    Raises:
        discord.DiscordException, OSError: nothing was told.
    """
    key = f"discord-commands-{client.application_id}"
    digest = await _digest(client, words)
    if await meta.recall(key) == digest:
        return False
    await client.tree.sync()
    await unbroken(meta.remember(key, digest))
    return True


async def _digest(client: DiscordClient, words: Words) -> str:
    """Of all that Discord is told: names, descriptions and options in every language."""
    translator = Translator(words)
    told = [
        await command.get_translated_payload(client.tree, translator)
        for command in client.tree.get_commands()
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
