"""The shelf of styles: what all renderers offer together, and what a style is called."""

from collections.abc import Mapping, Sequence

from bot.errors import UnknownStyle
from bot.nouns import Offer, Style, StyleId
from bot.ports import Renderer
from bot.words import DEFAULT_LANGUAGE, Words


def style_name(style: StyleId, own_names: Mapping[str, str], language: str, words: Words) -> str:
    """What guests call a style: from the words, else from the style itself, else its id."""
    key = f"style-{style}"
    if words.has(key):
        return words.say(language, key)
    return own_names.get(language) or own_names.get(DEFAULT_LANGUAGE, style)


class Shelf:
    """Styles in the order of the renderers, then in each renderer's own order."""

    def __init__(self, renderers: Sequence[Renderer], words: Words) -> None:
        """Take the renderers; what they offer is asked anew each time."""
        self._renderers = {renderer.name: renderer for renderer in renderers}
        self._words = words

    def offers(self) -> Sequence[Offer]:
        """What guests may choose just now."""
        found = (offer for renderer in self._renderers.values() for offer in renderer.offers())
        return [offer for offer in found if offer.style.offered]

    def find(self, style: StyleId) -> Style:
        """An offered style by its id.

        Raises:
            UnknownStyle: nobody offers it.
        """
        for offer in self.offers():
            if offer.style.id == style:
                return offer.style
        raise UnknownStyle

    def renderer(self, name: str) -> Renderer | None:
        """The renderer of that name, unless it isn't set up any more."""
        return self._renderers.get(name)

    def slots(self, renderer: str) -> int:
        """Renders at once, 0 while the renderer is away."""
        found = self._renderers.get(renderer)
        return 0 if found is None else found.slots

    def name(self, style: StyleId, language: str) -> str:
        """What guests call it: from the words, else from the style itself, else its id."""
        offered = next((offer.style.names for offer in self.offers() if offer.style.id == style), {})
        return style_name(style, offered, language, self._words)
