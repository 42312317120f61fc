"""Commands without a photo."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from adapters.discord.api.doors import MessageKey
from adapters.discord.events import Command
from adapters.discord.handling.foyer import Foyer
from adapters.discord.handling.gallery import Gallery
from adapters.discord.handling.giving import Giving
from adapters.discord.handling.together import Together
from adapters.discord.layouts import Sheet, Shot
from adapters.discord.showing.choosing import of_forget
from adapters.discord.where import chat_key, guest_key, read
from bot.cards import Address
from bot.errors import UnknownJob
from bot.nouns import GuestKey, Job, JobId, StyleId
from bot.states import JobState

MINE_LISTED, MINE_SHOWN = 10, 3  # pictures are uploaded anew; most are a link away
MINE_BYTES = 8 << 20  # of pictures in one answer

Answer = Callable[[Command, str], Awaitable[None]]


class Commands:
    """Handles :class:`~adapters.discord.events.Command`."""

    def __init__(self, foyer: Foyer, giving: Giving) -> None:
        """Work in this foyer; what is asked of the frame is handed on."""
        self._foyer = foyer
        self._gallery = Gallery(foyer)
        together = Together(foyer)
        self._answers: Mapping[str, Answer] = MappingProxyType(
            {
                "styles": self._styles,
                "groupstyle": together.groupstyle,
                "collage": together.collage,
                "mine": self._mine,
                "frame": giving.frame,
                "cancel": self._cancel,
                "forget": self._forget,
                "privacy": self._privacy,
            }
        )

    async def handle(self, command: Command) -> None:
        """Answer; what is unknown is answered with help."""
        language = await self._foyer.language(command)
        await self._answers.get(command.name, self._help)(command, language)

    async def _say(self, command: Command, language: str, key: str, **values: str | float) -> None:
        await self._foyer.say(command, self._foyer.words.say(language, key, **values))

    async def _help(self, command: Command, language: str) -> None:
        await self._say(command, language, "discord-help")

    async def _styles(self, command: Command, language: str) -> None:
        await self._foyer.tell(
            command, await self._gallery.page(0, chat_key(command.where.channel), language)
        )

    async def _privacy(self, command: Command, language: str) -> None:
        await self._say(command, language, "discord-privacy", **self._foyer.kept(language))

    async def _forget(self, command: Command, language: str) -> None:
        await self._foyer.tell(command, of_forget(command.guest.user, self._foyer.words, language))

    async def _cancel(self, command: Command, language: str) -> None:
        guest, chat = guest_key(command.guest.user), chat_key(command.where.channel)
        job = await self._foyer.booth.latest(guest, chat)
        if job is None or job.state is JobState.DELIVERING:
            await self._say(command, language, "discord-cancel-none")
            return
        await self._foyer.booth.discard(guest, job.id)  # its own message says so
        await self._say(command, language, "discord-cancelled")

    # -- pictures ---------------------------------------------------------------------------------------

    async def _mine(self, command: Command, language: str) -> None:
        foyer, guest = self._foyer, guest_key(command.guest.user)
        jobs = await foyer.booth.mine(guest, MINE_LISTED)
        if not jobs:
            await self._say(command, language, "discord-mine-none")
            return
        names = {
            offer.id: offer.name
            for offer in await foyer.booth.styles(language, chat_key(command.where.channel))
        }
        waiting_first = sorted(jobs, key=lambda job: job.message is not None)
        shown = await self._shots(guest, waiting_first[:MINE_SHOWN], names)
        head = foyer.words.say(language, "discord-mine", **_only(foyer.kept(language), "pictures"))
        lines = [_line(job, names) for job in jobs]
        key = await foyer.tell(command, Sheet("\n".join([head, *lines]), tuple(shown.values())))
        if key is not None:
            await self._note(command, guest, shown, key)

    async def _note(self, command: Command, guest: GuestKey, shown: Iterable[JobId], key: MessageKey) -> None:
        """The pictures in this answer go with their jobs; one that went just now takes it down at once."""
        where = Address(chat_key(command.where.channel), key, command.where.write())
        for job in shown:
            with suppress(UnknownJob):
                language = await self._foyer.language(command)
                await self._foyer.booth.sharing.placed(guest, job, "keepsake", where, language)

    async def _shots(
        self, guest: GuestKey, jobs: Sequence[Job], names: Mapping[StyleId, str]
    ) -> Mapping[JobId, Shot]:
        shots: dict[JobId, Shot] = {}
        room = MINE_BYTES
        for job in jobs:
            try:
                data = (await self._foyer.booth.picture(guest, job.id)).data
            except UnknownJob:  # erased meanwhile
                continue
            room -= len(data)
            if room >= 0:
                shots[job.id] = Shot(f"petaflop-{job.id}.jpg", data, _name(job, names))
        return shots


def _line(job: Job, names: Mapping[StyleId, str]) -> str:
    """A style, with a link to the message that shows the picture."""
    name = _name(job, names)
    if job.message is None:
        return f"- {name}"
    where = read(job.context)
    channel, _, message = job.message.partition("/")
    server = where.guild if where.guild and channel == str(where.channel) else "@me"
    return f"- [{name}](https://discord.com/channels/{server}/{channel}/{message})"


def _name(job: Job, names: Mapping[StyleId, str]) -> str:
    return "" if job.style is None else names.get(job.style, job.style)


def _only(values: Mapping[str, str], key: str) -> dict[str, str]:
    return {key: values[key]}
