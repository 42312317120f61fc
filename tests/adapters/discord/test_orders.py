"""What maintainers type in direct messages, and what merely looks like it."""

import pytest

from adapters.discord.orders import meant_for_console
from bot.crew import make_code


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
        (f"claim {make_code()}", "claim", None),
    ],
)
def test_a_command_is_heard(text: str, name: str, rest: str | None) -> None:
    found = meant_for_console(text, ())
    assert found is not None
    assert found[0] == name
    assert rest is None or found[1] == rest


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
