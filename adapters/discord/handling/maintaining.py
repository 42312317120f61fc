"""Maintainers: what they type, choose, press and fill in goes to the core's console, whose replies are shown.

Whoever is no maintainer is answered as everybody is whose command or button means nothing.
"""

from contextlib import suppress
from dataclasses import replace

from adapters.discord.api.doors import message_key
from adapters.discord.api.errors import Expired
from adapters.discord.api.fetching import photo_ref
from adapters.discord.events import Attached, Filled, Maintained, Press
from adapters.discord.handling.foyer import Foyer
from adapters.discord.layouts import Sheet
from adapters.discord.showing.blanks import data_of
from adapters.discord.showing.presenting import UNKNOWN, of_reply
from adapters.discord.showing.seats import seat_of
from adapters.discord.where import chat_key
from bot.cards import Action, Address
from bot.console.freight import MOST_FILE
from bot.errors import GuestError, PhotoError, UnknownJob
from bot.nouns import Job
from bot.office.slips import NoSuchGuest, NotAMaintainer
from bot.replies import Reply, Seat


class Maintaining:
    """Handles what maintainers do."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def commanded(self, event: Maintained) -> None:
        """A command, or a file.

        Raises:
            DeliveryError: the answer may not be there; it may be given again.
        """
        seat = await self._seat(event)
        try:
            reply = await self._done(seat, event)
        except NotAMaintainer:
            await self._unknown(event, seat)
        except GuestError as error:
            await self._foyer.apologise(event, seat.language, error)
        else:
            if reply is not None:
                await self._tell(event, seat, reply)

    async def pressed(self, press: Press, data: str) -> None:
        """One of the console's keys; the answer takes the message's place, a file comes below it.

        Raises:
            DeliveryError: the answer may not be there; it may be given again.
        """
        seat = await self._seat(press, press.message)
        try:
            reply = await self._foyer.booth.console.press(seat, data)
        except NotAMaintainer:
            await self._unknown(press, seat)
            return
        if press.where.thinking or reply.document is not None:
            await self._tell(press, seat, reply)
        elif await self._may_stand(seat, reply, seat.message):
            await self._foyer.turn(press, self._sheet(seat, reply))
        await self._open_trial(seat)

    async def filled(self, filled: Filled) -> None:
        """A form.

        Raises:
            DeliveryError: the answer may not be there; it may be given again.
        """
        seat, data = await self._seat(filled, filled.message), data_of(filled.custom_id)
        try:
            reply = await self._foyer.booth.console.submit(seat, data or "", filled.answers)
        except NotAMaintainer:
            await self._unknown(filled, seat)
            return
        if filled.message:
            await self._foyer.turn(filled, self._sheet(seat, reply))
        else:
            await self._foyer.tell(filled, self._sheet(seat, reply))

    async def on_card(self, press: Press, job: Job, action: Action) -> None:
        """A button under a trial; its picture stays, the answer comes below it.

        Raises:
            NotAMaintainer: whoever pressed it is none any more.
            DeliveryError: the answer may not be there; it may be given again.
        """
        seat = await self._seat(press, press.message)
        try:
            reply = await self._foyer.booth.console.on_card(seat, job, action)
        except NotAMaintainer:
            await self._unknown(press, seat)
        else:
            await self._foyer.tell(press, self._sheet(seat, reply))

    # -- inside -----------------------------------------------------------------------------------------

    async def _tell(self, event: Maintained | Press, seat: Seat, reply: Reply) -> None:
        """Answer; a guest's picture comes into a message of words, once that is written down."""
        foyer = self._foyer
        if reply.shows is None:
            await foyer.tell(event, self._sheet(seat, reply))
            return
        key = await foyer.tell(event, Sheet(foyer.words.say(seat.language, "discord-one-moment")))
        if key is not None and await self._may_stand(seat, reply, key):
            with suppress(Expired):
                door = foyer.chat.door(key, event.where)
                await foyer.sender.put(door, self._sheet(seat, reply))

    async def _may_stand(self, seat: Seat, reply: Reply, message: str | None) -> bool:
        """Whether a reply may be shown there; a guest's picture in it comes down when they take it back."""
        if reply.shows is None or message is None:
            return True
        where = Address(seat.chat, message, seat.context)
        return await self._foyer.booth.sharing.shown_to_crew(reply.shows, where, seat.language)

    async def _done(self, seat: Seat, event: Maintained) -> Reply | None:
        console = self._foyer.booth.console
        file = None if event.file is None else await self._fetched(seat, event, *event.file)
        if event.file is not None and file is None:
            return None
        if event.name:
            return await console.command(await self._about(seat, event), event.name, event.rest, file)
        return None if file is None else await console.file(seat, *file, event.rest)

    async def _about(self, seat: Seat, event: Maintained) -> Seat:
        """The seat, with whom our message is for as the one who is answered."""
        if not event.about:
            return seat
        booth, channel = self._foyer.booth, event.where.channel
        await booth.office.crew.check(seat.actor)
        answered = message_key(channel, event.about)
        job = await booth.job_of_message(chat_key(channel), answered)
        if job is None and event.name in ("ban", "unban"):
            raise NoSuchGuest
        return replace(seat, replied_to=None if job is None else job.guest, answered=answered)

    async def _fetched(
        self, seat: Seat, event: Maintained, name: str, attached: Attached
    ) -> tuple[str, bytes] | None:
        """A maintainer's file and its name; None when it was answered already."""
        foyer = self._foyer
        await foyer.booth.office.crew.check(seat.actor)
        data = b""
        with suppress(PhotoError):  # it is told below, as the file that it is
            data = b"" if attached.size > MOST_FILE else await foyer.fetching.fetch(photo_ref(attached))
        if 0 < len(data) <= MOST_FILE:
            return name, data
        key = "set-too-large" if attached.size > MOST_FILE or data else "discord-file-gone"
        await foyer.say(event, foyer.words.say(seat.language, key, limit_mib=MOST_FILE >> 20))
        return None

    async def _open_trial(self, seat: Seat) -> None:
        """A trial that has just begun shows its progress in a message of its own."""
        view = await self._foyer.booth.made_by(seat.actor, seat.trial)
        if view is not None and view.job.message is None:
            with suppress(UnknownJob):
                await self._foyer.booth.show(seat.actor, view.job.id)

    async def _unknown(self, event: Maintained | Press | Filled, seat: Seat) -> None:
        """As to an unknown command; a message is answered as every message without a photo."""
        what = event.what if isinstance(event, Maintained) else None
        key = UNKNOWN if what is None else f"discord-send-{what}"
        await self._foyer.say(event, self._foyer.words.say(seat.language, key))

    def _sheet(self, seat: Seat, reply: Reply) -> Sheet:
        return of_reply(reply, self._foyer.words.say(seat.language, "discord-fill-in"))

    async def _seat(self, event: Maintained | Press | Filled, message: int = 0) -> Seat:
        return seat_of(event, await self._foyer.language(event), message)
