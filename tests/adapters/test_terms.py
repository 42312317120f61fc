"""What guests are told of the house follows the owner's settings, on the page and in both chats."""

import pytest

from adapters.platforms import terms_of
from adapters.settings import load_settings
from bot.words import words

PLACES = ("page-privacy-sharing", "telegram-privacy", "discord-privacy")
LASTS = {"en": "by itself after 2 minutes", "de": "nach 2 Minuten von selbst abgenommen"}
OPEN = {"en": "from the internet", "de": "aus dem Internet"}


@pytest.mark.parametrize("key", PLACES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_sharing_means_is_said_wherever_privacy_is(language: str, key: str) -> None:
    open_house = load_settings(
        {
            "PETAFLOP_KEEP_SHARED": "2m",
            "PETAFLOP_OPEN_GALLERY": "1",
            "PETAFLOP_PUBLIC_URL": "https://booth.example",
        }
    )
    said = words().say(language, key, **terms_of(open_house).kept(words(), language))
    assert (LASTS[language] in said, OPEN[language] in said) == (True, True)
    said = words().say(language, key, **terms_of(load_settings({})).kept(words(), language))
    assert (LASTS[language] in said, OPEN[language] in said) == (False, False)
    assert "  " not in said.replace("\n    ", "\n")


def test_without_a_public_address_an_open_gallery_is_seen_in_the_room_only() -> None:
    assert not terms_of(load_settings({"PETAFLOP_OPEN_GALLERY": "1"})).open_gallery
