"""The office: everything that maintainers can do, each duty in a room of its own."""

from dataclasses import dataclass

from bot.office.atelier import Atelier
from bot.office.closer import Closer
from bot.office.crew import Crew
from bot.office.curator import Curator
from bot.office.hand import Hand
from bot.office.invitations import Invitations
from bot.office.previews import Previews
from bot.office.stats import Stats
from bot.office.style_sets import StyleSets
from bot.office.wardrobe import Wardrobe
from bot.office.watch import Watch


@dataclass(frozen=True, slots=True)
class Office:
    """The rooms.

    Attributes:
        crew: Who is a maintainer; claiming, adding, removing, the audit list.
        atelier: Making styles: drafts, trials, publishing.
        wardrobe: Looking after the styles that are there.
        sets: Styles as a file.
        hand: Pausing, limits, bans, announcements, letting the line run dry.
        watch: How the booth stands.
        stats: What it has done.
        curator: Feeds, and what may be shown to everybody.
        closer: Closing the event.
        invitations: Links, codes and posters.
        previews: The sheet of styles; guests' rims look at it too.
    """

    crew: Crew
    atelier: Atelier
    wardrobe: Wardrobe
    sets: StyleSets
    hand: Hand
    watch: Watch
    stats: Stats
    curator: Curator
    closer: Closer
    invitations: Invitations
    previews: Previews
