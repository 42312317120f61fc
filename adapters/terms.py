"""What page and chats tell guests about the house: the event, how long things are kept, who sees them."""

from dataclasses import dataclass

from bot.spans import span
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Terms:
    """What guests may rely on.

    Attributes:
        event: Its name.
        photos_s: How long photos are kept, in seconds.
        pictures_s: How long pictures are kept, in seconds.
        shared_s: How long pictures are shown to others, in seconds; None: until unshared.
        open_gallery: Whether the gallery may be seen at a public address.
    """

    event: str
    photos_s: float
    pictures_s: float
    shared_s: float | None = None
    open_gallery: bool = False

    def kept(self, words: Words, language: str) -> dict[str, str]:
        """The values of sentences on privacy: how long things are kept, and what else sharing means here."""
        return {
            "photos": span(words, language, self.photos_s),
            "pictures": span(words, language, self.pictures_s),
            "sharing": self._sharing(words, language),
        }

    def _sharing(self, words: Words, language: str) -> str:
        """Sentences to follow another; "" where there is nothing to say."""
        lasts = "none" if self.shared_s is None else span(words, language, self.shared_s)
        gallery = "open" if self.open_gallery else "room"
        return words.say(language, "terms-sharing", span=lasts, gallery=gallery)
