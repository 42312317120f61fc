"""What stands under a picture, in its guest's language; the note says honestly how the picture was made."""

from dataclasses import dataclass
from datetime import date

from bot.nouns import Style
from bot.pixels.frame import FrameCaption
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Framing:
    """What every picture's frame says: the event, and the small code's link (None leaves it out)."""

    event: str
    link: str | None


def make_caption(
    style: Style, name: str, language: str, day: date, framing: Framing, words: Words
) -> FrameCaption:
    """The caption of one picture; ``name`` is what the style is called in ``language``."""
    return FrameCaption(
        event=framing.event,
        style=name,
        date=words.day(language, day),
        note=words.say(language, _note_key(style)),
        link=framing.link,
    )


def _note_key(style: Style) -> str:
    if style.uses_model:
        return "frame-note-model"
    return "frame-note-filter" if style.kind == "filter" else "frame-note-graph"
