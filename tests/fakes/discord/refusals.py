"""Discord's words when it says no: JSON error codes of the API documentation."""

from tests.fakes.discord.values import JsonObject


class Refused(Exception):
    """A request is refused; ``errors`` is the tree under "Invalid Form Body"."""

    def __init__(self, status: int, code: int, message: str, errors: JsonObject | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @property
    def body(self) -> JsonObject:
        """As it is sent."""
        body: JsonObject = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


def unauthorized() -> Refused:
    """No token, or a wrong one."""
    return Refused(401, 0, "401: Unauthorized")


def not_found() -> Refused:
    """There is no such route."""
    return Refused(404, 0, "404: Not Found")


def unknown(what: str) -> Refused:
    """Something that isn't there, or not any more."""
    codes = {
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Emoji": 10014,
        "Webhook": 10015,
        "interaction": 10062,
        "application command": 10063,
    }
    return Refused(404, codes[what], f"Unknown {what}")


def missing_access() -> Refused:
    """The bot does not see the channel."""
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    """The bot sees it, and may not do this."""
    return Refused(403, 50013, "Missing Permissions")


def cannot_dm() -> Refused:
    """The user takes no messages of this bot."""
    return Refused(403, 50007, "Cannot send messages to this user")


def not_yours() -> Refused:
    """An edit of somebody else's message."""
    return Refused(403, 50005, "Cannot edit a message authored by another user")


def archived() -> Refused:
    """A change in a thread that sleeps; a new message would wake it."""
    return Refused(400, 50083, "Thread is archived")


def no_history() -> Refused:
    """A reply where the bot can't read what was written."""
    return Refused(400, 160002, "Cannot reply without permission to read message history")


def empty_message() -> Refused:
    """Nothing to be seen."""
    return Refused(400, 50006, "Cannot send an empty message")


def too_large() -> Refused:
    """A file over the place's limit, or a request over 25 MiB."""
    return Refused(413, 40005, "Request entity too large")


def bad_json() -> Refused:
    """The body can't be read."""
    return Refused(400, 50109, "The request body contains invalid JSON.")


def acknowledged() -> Refused:
    """A second response to one interaction."""
    return Refused(400, 40060, "Interaction has already been acknowledged.")


def too_many_followups() -> Refused:
    """More than five of an app that only the user has installed."""
    return Refused(400, 40094, "This interaction cannot send any more follow-up messages")


def token_expired() -> Refused:
    """Fifteen minutes are over, or the token was never given."""
    return Refused(401, 50027, "Invalid Webhook Token")


def invalid_form(path: str, code: str, message: str) -> Refused:
    """A field that breaks a rule; ``path`` is like ``components.0.custom_id``."""
    tree: JsonObject = {"_errors": [{"code": code, "message": message}]}
    for key in reversed(path.split(".")):
        tree = {key: tree}
    return Refused(400, 50035, "Invalid Form Body", tree)
