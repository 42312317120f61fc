"""Who the bot is: known once Telegram has told it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Me:
    """Who we are: the id stands in the token, the name is known once Telegram has told it."""

    id: int
    username: str | None = None
    inline: bool = False


@dataclass
class Identity:
    """Who we are; the registration fills it in when Telegram has answered."""

    me: Me
