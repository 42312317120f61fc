"""The browser's languages, in order of preference."""

import pytest

from adapters.web.language import MOST_TAGS, preferred


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", []),
        ("de", ["de"]),
        ("de-AT, de;q=0.9, en;q=0.8", ["de-AT", "de", "en"]),
        ("en;q=0.3,de;q=0.7", ["de", "en"]),
        ("fr, *;q=0.5", ["fr"]),
        ("en;q=0, de", ["de"]),
        ("en;q=nonsense, de;q=0.1", ["de"]),
        (" , ;;, de ", ["de"]),
        ("en;level=1, de;q=0.9", ["en", "de"]),
    ],
)
def test_the_most_wanted_comes_first(header: str, tags: list[str]) -> None:
    assert preferred(header) == tags


def test_a_header_without_end_is_cut() -> None:
    assert len(preferred(",".join(f"x{number}" for number in range(10_000)))) == MOST_TAGS
