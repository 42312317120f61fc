"""Commands. In a group only what harms nobody's privacy is answered there."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType

from telegram import InputMediaPhoto, ReplyParameters

from adapters.telegram.errors import Refused, Unreachable
from adapters.telegram.events import Command, Spot
from adapters.telegram.foyer import Foyer
from adapters.telegram.keyboards import of_forget, of_languages
from adapters.telegram.pad import PROCESS_S, UPLOAD_S, message_key
from adapters.telegram.sender import Letter
from adapters.telegram.where import chat_key, guest_key
from adapters.telegram.wishes import deep_link
from adapters.wishes import style_in
from bot.errors import UnknownJob
from bot.nouns import GuestKey, Job, StyleId
from bot.states import UNFINISHED

ALBUM = 10  # pictures that one album holds

Answer = Callable[[Command, GuestKey, str], Awaitable[None]]


class Commands:
    """Handles :class:`~adapters.telegram.events.Command`."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        everywhere: dict[str, Answer] = {"styles": self._styles, "cancel": self._cancel}
        self._group: Mapping[str, Answer] = MappingProxyType(everywhere)
        self._private: Mapping[str, Answer] = MappingProxyType(
            everywhere
            | {
                "start": self._start,
                "style": self._style,
                "mine": self._mine,
                "quality": self._quality,
                "privacy": self._privacy,
                "forget": self._forget,
                "language": self._language,
            }
        )

    async def handle(self, command: Command) -> None:
        """Answer; what is unknown is answered with help."""
        guest, language = guest_key(command.sender.user), await self._foyer.language(command.sender)
        answers = self._private if command.spot.private else self._group
        await answers.get(command.name, self._help)(command, guest, language)

    async def greet(self, spot: Spot, language: str) -> None:
        """What a group is told when we have come."""
        await self._foyer.say(spot, language, self._foyer.words.say(language, "telegram-help-group"))

    async def _help(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        key = "telegram-help" if command.spot.private else "telegram-help-group"
        await self._say(command, language, key)

    async def _say(self, command: Command, language: str, key: str, **values: str | float) -> None:
        await self._foyer.say(command.spot, language, self._foyer.words.say(language, key, **values))

    async def _start(self, command: Command, guest: GuestKey, language: str) -> None:
        event = self._foyer.terms.event
        name = await self._preferred(guest, deep_link(command.words).style, language)
        if name is None:
            await self._say(command, language, "telegram-welcome", event=event)
        else:
            await self._say(command, language, "telegram-welcome-style", event=event, style=name)

    async def _style(self, command: Command, guest: GuestKey, language: str) -> None:
        name = await self._preferred(guest, command.words, language)
        if name is None:
            await self._styles(command, guest, language)
        else:
            await self._say(command, language, "telegram-preferred", style=name)

    async def _preferred(self, guest: GuestKey, words: str, language: str) -> str | None:
        """Put the style that the words name first on the guest's list; return what it is called."""
        offers = await self._foyer.booth.styles(language)
        style = style_in(words, {offer.id: (offer.name,) for offer in offers}) if words else None
        if style is None:
            return None
        await self._foyer.booth.prefer(guest, style)
        return next(offer.name for offer in offers if offer.id == style)

    async def _styles(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        page = await self._foyer.sheets.page(await self._foyer.booth.styles(language), 0)
        words = self._foyer.words.say(language, "telegram-styles")
        await self._foyer.show_page(command.spot, language, page, words)

    async def _privacy(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        await self._say(command, language, "telegram-privacy", **self._foyer.kept(language))

    async def _language(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        words = self._foyer.words
        await self._foyer.say(
            command.spot, language, words.say(language, "telegram-language"), of_languages(words)
        )

    async def _forget(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        words = self._foyer.words
        asked = words.say(language, "telegram-forget-ask")
        await self._foyer.say(command.spot, language, asked, of_forget(words, language))

    async def _cancel(self, command: Command, guest: GuestKey, language: str) -> None:
        job = await self._foyer.booth.latest(guest, chat_key(command.spot.chat))
        if job is None or job.state not in UNFINISHED:
            await self._say(command, language, "telegram-cancel-none")
            return
        await self._foyer.booth.discard(guest, job.id)  # its own message says so
        await self._say(command, language, "telegram-cancelled")

    # -- pictures ---------------------------------------------------------------------------------------

    async def _mine(self, command: Command, guest: GuestKey, language: str) -> None:
        jobs = [job for job in await self._foyer.booth.mine(guest, ALBUM) if job.picture_ref]
        if not jobs:
            await self._say(command, language, "telegram-mine-none")
        elif len(jobs) == 1:
            await self._foyer.once(command.spot, language, await self._picture(jobs[0], language))
        else:
            await self._album(command.spot, jobs, language)

    async def _picture(self, job: Job, language: str) -> Letter:
        return Letter(await self._name(job.style, language), None, job.picture_ref)

    async def _album(self, spot: Spot, jobs: Sequence[Job], language: str) -> None:
        media = [
            InputMediaPhoto(job.picture_ref or "", await self._name(job.style, language)) for job in jobs
        ]
        sender = self._foyer.sender
        await _once(
            sender.calls(
                spot.chat,
                lambda: sender.bot.send_media_group(spot.chat, media, message_thread_id=spot.thread),
            )
        )

    async def _quality(self, command: Command, guest: GuestKey, language: str) -> None:
        job = await self._meant(command, guest)
        if job is None:
            await self._say(command, language, "telegram-quality-none")
            return
        try:
            data = (await self._foyer.booth.picture(guest, job.id)).data
        except UnknownJob:
            await self._say(command, language, "telegram-quality-none")
            return
        name = await self._name(job.style, language)
        caption = self._foyer.words.say(language, "telegram-file-caption", style=name)
        await self._send_file(command.spot, data, f"petaflop-{job.style}.jpg", caption)

    async def _meant(self, command: Command, guest: GuestKey) -> Job | None:
        """The picture that the command replies to, else the newest one."""
        if command.replied is not None:
            key = message_key(command.spot.chat, command.replied)
            job = await self._foyer.booth.job_of_message(chat_key(command.spot.chat), key)
            if job is not None and job.guest == guest:
                return job
        return next(iter(await self._foyer.booth.mine(guest, 1)), None)

    async def _send_file(self, spot: Spot, data: bytes, name: str, caption: str) -> None:
        sender = self._foyer.sender
        reply = ReplyParameters(spot.message, allow_sending_without_reply=True)
        await _once(
            sender.calls(
                spot.chat,
                lambda: sender.bot.send_document(
                    spot.chat,
                    data,
                    caption,
                    filename=name,
                    message_thread_id=spot.thread,
                    reply_parameters=reply,
                    disable_content_type_detection=True,
                    write_timeout=UPLOAD_S,
                    read_timeout=PROCESS_S,
                ),
            )
        )

    async def _name(self, style: StyleId | None, language: str) -> str:
        offers = await self._foyer.booth.styles(language)
        return next((offer.name for offer in offers if offer.id == style), style or "")


async def _once(call: Awaitable[object]) -> None:
    """Pictures are not sent again where the first may have arrived: the guest can ask anew."""
    try:
        await call
    except Refused:
        return
    except Unreachable as error:
        if error.unsent:
            raise
