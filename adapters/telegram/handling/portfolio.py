"""A guest's pictures once more: ``/mine``, ``/quality`` as a file. They go with the picture.

Each stands in a message of its own. An album would be sent with its pictures in it, and an answer that is
lost would leave faces that nobody knows of.
"""

from adapters.telegram.api.errors import Refused
from adapters.telegram.api.pad import Sheet, message_key
from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Command
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.where import Where, chat_key
from bot.errors import UnknownJob
from bot.nouns import GuestKey, Job

MOST = 10  # pictures at a time: two calls each


class Portfolio:
    """Shows what a guest has made. Where an answer is lost the guest is told to ask again."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def mine(self, command: Command, guest: GuestKey, language: str) -> None:
        """The newest pictures, without an upload; the phone rings once.

        Raises:
            DeliveryError: they may be sent later.
        """
        shown, where = 0, Where(thread=command.spot.thread)
        for job in await self._foyer.booth.mine(guest, MOST):
            sheet = await self._sheet(job, guest, language)
            if sheet is None:
                continue
            if not await self._shown(command, language, job, sheet, where, silent=shown > 0):
                return
            shown += 1
        if not shown:
            await self._foyer.say(command.spot, language, "telegram-mine-none")

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
        sheet = Sheet(caption, None, data, file=f"petaflop-{job.style}.jpg")
        await self._shown(command, language, job, sheet, Where(command.spot.message, command.spot.thread))

    # -- inside -----------------------------------------------------------------------------------------

    async def _shown(
        self, command: Command, language: str, job: Job, sheet: Sheet, where: Where, *, silent: bool = False
    ) -> bool:
        """Show one picture; False where that may be lost, or was refused, which is said."""
        foyer, spot = self._foyer, command.spot
        name = f"{command.name} {message_key(spot.chat, spot.message)} {job.id}"
        letter = Letter(sheet.words, silent=silent)
        try:
            message = await foyer.hands.unveiling.open(name, spot.chat, where, letter)
            if message is not None:
                await foyer.hands.unveiling.fill(message, sheet, foyer.placing(job, language))
                return True
        except UnknownJob:  # erased meanwhile
            return True
        except Refused:
            pass
        await foyer.say(spot, language, "telegram-maybe-lost", again=f"/{command.name}")
        return False

    async def _sheet(self, job: Job, guest: GuestKey, language: str) -> Sheet | None:
        """A picture by Telegram's id of it; one that never reached its chat has none, and goes up."""
        try:
            picture = job.picture_ref or (await self._foyer.booth.picture(guest, job.id)).data
        except UnknownJob:  # erased meanwhile
            return None
        return Sheet(await self._name(job, language), None, picture)

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
