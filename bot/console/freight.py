"""Freight: files that maintainers send or take along, workflows and sets of styles."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from bot.bench import Inspection
from bot.console import data
from bot.console.asking import Asking
from bot.console.duties import Arguments, Duties, Outcome, always
from bot.console.speech import Speech
from bot.definitions import MOST_NAME
from bot.office.office import Office
from bot.office.one_line import read_line
from bot.office.recipes import NewStyle
from bot.office.style_sets import MOST_BYTES
from bot.replies import Document, Reply, Seat
from bot.store.drafts import Draft

MOST_FILE = MOST_BYTES
"""Bytes of what a rim needs to fetch: a set holds many workflows."""
SET_MARK = b'"petaflop-styles"'
_MARK_WITHIN = 4096  # bytes from the start
_NAMELESS = re.compile(r"(untitled|unsaved)?\s*(workflow)?\s*(api)?\s*[()0-9 ]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Freight:
    """Takes files in, and hands them out."""

    office: Office
    speech: Speech
    asking: Asking

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"export": self.export, "import": self.how},
            typed={"export": always("export"), "import": always("import")},
        )

    async def export(self, seat: Seat, _arguments: Arguments) -> Reply:
        """All styles that maintainers have published, as a file."""
        exported = await self.office.sets.export(seat.actor)
        document = Document("petaflop-styles.json", "application/json", exported)
        words = self.speech.say(seat.language, "view-export")
        return Reply(words, (self.speech.way_back(seat.language),), document=document)

    async def how(self, seat: Seat, _arguments: Arguments) -> Reply:
        """How a file comes in."""
        await self.office.crew.check(seat.actor)
        words = self.speech.say(seat.language, "view-import")
        return Reply(words, (self.speech.way_back(seat.language),))

    async def take(self, seat: Seat, name: str, file: bytes, caption: str) -> Outcome:
        """A workflow, or a set: whichever it is. Without a caption it is for the draft that waits for one.

        Raises:
            UnknownDraft, NotPossibleNow: of the draft that has waited.
            UnusableWorkflow, UnusableSet: it can't be used, and why.
            StyleExists, WrongField, WrongLine: of the caption, or of the name where there is none.
        """
        if SET_MARK in file[:_MARK_WITHIN]:
            drafts = await self.office.sets.take_in(seat.actor, file, seat.language)
            return Outcome("told-imported", data.to("drafts", 0), {"number": len(drafts)})
        draft, found = await self._drafted(seat, name, file, caption.strip())
        values: dict[str, str | int | float] = {"style": draft.style, "number": found.nodes}
        return Outcome("told-workflow", data.to("d", draft.id), values)

    async def _drafted(self, seat: Seat, name: str, file: bytes, caption: str) -> tuple[Draft, Inspection]:
        atelier, waiting = self.office.atelier, await self.asking.expected_file(seat)
        if waiting is not None and not caption:
            given = await atelier.give_workflow(seat.actor, waiting, file)
            await self.asking.end(seat)
            return given
        wish = read_line(caption, seat.language) if caption else self._named(seat, name)
        return await atelier.by_workflow(seat.actor, file, wish)

    def _named(self, seat: Seat, name: str) -> NewStyle:
        """A file that its author has named gives the style its name."""
        stem = re.sub(r"[\W_]+", " ", PurePath(name).stem).strip()[:MOST_NAME].strip()
        if _NAMELESS.fullmatch(stem):
            stem = self.speech.say(seat.language, "workflow-nameless")
        return NewStyle(stem, seat.language)
