"""The tailor: what a maintainer does to the styles that are there."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.console import data
from bot.console.duties import Arguments, Duties, Outcome
from bot.console.moments import OPEN, read_moments, told
from bot.console.rack import Rack
from bot.console.which import found, found_all
from bot.nouns import StyleId
from bot.office.wardrobe import Wardrobe
from bot.replies import Answers, Field, Form, Seat

_PLACES: Mapping[str, Callable[[int, int], int]] = {
    "first": lambda _place, _last: 1,
    "up": lambda place, _last: max(1, place - 1),
    "down": lambda place, last: min(last, place + 1),
    "last": lambda _place, last: last,
}
"""Where a style goes, by its present place and the last one."""


@dataclass(frozen=True, slots=True)
class Tailor:
    """Hands on what is done to styles."""

    rack: Rack

    def duties(self) -> Duties:
        """What is done here."""
        wardrobe = self._wardrobe
        return Duties(
            acts={
                "hide": self._plain("told-hidden", wardrobe.hide),
                "show": self._plain("told-shown", wardrobe.show),
                **{where: self._moved(where) for where in _PLACES},
                "back": self.roll_back,
            },
            forms={"plan": self.plan_form},
            takers={"plan": self.plan, "order": self.order},
        )

    async def roll_back(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Publish an earlier version again, by default the one before."""
        style = StyleId(data.text(arguments))
        wanted = data.number(arguments, 1) if len(arguments) > 1 else None
        number = await self._wardrobe.roll_back(seat.actor, style, wanted)
        return _told("told-back", style, version=str(number))

    async def plan_form(self, seat: Seat, arguments: Arguments) -> Form:
        """From when to when it is offered."""
        report = found(await self.rack.reports(seat), data.text(arguments))
        placing, say = report.placing, self.rack.speech.say
        hint = say(seat.language, "ask-moment-hint")
        fields = tuple(
            Field(name, say(seat.language, f"ask-{name}"), hint, value=_typed(at), required=False, limit=20)
            for name, at in (("since", placing.since), ("until", placing.until))
        )
        return Form(data.to("plan", report.style), say(seat.language, "form-plan"), fields)

    async def plan(self, seat: Seat, arguments: Arguments, answers: Answers) -> Outcome:
        """Offer it from one moment to another."""
        style, now = StyleId(data.text(arguments)), datetime.now().astimezone()
        since, until = read_moments(answers.get("since", OPEN), answers.get("until", OPEN), now)
        await self._wardrobe.schedule(seat.actor, style, since, until)
        return _told("told-planned", style)

    async def order(self, seat: Seat, _arguments: Arguments, answers: Answers) -> Outcome:
        """Put these first."""
        reports = found_all(await self.rack.reports(seat), answers.get("styles", ""))
        await self._wardrobe.reorder(seat.actor, [report.style for report in reports])
        return Outcome("told-ordered", data.to("styles", 0))

    # -- inside -----------------------------------------------------------------------------------------

    @property
    def _wardrobe(self) -> Wardrobe:
        return self.rack.office.wardrobe

    def _plain(
        self, said: str, deed: Callable[..., Awaitable[None]]
    ) -> Callable[[Seat, Arguments], Awaitable[Outcome]]:
        async def act(seat: Seat, arguments: Arguments) -> Outcome:
            style = StyleId(data.text(arguments))
            await deed(seat.actor, style)
            return _told(said, style)

        return act

    def _moved(self, where: str) -> Callable[[Seat, Arguments], Awaitable[Outcome]]:
        async def act(seat: Seat, arguments: Arguments) -> Outcome:
            reports = await self.rack.reports(seat)
            report = found(reports, data.text(arguments))
            place = _PLACES[where](reports.index(report) + 1, len(reports))
            await self._wardrobe.move(seat.actor, report.style, place)
            return _told("told-moved", report.style, place=str(place))

        return act


def _told(said: str, style: StyleId, **values: str) -> Outcome:
    return Outcome(said, data.to("s", style), {"style": style, **values})


def _typed(at: float | None) -> str:
    return OPEN if at is None else told(at)
