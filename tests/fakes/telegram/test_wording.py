"""HTML, MarkdownV2 and what is recognised in plain text, with offsets in UTF-16 code units."""

import pytest

from tests.fakes.telegram.refusals import Refused
from tests.fakes.telegram.wording.formatted import caption, formatted, text
from tests.fakes.telegram.wording.spans import Wording


def spans(wording: Wording) -> list[tuple[str, int, int]]:
    return [(e["type"], e["offset"], e["length"]) for e in wording.entities]


@pytest.mark.parametrize(
    ("words", "mode", "plain", "entities"),
    [
        (
            "😀 <b>bold <i>both</i></b> &amp; &lt;",
            "HTML",
            "😀 bold both & <",
            [("bold", 3, 9), ("italic", 8, 4)],
        ),
        ('<a href="https://example.org">here</a>', "html", "here", [("text_link", 0, 4)]),
        ("*bold* _it_ __un__ ~no~ ||hid||", "MarkdownV2", "bold it un no hid", None),
        (
            "`a*b` 1\\.5 [x](https://example.org)",
            "MarkdownV2",
            "a*b 1.5 x",
            [("code", 0, 3), ("text_link", 8, 1)],
        ),
        ("*bold* a.b", "Markdown", "bold a.b", [("bold", 0, 4)]),
        ("  /style@petaflop_bot comic ", "", "/style@petaflop_bot comic", [("bot_command", 0, 19)]),
        ("@petaflop_bot see https://example.org", "", None, [("mention", 0, 13), ("url", 18, 19)]),
    ],
)
def test_markup_becomes_entities(
    words: str, mode: str, plain: str | None, entities: list[tuple[str, int, int]] | None
) -> None:
    wording = formatted(words, mode, ())
    assert wording.text == (words if plain is None else plain)
    if entities is None:
        entities = [("bold", 0, 4), ("italic", 5, 2), ("underline", 8, 2), ("strikethrough", 11, 2)]
        entities.append(("spoiler", 14, 3))
    assert spans(wording) == entities


@pytest.mark.parametrize(
    ("words", "mode", "reason"),
    [
        ("ä<blink>x</blink>", "HTML", 'Unsupported start tag "blink" at byte offset 2'),
        ("<b>x", "HTML", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", "HTML", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "HTML", "Unexpected end tag at byte offset 1"),
        ("1 < 2", "HTML", "Unclosed start tag at byte offset 2"),
        ("done!", "MarkdownV2", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        ("ä *x", "MarkdownV2", "Can't find end of Bold entity at byte offset 3"),
        ("my_name", "Markdown", "Can't find end of the entity starting at byte offset 2"),
    ],
)
def test_broken_markup_is_refused(words: str, mode: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        formatted(words, mode, ())
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_lengths_are_counted_without_markup_in_code_units() -> None:
    assert text(f"<b>{'😀' * 2048}</b>", "HTML", (), "too long").text == "😀" * 2048
    with pytest.raises(Refused, match="too long"):
        text("😀" * 2048 + "a", "", (), "too long")
    assert caption("a" * 1024, "", ()).text == "a" * 1024
    with pytest.raises(Refused, match="message caption is too long"):
        caption("a" * 1025, "", ())


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(Refused, match="unsupported parse_mode"):
        formatted("x", "BBCode", ())
