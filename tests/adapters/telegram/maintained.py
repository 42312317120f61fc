"""A booth with a maintainer on Telegram and a ComfyUI of its own, and the ways in which they talk."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.nouns import GuestKey
from comfy.remote import ComfyRenderer
from tests.adapters.telegram.opened import Opened, Setup, finished, is_finished, key, opened, selfie
from tests.comfy.support import QUICK, STYLES
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.telegram import Chat, Guest, Message, Telegram

LONG_S = 60.0
"""For what draws on a busy machine."""

CALM = replace(QUICK, connect_s=20.0, answer_s=20.0, meet_s=20.0, away_s=60.0)
PUBLISH = ("Publish", "Adjust", "Drop")


@dataclass(frozen=True, slots=True)
class Maintained:
    """What a story has in its hands."""

    booth: Opened
    comfy: ComfyRenderer
    fake: FakeComfyUI

    async def offered(self) -> list[str]:
        """What guests may choose."""
        return [style.id for style in await self.booth.booth.styles("en") if style.available]

    async def acts(self, actor: Guest) -> list[str]:
        """The audit list, the oldest first."""
        entries = await self.booth.booth.office.crew.audit(key(actor), 100)
        return [str(entry.deed.act) for entry in reversed(entries)]


@asynccontextmanager
async def maintained(
    telegram: Telegram, folder: Path, fake: FakeComfyUI, *crew: Guest, setup: Setup | None = None
) -> AsyncIterator[Maintained]:
    """Open it with these maintainers; opening it again on the same folder is a restart."""
    maintainers: tuple[GuestKey, ...] = tuple(key(guest) for guest in crew)
    setup = replace(setup or Setup(), maintainers=maintainers)
    comfy = ComfyRenderer([fake.url], STYLES, patience=CALM)
    async with comfy.running():
        async with asyncio.timeout(30):
            while not comfy.slots:  # noqa: ASYNC110 # the renderer tells nobody
                await asyncio.sleep(0.02)
        async with opened(telegram, folder, setup, comfy=comfy) as booth:
            yield Maintained(booth, comfy, fake)


async def answered(guest: Guest, *parts: str, chat: Chat | None = None) -> Message:
    """The newest message of the bot that says all of this."""

    def says(message: Message) -> bool:
        return all(part in message.words for part in parts)

    return await (chat or guest.chat).until_bot(says, LONG_S)


async def told(guest: Guest, text: str, *parts: str) -> Message:
    """Write something, and wait for the answer: it is a new message, or one that says so since."""
    before = {message.id for message in guest.chat.from_bot}
    await guest.send_text(text)

    def there(chat: Chat) -> Message | None:
        fresh = [message for message in chat.from_bot if message.id not in before]
        return next((one for one in reversed(fresh) if all(part in one.words for part in parts)), None)

    return await guest.chat.until(there, LONG_S)


async def pressed(guest: Guest, button: str, message: Message, *parts: str) -> Message:
    """Press a button, and wait for a message that says all of this."""
    query = await guest.press(button, message)
    await query.answered()
    return await answered(guest, *parts)


async def trial_card(guest: Guest, beside: Callable[[Message], bool] = lambda _: True) -> Message:
    """A trial's finished card."""

    def is_card(message: Message) -> bool:
        texts = [button.text for button in message.buttons]
        return bool(message.photo) and all(one in texts for one in PUBLISH) and beside(message)

    return await guest.chat.until_bot(is_card, LONG_S)


async def uses(guest: Guest, style: str) -> Message:
    """A guest sends a photo with a style's name below it, and gets the picture."""
    before = [message.id for message in guest.chat.from_bot if is_finished(message)]
    await guest.send_photo(selfie(90), caption=style)
    pictures = await finished(guest.chat, len(before) + 1, LONG_S)
    return next(one for one in pictures if one.id not in before)


async def sends(guest: Guest, document: object, name: str, caption: str = "") -> None:
    """Send a JSON file."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    await guest.send_document(content, name, caption, mime_type="application/json")
