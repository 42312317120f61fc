"""Buttons and menus: each press carries its job, so that it works after a restart and from any replica."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType

from adapters.discord.api.doors import MessageKey, message_key
from adapters.discord.buttons import OF_SHARING, Verb, Wish, unpacked
from adapters.discord.events import Press
from adapters.discord.handling.consent import Consent
from adapters.discord.handling.foyer import Foyer
from adapters.discord.handling.gallery import Gallery
from adapters.discord.handling.giving import Giving
from adapters.discord.handling.maintaining import Maintaining
from adapters.discord.handling.makings import Makings
from adapters.discord.handling.receipts import receipt_words
from adapters.discord.handling.together import beside
from adapters.discord.handling.visitors import Visitors
from adapters.discord.layouts import NIGHT, Sheet
from adapters.discord.showing.choosing import Choice, of_delete
from adapters.discord.where import Where, chat_key, guest_key, read
from bot.cards import Action
from bot.errors import DeliveryError, GuestError, NotPossibleNow, UnknownJob
from bot.guests.keepsakes import kind_of
from bot.nouns import Job, JobId, JobView, StyleId
from bot.states import UNFINISHED, JobState

AGAIN = "a"  # behind a page's number: the choice makes another picture


@dataclass(frozen=True, slots=True)
class _Pressed:
    """A press under a guest's own job; ``value`` is the button's, or what was picked in a menu."""

    press: Press
    view: JobView
    value: str

    @property
    def job(self) -> Job:
        return self.view.job

    @property
    def style(self) -> StyleId:
        return StyleId(self.value)


Work = Callable[[_Pressed], Awaitable[None]]


class Presses:
    """Handles :class:`~adapters.discord.events.Press`."""

    def __init__(self, foyer: Foyer, giving: Giving, maintaining: Maintaining) -> None:
        """Work in this foyer; what is asked of keepsakes and the frame, and by maintainers, is handed on."""
        self._foyer = foyer
        self._giving = giving
        self._maintaining = maintaining
        self._makings = Makings(foyer)
        self._consent = Consent(foyer)
        self._visitors = Visitors(foyer)
        self._gallery = Gallery(foyer)
        self._about_a_job: Mapping[Verb, Work] = MappingProxyType(
            {
                Verb.CHOOSE: self._choose,
                Verb.PAGE: self._page,
                Verb.SURPRISE: self._surprise,
                Verb.CANCEL: self._cancel,
                Verb.AGAIN: self._again,
                Verb.OTHER: self._other,
                Verb.MAKE: self._make,
                Verb.LUCKY: self._lucky,
                Verb.KEEPSAKE: self._keepsake,
                Verb.TAKE: self._take,
                Verb.DELETE: self._delete,
                Verb.ERASE: self._erase,
                Verb.KEEP: self._keep,
                Verb.PUBLISH: self._publish,
                Verb.DROP: self._drop,
            }
        )

    async def handle(self, press: Press) -> None:
        """Do what the button says; what can't be done is answered for its guest's own eyes."""
        wish = unpacked(press.custom_id)
        if wish is None:
            return
        language = await self._foyer.language(press)
        try:
            if wish.job is None:
                await self._about_nothing(press, wish, language)
            else:
                await self._about(press, wish, wish.job)
        except UnknownJob:
            await self._whose(press, language)
        except GuestError as error:
            await self._foyer.apologise(press, language, error)

    async def _about(self, press: Press, wish: Wish, job: JobId) -> None:
        if wish.verb in OF_SHARING:
            await self._consent.handle(press, wish.verb, job)
            return
        if wish.verb is Verb.REPORT:
            await self._visitors.report(press, job)
            return
        work = self._about_a_job.get(wish.verb)
        if work is not None:
            view = await self._foyer.booth.look(guest_key(press.guest.user), job)
            await work(_Pressed(press, view, next(iter(press.values), wish.value)))

    # -- choosing ---------------------------------------------------------------------------------------

    async def _choose(self, it: _Pressed) -> None:
        await self._chosen(it, it.style)

    async def _surprise(self, it: _Pressed) -> None:
        await self._chosen(it, await self._any(it.job))

    async def _chosen(self, it: _Pressed, style: StyleId) -> None:
        if it.job.style == style:  # an earlier try did it
            return
        self._foyer.chat.pressed(_key(it.press), it.press.where)
        for other in await beside(self._foyer.booth, it.job):
            with suppress(NotPossibleNow, UnknownJob):  # it was cancelled just now
                await self._foyer.booth.choose(it.job.guest, other.job.id, style)
        await self._foyer.booth.choose(it.job.guest, it.job.id, style)

    async def _page(self, it: _Pressed) -> None:
        again, number = it.value.endswith(AGAIN), int(it.value.removesuffix(AGAIN) or 0)
        if again:
            sheet = await self._others(it, number)
        elif it.job.state is JobState.CHOOSING:
            sheet = await self._menu(
                it, number, again=False, words=f"### {self._foyer.booth.card(it.view).words}"
            )
        else:
            raise NotPossibleNow
        await self._foyer.turn(it.press, sheet)

    async def _others(self, it: _Pressed, number: int) -> Sheet:
        words = self._foyer.words.say(it.job.language, "discord-choose-other")
        return await self._menu(it, number, again=True, words=words)

    async def _menu(self, it: _Pressed, number: int, *, again: bool, words: str) -> Sheet:
        recent = await self._foyer.recent(it.job.guest)
        choice = Choice(it.job.id, it.press.guest.user, it.job.chat, again, recent)
        return replace(await self._foyer.menu(choice, number, it.press.where, it.job.language), words=words)

    async def _any(self, job: Job) -> StyleId:
        offers = await self._foyer.booth.styles(job.language, job.chat)
        ready = [offer for offer in offers if offer.available and offer.id != job.style]
        return secrets.choice(ready or list(offers)).id

    # -- making more ------------------------------------------------------------------------------------

    async def _again(self, it: _Pressed) -> None:
        if it.job.style is None:
            await self._other(it)
        else:
            await self._makings.another(it.press, it.job, it.job.style)

    async def _make(self, it: _Pressed) -> None:
        await self._makings.another(it.press, it.job, it.style)

    async def _lucky(self, it: _Pressed) -> None:
        await self._makings.another(it.press, it.job, await self._any(it.job))

    async def _other(self, it: _Pressed) -> None:
        if not it.job.has_photo:
            raise UnknownJob
        await self._foyer.tell(it.press, await self._others(it, 0))

    async def _keepsake(self, it: _Pressed) -> None:
        await self._giving.offer(it.press, it.job)

    async def _take(self, it: _Pressed) -> None:
        if (kind := kind_of(it.value)) is not None:
            await self._giving.give(it.press, it.job, kind)

    # -- ending -----------------------------------------------------------------------------------------

    async def _cancel(self, it: _Pressed) -> None:
        if it.job.state is JobState.CANCELLED:  # an earlier try did it
            return
        if it.job.state not in UNFINISHED:
            raise NotPossibleNow
        self._foyer.chat.pressed(_key(it.press), it.press.where)
        await self._foyer.booth.discard(it.job.guest, it.job.id)

    async def _delete(self, it: _Pressed) -> None:
        asked = of_delete(it.job.id, it.press.guest.user, self._foyer.words, it.job.language)
        await self._foyer.tell(it.press, asked)

    async def _erase(self, it: _Pressed) -> None:
        job = it.job
        await self._foyer.booth.discard(job.guest, job.id)
        gone = job.message is None or await self._removed(MessageKey(job.message), read(job.context))
        await self._turned(it.press, job.language, "discord-deleted" if gone else "discord-deleted-there")

    async def _keep(self, it: _Pressed) -> None:
        await self._turned(it.press, it.job.language, "discord-kept")

    async def _removed(self, key: MessageKey, where: Where) -> bool:
        try:
            await self._foyer.sender.remove(self._foyer.chat.door(key, where))
        except DeliveryError:
            return False
        return True

    async def _turned(self, press: Press, language: str, key: str) -> None:
        await self._foyer.turn(press, Sheet(self._foyer.words.say(language, key), accent=NIGHT))

    # -- a maintainer's trial ---------------------------------------------------------------------------

    async def _publish(self, it: _Pressed) -> None:
        await self._maintaining.on_card(it.press, it.job, Action.PUBLISH)

    async def _drop(self, it: _Pressed) -> None:
        await self._maintaining.on_card(it.press, it.job, Action.DROP)

    # -- somebody else's, or gone -----------------------------------------------------------------------

    async def _whose(self, press: Press, language: str) -> None:
        found = await self._foyer.booth.job_of_message(chat_key(press.where.channel), _key(press))
        if found is None or found.guest == guest_key(press.guest.user):
            await self._foyer.say(press, self._foyer.words.say(language, "discord-gone"))
        else:
            await self._visitors.make_theirs(press, found.style, language)

    # -- about no picture -------------------------------------------------------------------------------

    async def _about_nothing(self, press: Press, wish: Wish, language: str) -> None:
        match wish.verb:
            case Verb.STYLES:
                await self._foyer.turn(press, await self._page_of_all(press, wish, language))
            case Verb.KEEP:
                await self._turned(press, language, "discord-forget-kept")
            case Verb.YOURS:
                await self._visitors.make_theirs(press, StyleId(wish.value), language, feed=True)
            case Verb.FRAME if wish.owner == press.guest.user:
                await self._giving.switch(press, wish.value, language)
            case Verb.FORGET if wish.owner == press.guest.user:
                await self._forget(press, language)
            case _:
                return

    async def _page_of_all(self, press: Press, wish: Wish, language: str) -> Sheet:
        return await self._gallery.page(int(wish.value or 0), chat_key(press.where.channel), language)

    async def _forget(self, press: Press, language: str) -> None:
        foyer, guest = self._foyer, guest_key(press.guest.user)
        receipt = await foyer.booth.forget(guest)
        await foyer.turn(press, Sheet(receipt_words(foyer.words, language, receipt), accent=NIGHT))


def _key(press: Press) -> MessageKey:
    return message_key(press.where.channel, press.message)
