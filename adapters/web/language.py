"""The guest's language: the address's ``lang``, else the browser's ``Accept-Language`` (RFC 9110, 12.5.4)."""

from starlette.requests import Request

from bot.words import Words

FIELD = "lang"
MOST_TAGS = 20  # a browser sends a handful; a longer header is somebody's game


def preferred(header: str) -> list[str]:
    """The header's language tags, the most wanted first; unreadable weights count as 0, i.e. not wanted."""
    weighted = [_weighted(part) for part in header.split(",")[:MOST_TAGS]]
    wanted = [(tag, weight) for tag, weight in weighted if tag and tag != "*" and weight > 0]
    return [tag for tag, _ in sorted(wanted, key=lambda item: -item[1])]


def _weighted(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return tag.strip(), 1.0
    try:
        return tag.strip(), float(value)
    except ValueError:
        return tag.strip(), 0.0


def language_of(request: Request, words: Words) -> str:
    """One of our languages."""
    return chosen(request, words) or words.negotiate(preferred(request.headers.get("accept-language", "")))


def chosen(request: Request, words: Words) -> str | None:
    """The language that the address asks for, where it is one of ours."""
    asked = request.query_params.get(FIELD)
    return asked if asked in words.languages else None


def worded(language: str) -> dict[str, str]:
    """Headers of an answer that holds sentences."""
    return {"Content-Language": language, "Vary": "Accept-Language"}
