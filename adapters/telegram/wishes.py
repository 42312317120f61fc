"""Links that open the bot's private chat from elsewhere in Telegram. Pure."""

from bot.invites.links import telegram_link
from bot.invites.payload import Invite, InviteTooLong


def start_link(username: str | None, invite: Invite) -> str | None:
    """What opens the bot's private chat so; None where its name isn't known, or the link can't be said."""
    if username is None:
        return None
    try:
        return telegram_link(username, invite)
    except InviteTooLong:  # a button's data may be anybody's
        return None
