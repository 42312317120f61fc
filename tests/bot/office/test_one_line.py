"""The one-line form of a new style, and the ids that names become."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.definitions import STYLE_ID
from bot.office.one_line import read_line
from bot.office.slips import WrongLine
from bot.styles.naming import style_id


def read(line: str) -> tuple[str, str | None, str | None, str | None, str | None]:
    found = read_line(line, "en")
    return found.name, found.emoji, found.prompt, found.strength, found.graph


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            'wizard 🧙 "an old wizard in a study" strength=medium graph=flux',
            ("wizard", "🧙", "an old wizard in a study", "medium", "flux"),
        ),
        ("wizard", ("wizard", None, None, None, None)),
        ("Old Wizard 🧙‍♂️", ("Old Wizard", "🧙‍♂️", None, None, None)),
        ("wizard “an old one” 🧙", ("wizard", "🧙", "an old one", None, None)),
        ("zauberer „ein alter“ strength=STRONG", ("zauberer", None, "ein alter", "strong", None)),
        ("mage «un vieux mage»", ("mage", None, "un vieux mage", None, None)),
        ('"Old wizard" 🧙 "it\'s him = really"', ("Old wizard", "🧙", "it's him = really", None, None)),
        ('wizard graph=flux-schnell "x" strength=subtle 🧙', ("wizard", "🧙", "x", "subtle", "flux-schnell")),
        ("μάγος 🧙 'x", None),
        ("魔法使い 🧙", ("魔法使い", "🧙", None, None, None)),
    ],
)
def test_a_line_is_read(
    line: str, found: tuple[str, str | None, str | None, str | None, str | None] | None
) -> None:
    if found is None:
        with pytest.raises(WrongLine):
            read(line)
    else:
        assert read(line) == found


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", ""),
        ("🧙", "🧙"),
        ('wizard "open', '"open'),
        ('wizard ""', '""'),
        ('wizard "a" "b"', '"b"'),
        ("wizard 🧙 more", "more"),
        ("wizard strength=wild", "strength=wild"),
        ("wizard strength=", "strength="),
        ("wizard graph=a graph=b", "graph=b"),
        ('wizard "x" seed=3', "seed=3"),
        ("strength=medium", ""),
    ],
)
def test_a_slip_is_named(line: str, part: str) -> None:
    if part == "🧙":
        assert read(line)[0] == "🧙"  # a name, though a short one
        return
    with pytest.raises(WrongLine) as caught:
        read(line)
    assert caught.value.values == {"part": part}


@given(st.text(max_size=200))
def test_any_line_is_a_style_or_a_slip(line: str) -> None:
    with suppress(WrongLine):
        assert read_line(line, "en").name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Wizard", "wizard"),
        ("Old Wizard!", "old-wizard"),
        ("Über-Zauberer", "uber-zauberer"),
        ("draft-7-1", "my-draft-7-1"),
        ("x" * 80, "x" * 32),
        ("魔法使い", "style-b39f1b43"),
    ],
)
def test_a_name_becomes_an_id(name: str, found: str) -> None:
    assert style_id(name) == found


@given(st.text(min_size=1, max_size=60))
def test_every_name_becomes_an_id_that_is_no_drafts(name: str) -> None:
    assert re.fullmatch(STYLE_ID, style_id(name))
    assert not style_id(name).startswith("draft-")
