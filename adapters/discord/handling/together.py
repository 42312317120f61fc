"""What the guests of one channel do together: one style for all for a while, and a collage of the hour."""

from collections.abc import Sequence

from adapters.discord.api.calls import courtesy
from adapters.discord.api.doors import MessageKey
from adapters.discord.events import Command
from adapters.discord.handling.foyer import Foyer
from adapters.discord.layouts import PINK, Sheet, Shot
from adapters.discord.where import Where, chat_key, guest_key, read
from adapters.wishes import style_in
from bot.booth import Booth
from bot.cards import Address
from bot.errors import GuestError
from bot.guests.moments import STYLE_MINUTES, Collage
from bot.nouns import Job, JobView
from bot.states import JobState

MOST_PICTURES = 10  # of one message


class Together:
    """Handles ``/groupstyle`` and ``/collage``."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def groupstyle(self, command: Command, language: str) -> None:
        """For some minutes photos here that name no style take this one; without a style that ends.

        Raises:
            DeliveryError: it surely wasn't said, and may be later; doing it again is harmless.
        """
        moments, chat = self._foyer.booth.moments, chat_key(command.where.channel)
        if not command.rest:
            ended = await moments.end(chat)
            await self._say(
                command, language, "discord-groupstyle-off" if ended else "discord-groupstyle-how"
            )
            return
        names = {offer.id: offer.name for offer in await self._foyer.booth.styles(language, chat)}
        style = style_in(command.rest, {one: (name,) for one, name in names.items()})
        if style is None:
            await self._say(command, language, "discord-groupstyle-how")
            return
        try:
            await moments.set_style(chat, guest_key(command.guest.user), style)
        except GuestError as error:
            await self._foyer.apologise(command, language, error)
            return
        words = self._foyer.words.say(
            language, "discord-groupstyle-on", style=names[style], minutes=STYLE_MINUTES
        )
        await self._foyer.say(command, words)

    async def collage(self, command: Command, language: str) -> None:
        """The pictures that were made here within the hour.

        Its message is written down before a face is in it, so that it comes down with the first of them.

        Raises:
            DeliveryError: it surely wasn't said, and may be later.
        """
        foyer, chat = self._foyer, chat_key(command.where.channel)
        try:
            collage = await foyer.booth.moments.collage(guest_key(command.guest.user), chat, language)
        except GuestError as error:
            await foyer.apologise(command, language, error)
            return
        key = await foyer.tell(command, Sheet(foyer.words.say(language, "discord-one-moment")))
        if key is None:
            return
        where = Address(chat, key, command.where.write())
        if await foyer.booth.moments.placed(collage, where, language):
            await self._show(key, command.where, collage, language)

    async def _show(self, key: MessageKey, where: Where, collage: Collage, language: str) -> None:
        turn, title = self._foyer.chat.turn, self._foyer.words.say(language, "discord-collage")
        shot = Shot("petaflop-collage.jpg", collage.picture.data, title)
        if not await courtesy(turn(key, where, Sheet(f"### {title}", (shot,), accent=PINK))):
            sorry = Sheet(self._foyer.words.say(language, "collage-not-now"))
            await courtesy(turn(key, where, sorry))

    async def _say(self, command: Command, language: str, key: str) -> None:
        await self._foyer.say(command, self._foyer.words.say(language, key))


async def beside(booth: Booth, job: Job) -> Sequence[JobView]:
    """The other photos of the same message that wait for a style: what is chosen for one is for all."""
    where = read(job.context)
    sent = f"i:{where.interaction}" if where.interaction else f"m:{where.reply}"
    found = []
    for number in range(MOST_PICTURES):
        view = await booth.made_by(job.guest, f"discord:{sent}:{number}")
        if view is None:
            break
        if view.job.id != job.id and view.job.state is JobState.CHOOSING:
            found.append(view)
    return found
