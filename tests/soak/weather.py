"""What goes wrong in between: the uplink drops, ComfyUI restarts, sockets break; one after the other."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.discord import Discord
from tests.fakes.telegram import Telegram

AWAY_S = 10.0
FALL_S = 5.0


@dataclass(slots=True)
class Weather:
    """All that is outside of the program."""

    telegram: Telegram
    discord: Discord
    comfy: FakeComfyUI
    faults: int = 0

    async def run(self, every_s: float) -> None:
        """One fault after the other, until cancelled."""
        faults: list[Callable[[], Awaitable[None]]] = [
            self._uplink_drops,
            self._comfyui_restarts,
            self._telegram_is_away,
            self._sockets_break,
            self._discord_is_away,
            self._answers_get_lost,
        ]
        for fault in itertools.cycle(faults):
            await asyncio.sleep(every_s)
            await fault()
            self.faults += 1

    async def _uplink_drops(self) -> None:
        with self.telegram.away(), self.discord.away():
            await asyncio.sleep(AWAY_S)

    async def _telegram_is_away(self) -> None:
        with self.telegram.away():
            await asyncio.sleep(AWAY_S)

    async def _discord_is_away(self) -> None:
        with self.discord.away():
            await asyncio.sleep(AWAY_S)

    async def _comfyui_restarts(self) -> None:
        await asyncio.to_thread(self.comfy.restart, FALL_S)

    async def _sockets_break(self) -> None:
        await asyncio.to_thread(self.comfy.drop_sockets)
        self.discord.gateway.drop()

    async def _answers_get_lost(self) -> None:
        self.telegram.fault("editMessageMedia", "reset after", times=2)
        self.telegram.fault("sendPhoto", "server error", times=2)
