"""The helm: pausing, limits, words to those who wait, letting the line run dry."""

from dataclasses import dataclass

from bot.console import data
from bot.console.duties import Arguments, Duties, Outcome, Step, always
from bot.console.speech import MENU, Speech, rows_of
from bot.office.hand import MOST_WORDS
from bot.office.office import Office
from bot.office.slips import WrongField
from bot.replies import Answers, Field, Form, Key, Reply, Seat

_LIMITS = (1, 2, 3, 5, 10)
_ANY, _OWN = "any", "own"
_TYPED = {_ANY: _ANY, "0": _ANY, _OWN: _OWN, "-": _OWN}


@dataclass(frozen=True, slots=True)
class Helm:
    """Steers the booth as a whole."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"limits": self.limits, "ask-drain": self.ask_drain, "ask-close": self.ask_close},
            acts={
                "pause": self.pause,
                "resume": self.resume,
                "limit": self.limit,
                "drain": self.drain,
                "close": self.close,
            },
            forms={"pausing": self.pause_form, "announce": self.announce_form},
            takers={"pausing": self.pause_with_words, "announce": self.announce},
            typed={
                "pause": self.typed_pause,
                "resume": always("resume"),
                "limit": self.typed_limit,
                "announce": self.typed_announce,
                "drain": always("drain"),
                "closeevent": always("ask-close"),
            },
        )

    # -- typed ------------------------------------------------------------------------------------------

    async def typed_pause(self, _seat: Seat, rest: str) -> Step:
        """``/pause [WORDS]``: at once, whether there are words or not."""
        return Step("pausing", {"words": rest}) if rest.strip() else Step("pause")

    async def typed_announce(self, _seat: Seat, rest: str) -> Step:
        """``/announce WORDS``."""
        return Step("announce", {"words": rest}) if rest.strip() else Step(data.opening("announce"))

    async def typed_limit(self, _seat: Seat, rest: str) -> Step:
        """``/limit [NUMBER]``."""
        plain = rest.strip().lower()
        return Step(data.to("limit", _TYPED.get(plain, plain))) if plain else Step("limits")

    # -- looking ----------------------------------------------------------------------------------------

    async def limits(self, seat: Seat, _arguments: Arguments) -> Reply:
        """How many unfinished pictures a guest may have."""
        present = (await self.office.hand.rules(seat.actor)).limit
        keys = [Key(str(number), data.to("limit", number)) for number in _LIMITS]
        others = [
            self.speech.key(seat.language, f"limit-{one}", data.to("limit", one)) for one in (_ANY, _OWN)
        ]
        words = self._say(seat, "view-limit", kind=_kind(present), number=present or 0)
        return Reply(words, (*rows_of(keys, 5), tuple(others), self.speech.way_back(seat.language)))

    async def ask_drain(self, seat: Seat, _arguments: Arguments) -> Reply:
        """Ask once more: a key beside others is pressed by mistake."""
        key = self.speech.key(seat.language, "drain-now", "drain")
        return Reply(self._say(seat, "view-drain"), ((key,), self.speech.way_back(seat.language)))

    async def ask_close(self, seat: Seat, _arguments: Arguments) -> Reply:
        """Say what will be gone, and ask."""
        number = await self.office.closer.shared(seat.actor)
        key = self.speech.key(seat.language, "close-now", "close")
        return Reply(
            self._say(seat, "view-close", number=number), ((key,), self.speech.way_back(seat.language))
        )

    async def pause_form(self, seat: Seat, _arguments: Arguments) -> Form:
        """What guests read meanwhile."""
        present = (await self.office.hand.rules(seat.actor)).words
        return Form("pausing", self._say(seat, "form-pause"), (self._words(seat, "pause", present),))

    async def announce_form(self, seat: Seat, _arguments: Arguments) -> Form:
        """What those who are waiting are told."""
        await self.office.crew.check(seat.actor)
        return Form("announce", self._say(seat, "form-announce"), (self._words(seat, "announce"),))

    # -- doing ------------------------------------------------------------------------------------------

    async def pause(self, seat: Seat, _arguments: Arguments) -> Outcome:
        """Take no photos."""
        await self.office.hand.pause(seat.actor)
        return Outcome("told-paused", MENU)

    async def pause_with_words(self, seat: Seat, _arguments: Arguments, answers: Answers) -> Outcome:
        """Take no photos, and say why."""
        await self.office.hand.pause(seat.actor, answers.get("words", ""))
        return Outcome("told-paused", MENU)

    async def resume(self, seat: Seat, _arguments: Arguments) -> Outcome:
        """Take photos again."""
        await self.office.hand.resume(seat.actor)
        return Outcome("told-resumed", MENU)

    async def limit(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Let a guest have so many."""
        typed = data.text(arguments)
        if typed not in (_ANY, _OWN) and not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
            raise WrongField(field="limit")
        number = {_ANY: 0, _OWN: None}.get(typed) if typed in (_ANY, _OWN) else int(typed)
        await self.office.hand.limit(seat.actor, number)
        return Outcome("told-limit", MENU, {"kind": _kind(number), "number": number or 0})

    async def announce(self, seat: Seat, _arguments: Arguments, answers: Answers) -> Outcome:
        """Tell those who are waiting."""
        number = await self.office.hand.announce(seat.actor, answers.get("words", ""))
        return Outcome("told-announced", MENU, {"number": number})

    async def drain(self, seat: Seat, _arguments: Arguments) -> Outcome:
        """Let the line run dry."""
        number = await self.office.hand.drain(seat.actor)
        return Outcome("told-draining", MENU, {"number": number})

    async def close(self, seat: Seat, _arguments: Arguments) -> Outcome:
        """Close the event."""
        await self.office.closer.order(seat.actor)
        return Outcome("told-closing", MENU)

    # -- inside -----------------------------------------------------------------------------------------

    def _words(self, seat: Seat, kind: str, value: str = "") -> Field:
        return Field(
            "words",
            self._say(seat, f"ask-{kind}"),
            self._say(seat, f"ask-{kind}-hint"),
            "long",
            value=value,
            required=kind == "announce",
            limit=MOST_WORDS,
        )

    def _say(self, seat: Seat, key: str, **values: str | float) -> str:
        return self.speech.say(seat.language, key, **values)


def _kind(limit: int | None) -> str:
    """Which sentence tells a limit."""
    if limit is None:
        return _OWN
    return "number" if limit else _ANY
