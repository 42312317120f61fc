"""The shelf of styles: what all renderers offer together, as maintainers have arranged it, and its words."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.definitions import StyleDefinition
from bot.errors import UnknownStyle
from bot.nouns import ChatKey, Offer, Style, StyleId
from bot.ports import Renderer
from bot.store.styles import Placing
from bot.words import DEFAULT_LANGUAGE, Words

UNARRANGED = Placing(StyleId(""))


def style_name(style: StyleId, own_names: Mapping[str, str], language: str, words: Words) -> str:
    """What guests call a style: by its own names if it has any, else from the words, else by its id."""
    if own_names:
        first = next(iter(own_names.values()))
        return own_names.get(language) or own_names.get(DEFAULT_LANGUAGE, first)
    key = f"style-{style}"
    return words.say(language, key) if words.has(key) else style


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What maintainers have decided, as the store knew it last.

    Attributes:
        placings: Where styles stand, and who sees them.
        published: Definitions of the styles that have a version of their own.
        drafts: Definitions that are tried out, under the ids by which they are rendered.
    """

    placings: Mapping[StyleId, Placing] = field(default_factory=dict)
    published: Mapping[StyleId, StyleDefinition] = field(default_factory=dict)
    drafts: Mapping[StyleId, StyleDefinition] = field(default_factory=dict)

    def placing(self, style: StyleId) -> Placing:
        """A style's place; one that nobody has arranged stands as it is shipped."""
        return self.placings.get(style, replace(UNARRANGED, style=style))

    def definition(self, style: StyleId) -> StyleDefinition | None:
        """A style's or a draft's definition; None for styles as they are shipped."""
        return self.published.get(style) or self.drafts.get(style)

    def ordered(self, offers: Sequence[Offer]) -> Sequence[Offer]:
        """The offers in their places; those without one come last, as they came."""
        return sorted(offers, key=lambda offer: _rank(self.placing(offer.style.id)))

    def dressed(self, offer: Offer) -> Offer:
        """The offer in its own version's words and emoji."""
        definition = self.definition(offer.style.id)
        if definition is None:
            return offer
        style = replace(offer.style, emoji=definition.emoji, names=definition.names)
        return replace(offer, style=style)


def _rank(placing: Placing) -> tuple[bool, int]:
    return placing.position is None, placing.position or 0


class Shelf:
    """Styles in the order of the renderers, then in each renderer's own order, unless it was arranged."""

    def __init__(
        self, renderers: Sequence[Renderer], words: Words, clock: Callable[[], float] = time.time
    ) -> None:
        """Take the renderers; what they offer is asked anew each time."""
        self._renderers = {renderer.name: renderer for renderer in renderers}
        self._words = words
        self._clock = clock
        self.arrangement = Arrangement()

    def offers(self, chat: ChatKey | None = None) -> Sequence[Offer]:
        """What guests may choose just now, in this chat; without one, what all may."""
        now = self._clock()
        return [
            offer
            for offer in self.everything()
            if offer.style.offered and self.arrangement.placing(offer.style.id).shows(now, chat)
        ]

    def is_shown(self, style: StyleId) -> bool:
        """Whether guests are offered it at this moment, in some chat at least."""
        placing = self.arrangement.placing(style)
        chat = next(iter(placing.chats or ()), None)
        return any(offer.style.id == style for offer in self.offers(chat))

    def everything(self) -> Sequence[Offer]:
        """All styles that a renderer offers, hidden ones too; no drafts."""
        drafts = self.arrangement.drafts
        found = [offer for offer in self._all() if offer.style.id not in drafts]
        return self.arrangement.ordered([self.arrangement.dressed(offer) for offer in found])

    def find(self, style: StyleId, chat: ChatKey | None = None) -> Style:
        """A style that guests in this chat are offered, by its id.

        Raises:
            UnknownStyle: nobody offers it there.
        """
        for offer in self.offers(chat):
            if offer.style.id == style:
                return offer.style
        raise UnknownStyle

    def known(self, style: StyleId) -> Style | None:
        """A style or draft that a renderer can draw, whether guests see it or not."""
        source = self.drawn_as(style)
        for offer in self._all():
            if offer.style.id == source:
                return replace(self.arrangement.dressed(offer).style, id=style)
        return None

    def drawn_as(self, style: StyleId) -> StyleId:
        """The id by which a renderer knows it: a draft of a filter's words is drawn by the filter."""
        definition = self.arrangement.drafts.get(style)
        return StyleId(definition.filter) if definition is not None and definition.filter else style

    def renderer(self, name: str) -> Renderer | None:
        """The renderer of that name, unless it isn't set up any more."""
        return self._renderers.get(name)

    def slots(self, renderer: str) -> int:
        """Renders at once, 0 while the renderer is away."""
        found = self._renderers.get(renderer)
        return 0 if found is None else found.slots

    def name(self, style: StyleId, language: str) -> str:
        """What guests call it: its own name, else from the words, else its id."""
        definition = self.arrangement.definition(style)
        if definition is not None and definition.names:
            return style_name(style, definition.names, language, self._words)
        plain = style if definition is None else self.drawn_as(style)
        offered = next((offer.style.names for offer in self._all() if offer.style.id == plain), {})
        return style_name(plain, offered, language, self._words)

    def _all(self) -> Iterator[Offer]:
        for renderer in self._renderers.values():
            yield from renderer.offers()
