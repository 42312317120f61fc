"""The exhibition: what is shown to others, held back and taken down; feeds; and the wall itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.console import data
from bot.console.duties import Arguments, Duties, Outcome, Step, always
from bot.console.moments import told
from bot.console.speech import Speech, fitted, page_of, rows_of, turning
from bot.exhibits import ShareState, unlinked
from bot.office.curator import Hung
from bot.office.office import Office
from bot.office.slips import NameNotSeen, WrongField
from bot.replies import Key, Reply, Seat

PAGE = 8  # held pictures: two rows of four
IN_ROW = 4
_ON = {"on": "on", "an": "on", "ein": "on", "off": "off", "aus": "off"}
_PICTURE = "e"
_AFTER = "v"
"""Beside a key's number: what was done is told below the picture, and not above the list."""


@dataclass(frozen=True, slots=True)
class Exhibition:
    """Shows what is shared, and hands on what is done about it."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"held": self.held, _PICTURE: self.picture, "holding": self.holding, "wall": self.wall},
            acts={"hold": self.hold, "let": self.let_show, "take": self.take_down, "pin": self.new_pin},
            typed={
                "hold": self.typed_hold,
                "held": always(data.to("held", 0)),
                "letshow": self.typed_letshow,
                "wall": always("wall"),
            },
        )

    # -- typed ------------------------------------------------------------------------------------------

    async def typed_hold(self, _seat: Seat, rest: str) -> Step:
        """``/hold [on|off]``."""
        if not rest.strip():
            return Step("holding")
        wanted = _ON.get(rest.strip().casefold())
        if wanted is None:
            raise WrongField(field="hold")
        return Step(data.to("hold", wanted))

    async def typed_letshow(self, seat: Seat, rest: str) -> Step:
        """``/letshow NUMBER``, or in answer to its message."""
        number = await self.meant(seat, rest)
        return Step(data.to("held", 0)) if number is None else Step(data.to("let", number))

    async def meant(self, seat: Seat, rest: str) -> int | None:
        """The number of the picture that is meant; None where nothing says which.

        Raises:
            NoSuchShare: the answered message shows none that is shared.
        """
        typed = rest.strip().lstrip("#№").strip()
        if typed:
            return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None
        if seat.answered is None:
            return None
        return (await self.office.curator.of_message(seat.actor, seat.chat, seat.answered)).number

    # -- looking ----------------------------------------------------------------------------------------

    async def held(self, seat: Seat, arguments: Arguments) -> Reply:
        """What waits for a yes, the oldest first, each with the key to look at it; among others, how much."""
        held = await self.office.curator.held(seat.actor)
        head = self.speech.say(seat.language, "view-held", number=len(held))
        if not seat.private:
            alone = self.speech.say(seat.language, "view-held-in-private")
            return Reply(f"{head}\n{alone}", (self.speech.way_back(seat.language, ("holding", "holding")),))
        page, pages = page_of(data.number(arguments), PAGE, len(held))
        curator, here = self.office.curator, held[page * PAGE : (page + 1) * PAGE]
        shown = [curator.hung(share, seat.language) for share in here]
        keys = [Key(f"№ {one.share.number}", data.to(_PICTURE, one.share.number)) for one in shown]
        lines = [head, *([""] if shown else []), *(_line(one) for one in shown)]
        ways = self.speech.way_back(seat.language, ("holding", "holding"))
        return Reply(fitted("\n".join(lines)), (*rows_of(keys, IN_ROW), turning("held", page, pages) + ways))

    async def picture(self, seat: Seat, arguments: Arguments) -> Reply:
        """A shared picture, with keys to show it and to take it down; among others only what is shown."""
        hung = await self.office.curator.look(seat.actor, data.number(arguments), seat.language)
        if not (seat.private or hung.share.state is ShareState.SHOWN):
            hung = replace(hung, share=replace(hung.share, name=""), picture=None)
        state = self.speech.say(seat.language, f"share-{hung.share.state}")
        number, key, language = hung.share.number, self.speech.key, seat.language
        seen = [mark for mark in (hung.share.name_mark,) if mark]
        show = key(language, "let-show", data.to("let", number, *seen, _AFTER))
        hide = key(language, "take-down", data.to("take", number, _AFTER))
        keys = {
            ShareState.SHOWN: (hide,),
            ShareState.HELD: (show, hide),
            ShareState.HIDDEN: (show,),
        }[hung.share.state]
        ways = self.speech.way_back(language, ("held", data.to("held", 0)))
        words = f"{_line(hung)}\n{state}"
        if hung.picture is None:
            return Reply(words, (keys, ways))
        ref = hung.refs.get(seat.chat.partition(":")[0])
        return Reply(words, (keys, ways), hung.picture, shows=hung.share.job, picture_ref=ref)

    async def holding(self, seat: Seat, _arguments: Arguments) -> Reply:
        """Whether every share waits for a yes, with the key to the other way."""
        rules = await self.office.hand.rules(seat.actor)
        other = "off" if rules.hold else "on"
        key = self.speech.key(seat.language, f"hold-{other}", data.to("hold", other))
        words = self.speech.say(seat.language, "view-holding", state="on" if rules.hold else "off")
        return Reply(words, ((key,), self.speech.way_back(seat.language, ("held", data.to("held", 0)))))

    async def wall(self, seat: Seat, _arguments: Arguments) -> Reply:
        """Where the wall is on the local network, and its PIN; in private only."""
        say, language = self.speech.say, seat.language
        ways = self.speech.way_back(language, ("held", data.to("held", 0)), ("feeds", "feeds"))
        if not seat.private:
            await self.office.crew.check(seat.actor)
            return Reply(say(language, "view-wall-in-private"), (ways,))
        pin = await self.office.curator.pin(seat.actor)
        addresses = self.office.curator.walls()
        lines = [say(language, "view-wall", number=len(addresses)), *addresses]
        lines += ["", say(language, "view-wall-pin", pin=pin)]
        return Reply("\n".join(lines), ((self.speech.key(language, "new-pin", "pin"),), ways))

    # -- doing ------------------------------------------------------------------------------------------

    async def hold(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Look at every share first, or at none any more."""
        wanted = data.text(arguments)
        if wanted not in ("on", "off"):
            raise data.OldKey
        await self.office.curator.hold(seat.actor, on=wanted == "on")
        return Outcome("told-hold", "holding", {"state": wanted})

    async def let_show(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Show a picture that was held or taken down."""
        number = data.number(arguments)
        share = await self.office.curator.numbered(seat.actor, number)
        seen = next((mark for mark in arguments[1:] if mark != _AFTER), "")
        try:
            await self.office.curator.let_show(seat.actor, share.id, seen)
        except NameNotSeen:
            return Outcome("told-name-not-seen", data.to(_PICTURE, number), {"number": str(number)})
        return Outcome("told-let-show", _after(arguments), {"number": str(number)})

    async def take_down(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Take a picture off the wall and out of all feeds."""
        number = data.number(arguments)
        share = await self.office.curator.numbered(seat.actor, number)
        await self.office.curator.hide(seat.actor, share.id)
        return Outcome("told-taken-down", _after(arguments), {"number": str(number)})

    async def new_pin(self, seat: Seat, _arguments: Arguments) -> Outcome:
        """A new PIN in place of the one before."""
        await self.office.curator.new_pin(seat.actor)
        return Outcome("told-new-pin", "wall")


def _after(arguments: Sequence[str]) -> str:
    """What is shown below what was done: the picture where one was looked at, else the list."""
    return data.to(_PICTURE, arguments[0]) if _AFTER in arguments[1:] else data.to("held", 0)


def _line(hung: Hung) -> str:
    named = f" · {unlinked(hung.share.name)}" if hung.share.name else ""
    return f"№ {hung.share.number} · {hung.emoji} {hung.style}{named} · {told(hung.share.at)}"
