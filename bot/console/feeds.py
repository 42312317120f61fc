"""Feeds at the console: the chats where shared pictures are posted."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console import data
from bot.console.duties import Arguments, Duties, Outcome, Step
from bot.console.speech import Speech, fitted, rows_of, shortened
from bot.office.curator import FeedReport
from bot.office.office import Office
from bot.office.slips import NoFeedHere, NoSuchFeed
from bot.replies import Key, Reply, Seat

IN_ROW, MOST = 5, 15  # keys
MOST_TITLE = 60  # characters
_HERE, _OFF = ("here", "hier"), ("off", "aus")


@dataclass(frozen=True, slots=True)
class Feeds:
    """Shows and changes them."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"feeds": self.feeds},
            acts={"feed": self.here, "nofeed": self.off},
            typed={"feed": self.typed},
        )

    async def typed(self, _seat: Seat, rest: str) -> Step:
        """``/feed [here|list|off NUMBER]``; without a word it is the list."""
        word, _, number = rest.strip().partition(" ")
        if word.casefold() in _HERE:
            return Step("feed")
        if word.casefold() not in _OFF:
            return Step("feeds")
        typed = number.strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 16):
            raise NoSuchFeed
        return Step(data.to("nofeed", int(typed)))

    async def feeds(self, seat: Seat, _arguments: Arguments) -> Reply:
        """All feeds, each with the key that ends it, and the one that makes this chat a feed."""
        reports = await self.office.curator.feed_reports(seat.actor)
        say, language = self.speech.say, seat.language
        lines = [say(language, "view-feeds", number=len(reports))]
        lines += [self._line(seat, report) for report in reports]
        lines += ["", say(language, "view-feeds-how")]
        keys = [Key(f"✕ {report.feed.id}", data.to("nofeed", report.feed.id)) for report in reports[:MOST]]
        here = () if self._is_one(seat, reports) else (self.speech.key(language, "feed-here", "feed"),)
        ways = (*here, *self.speech.way_back(language, ("held", data.to("held", 0))))
        return Reply(fitted("\n".join(lines)), (*rows_of(keys, IN_ROW), ways))

    async def here(self, seat: Seat, _arguments: Arguments) -> Outcome:
        """Post here what is shared from now on.

        Raises:
            NoFeedHere: nobody else reads this chat, or I am not in it.
        """
        if seat.feed is None:
            await self.office.crew.check(seat.actor)
            raise NoFeedHere
        chat, context = seat.feed.chat, seat.feed.context
        new = await self.office.curator.add_feed(seat.actor, chat, context, seat.language)
        return Outcome("told-feed" if new else "told-feed-before", "feeds")

    async def off(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Post nothing there any more."""
        number = data.number(arguments)
        await self.office.curator.remove_feed(seat.actor, number)
        return Outcome("told-no-feed", "feeds", {"number": str(number)})

    def _is_one(self, seat: Seat, reports: Sequence[FeedReport]) -> bool:
        """Whether there is nothing to be made a feed here."""
        if seat.feed is None:
            return True
        here = (seat.feed.chat, seat.feed.context)
        return any((report.feed.chat, report.feed.context) == here for report in reports)

    def _line(self, seat: Seat, report: FeedReport) -> str:
        feed, platform = report.feed, report.feed.chat.partition(":")[0].capitalize()
        named = f"{shortened(report.title, MOST_TITLE)} · {platform}" if report.title else feed.chat
        here = seat.feed is not None and (feed.chat, feed.context) == (seat.feed.chat, seat.feed.context)
        return (
            f"{feed.id}. {named} · {self.speech.say(seat.language, 'mark-this-chat')}"
            if here
            else (f"{feed.id}. {named}")
        )
