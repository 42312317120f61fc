"""Channels as feeds: nobody types there, so a maintainer names one in private, or shows a post of it."""

from telegram import Chat, ChatMember, ChatMemberAdministrator

from adapters.telegram.api.errors import Refused
from adapters.telegram.events import Command
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.where import Where, chat_key, written
from bot.errors import ChatGone
from bot.replies import Place

PRESENT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


class Channels:
    """Finds the channel that a maintainer means, if the bot may post there."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    def meant(self, command: Command) -> int | str | None:
        """``/feed @channel``, or ``/feed here`` in answer to a post forwarded from it; None of others."""
        first = next(iter(command.words.split()), "")
        if command.name != "feed" or not command.spot.private:
            return None
        return first if first.startswith("@") else command.channel

    async def place(self, meant: int | str) -> Place | None:
        """Where shared pictures would be posted; None where the bot may not.

        Raises:
            DeliveryError: it isn't known just now.
        """
        sender, me = self._foyer.hands.sender, self._foyer.identity.me.id
        try:
            chat = await sender.calls.repeated(None, lambda: sender.bot.get_chat(meant))
            member = await sender.calls.repeated(None, lambda: sender.bot.get_chat_member(chat.id, me))
        except (Refused, ChatGone):
            return None
        if chat.type == Chat.PRIVATE or not _may_post(chat.type, member):
            return None
        return Place(chat_key(chat.id), written(Where()))


def _may_post(kind: str, member: ChatMember) -> bool:
    if kind == Chat.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    return member.status in PRESENT
