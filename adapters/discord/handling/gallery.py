"""All styles, for who hasn't sent a photo yet: a gallery of previews, page by page."""

from adapters.discord.handling.foyer import Foyer
from adapters.discord.layouts import Sheet, Shot
from adapters.discord.showing.choosing import A_GALLERY, of_gallery, paged
from bot.nouns import ChatKey


class Gallery:
    """The pages of ``/styles``."""

    def __init__(self, foyer: Foyer) -> None:
        """Show what this foyer's booth offers."""
        self._foyer = foyer

    async def page(self, number: int, chat: ChatKey, language: str) -> Sheet:
        """One page of what there is in this chat; numbers beyond the ends wrap around."""
        foyer = self._foyer
        page = paged(await foyer.booth.styles(language, chat), number, A_GALLERY)
        shots = [
            Shot(f"{offer.id}.webp", await foyer.showcase.single(offer), f"{offer.emoji} {offer.name}")
            for offer in page.offers
        ]
        return of_gallery(page, shots, foyer.words, language)
