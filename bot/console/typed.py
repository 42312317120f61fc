"""What is typed after a command about a style, as the key that it stands for."""

import re
from dataclasses import dataclass

from bot.console import data
from bot.console.duties import Duties, Step, Typed
from bot.console.exhibition import Exhibition
from bot.console.moments import split_moments
from bot.console.rack import Rack
from bot.console.which import found, leading
from bot.office.slips import NoSuchStyle
from bot.replies import Seat

_LIST = Step(data.to("styles", 0))
_VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class StyleCommands:
    """Reads commands about styles; without a style each of them leads to the list."""

    rack: Rack
    exhibition: Exhibition

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            typed={
                "managestyles": self._on("s"),
                "hide": self.hide,
                "showstyle": self._on("show"),
                "rollback": self._version_of("back"),
                "editstyle": self._version_of("edit"),
                "reorder": self.reorder,
                "schedule": self.schedule,
            }
        )

    async def hide(self, seat: Seat, rest: str) -> Step:
        """``/hide STYLE``; with a picture's number, or in answer to a picture, that one is taken down."""
        number = await self.exhibition.meant(seat, rest)
        return await self._on("hide")(seat, rest) if number is None else Step(data.to("take", number))

    async def reorder(self, _seat: Seat, rest: str) -> Step:
        """``/reorder STYLE…``."""
        return Step("order", {"styles": rest}) if rest.strip() else _LIST

    async def schedule(self, seat: Seat, rest: str) -> Step:
        """``/schedule STYLE [FROM] [TO]``; with the style alone it asks for the moments."""
        if not rest.strip():
            return _LIST
        words = rest.split()
        report, count = leading(await self.rack.reports(seat), words)
        if not words[count:]:
            return Step(data.opening("plan", report.style))
        since, until = split_moments(" ".join(words[count:]))
        return Step(data.to("plan", report.style), {"since": since, "until": until})

    def _on(self, verb: str) -> Typed:
        async def step(seat: Seat, rest: str) -> Step:
            return Step(data.to(verb, await self._style(seat, rest))) if rest.strip() else _LIST

        return step

    def _version_of(self, verb: str) -> Typed:
        async def step(seat: Seat, rest: str) -> Step:
            if not rest.strip():
                return _LIST
            try:
                return Step(data.to(verb, await self._style(seat, rest)))
            except NoSuchStyle:
                name, _, version = rest.strip().rpartition(" ")
                if not _VERSION.fullmatch(version):
                    raise
                return Step(data.to(verb, await self._style(seat, name), int(version)))

        return step

    async def _style(self, seat: Seat, name: str) -> str:
        return found(await self.rack.reports(seat), name).style
