"""Where a maintainer sits: an event's place as the console knows it. Pure."""

from dataclasses import replace

from adapters.discord.api.doors import message_key
from adapters.discord.events import Event
from adapters.discord.where import Where, chat_key, guest_key
from bot.replies import Place, Seat


def seat_of(event: Event, language: str, message: int = 0) -> Seat:
    """The seat of whoever caused this event; ``message`` has the key that was pressed, 0 for none.

    What a slash command says, and an answer for its own eyes, nobody else reads in a server either.
    """
    where = event.where
    return Seat(
        actor=guest_key(event.guest.user),
        chat=chat_key(where.channel),
        language=language,
        event=event.key,
        private=where.private or where.ephemeral,
        message=message_key(where.channel, message) if message else None,
        context=_beside(where).of(event.guest.user, language).write(),
        feed=_feed(where),
    )


def _feed(where: Where) -> Place | None:
    """Where shared pictures would be posted: without a token, which ends, and the same for everybody."""
    if where.private or not where.member:
        return None
    channel = Where(where.channel, where.guild, thread=where.thread)
    return Place(chat_key(where.channel), channel.write())


def _beside(where: Where) -> Where:
    """For a message of its own; in a server only the maintainer sees it."""
    return replace(where, thinking=False, ephemeral=not where.private)
