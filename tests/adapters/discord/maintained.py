"""A booth with maintainers on Discord and a ComfyUI of its own, and the ways in which they talk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from comfy.remote import ComfyRenderer
from tests.adapters.discord.opened import Opened, Setup, key, opened
from tests.comfy.support import QUICK, STYLES
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.discord import Channel, Discord, Member, Message

LONG_S = 60.0
"""For what draws on a busy machine."""

CALM = replace(QUICK, connect_s=20.0, answer_s=20.0, meet_s=20.0, away_s=60.0)


@dataclass(frozen=True, slots=True)
class Maintained:
    """What a story has in its hands."""

    booth: Opened
    fake: FakeComfyUI

    async def offered(self) -> list[str]:
        """What guests may choose."""
        return [style.id for style in await self.booth.booth.styles("en") if style.available]

    async def acts(self, actor: Member) -> list[str]:
        """The audit list, the oldest first."""
        entries = await self.booth.booth.office.crew.audit(key(actor), 100)
        return [str(entry.deed.act) for entry in reversed(entries)]


@asynccontextmanager
async def maintained(
    discord: Discord,
    folder: Path,
    fake: FakeComfyUI,
    *crew: Member,
    setup: Setup | None = None,
    url: sa.URL | None = None,
) -> AsyncIterator[Maintained]:
    """Open it with these maintainers; opening it again on the same folder is a restart."""
    setup = replace(setup or Setup(), maintainers=tuple(key(member) for member in crew))
    comfy = ComfyRenderer([fake.url], STYLES, patience=CALM)
    async with comfy.running():
        async with asyncio.timeout(30):
            while not comfy.slots:  # noqa: ASYNC110 # the renderer tells nobody
                await asyncio.sleep(0.02)
        async with opened(discord, folder, setup, comfy=comfy, url=url) as booth:
            yield Maintained(booth, fake)


async def answered(member: Member, channel: Channel, *parts: str) -> Message:
    """The newest message that this member sees and that says all of this."""

    def there(seen: Channel) -> Message | None:
        return next((one for one in reversed(seen.seen_by(member.user)) if _says(one, parts)), None)

    return await channel.until(there, LONG_S)


async def ordered(member: Member, channel: Channel, command: str, *parts: str, **options: Any) -> Message:
    """Give a slash command, and wait for an answer of its own that says all of this."""
    sent = await member.slash(command, channel, **options)
    return await sent.until(lambda message: not message.thinking and _says(message, parts), LONG_S)


async def pressed(member: Member, message: Message, button: str, *parts: str) -> Message:
    """Press a button, and wait for a message that says all of this."""
    await member.presses(message, button)
    return await answered(member, member.world.channels[message.channel], *parts)


async def trial_card(member: Member, channel: Channel, after: int = 0) -> Message:
    """A trial's finished card, which nobody else sees in a server; of those ``after`` a message."""

    def there(seen: Channel) -> Message | None:
        shown = reversed(seen.seen_by(member.user))
        return next((one for one in shown if _is_card(one) and one.id > after), None)

    return await channel.until(there, LONG_S)


def _is_card(message: Message) -> bool:
    return bool(message.pictures) and "Publish" in str(message.buttons)


def _says(message: Message, parts: tuple[str, ...]) -> bool:
    return message.author.bot and all(part in message.words for part in parts)
