"""What is shown of a job on its way. Where previews are off, requests are counted: one status a choice.

That one status has to stay true for as long as the guest waits. So it names no place in the line and counts
no seconds down: it says when the picture is expected, and guests read that in their own time.
"""

import time
from collections import OrderedDict

from adapters.telegram.api.pad import MessageKey, Moment, Pad, Sheet, parts_of
from bot.cards import Card
from bot.nouns import JobId
from bot.states import JobState
from bot.words import Words

PRIVATE_GAP_S, GROUP_GAP_S = 1.5, 5.0  # between two statuses of one message
SOON_S = 60.0  # a clock's minutes say nothing about less
REMEMBERED = 4096


class Statuses:
    """Shows passing cards through one pad."""

    def __init__(self, pad: Pad, words: Words, *, previews: bool) -> None:
        """Show all of them with ``previews``, else one a choice."""
        self._pad = pad
        self._words = words
        self._previews = previews
        self._expected: OrderedDict[JobId, None] = OrderedDict()

    def expect(self, job: JobId) -> None:
        """The guest has just chosen a style: the next status is the one that is shown."""
        self._expected[job] = None
        if len(self._expected) > REMEMBERED:
            self._expected.popitem(last=False)

    def show(self, key: MessageKey, card: Card, sheet: Sheet, language: str) -> None:
        """Show a card that others will follow; ``sheet`` is how it is drawn."""
        if card.state is JobState.CHOOSING:  # the styles stay until one is chosen
            return
        chat, _ = parts_of(key)
        gap_s = GROUP_GAP_S if chat < 0 else PRIVATE_GAP_S
        if self._previews:
            self._pad.jot(key, sheet, gap_s)
        elif card.job in self._expected:
            del self._expected[card.job]
            self._pad.jot(key, self._lasting(card, sheet, language), gap_s)

    def _lasting(self, card: Card, sheet: Sheet, language: str) -> Sheet:
        if card.away:
            return Sheet(self._words.say(language, "telegram-once-away"), sheet.keyboard)
        if card.eta_s <= SOON_S:
            return Sheet(self._words.say(language, "telegram-once-soon"), sheet.keyboard)
        minutes = self._words.say(language, "telegram-in-minutes", minutes=round(card.eta_s / 60))
        words = self._words.say(language, "telegram-once-later", when=minutes)
        return Sheet(words, sheet.keyboard, moment=Moment(time.time() + card.eta_s, minutes))
