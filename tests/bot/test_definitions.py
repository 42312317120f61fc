"""What may stand in a style's definition."""

import json

import pytest
from pydantic import ValidationError

from bot.definitions import Role, StyleDefinition, read_definition
from bot.nouns import StyleId
from bot.store.drafts import revision_of

WIZARD = {"style": "wizard", "emoji": "🧙", "graphs": ["flux"], "prompt": "an old wizard"}


@pytest.mark.parametrize(
    "change",
    [
        {"style": ""},
        {"style": "Wizard"},
        {"style": "../wizard"},
        {"style": "-wizard"},
        {"style": "x" * 33},
        {"emoji": ""},
        {"emoji": "wizard"},
        {"emoji": "🧙 🧙"},
        {"emoji": "<b>"},
        {"names": {"en": ""}},
        {"names": {"en": "x" * 41}},
        {"names": {"english!": "Wizard"}},
        {"graphs": []},
        {"graphs": ["a"] * 9},
        {"filter": "oil"},
        {"workflow": "{}"},
        {"bindings": {"colour": "1.text"}},
        {"bindings": {"prompt": ""}},
        {"prompt": ""},
        {"prompt": "x" * 2001},
        {"strength": "wild"},
        {"steps": 0},
        {"steps": 101},
        {"steps": 4.5},
        {"evil": 1},
    ],
)
def test_what_cannot_be_is_refused_and_not_repeated(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        StyleDefinition.model_validate(WIZARD | change)
    assert "an old wizard" not in str(caught.value)
    assert read_definition(json.dumps(WIZARD | change)) is None


@pytest.mark.parametrize("emoji", ["🧙", "🧙‍♂️", "🖼️", "👨‍👩‍👧‍👦", "🇺🇳", "★", "1️⃣"])
def test_emojis_of_all_kinds_are_taken(emoji: str) -> None:
    assert StyleDefinition.model_validate(WIZARD | {"emoji": emoji}).emoji == emoji


def test_filters_have_words_only() -> None:
    oil = {"style": "oil", "emoji": "🖼️", "filter": "oil"}
    assert StyleDefinition.model_validate(oil).graphs == ()
    for more in ({"prompt": "x"}, {"strength": "medium"}, {"steps": 4}, {"bindings": {"prompt": "1.text"}}):
        with pytest.raises(ValidationError):
            StyleDefinition.model_validate(oil | more)


def test_a_definition_is_kept_whole_and_shows_no_prompt() -> None:
    whole = StyleDefinition.model_validate(
        WIZARD | {"names": {"de": "Zauberer"}, "bindings": {"prompt": "6.text"}, "steps": 4, "offered": False}
    )
    assert read_definition(whole.model_dump_json()) == whole
    assert whole.bindings == {Role.PROMPT: "6.text"}
    assert "wizard in" not in repr(whole.changed(prompt="a wizard in a study"))
    assert whole.changed(emoji="🪄") != whole


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("draft-12-3", (12, 3)),
        ("draft-12", None),
        ("draft-x-3", None),
        ("wizard", None),
        ("draft--1-3", None),
        ("12-3", None),
    ],
)
def test_a_drafts_revision_is_read_from_its_id(style: str, found: tuple[int, int] | None) -> None:
    assert revision_of(StyleId(style)) == found
