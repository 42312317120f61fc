"""What was erased, and what is still to come. Pure."""

from bot.nouns import Receipt
from bot.words import Words

CHATS = frozenset({"discord", "telegram", "web"})
"""In a receipt, platforms stand for messages; all other names are renderers and stand for copies."""


def receipt_words(words: Words, language: str, receipt: Receipt) -> str:
    """A receipt: a line for each thing that there is to say."""
    messages = sum(number for name, number in receipt.pending.items() if name in CHATS)
    told = {
        "shares": receipt.erased.get("shares", 0),
        "messages": messages,
        "copies": sum(receipt.pending.values()) - messages,
    }
    lines = [words.say(language, "discord-forgotten", number=receipt.erased.get("jobs", 0))]
    lines += [
        words.say(language, f"discord-forgotten-{what}", number=number)
        for what, number in told.items()
        if number
    ]
    return "\n".join(lines)
