"""Buttons and menus under messages of ours, whoever has sent them: all is in their ``custom_id``."""

import re
from collections.abc import Mapping
from typing import Any

import discord

from adapters.discord.buttons import PATTERN, deferral, unpacked
from adapters.discord.incoming import translate
from adapters.discord.incoming.forms import Forms
from adapters.discord.incoming.reception import Reception
from adapters.discord.incoming.translate import Interaction


def item_of(reception: Reception, forms: Forms) -> type[discord.ui.DynamicItem[discord.ui.Item[Any]]]:
    """The one kind of item that the library has to know."""

    class Pressable(discord.ui.DynamicItem[discord.ui.Item[Any]], template=PATTERN):
        """Any button or menu of ours."""

        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[Any],  # noqa: ARG003 # the library's signature
            item: discord.ui.Item[Any],
            match: re.Match[str],  # noqa: ARG003
            /,
        ) -> "Pressable":
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await press(reception, forms, interaction)

    return Pressable


async def press(reception: Reception, forms: Forms, interaction: Interaction) -> None:
    """Take a press; that of a button which means nothing to us is merely acknowledged."""
    data: Mapping[str, object] = dict(interaction.data or {})
    custom_id = str(data.get("custom_id", ""))
    if await forms.press(interaction, custom_id):
        return
    wish = unpacked(custom_id)
    if wish is None:
        await reception.answer(interaction, interaction.response.defer)
        return
    how = deferral(wish, interaction.user.id)
    await reception.take(interaction, lambda: translate.press(interaction, custom_id, how))
