"""A photo comes in: written down, acknowledged, and answered by the one message that becomes its picture."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from telegram import ReactionTypeEmoji
from telegram.constants import ReactionEmoji

from adapters.telegram.api.sender import Letter
from adapters.telegram.events import NOBODY_KNOWS, PhotoSent, Spot
from adapters.telegram.handling.albums import Albums
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.handling.unasked import Unasked
from adapters.telegram.showing.chat import DOWNLOAD_LIMIT_MIB, Opening
from adapters.telegram.showing.keyboards import of_card, of_styles
from adapters.telegram.where import Where, chat_key, guest_key, written
from adapters.wishes import style_in
from bot.booth import StyleOffer
from bot.errors import GuestError, NotPossibleNow, PhotoTooManyBytes
from bot.nouns import SOMEBODY, ChatKey, GuestKey, JobView, PhotoRef, Post, StyleId
from bot.states import JobState

ALBUMS_REMEMBERED = 256
_OPENED = frozenset({JobState.CHOOSING, JobState.WAITING, JobState.RENDERING})
"""States of a job that was just taken; its message is still to be sent."""


class Photos:
    """Handles :class:`~adapters.telegram.events.PhotoSent`."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._albums = Albums(foyer.booth)
        self._unasked = Unasked(foyer.booth, self._albums, foyer.spared)
        self._refused: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def handle(self, sent: PhotoSent) -> None:
        """Take a photo, or say why not; of one that hasn't asked nothing is said."""
        style = None if sent.asked else await self._unasked.style(sent)
        if sent.asked or style is not None or await self._unasked.asked_beside(sent):
            await self._take(sent, style)

    async def _take(self, sent: PhotoSent, unasked: StyleId | None = None) -> None:
        """Take a photo; ``unasked`` is the style that its group has for all, where it hasn't asked."""
        foyer, started = self._foyer, time.time()
        language = await foyer.language(sent.sender)
        try:
            if sent.size > DOWNLOAD_LIMIT_MIB << 20:
                raise PhotoTooManyBytes(limit_mib=DOWNLOAD_LIMIT_MIB)
            offers = await foyer.booth.styles(language, chat_key(sent.spot.chat))
            style = await self._wish(sent, offers) or unasked
            view = await foyer.booth.submit(await self._post(sent, language, style, unasked))
        except GuestError as error:
            if unasked is None:
                await self._refuse(sent, error, language)
            return
        if view.job.message is None and view.job.state in _OPENED:
            foyer.hands.errands.run(self._acknowledge(sent.spot), "eyes")
            if view.job.state is not JobState.CHOOSING:
                foyer.chat.statuses.expect(view.job.id)
            styled = style is not None or view.job.state is not JobState.CHOOSING
            await self._open(view, offers, styled=styled, repeated=foyer.is_older(view.job, started))
        await self._choose(view, style)

    async def _post(
        self, sent: PhotoSent, language: str, style: StyleId | None, unasked: StyleId | None
    ) -> Post:
        """For the core. Where the chat has one style for all, a photo's own wish stands above it."""
        post = _post(sent, language, unasked=unasked is not None)
        if style is None or (unasked is None and await self._foyer.booth.moments.style_of(post.chat) is None):
            return post
        return replace(post, style=style)

    async def _acknowledge(self, spot: Spot) -> None:
        sender = self._foyer.hands.sender
        eyes = ReactionTypeEmoji(ReactionEmoji.EYES)
        await sender.calls.repeated(
            spot.chat, lambda: sender.bot.set_message_reaction(spot.chat, spot.message, reaction=eyes)
        )

    async def _open(
        self, view: JobView, offers: Sequence[StyleOffer], *, styled: bool, repeated: bool
    ) -> None:
        opening = await self._opening(view, offers, styled=styled, repeated=repeated)
        with self._foyer.chat.opening(view.job.id, opening):
            await self._foyer.booth.show(view.job.guest, view.job.id)

    async def _opening(
        self, view: JobView, offers: Sequence[StyleOffer], *, styled: bool, repeated: bool
    ) -> Opening:
        foyer, job = self._foyer, view.job
        card = foyer.booth.card(view)
        if styled:  # no picture of styles is needed: the text becomes the picture
            text = foyer.words.say(job.language, "telegram-one-moment")
            return Opening(Letter(await self._noticed(text, view), of_card(card, None)), again=repeated)
        page = await foyer.hands.sheets.page(offers, 0)
        recent = await foyer.recent(job.guest, offers)
        keyboard = of_styles(page, job.id, recent, foyer.words, job.language)
        words = await self._noticed(card.words, view)
        return Opening(Letter(words, keyboard, page.picture), page, again=repeated)

    async def _noticed(self, words: str, view: JobView) -> str:
        foyer, language = self._foyer, view.job.language
        if not await foyer.booth.first_notice(view.job.guest):
            return words
        key = "telegram-notice" if view.job.chat == ChatKey(view.job.guest) else "telegram-notice-group"
        return f"{words}\n\n{foyer.words.say(language, key, **foyer.kept(language))}"

    async def _refuse(self, sent: PhotoSent, error: GuestError, language: str) -> None:
        """Say what is wrong; of an album's photos it is said once."""
        if sent.album is not None and (sent.album, error.key) in self._refused:
            return
        await self._foyer.say(sent.spot, language, error.key, **error.values)
        if sent.album is not None:
            self._refused[sent.album, error.key] = None
            if len(self._refused) > ALBUMS_REMEMBERED:
                self._refused.popitem(last=False)

    async def _wish(self, sent: PhotoSent, offers: Sequence[StyleOffer]) -> StyleId | None:
        """The style that is named under the photo; an album's photos share one."""
        in_english = await self._foyer.booth.styles("en", chat_key(sent.spot.chat))
        english = {offer.id: offer.name for offer in in_english}
        names = {offer.id: (offer.name, english.get(offer.id, offer.name)) for offer in offers}
        style = style_in(sent.wish, names) if sent.wish else None
        if sent.album is None:
            return style
        guest, chat = guest_key(sent.sender.user), chat_key(sent.spot.chat)
        return await self._albums.style(guest, chat, sent.album, style)

    async def _choose(self, view: JobView, style: StyleId | None) -> None:
        if style is None or view.job.state is not JobState.CHOOSING:
            return
        self._foyer.chat.statuses.expect(view.job.id)
        try:
            await self._foyer.booth.choose(view.job.guest, view.job.id, style)
        except NotPossibleNow:  # an earlier try did it
            return


def _post(sent: PhotoSent, language: str, *, unasked: bool) -> Post:
    spot = sent.spot
    return Post(
        event=f"telegram:{spot.chat}:{spot.message}",
        guest=guest_key(sent.sender.user),
        chat=chat_key(spot.chat),
        language=language,
        photo=PhotoRef(sent.file),
        context=written(Where(spot.message, spot.thread, language, sent.album, unasked=unasked)),
        subject=_subject(sent),
    )


def _subject(sent: PhotoSent) -> GuestKey | None:
    """Whose photo it is, in the core's words."""
    if sent.subject is None:
        return None
    return SOMEBODY if sent.subject == NOBODY_KNOWS else guest_key(sent.subject)
