"""Finds messages whose answer was lost, so that they are taken up, or taken away, and not sent twice.

Telegram has no key for a send. But setting a message's buttons to the very same ones is answered "message is
not modified": an exact, harmless proof that it is there. A job's first message carries its job's id in its
buttons. An answer without buttons is told by having none, right behind the guest's message.

After a doubtful send the ids that follow the guest's message are asked. If none of them is ours, the message
is sent again; and since ids only grow, the lost one, if it is there at all, lies below the new one. It is
looked for there in the background, and deleted.

What isn't the lost one would get its buttons by such a question. So nothing is asked of a message whose
answer was heard, be it a menu, a console's reply or a job's: it can't be the one that was lost.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from telegram import InlineKeyboardMarkup, Message

from adapters.telegram.api.budget import Rank
from adapters.telegram.api.calls import courtesy
from adapters.telegram.api.errors import Reason, Refused
from adapters.telegram.api.pad import MessageKey, message_key
from adapters.telegram.api.sender import Sender

LOOK_AHEAD = 6  # messages after the guest's own; all private chats share the count
LOOK_BACK = 40  # messages before the one that was sent again: of other chats, most of them
LATE = 2  # and after it: a send that Telegram did slowly

IsKnown = Callable[[MessageKey], Awaitable[bool]]
"""Whether a message is the known one of some job: its buttons are left alone."""


class Lost:
    """Looks for lost messages of one bot."""

    def __init__(self, sender: Sender, is_known: IsKnown) -> None:
        """Look for what this sender has sent without an answer."""
        self._sender = sender
        self._bot = sender.bot
        self._calls = sender.calls
        self._is_known = is_known

    async def after(
        self, chat: int, message: int, keyboard: InlineKeyboardMarkup | None
    ) -> MessageKey | None:
        """Our message with exactly these buttons, among those that follow the guest's ``message``.

        Raises:
            DeliveryError: it isn't known.
        """
        for number in range(message + 1, message + 1 + LOOK_AHEAD):
            if await self._is_it(chat, number, message, keyboard):
                return message_key(chat, number)
        return None

    async def clear(self, fresh: MessageKey, chat: int, message: int, keyboard: InlineKeyboardMarkup) -> None:
        """Delete the copy of a message that was sent again as ``fresh``; calls leave room for others.

        Raises:
            DeliveryError: it may still be there.
        """
        newest = int(fresh.partition("/")[2])
        lowest = max(message, newest - LOOK_BACK)
        later = range(newest + 1, newest + 1 + LATE)
        for number in (*range(newest - 1, lowest, -1), *later):
            await self._calls.budget.plenty(chat)
            if await self._is_it(chat, number, message, keyboard):
                delete = partial(self._bot.delete_message, chat, number)
                await self._calls.repeated(chat, delete, Rank.DELETION)
                return

    async def _is_it(
        self, chat: int, number: int, answered: int, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        key = message_key(chat, number)
        if self._sender.has_sent(key) or await self._is_known(key):
            return False
        try:
            edited = await self._calls.repeated(
                chat, lambda: self._bot.edit_message_reply_markup(chat, number, reply_markup=keyboard)
            )
        except Refused as error:
            return error.reason is Reason.UNCHANGED
        if _answers(edited, answered):
            return True
        if keyboard is not None:  # a message of ours from before a restart, and no job's: it had no buttons
            await courtesy(self._calls(chat, lambda: self._bot.edit_message_reply_markup(chat, number)))
        return False


def _answers(edited: Message | bool, guest_message: int) -> bool:
    replied = edited.reply_to_message if isinstance(edited, Message) else None
    return replied is not None and replied.message_id == guest_message
