"""Answers to presses: nobody waits for them, and they come to nothing after some seconds."""

from adapters.telegram.api.calls import unless_refused
from adapters.telegram.showing.hands import Hands

ANSWER_LIMIT = 200  # characters of answerCallbackQuery's text


class Callbacks:
    """Answers the presses on one bot's buttons."""

    def __init__(self, hands: Hands) -> None:
        """Answer with these."""
        self._hands = hands

    def say(self, press: str, words: str) -> None:
        """Answer a press with a sentence, or with nothing."""
        self._hands.errands.run(self._answered(press, words), "an answer to a press")

    def open(self, press: str, link: str | None, words: str) -> None:
        """Answer a press with a link to the bot; with a sentence where there is none, or Telegram won't."""
        self._hands.errands.run(self._opened(press, link, words), "an invitation")

    async def _opened(self, press: str, link: str | None, words: str) -> None:
        if link is None or not await unless_refused(self._answered(press, url=link)):
            await self._answered(press, words)

    async def _answered(self, press: str, words: str = "", url: str | None = None) -> None:
        sender = self._hands.sender
        text = words[:ANSWER_LIMIT] or None
        await sender.calls.repeated(
            None,
            lambda: sender.bot.answer_callback_query(press, text, show_alert=bool(text), url=url),
        )
