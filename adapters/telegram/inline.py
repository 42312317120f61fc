"""Inline mode: a guest's own pictures, sent to any chat by Telegram's own id, so that nothing is uploaded."""

from telegram import InlineKeyboardMarkup, InlineQueryResultCachedPhoto, InlineQueryResultsButton

from adapters.telegram.calls import courtesy
from adapters.telegram.events import Asked
from adapters.telegram.foyer import Foyer
from adapters.telegram.keyboards import of_link
from adapters.telegram.where import guest_key
from adapters.telegram.wishes import start_link
from bot.invites.payload import Invite
from bot.nouns import Job

SHOWN = 20


class Inline:
    """Handles :class:`~adapters.telegram.events.Asked`."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def handle(self, asked: Asked) -> None:
        """Offer the picture that the query names, else the newest ones; nobody else's, whatever is asked."""
        jobs = await self._foyer.booth.mine(guest_key(asked.sender.user), SHOWN)
        named = [job for job in jobs if job.id == asked.query.strip()]
        language = await self._foyer.language(asked.sender)
        results = [
            InlineQueryResultCachedPhoto(
                job.id, job.picture_ref, reply_markup=self._invitation(job, language)
            )
            for job in named or jobs
            if job.picture_ref is not None
        ]
        sender, button = self._foyer.hands.sender, None
        if not results:
            words = self._foyer.words.say(language, "telegram-inline-none")
            button = InlineQueryResultsButton(words, start_parameter="inline")
        await courtesy(
            sender.calls(
                None,
                lambda: sender.bot.answer_inline_query(
                    asked.id, results, cache_time=0, is_personal=True, button=button
                ),
            )
        )

    def _invitation(self, job: Job, language: str) -> InlineKeyboardMarkup | None:
        """Whoever sees the picture is one tap away from their own in the same style."""
        foyer = self._foyer
        link = start_link(foyer.identity.me.username, Invite(style=job.style or ""))
        return None if link is None else of_link(foyer.words.say(language, "telegram-your-own"), link)
