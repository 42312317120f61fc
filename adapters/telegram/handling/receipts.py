"""What a guest's *forget* has done, in words: what is gone, and what is still to come."""

from bot.nouns import Receipt
from bot.words import Words

CHATS = frozenset({"telegram", "discord"})
"""Pending by these names are messages; by any other they are copies on a renderer's servers."""


def receipt_words(words: Words, language: str, receipt: Receipt) -> str:
    """A receipt, a line for each thing that there is to say."""
    messages = sum(number for name, number in receipt.pending.items() if name in CHATS)
    copies = sum(receipt.pending.values()) - messages
    lines = [words.say(language, "telegram-forgotten", number=receipt.erased.get("jobs", 0))]
    if shares := receipt.erased.get("shares", 0):
        lines.append(words.say(language, "telegram-forgotten-shares", number=shares))
    if messages:
        lines.append(words.say(language, "telegram-forgotten-messages", number=messages))
    if copies:
        lines.append(words.say(language, "telegram-forgotten-copies", number=copies))
    return "\n".join(lines)
