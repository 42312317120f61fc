"""What the chat and the handlers of one bot do their work with."""

from dataclasses import dataclass

from adapters.telegram.api.errands import Errands
from adapters.telegram.api.lost import Lost
from adapters.telegram.api.pad import Pad
from adapters.telegram.api.sender import Sender
from adapters.telegram.showing.neutral import Neutral
from adapters.telegram.showing.sheets import Sheets
from adapters.telegram.showing.unveiling import Unveiling


@dataclass(frozen=True, slots=True)
class Hands:
    """New messages, edits, pictures of the house's own and of guests, what was lost, courtesies."""

    sender: Sender
    pad: Pad
    sheets: Sheets
    neutral: Neutral
    unveiling: Unveiling
    lost: Lost
    errands: Errands
