"""Forms as modals: long hints stand above a field and in it, within Discord's limits."""

import pytest

from adapters.discord.showing.blanks import HINT_LIMIT, INSTEAD, modal_of
from bot.replies import Field, Form

TIP = (
    "FLUX: Describe the finished picture in whole sentences, technique first, then light. Name no negatives."
)


async def hints_of(*fields: Field) -> list[tuple[str, str]]:
    """What stands above each field, and in it."""
    rows = modal_of(Form("new", "New style", fields), INSTEAD).to_dict()["components"]
    return [(row.get("description", ""), row["component"].get("placeholder", "")) for row in rows]


async def test_a_long_hint_goes_on_inside_the_field() -> None:
    [(above, inside)] = await hints_of(Field("prompt", "Which words?", TIP, "long"))
    assert above.removesuffix(" …") + " " + inside.removeprefix("… ") == TIP
    assert TIP.startswith(above.removesuffix(" …") + " ")
    assert await hints_of(Field("name", "Which name?", "A short one.")) == [("A short one.", "")]


@pytest.mark.parametrize("word", ["x", "word", "x" * 99, "x" * 300])
async def test_every_hint_fits(word: str) -> None:
    for count in range(1, 80, 7):
        [(above, inside)] = await hints_of(Field("prompt", "Which words?", " ".join([word] * count), "long"))
        assert 0 < len(above) <= HINT_LIMIT
        assert len(inside) <= HINT_LIMIT


async def test_the_hint_is_that_of_the_choice_that_stands_there() -> None:
    graph = Field(
        "graph", "Which graph?", kind="choice", options=(("flux", "F"), ("klein", "K")), value="klein"
    )
    prompt = Field(
        "prompt", "Which words?", "Both.", "long", follows="graph", hints=(("klein", "An order."),)
    )
    assert (await hints_of(graph, prompt))[1] == ("An order.", "")
