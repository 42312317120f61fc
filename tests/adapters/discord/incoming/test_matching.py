"""What is offered while a guest types."""

import pytest

from adapters.discord.incoming.matching import MOST, Choice, Menu, best
from bot.nouns import Style, StyleId
from bot.styles.shelf import Shelf
from bot.words import words
from tests.fakes.renderer import ScriptedRenderer

STYLES = tuple(
    Style(StyleId(id_), emoji, "filter", "scripted")
    for id_, emoji in [
        ("comic", "💥"),
        ("oil", "🖼️"),
        ("poster", "✊"),
        ("flux-travelposter", "🚂"),
        ("film", "🎞️"),
    ]
)
MENU = Menu(Shelf([ScriptedRenderer(styles=STYLES)], words()), words())


def found(typed: str, language: str = "en-US") -> list[str]:
    return [choice.id for choice in best(MENU.choices([language]), typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["comic", "oil", "poster", "flux-travelposter", "film"]),
        ("com", ["comic"]),
        ("  COM ", ["comic"]),
        ("💥", ["comic"]),
        ("💥 Comic", ["comic"]),
        ("🖼", ["oil"]),
        ("post", ["poster", "flux-travelposter"]),  # what begins so comes first
        ("paint", ["oil"]),  # "Oil paint"
        ("ravel", ["flux-travelposter"]),
        ("flux-travelposter", ["flux-travelposter"]),
        ("(AI)", ["flux-travelposter", "oil"]),
        ("nothing like it", []),
    ],
)
def test_by_name_word_part_id_or_emoji(typed: str, expected: list[str]) -> None:
    assert found(typed) == expected


def test_in_german_the_english_names_are_found_as_well() -> None:
    assert [choice.label for choice in best(MENU.choices(["de"]), "Ölf")] == ["🖼️ Ölfarbe"]
    assert found("olfar", "de") == ["oil"]
    assert found("oil", "de") == ["oil"]
    assert found("comic", "fr") == ["comic"]


def test_no_more_than_discord_shows() -> None:
    many = [Choice(StyleId(f"style-{number}"), "🎨", (f"Style {number}",)) for number in range(40)]
    assert best(many, "") == many[:MOST]
    assert len(best(many, "style")) == MOST
    assert [choice.id for choice in best(many, "style 39")] == ["style-39"]
