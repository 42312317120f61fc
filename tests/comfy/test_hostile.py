import pytest

from bot.bench import Inspection
from bot.definitions import StyleDefinition
from bot.nouns import StyleId
from bot.words import words
from comfy.inspection import inspect
from comfy.policy import SHIPPED_POLICY
from comfy.stylebook import StyleBook
from tests.comfy.hostile import CORPUS


def looked_at(data: bytes) -> Inspection:
    return inspect(data, {}, SHIPPED_POLICY)


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_gets_an_answer_and_never_an_exception(name: str) -> None:
    data, key = CORPUS[name]
    complaints = looked_at(data).complaints
    wrong = [complaint.key for complaint in complaints if complaint.severity == "wrong"]
    assert wrong[:1] == ([f"workflow-{key}"] if key else [])
    for complaint in complaints:
        for language in words().languages:
            said = words().say(language, complaint.key, **complaint.values)
            assert len(said) < 700
            assert said.isprintable()


@pytest.mark.parametrize("name", [name for name, (_, key) in CORPUS.items() if key])
def test_no_way_leads_a_hostile_file_into_the_catalogue(name: str) -> None:
    """A set that is imported brings definitions that nobody has looked at before."""
    text = CORPUS[name][0].decode(errors="replace")[: 1 << 20] or "{}"
    definition = StyleDefinition.model_construct(style=StyleId("x"), emoji="x", workflow=text)
    book = StyleBook((), SHIPPED_POLICY)
    book.adopt([definition])
    assert book.entries == ()
    assert book.entry(StyleId("x")) is None
