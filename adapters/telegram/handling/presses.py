"""Buttons: each press carries its job, so that it works after a restart and from any replica."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from adapters.telegram.api.budget import Rank
from adapters.telegram.api.calls import courtesy
from adapters.telegram.api.errors import Reason, Refused
from adapters.telegram.api.pad import MessageKey, Sheet, message_key, parts_of
from adapters.telegram.buttons import Verb, Wish, unpacked
from adapters.telegram.events import Press, Spot
from adapters.telegram.handling.albums import Albums
from adapters.telegram.handling.consent import OF_SHARING, Consent
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.handling.giving import Giving
from adapters.telegram.handling.maintaining import Maintaining
from adapters.telegram.handling.makings import Makings
from adapters.telegram.handling.receipts import receipt_words
from adapters.telegram.showing.callbacks import Callbacks
from adapters.telegram.showing.keyboards import of_card, of_catalogue, of_delete, of_styles
from adapters.telegram.showing.sheets import Page
from adapters.telegram.where import chat_key, guest_key
from adapters.telegram.wishes import start_link
from bot.cards import Action, Address
from bot.errors import GuestError, NotPossibleNow, UnknownJob
from bot.exhibits import ShareId
from bot.guests.keepsakes import kind_of
from bot.invites.payload import Invite
from bot.nouns import GuestKey, Job, JobView, StyleId
from bot.office.slips import NotAMaintainer
from bot.states import UNFINISHED, JobState

AGAIN = "a"  # behind a page's number: the styles stand under a finished picture
_ON_TRIALS: Mapping[Verb, Action] = MappingProxyType(
    {Verb.PUBLISH: Action.PUBLISH, Verb.ADJUST: Action.ADJUST, Verb.DROP: Action.DROP}
)


class Presses:
    """Handles :class:`~adapters.telegram.events.Press`."""

    def __init__(self, foyer: Foyer, giving: Giving, maintaining: Maintaining) -> None:
        """Work in this foyer; what is asked of keepsakes, and maintainers' keys, are handed on."""
        self._foyer = foyer
        self._maintaining = maintaining
        self._makings = Makings(foyer)
        self._giving = giving
        self._albums = Albums(foyer.booth)
        self._consent = Consent(foyer)
        self._callbacks = Callbacks(foyer.hands)
        self._about_a_job: Mapping[Verb, Callable[[Press, JobView, str], Awaitable[str]]] = MappingProxyType(
            {
                Verb.CHOOSE: self._choose,
                Verb.PAGE: self._page,
                Verb.SURPRISE: self._surprise,
                Verb.CANCEL: self._cancel,
                Verb.AGAIN: self._again,
                Verb.OTHER: self._other,
                Verb.MAKE: self._make,
                Verb.BACK: self._back,
                Verb.KEEPSAKE: self._keepsake,
                Verb.DELETE: self._ask,
                Verb.ERASE: self._erase,
                Verb.PUBLISH: self._on_trial,
                Verb.ADJUST: self._on_trial,
                Verb.DROP: self._on_trial,
            }
        )

    async def handle(self, press: Press) -> None:
        """Do what the button says, and answer the press: with a sentence where it needs one."""
        wish, language = unpacked(press.data), await self._foyer.language(press.sender)
        try:
            answer = "" if wish is None else await self._done(press, wish, language)
        except UnknownJob:
            await self._whose(press, wish, language)
            return
        except NotAMaintainer:  # as to a button that means nothing
            answer = ""
        except GuestError as error:
            answer = self._foyer.words.say(language, error.key, **error.values)
        self._callbacks.say(press.id, answer)

    async def _done(self, press: Press, wish: Wish, language: str) -> str:
        if wish.job is None:
            return await self._about_nothing(press, wish, language)
        if wish.verb is Verb.REPORT:
            await self._foyer.booth.sharing.report(guest_key(press.sender.user), ShareId(wish.job))
            return self._foyer.words.say(language, "telegram-reported")
        if wish.verb in OF_SHARING:
            return await self._consent.handle(press.sender, wish.verb, wish.job, language)
        work = self._about_a_job.get(wish.verb)
        if work is None:
            return ""
        view = await self._foyer.booth.look(guest_key(press.sender.user), wish.job)
        return await work(await self._real(press, view.job), view, wish.argument)

    async def _real(self, press: Press, job: Job) -> Press:
        """The press as one of the job's own message; what was thought lost is taken up, or away."""
        if job.message == _key(press):
            return press
        if await self._foyer.booth.job_of_message(chat_key(press.spot.chat), _key(press)) is not None:
            raise UnknownJob  # an app may press what no button says: another job's message isn't this one's
        if job.message is None:
            await self._foyer.booth.adopt(job.guest, job.id, _key(press))
            return press
        chat, message = parts_of(job.message)
        if chat != press.spot.chat:
            return press
        self._foyer.hands.errands.run(self._delete(press.spot), "a message that turned up")
        return replace(press, spot=replace(press.spot, message=message))

    async def _whose(self, press: Press, wish: Wish | None, language: str) -> None:
        """Somebody else's button opens one's own chat with the same style; what is gone is said."""
        found = await self._foyer.booth.job_of_message(chat_key(press.spot.chat), _key(press))
        if found is None or found.guest == guest_key(press.sender.user):
            self._callbacks.say(press.id, self._foyer.words.say(language, "telegram-gone"))
            return
        if found.kind != "guest":
            self._callbacks.say(press.id, "")
            return
        named = wish.argument if wish is not None and wish.verb in (Verb.CHOOSE, Verb.MAKE) else found.style
        link = start_link(self._foyer.identity.me.username, Invite(style=named or ""))
        words = self._foyer.words.say(language, "telegram-not-yours")
        self._callbacks.open(press.id, link, words)

    # -- choosing ---------------------------------------------------------------------------------------

    async def _choose(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002 # one signature
        """An album's photos that still wait take the style, too; this one last: it may be pressed again."""
        beside = await self._albums.beside(view.job) if view.job.state is JobState.CHOOSING else ()
        for other in beside:
            with suppress(NotPossibleNow, UnknownJob):  # it was cancelled just now
                await self._chosen(other, StyleId(argument))
        await self._chosen(view.job, StyleId(argument))
        return ""

    async def _chosen(self, job: Job, style: StyleId) -> None:
        self._foyer.chat.statuses.expect(job.id)
        await self._foyer.booth.choose(job.guest, job.id, style)

    async def _surprise(self, press: Press, view: JobView, argument: str) -> str:
        offers = await self._foyer.booth.styles(view.job.language, view.job.chat)
        ready = [offer for offer in offers if offer.available and offer.id != view.job.style] or list(offers)
        style = secrets.choice(ready).id
        return await (self._make if argument else self._choose)(press, view, style)

    async def _page(self, press: Press, view: JobView, argument: str) -> str:
        under_a_picture = argument.endswith(AGAIN)
        number = argument.removesuffix(AGAIN)
        if not under_a_picture and view.job.state is not JobState.CHOOSING:
            raise NotPossibleNow
        await self._show_styles(press, view, int(number or 0), again=under_a_picture)
        return ""

    async def _show_styles(self, press: Press, view: JobView, number: int, *, again: bool) -> None:
        foyer, job = self._foyer, view.job
        offers = await foyer.booth.styles(job.language, job.chat)
        page = await foyer.hands.sheets.page(offers, number)
        recent = await foyer.recent(job.guest, offers)
        keyboard = of_styles(page, job.id, recent, foyer.words, job.language, again=again)
        if again:
            await foyer.hands.pad.keyboard(_key(press), keyboard)
            return
        await self._turn(_key(press), page, Sheet(foyer.booth.card(view).words, keyboard, page.picture))

    async def _turn(self, key: MessageKey, page: Page, sheet: Sheet) -> None:
        foyer = self._foyer
        try:
            await self._put(key, page, sheet)
        except Refused as error:
            if error.reason is Reason.WRONG_FILE:
                await self._put(key, await foyer.hands.sheets.refused(page), sheet)
            elif error.reason is Reason.NO_RIGHTS:
                await foyer.hands.pad.keyboard(key, sheet.keyboard)
            else:
                raise

    async def _put(self, key: MessageKey, page: Page, sheet: Sheet) -> None:
        sheets = self._foyer.hands.sheets
        async with sheets.turn(page) as ready:
            shown = await self._foyer.hands.pad.edit(key, replace(sheet, picture=ready.picture))
            await sheets.sent(ready, shown)

    # -- making more ------------------------------------------------------------------------------------

    async def _again(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002 # one signature
        if view.job.style is None:
            return await self._other(press, view, "")
        await self._makings.another(press, view.job, view.job.style)
        return ""

    async def _make(self, press: Press, view: JobView, argument: str) -> str:
        await self._makings.another(press, view.job, StyleId(argument))
        await courtesy(self._restore(press, view))
        return ""

    async def _other(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        if not view.job.has_photo:
            raise UnknownJob
        await self._show_styles(press, view, 0, again=True)
        return ""

    async def _back(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        await self._restore(press, view)
        return ""

    async def _restore(self, press: Press, view: JobView) -> None:
        foyer = self._foyer
        buttons = of_card(foyer.booth.card(view), foyer.chat.share_words(view.job.language))
        await foyer.hands.pad.keyboard(_key(press), buttons)

    async def _keepsake(self, press: Press, view: JobView, argument: str) -> str:
        if (kind := kind_of(argument)) is not None:
            return await self._giving.give(press, view, kind)
        await self._giving.offer(press, view.job)
        return ""

    # -- ending -----------------------------------------------------------------------------------------

    async def _cancel(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        if view.job.state not in UNFINISHED:
            raise NotPossibleNow
        self._foyer.note_minds(view.job)
        await self._foyer.booth.discard(view.job.guest, view.job.id)
        return ""

    async def _ask(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        foyer = self._foyer
        await foyer.hands.pad.keyboard(_key(press), of_delete(view.job.id, foyer.words, view.job.language))
        return ""

    async def _erase(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        """The message goes with the picture, however long Telegram is away: it is taken back like others."""
        booth, job = self._foyer.booth, view.job
        where = Address(job.chat, _key(press), job.context)
        await booth.sharing.placed(job.guest, job.id, "keepsake", where, job.language)
        self._foyer.note_minds(job)
        await booth.discard(job.guest, job.id)
        return self._foyer.words.say(job.language, "telegram-deleted")

    async def _delete(self, spot: Spot) -> None:
        sender = self._foyer.hands.sender
        delete = partial(sender.bot.delete_message, spot.chat, spot.message)
        await sender.calls(spot.chat, delete, Rank.DELETION)

    # -- maintainers ------------------------------------------------------------------------------------

    async def _on_trial(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        wish = unpacked(press.data)
        if wish is not None:
            await self._maintaining.on_card(press, view.job, _ON_TRIALS[wish.verb])
        return ""

    # -- about no picture -------------------------------------------------------------------------------

    async def _about_nothing(self, press: Press, wish: Wish, language: str) -> str:
        match wish.verb:
            case Verb.MAINTAIN:
                await self._maintaining.pressed(press, wish.argument)
            case Verb.STYLES:
                await self._catalogue(press, int(wish.argument or 0), language)
            case Verb.SPEAK if wish.argument in self._foyer.words.languages:
                await self._foyer.booth.set_language(guest_key(press.sender.user), wish.argument)
                await self._write(press, self._foyer.words.say(wish.argument, "telegram-language-set"))
            case Verb.KEEP:
                await self._write(press, self._foyer.words.say(language, "telegram-forget-kept"))
            case Verb.FORGET if wish.argument in ("", str(press.sender.user)):
                await self._forget(press, guest_key(press.sender.user), language)
        return ""

    async def _catalogue(self, press: Press, number: int, language: str) -> None:
        foyer = self._foyer
        offers = await foyer.booth.styles(language, chat_key(press.spot.chat))
        page = await foyer.hands.sheets.page(offers, number)
        words = foyer.words.say(language, "telegram-styles")
        await self._turn(
            _key(press), page, Sheet(words, of_catalogue(page, foyer.words, language), page.picture)
        )

    async def _forget(self, press: Press, guest: GuestKey, language: str) -> None:
        foyer = self._foyer
        receipt = await foyer.booth.forget(guest)
        await self._write(press, receipt_words(foyer.words, language, receipt))

    async def _write(self, press: Press, words: str) -> None:
        self._foyer.hands.pad.note_text(_key(press))
        await courtesy(self._foyer.hands.pad.edit(_key(press), Sheet(words)))


def _key(press: Press) -> MessageKey:
    return message_key(press.spot.chat, press.spot.message)
