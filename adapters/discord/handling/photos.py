"""A photo comes in: written down, and answered by the one message that becomes its picture."""

from dataclasses import replace

from adapters.discord.api.doors import message_key
from adapters.discord.api.fetching import photo_ref
from adapters.discord.events import NOBODY_KNOWS, Attached, PhotoSent
from adapters.discord.handling.foyer import Foyer, place
from adapters.discord.layouts import Sheet
from adapters.discord.showing.choosing import Choice
from adapters.discord.where import Where, chat_key, guest_key, read
from adapters.wishes import style_in
from bot.errors import GuestError, UnknownStyle
from bot.nouns import SOMEBODY, GuestKey, Job, JobView, Post, StyleId
from bot.states import JobState

PASSING = (JobState.CHOOSING, JobState.WAITING, JobState.RENDERING)


class Photos:
    """Handles :class:`~adapters.discord.events.PhotoSent`."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def handle(self, sent: PhotoSent) -> None:
        """Take the photos, each for a picture of its own, or say why not."""
        foyer = self._foyer
        foyer.sender.refusals.forget(sent.where.channel)
        language = await foyer.language(sent)
        style = await self._wish(sent, language)
        for number, attached in enumerate(sent.pictures):
            try:
                foyer.fetching.check(attached)
                post = _post(sent, number, attached, style, language)
                await self._take(replace(post, subject=await self._subject(sent, attached)))
            except GuestError as error:
                await foyer.apologise(_begun(sent) if number else sent, language, error)
                return

    async def _take(self, post: Post) -> None:
        """Write one photo down, and show its message unless an earlier try did."""
        try:
            view = await self._foyer.booth.submit(post)
        except UnknownStyle:  # it went while the event lay here: the guest chooses another one
            view = await self._foyer.booth.submit(replace(post, style=None))
        if view.job.message is None and view.job.state in PASSING:
            await self.open(view)

    async def open(self, view: JobView) -> None:
        """Show a new job's first message.

        Raises:
            DeliveryError: it may not be there; showing it again is harmless.
        """
        foyer, job = self._foyer, view.job
        with foyer.chat.opening(job.id, await self._opening(view)):
            await foyer.booth.show(job.guest, job.id)

    async def _opening(self, view: JobView) -> Sheet:
        foyer, job = self._foyer, view.job
        where, card = read(job.context), foyer.booth.card(view)
        sheet = foyer.chat.sheet(where, card)
        if job.state is JobState.CHOOSING:
            choice = Choice(job.id, where.user, job.chat, recent=await foyer.recent(job.guest))
            sheet = replace(await foyer.menu(choice, 0, where, job.language), words=f"### {card.words}")
        return replace(sheet, small=await self._notice(job))

    async def _notice(self, job: Job) -> str:
        foyer = self._foyer
        if not await foyer.booth.first_notice(job.guest):
            return ""
        return foyer.words.say(job.language, "discord-notice", **foyer.kept(job.language))

    async def _subject(self, sent: PhotoSent, attached: Attached) -> GuestKey | None:
        """Whose photo it is where it isn't the sender's; of our own messages we know who is in them."""
        if sent.subject is None:
            return None
        whose = guest_key(sent.subject) if sent.subject != NOBODY_KNOWS else await self._shown_in(attached)
        return None if whose == guest_key(sent.guest.user) else whose

    async def _shown_in(self, attached: Attached) -> GuestKey:
        booth, chat = self._foyer.booth, chat_key(attached.channel)
        message = message_key(attached.channel, attached.message)
        if (job := await booth.job_of_message(chat, message)) is not None:
            return job.owner_of_face
        share = await booth.sharing.share_of_message(chat, message)
        return SOMEBODY if share is None else share.guest

    async def _wish(self, sent: PhotoSent, language: str) -> StyleId | None:
        """The style that the command or the message names, in the guest's language or in English."""
        if not sent.wish:
            return None
        styles, chat = self._foyer.booth.styles, chat_key(sent.where.channel)
        english = {offer.id: offer.name for offer in await styles("en", chat)}
        offers = await styles(language, chat)
        names = {offer.id: (offer.name, english.get(offer.id, offer.name)) for offer in offers}
        return style_in(sent.wish, names)


def _post(sent: PhotoSent, number: int, attached: Attached, style: StyleId | None, language: str) -> Post:
    where: Where = place(_begun(sent) if number else sent, language)
    return Post(
        event=f"{sent.key}:{number}",
        guest=guest_key(sent.guest.user),
        chat=chat_key(where.channel),
        language=language,
        photo=photo_ref(attached),
        style=style,
        context=where.write(),
    )


def _begun(sent: PhotoSent) -> PhotoSent:
    """The same event once its first picture has taken the interaction's one answer."""
    return replace(sent, where=replace(sent.where, thinking=False))
