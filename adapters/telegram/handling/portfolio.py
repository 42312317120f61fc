"""A guest's pictures once more: ``/mine`` as an album, ``/quality`` as a file. They go with the picture."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import InputFile, InputMediaPhoto

from adapters.telegram.api.pad import MessageKey, message_key
from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Command
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.where import Where, chat_key
from bot.cards import Address
from bot.errors import UnknownJob
from bot.nouns import GuestKey, Job

ALBUM = 10  # pictures that one album holds


class Portfolio:
    """Sends what a guest has made. Where an answer is lost the guest is told to ask again."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def mine(self, command: Command, guest: GuestKey, language: str) -> None:
        """The newest pictures, without an upload.

        Raises:
            DeliveryError: they may be sent later.
        """
        found = [
            (job, letter)
            for job in await self._foyer.booth.mine(guest, ALBUM)
            if (letter := await self._letter(job, guest, language))
        ]
        if not found:
            await self._foyer.say(command.spot, language, "telegram-mine-none")
            return
        jobs, letters = [job for job, _ in found], [letter for _, letter in found]
        await self._once(command, language, jobs, lambda: self._sent(command, letters))

    async def quality(self, command: Command, guest: GuestKey, language: str) -> None:
        """The picture that the command replies to, else the newest one, as a file.

        Raises:
            DeliveryError: it may be sent later.
        """
        foyer, job = self._foyer, await self._meant(command, guest)
        try:
            data = None if job is None else (await foyer.booth.picture(guest, job.id)).data
        except UnknownJob:
            data = None
        if job is None or data is None:
            await foyer.say(command.spot, language, "telegram-quality-none")
            return
        caption = foyer.words.say(language, "telegram-file-caption", style=await self._name(job, language))
        file = InputFile(data, f"petaflop-{job.style}.jpg", read_file_handle=False)
        await self._once(command, language, [job], lambda: self._sent_file(command, file, caption))

    # -- inside -----------------------------------------------------------------------------------------

    async def _once(
        self,
        command: Command,
        language: str,
        jobs: Sequence[Job],
        send: Callable[[], Awaitable[Sequence[MessageKey]]],
    ) -> None:
        async def sent() -> Sequence[MessageKey]:
            keys = await send()
            for job, key in zip(jobs, keys, strict=False):
                await self._note(job, Address(chat_key(command.spot.chat), key), language)
            return keys

        if not await self._foyer.answers.once(command.spot, sent):
            await self._foyer.say(command.spot, language, "telegram-maybe-lost", again=f"/{command.name}")

    async def _note(self, job: Job, where: Address, language: str) -> None:
        """Write down where the picture stands as well; what was erased meanwhile is taken back at once."""
        try:
            await self._foyer.booth.sharing.placed(job.guest, job.id, "keepsake", where, language)
        except UnknownJob:
            await self._foyer.chat.take_back(where, language)

    async def _sent(self, command: Command, letters: Sequence[Letter]) -> Sequence[MessageKey]:
        sender, spot = self._foyer.hands.sender, command.spot
        if len(letters) == 1:
            return [(await sender.send(spot.chat, Where(0, spot.thread), letters[0])).key]
        media = [InputMediaPhoto(letter.picture or b"", letter.words) for letter in letters]
        return await sender.send_album(spot.chat, Where(0, spot.thread), media)

    async def _sent_file(self, command: Command, file: InputFile, caption: str) -> Sequence[MessageKey]:
        where = Where(command.spot.message, command.spot.thread)
        return [await self._foyer.hands.sender.send_file(command.spot.chat, where, file, caption)]

    async def _letter(self, job: Job, guest: GuestKey, language: str) -> Letter | None:
        """A picture by Telegram's id of it; one that never reached its chat has none, and goes up."""
        try:
            picture = job.picture_ref or (await self._foyer.booth.picture(guest, job.id)).data
        except UnknownJob:  # erased meanwhile
            return None
        return Letter(await self._name(job, language), None, picture)

    async def _meant(self, command: Command, guest: GuestKey) -> Job | None:
        if command.replied is not None:
            key = message_key(command.spot.chat, command.replied)
            job = await self._foyer.booth.job_of_message(chat_key(command.spot.chat), key)
            if job is not None and job.guest == guest:
                return job
        return next(iter(await self._foyer.booth.mine(guest, 1)), None)

    async def _name(self, job: Job, language: str) -> str:
        offers = await self._foyer.booth.styles(language, job.chat)
        return next((offer.name for offer in offers if offer.id == job.style), job.style or "")
