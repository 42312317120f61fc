"""How Telegram refuses: an HTTP status, its own words, and sometimes parameters.

The words are those of Telegram's own Bot API server (github.com/tdlib/telegram-bot-api, ``Client.cpp``).
"""


class Refused(Exception):
    """A call that Telegram does not do; ``parameters`` are the answer's ``ResponseParameters``."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(words: str) -> Refused:
    """400: something in the call is wrong."""
    return Refused(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refused:
    """403: the bot is not welcome there."""
    return Refused(403, f"Forbidden: {words}")


def conflict(words: str) -> Refused:
    """409: two ways, or two programs, want the same updates."""
    return Refused(409, f"Conflict: {words}")


def flood(retry_after: int) -> Refused:
    """429: too many requests; the next one is welcome after so many seconds."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def unauthorized() -> Refused:
    """401: a token of the right form that is nobody's."""
    return Refused(401, "Unauthorized")


def not_found() -> Refused:
    """404: no such method, or a token of the wrong form."""
    return Refused(404, "Not Found")


def migrated(supergroup: int) -> Refused:
    """400 with the supergroup's id: the group lives on there."""
    return Refused(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=supergroup
    )


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
