"""Reactions as votes. Pure: an update in, an event out, or None."""

from collections.abc import Iterable

from telegram import (
    MessageReactionCountUpdated,
    MessageReactionUpdated,
    ReactionType,
    ReactionTypeEmoji,
    Update,
)
from telegram.constants import ChatType

from adapters.telegram.events import Counted, Reacted, Sender, Spot
from bot.exhibits import is_vote


def reaction(update: Update) -> Reacted | Counted | None:
    """A vote, or how many there are; None of other updates, and of who votes as a chat."""
    if update.message_reaction is not None:
        return _of_somebody(update.message_reaction)
    if update.message_reaction_count is not None:
        return _of_everybody(update.message_reaction_count)
    return None


def _of_somebody(change: MessageReactionUpdated) -> Reacted | None:
    user = change.user
    if user is None or user.is_bot:
        return None
    spot = Spot(change.chat.id, change.message_id, None, change.chat.type == ChatType.PRIVATE)
    return Reacted(spot, Sender(user.id, user.language_code or ""), _any_friendly(change.new_reaction))


def _of_everybody(change: MessageReactionCountUpdated) -> Counted:
    spot = Spot(change.chat.id, change.message_id, None, change.chat.type == ChatType.PRIVATE)
    friendly = (one.total_count for one in change.reactions if _any_friendly([one.type]))
    return Counted(spot, sum(friendly))


def _any_friendly(reactions: Iterable[ReactionType]) -> bool:
    return any(not isinstance(one, ReactionTypeEmoji) or is_vote(one.emoji) for one in reactions)
