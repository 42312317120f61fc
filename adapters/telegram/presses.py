"""Buttons: each press carries its job, so that it works after a restart and from any replica."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from adapters.telegram.buttons import Verb, Wish, unpacked
from adapters.telegram.calls import courtesy
from adapters.telegram.errors import Reason, Refused
from adapters.telegram.events import Press
from adapters.telegram.foyer import Foyer
from adapters.telegram.keyboards import of_card, of_catalogue, of_delete, of_styles
from adapters.telegram.makings import Makings
from adapters.telegram.pad import MessageKey, Sheet, message_key
from adapters.telegram.sheets import Page
from adapters.telegram.where import chat_key, guest_key
from bot.errors import GuestError, NotPossibleNow, UnknownJob
from bot.nouns import GuestKey, Job, JobView, StyleId
from bot.states import UNFINISHED, JobState

AGAIN = "a"  # behind a page's number: the styles stand under a finished picture


class Presses:
    """Handles :class:`~adapters.telegram.events.Press`."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._makings = Makings(foyer)
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
                Verb.DELETE: self._delete,
                Verb.ERASE: self._erase,
            }
        )

    async def handle(self, press: Press) -> None:
        """Do what the button says, and answer the press: with a sentence where it needs one."""
        wish, language = unpacked(press.data), await self._foyer.language(press.sender)
        try:
            answer = "" if wish is None else await self._done(press, wish, language)
        except UnknownJob:
            answer = await self._whose(press, language)
        except GuestError as error:
            answer = self._foyer.words.say(language, error.key, **error.values)
        await self._answer(press, answer)

    async def _done(self, press: Press, wish: Wish, language: str) -> str:
        if wish.job is None:
            return await self._about_nothing(press, wish, language)
        work = self._about_a_job.get(wish.verb)
        if work is None:
            return ""
        view = await self._foyer.booth.look(guest_key(press.sender.user), wish.job)
        return await work(press, view, wish.argument)

    async def _answer(self, press: Press, words: str) -> None:
        sender = self._foyer.sender
        await courtesy(
            sender.calls.repeated(
                None,
                lambda: sender.bot.answer_callback_query(press.id, words or None, show_alert=bool(words)),
            )
        )

    async def _whose(self, press: Press, language: str) -> str:
        found = await self._foyer.booth.job_of_message(chat_key(press.spot.chat), _key(press))
        others = found is not None and found.guest != guest_key(press.sender.user)
        return self._foyer.words.say(language, "telegram-not-yours" if others else "telegram-gone")

    # -- choosing ---------------------------------------------------------------------------------------

    async def _choose(self, press: Press, view: JobView, argument: str) -> str:
        await self._foyer.booth.choose(view.job.guest, view.job.id, StyleId(argument))
        if view.job.message is not None and view.job.message != _key(press):
            await self._remove(press)  # an orphan of a send whose answer was lost
        return ""

    async def _surprise(self, press: Press, view: JobView, argument: str) -> str:
        offers = await self._foyer.booth.styles(view.job.language)
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
        offers = await foyer.booth.styles(job.language)
        page = await foyer.sheets.page(offers, number)
        recent = await foyer.recent(job.guest, offers)
        keyboard = of_styles(page, job.id, recent, foyer.words, job.language, again=again)
        if again:
            await foyer.pad.keyboard(_key(press), keyboard)
            return
        await self._turn(_key(press), page, Sheet(foyer.booth.card(view).words, keyboard, page.picture))

    async def _turn(self, key: MessageKey, page: Page, sheet: Sheet) -> None:
        foyer = self._foyer
        try:
            await foyer.sheets.sent(page, await foyer.pad.edit(key, sheet))
        except Refused as error:
            if error.reason is Reason.WRONG_FILE:
                page = await foyer.sheets.refused(page)
                fresh = Sheet(sheet.words, sheet.keyboard, page.picture)
                await foyer.sheets.sent(page, await foyer.pad.edit(key, fresh))
            elif error.reason is Reason.NO_RIGHTS:
                await foyer.pad.keyboard(key, sheet.keyboard)
            else:
                raise

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
        await foyer.pad.keyboard(_key(press), buttons)

    # -- ending -----------------------------------------------------------------------------------------

    async def _cancel(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        if view.job.state not in UNFINISHED:
            raise NotPossibleNow
        await self._foyer.booth.discard(view.job.guest, view.job.id)
        return ""

    async def _delete(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        foyer = self._foyer
        await foyer.pad.keyboard(_key(press), of_delete(view.job.id, foyer.words, view.job.language))
        return ""

    async def _erase(self, press: Press, view: JobView, argument: str) -> str:  # noqa: ARG002
        await self._foyer.booth.discard(view.job.guest, view.job.id)
        if not await self._remove(press):
            await self._cover(press, view.job)
        return self._foyer.words.say(view.job.language, "telegram-deleted")

    async def _remove(self, press: Press) -> bool:
        sender, spot = self._foyer.sender, press.spot
        return await courtesy(
            sender.calls(spot.chat, lambda: sender.bot.delete_message(spot.chat, spot.message))
        )

    async def _cover(self, press: Press, job: Job) -> None:
        """Telegram deletes no message that is older than two days: then at least the face goes."""
        foyer = self._foyer
        page = await foyer.sheets.page(await foyer.booth.styles(job.language), 0)
        words = foyer.words.say(job.language, "telegram-deleted")
        await courtesy(foyer.pad.edit(_key(press), Sheet(words, None, page.picture)))

    # -- about no picture -------------------------------------------------------------------------------

    async def _about_nothing(self, press: Press, wish: Wish, language: str) -> str:
        match wish.verb:
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
        page = await foyer.sheets.page(await foyer.booth.styles(language), number)
        words = foyer.words.say(language, "telegram-styles")
        await self._turn(
            _key(press), page, Sheet(words, of_catalogue(page, foyer.words, language), page.picture)
        )

    async def _forget(self, press: Press, guest: GuestKey, language: str) -> None:
        foyer = self._foyer
        await foyer.end_jobs(guest, chat_key(press.spot.chat))
        receipt = await foyer.booth.forget(guest)
        pending = sum(receipt.pending.values())
        if pending:
            words = foyer.words.say(language, "telegram-forgotten-pending", pending=pending)
        else:
            words = foyer.words.say(language, "telegram-forgotten", number=receipt.erased.get("jobs", 0))
        await self._write(press, words)

    async def _write(self, press: Press, words: str) -> None:
        self._foyer.pad.note_text(_key(press))
        await courtesy(self._foyer.pad.edit(_key(press), Sheet(words)))


def _key(press: Press) -> MessageKey:
    return message_key(press.spot.chat, press.spot.message)
