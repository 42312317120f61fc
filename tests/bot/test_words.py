"""Every key in every language, with the same placeholders, and sentences that fill."""

import pytest

from bot.errors import Busy, GuestError
from bot.words import DEFAULT_LANGUAGE, words

LANGUAGES = words().languages


def guest_errors(root: type[GuestError] = GuestError) -> list[type[GuestError]]:
    return [root, *(error for child in root.__subclasses__() for error in guest_errors(child))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_keys_as_english(language: str) -> None:
    assert words().keys(language) == words().keys(DEFAULT_LANGUAGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_has_the_same_placeholders_as_english(language: str) -> None:
    ours = {key: words().placeholders(language, key) for key in words().keys(language)}
    theirs = {key: words().placeholders(DEFAULT_LANGUAGE, key) for key in words().keys(DEFAULT_LANGUAGE)}
    assert ours == theirs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 2, 21])
def test_each_sentence_can_be_said(language: str, number: int) -> None:
    for key in words().keys(language):
        values = dict.fromkeys(words().placeholders(language, key), number)
        said = words().say(language, key, **values)
        assert said.strip()
        assert "{" not in said


@pytest.mark.parametrize("error", [error for error in guest_errors() if error != Busy])
def test_each_guest_error_has_its_sentence(error: type[GuestError]) -> None:
    assert words().has(error.key)


def test_plurals_follow_the_language() -> None:
    assert (
        words().say("en", "card-waiting", position=1, seconds=1).endswith("About one second to your picture.")
    )
    assert "12 Sekunden" in words().say("de", "card-waiting", position=3, seconds=12)


def test_a_missing_value_is_an_error_and_not_a_hole_in_the_sentence() -> None:
    with pytest.raises(LookupError):
        words().say("en", "photo-too-small")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(LookupError):
        words().say("en", "no-such-key")


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        (["de-AT", "en"], "de"),
        (["fr", "de"], "de"),
        (["fr"], "en"),
        ([], "en"),
        (["en-GB"], "en"),
        (["de_CH"], "de"),
    ],
)
def test_the_best_language_is_found(preferred: list[str], language: str) -> None:
    assert words().negotiate(preferred) == language
