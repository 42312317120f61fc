"""People: who the maintainers are, what they did, and who isn't welcome."""

import re
from dataclasses import dataclass

from bot.console import data
from bot.console.duties import Arguments, Duties, Outcome, Step, Typed, always
from bot.console.moments import told
from bot.console.speech import Speech, page_of, rows_of, shortened, turning
from bot.nouns import GuestKey
from bot.office.crew import MOST_AUDIT
from bot.office.office import Office
from bot.office.slips import NoSuchGuest
from bot.replies import Answers, Field, Form, Key, Reply, Seat
from bot.store.audit import HOUSE, Entry

PAGE = 15  # people
AUDIT_PAGE = 12
_MENTION = re.compile(r"<@!?([0-9]{1,20})>|([0-9]{1,20})")
_GUEST = re.compile(r"[a-z]{2,16}:[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class People:
    """Shows people, and hands on what is done about them."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"crew": self.crew, "audit": self.audit, "bans": self.bans},
            acts={
                "hire": self.hire,
                "fire": self.fire,
                "ban": self.ban,
                "unban": self.unban,
                "pardon": self.pardon,
            },
            forms={"hiring": self.hiring},
            takers={"hiring": self.hired},
            typed={
                "maintainers": self.typed_crew,
                "audit": always(data.to("audit", 0)),
                "ban": self._about("ban"),
                "unban": self._about("unban"),
            },
        )

    async def typed_crew(self, seat: Seat, rest: str) -> Step:
        """``/maintainers [add|remove GUEST]``."""
        word, _, who = rest.strip().partition(" ")
        verbs = {"add": "hire", "remove": "fire"}
        if word.lower() not in verbs:
            return Step(data.to("crew", 0))
        return Step(data.to(verbs[word.lower()], meant(seat, who)))

    def _about(self, verb: str) -> Typed:
        async def step(seat: Seat, rest: str) -> Step:
            if not rest.strip() and seat.replied_to is None:
                return Step(data.to("bans", 0))
            return Step(data.to(verb, meant(seat, rest)))

        return step

    # -- looking ----------------------------------------------------------------------------------------

    async def crew(self, seat: Seat, arguments: Arguments) -> Reply:
        """All maintainers, with a key to remove each that isn't the owner's."""
        members = await self.office.crew.members(seat.actor)
        page, pages = page_of(data.number(arguments), PAGE, len(members))
        shown = members[page * PAGE : (page + 1) * PAGE]
        owners = self.speech.say(seat.language, "mark-owner")
        lines = [f"{one.guest} · {owners}" if one.by_owner else str(one.guest) for one in shown]
        keys = [
            Key(shortened(f"✕ {one.guest}", 30), data.to("fire", one.guest))
            for one in shown
            if not one.by_owner
        ]
        head = self.speech.say(seat.language, "view-crew", number=len(members))
        hire = self.speech.key(seat.language, "hire", data.opening("hiring"))
        last = (hire, *turning("crew", page, pages), *self.speech.way_back(seat.language))
        return Reply("\n".join([head, "", *lines]), (*rows_of(keys, 4), last))

    async def audit(self, seat: Seat, arguments: Arguments) -> Reply:
        """What was done, the newest first."""
        entries = await self.office.crew.audit(seat.actor, MOST_AUDIT)
        page, pages = page_of(data.number(arguments), AUDIT_PAGE, len(entries))
        shown = entries[page * AUDIT_PAGE : (page + 1) * AUDIT_PAGE]
        lines = [self._entry(seat, entry) for entry in shown]
        head = self.speech.say(seat.language, "view-audit")
        last = (*turning("audit", page, pages), *self.speech.way_back(seat.language))
        return Reply("\n".join([head, "", *lines]), (last,))

    async def bans(self, seat: Seat, arguments: Arguments) -> Reply:
        """Whose photos aren't taken."""
        banned = await self.office.hand.banned(seat.actor)
        page, pages = page_of(data.number(arguments), PAGE, len(banned))
        shown = banned[page * PAGE : (page + 1) * PAGE]
        keys = [Key(shortened(f"✓ {guest}", 30), data.to("pardon", data.short(guest))) for guest in shown]
        head = self.speech.say(seat.language, "view-bans", number=len(banned))
        last = (*turning("bans", page, pages), *self.speech.way_back(seat.language))
        return Reply("\n".join([head, "", *map(str, shown)]), (*rows_of(keys, 4), last))

    # -- doing ------------------------------------------------------------------------------------------

    async def hire(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Make somebody a maintainer."""
        guest = GuestKey(data.rest(arguments))
        new = await self.office.crew.add(seat.actor, guest)
        return Outcome("told-hired" if new else "told-hired-before", data.to("crew", 0), {"guest": guest})

    async def fire(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Make a maintainer a guest again."""
        guest = GuestKey(data.rest(arguments))
        await self.office.crew.remove(seat.actor, guest)
        return Outcome("told-fired", data.to("crew", 0), {"guest": guest})

    async def hiring(self, seat: Seat, _arguments: Arguments) -> Form:
        """Who is to be a maintainer."""
        await self.office.crew.check(seat.actor)
        say, language = self.speech.say, seat.language
        field = Field("guest", say(language, "ask-guest"), say(language, "ask-guest-hint"), limit=64)
        return Form("hiring", say(language, "form-hiring"), (field,))

    async def hired(self, seat: Seat, _arguments: Arguments, answers: Answers) -> Outcome:
        """Make the one who was named a maintainer."""
        return await self.hire(seat, [meant(seat, answers.get("guest", ""))])

    async def ban(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Take no more photos from somebody."""
        guest = GuestKey(data.rest(arguments))
        if not _GUEST.fullmatch(guest):
            raise NoSuchGuest
        new = await self.office.hand.ban(seat.actor, guest)
        return Outcome("told-banned" if new else "told-banned-before", data.to("bans", 0), {"guest": guest})

    async def unban(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Take somebody's photos again."""
        guest = GuestKey(data.rest(arguments))
        gone = await self.office.hand.unban(seat.actor, guest)
        said = "told-unbanned" if gone else "told-unbanned-before"
        return Outcome(said, data.to("bans", 0), {"guest": guest})

    async def pardon(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Take the photos of one of the list again."""
        wanted = data.text(arguments)
        banned = await self.office.hand.banned(seat.actor)
        guest = next((one for one in banned if data.short(one) == wanted), None)
        if guest is None:
            raise data.OldKey
        return await self.unban(seat, [guest])

    # -- words ------------------------------------------------------------------------------------------

    def _entry(self, seat: Seat, entry: Entry) -> str:
        house = self.speech.say(seat.language, "audit-house")
        who = house if entry.deed.who == HOUSE else entry.deed.who
        what = shortened(entry.deed.what or self.speech.say(seat.language, "audit-nothing"), 80)
        return (
            f"{told(entry.at)} · {who} {self.speech.say(seat.language, f'act-{entry.deed.act}', what=what)}"
        )


def meant(seat: Seat, typed: str) -> GuestKey:
    """Who is meant: a key, a number or mention on this platform, or whose message is answered.

    Raises:
        NoSuchGuest: nobody.
    """
    plain = typed.strip()
    if not plain and seat.replied_to is not None:
        return seat.replied_to
    if _GUEST.fullmatch(plain):
        return GuestKey(plain)
    if found := _MENTION.fullmatch(plain):
        platform = seat.actor.partition(":")[0]
        return GuestKey(f"{platform}:{found[1] or found[2]}")
    raise NoSuchGuest
