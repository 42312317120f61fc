"""The menu: from here every command is a few keys away."""

from dataclasses import dataclass

from bot.console import data
from bot.console.duties import Arguments, Duties, always
from bot.console.speech import MENU, Speech
from bot.office.office import Office
from bot.replies import Reply, Seat
from bot.store.house import Rules


@dataclass(frozen=True, slots=True)
class MenuRoom:
    """Leads to all other rooms."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(views={MENU: self.menu}, typed={"maintain": always(MENU)})

    async def menu(self, seat: Seat, _arguments: Arguments) -> Reply:
        """Everything there is, and whether the booth takes photos."""
        rules = await self.office.hand.rules(seat.actor)
        words = (("words", data.opening("pausing")),) if rules.paused else ()
        pausing = ("resume", "resume") if rules.paused or rules.closing else ("pause", "pause")
        places: tuple[tuple[tuple[str, str], ...], ...] = (
            (
                ("styles", "styles:0"),
                ("new-style", data.opening("new")),
                ("drafts", "drafts:0"),
                ("export", "export"),
                ("import", "import"),
            ),
            (("status", "status"), ("stats", "stats:today"), ("audit", "audit:0")),
            (pausing, *words, ("announce", data.opening("announce")), ("limit", "limits")),
            (("drain", "ask-drain"), ("bans", "bans:0"), ("maintainers", "crew:0")),
            (("invite", "invite"), ("held", "held:0"), ("feeds", "feeds"), ("wall", "wall")),
        )
        say = self.speech
        rows = tuple(tuple(say.key(seat.language, name, to) for name, to in row) for row in places)
        return Reply(say.say(seat.language, "view-menu", state=state_of(rules)), rows)


def state_of(rules: Rules) -> str:
    """Whether photos are taken, as one word for sentences."""
    if rules.closing:
        return "closing"
    return "paused" if rules.paused else "open"
