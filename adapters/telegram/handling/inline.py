"""Inline mode: a guest's own pictures, sent to any chat by Telegram's own id, so that nothing is uploaded."""

import logging

from telegram import InlineQueryResultCachedPhoto, InlineQueryResultsButton

from adapters.telegram.api.calls import courtesy
from adapters.telegram.buttons import Likeness
from adapters.telegram.events import Asked
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.showing.keyboards import of_inline
from adapters.telegram.where import guest_key
from bot.errors import DeliveryError
from bot.exhibits import ShareState

SHOWN = 20

log = logging.getLogger(__name__)


class Inline:
    """Handles :class:`~adapters.telegram.events.Asked`."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def handle(self, asked: Asked) -> None:
        """Offer the picture that the query names, else the newest ones; nobody else's, whatever is asked."""
        language = await self._foyer.language(asked.sender)
        results = await self._results(asked, language)
        if results and not await self._can_be_taken_back(asked, language):
            results = []
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

    async def _results(self, asked: Asked, language: str) -> list[InlineQueryResultCachedPhoto]:
        """Pictures of the guest's own face that Telegram has already, and no maintainer has taken down."""
        foyer, guest = self._foyer, guest_key(asked.sender.user)
        mine = await foyer.booth.mine(guest, SHOWN)
        jobs = [job for job in mine if job.owner_of_face == guest and job.shared != ShareState.HIDDEN]
        named = [job for job in jobs if job.id == asked.query.strip()]
        return [
            InlineQueryResultCachedPhoto(
                job.id,
                job.picture_ref,
                reply_markup=of_inline(
                    job.id, Likeness(asked.sender.user, job.style or ""), foyer.words, language
                ),
            )
            for job in named or jobs
            if job.picture_ref is not None
        ]

    async def _can_be_taken_back(self, asked: Asked, language: str) -> bool:
        """Whether there is something to put in a picture's place: inline messages can't be deleted."""
        try:
            await self._foyer.chat.retracting.ready(language, asked.sender.user)
        except DeliveryError as error:
            log.info("no picture is offered inline yet: %s", type(error).__name__)
            return False
        return True
