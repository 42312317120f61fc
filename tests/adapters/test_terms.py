"""What guests are told of the house follows the owner's settings, on the page and in both chats."""

from datetime import timedelta

import pytest

from adapters.platforms import terms_of
from adapters.settings import Settings
from bot.words import words

PLACES = ("page-privacy-sharing", "telegram-privacy", "discord-privacy")
LASTS = {"en": "by itself after 2 minutes", "de": "nach 2 Minuten von selbst abgenommen"}
OPEN = {"en": "from the internet", "de": "aus dem Internet"}


@pytest.mark.parametrize("key", PLACES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_sharing_means_is_said_wherever_privacy_is(language: str, key: str) -> None:
    open_house = Settings(
        keep_shared=timedelta(minutes=2), open_gallery=True, public_url="https://booth.example"
    )
    said = words().say(language, key, **terms_of(open_house).kept(words(), language))
    assert (LASTS[language] in said, OPEN[language] in said) == (True, True)
    said = words().say(language, key, **terms_of(Settings()).kept(words(), language))
    assert (LASTS[language] in said, OPEN[language] in said) == (False, False)
    assert "  " not in said.replace("\n    ", "\n")


def test_without_a_public_address_an_open_gallery_is_seen_in_the_room_only() -> None:
    assert not terms_of(Settings(open_gallery=True)).open_gallery
