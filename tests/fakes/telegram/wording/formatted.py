"""The words of a call: parsed, recognised, and of a permitted length."""

from collections.abc import Callable, Sequence

from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.wording.hypertext import from_html
from tests.fakes.telegram.wording.markdown import from_markdown, from_markdown_v2
from tests.fakes.telegram.wording.spans import Wording, units

MAX_TEXT = 4096
MAX_CAPTION = 1024
PARSERS: dict[str, Callable[[str], Wording]] = {
    "": Wording,
    "html": from_html,
    "markdownv2": from_markdown_v2,
    "markdown": from_markdown,
}


def formatted(words: str, parse_mode: str, entities: Sequence[JsonObject]) -> Wording:
    """Words with their entities, stripped as Telegram does.

    Raises:
        Refused: the markup can't be read.
    """
    parser = PARSERS.get(parse_mode.strip().lower())
    if parser is None:
        raise bad_request("unsupported parse_mode")
    parsed = Wording(words.strip(), tuple(entities)) if entities else parser(words.strip())
    return parsed.with_found()


def text(words: str, parse_mode: str, entities: Sequence[JsonObject], too_long: str) -> Wording:
    """A message's text; ``too_long`` are the words of the refusal, which differ between sending and editing.

    Raises:
        Refused: empty, over 4096 code units, or with unreadable markup.
    """
    wording = formatted(words, parse_mode, entities)
    if not wording.text:
        raise bad_request("message text is empty")
    if units(wording.text) > MAX_TEXT:
        raise bad_request(too_long)
    return wording


def caption(words: str, parse_mode: str, entities: Sequence[JsonObject]) -> Wording:
    """A caption, possibly empty.

    Raises:
        Refused: over 1024 code units, or with unreadable markup.
    """
    wording = formatted(words, parse_mode, entities)
    if units(wording.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return wording
