"""What must never be read in a log, taken out of a line that has it all the same. Pure.

No line of ours holds a token. Libraries quote addresses, and an address may be a key: Telegram's carries the
bot's token, Discord's an interaction's. This is the second lock, behind keeping those libraries quiet.
"""

import re

HIDDEN = "…"

_SECRETS = (
    re.compile(r"(?<=/bot)\d+(:|%3A)[\w-]+", re.IGNORECASE),  # Bot API: /bot<token>/<method>
    re.compile(r"\b\d{6,12}:[\w-]{30,}"),  # a token of @BotFather's by itself
    re.compile(r"(?<=/file/bot)\S+"),  # what follows is a guest's file
    re.compile(r"(?<=/webhooks/)\d+/[\w-]{20,}"),  # Discord: an interaction's token, or a webhook's
    re.compile(r"(?<=/interactions/)\d+/[\w-]{20,}"),
    re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),  # a bot's token of the developer portal
    re.compile(r"(?<=Bot )[\w.-]{20,}"),  # as the Authorization header has it
    re.compile(r"(?<=://)[^/\s@]+(?=@)"),  # user and password of a URL
    re.compile(r"(?<=[?&](?:ex|is|hm)=)\w+"),  # Discord's signature of a file's address
)


def redacted(line: str) -> str:
    """The line with every secret replaced by an ellipsis."""
    for secret in _SECRETS:
        line = secret.sub(HIDDEN, line)
    return line
