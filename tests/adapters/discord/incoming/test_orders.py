"""What maintainers type in direct messages, and what merely looks like it."""

import pytest

from adapters.discord.incoming.orders import meant_for_console
from bot.office.crew import make_code


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("maintain", "maintain", ""),
        (" Maintain ", "maintain", ""),
        ("!status", "status", ""),
        ("/hide comic", "hide", "comic"),
        ("!Pause back at  three", "pause", "back at  three"),
        ("claim ABCD-2345-WXYZ", "claim", "ABCD-2345-WXYZ"),
        ("Claim abcd2345wxyz", "claim", "abcd2345wxyz"),
        ("claim ABCD 2345 WXYZ", "claim", "ABCD 2345 WXYZ"),
        ("!claim nonsense", "claim", "nonsense"),
        ("/claim", "claim", ""),
    ],
)
def test_a_command_is_heard(text: str, name: str, rest: str) -> None:
    found = meant_for_console(text, ())
    assert found is not None
    assert found[:2] == (name, rest)


def test_a_code_as_the_booth_makes_it_is_heard() -> None:
    code = make_code()
    found = meant_for_console(f"claim {code}", ())
    assert found is not None
    assert found[:2] == ("claim", code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!",
        "/",
        "status",
        "hide comic",
        "maintain it",
        "claim",
        "claim my picture",
        "!nosuchcommand",
        "! status",
    ],
)
def test_anything_else_is_a_message(text: str) -> None:
    assert meant_for_console(text, ()) is None
