"""Maintainers: what they type, press and send is handed to the core's console, and its replies are shown.

Whoever is no maintainer is answered as everybody is whose command, button or file means nothing. In a group
no questions are asked one by one: other people's words are no answers, and Telegram hides them from us.
"""

import time
from dataclasses import replace

from adapters.telegram.api.pad import MessageKey, message_key, parts_of
from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Command, Paper, PaperSent, Press, Said, Sender, Spot
from adapters.telegram.handling.channels import Channels
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.showing.chat import Opening
from adapters.telegram.showing.keyboards import of_card
from adapters.telegram.showing.presenting import Presenter
from adapters.telegram.where import Where, chat_key, guest_key, written
from bot.cards import Action, Address
from bot.console.commands import COMMANDS
from bot.console.freight import MOST_FILE
from bot.errors import PhotoError, UnknownJob
from bot.nouns import GuestKey, Job, JobId, PhotoRef
from bot.office.slips import NotAMaintainer
from bot.replies import Place, Reply, Seat
from bot.words import DEFAULT_LANGUAGE

_NAMES = frozenset(command.name for command in COMMANDS)


class Maintaining:
    """Handles what maintainers do."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._channels = Channels(foyer)
        self._show = Presenter(foyer.hands, foyer.answers, foyer.words, self._note)

    async def commanded(self, command: Command) -> bool:
        """A command; False when it is none of a maintainer's, or not from one.

        Raises:
            DeliveryError: the answer may not be there; it may be given again.
        """
        if command.name == "cancel":
            return await self._given_up(command)
        if command.name not in _NAMES:
            return False
        seat = await self._answering(command)
        try:
            if (channel := self._channels.meant(command)) is not None:
                await self._foyer.booth.office.crew.check(seat.actor)
                seat = replace(seat, feed=await self._channels.place(channel))
                command = replace(command, words="here")
            file = None if command.paper is None else await self._fetched(seat, command.spot, command.paper)
            if command.paper is not None and file is None:
                return True
            reply = await self._foyer.booth.console.command(seat, command.name, command.words, file)
        except NotAMaintainer:
            return False
        await self._answer(seat, command.spot, reply)
        return True

    async def said(self, said: Said) -> bool:
        """Words in private; False when no question is open.

        Raises:
            DeliveryError: the answer may not be there; it may be given again.
        """
        seat = await self._seat(said.spot, said.sender)
        try:
            reply = await self._foyer.booth.console.answer(seat, said.words)
        except NotAMaintainer:
            return False
        if reply is not None:
            await self._answer(seat, said.spot, reply)
        return reply is not None

    async def sent(self, sent: PaperSent) -> bool:
        """A file in private; False when it isn't from a maintainer.

        Raises:
            DeliveryError: the answer may not be there; it may be given again.
        """
        seat = await self._seat(sent.spot, sent.sender)
        try:
            file = await self._fetched(seat, sent.spot, sent.paper)
            if file is not None:
                reply = await self._foyer.booth.console.file(seat, *file, sent.words)
                await self._answer(seat, sent.spot, reply)
        except NotAMaintainer:
            return False
        return True

    async def pressed(self, press: Press, data: str) -> None:
        """One of the console's keys.

        Raises:
            NotAMaintainer: whoever pressed it is none.
            DeliveryError: the answer may not be there; it may be given again.
        """
        started, seat = time.time(), await self._seat_of(press)
        reply = await self._foyer.booth.console.press(seat, data)
        reply = await self._asked(seat, reply)
        if not await self._show.instead(press, reply, seat.language):
            await self._say_lost(press.spot, seat)
        await self._open_trial(seat, started)
        self._foyer.roster.changed()

    async def on_card(self, press: Press, job: Job, action: Action) -> None:
        """A button under a trial; the trial's picture stays, the answer comes below it.

        Raises:
            NotAMaintainer: whoever pressed it is none.
            DeliveryError: the answer may not be there; it may be given again.
        """
        seat = await self._seat_of(press)
        await self._answer(seat, press.spot, await self._foyer.booth.console.on_card(seat, job, action))

    # -- inside -----------------------------------------------------------------------------------------

    async def _answer(self, seat: Seat, spot: Spot, reply: Reply) -> None:
        await self._note_language(seat)
        if not await self._show.answer(spot, await self._asked(seat, reply), seat.language):
            await self._say_lost(spot, seat)
        self._foyer.roster.changed()

    async def _note_language(self, seat: Seat) -> None:
        """News come without an update that says how their reader speaks."""
        booth = self._foyer.booth
        if await booth.language_of(seat.actor) is None and await booth.office.crew.is_maintainer(seat.actor):
            await booth.set_language(seat.actor, seat.language)

    async def _asked(self, seat: Seat, reply: Reply) -> Reply:
        """The first question of a form that is to be filled in; a key may lead to it instead."""
        if reply.form is None or reply.rows:
            return reply
        if not seat.private:
            return Reply(self._foyer.words.say(seat.language, "telegram-form-in-private"))
        return await self._foyer.booth.console.ask(seat, reply.form)

    async def _given_up(self, command: Command) -> bool:
        """``/cancel`` ends an open question before it ends a picture."""
        seat = await self._seat(command.spot, command.sender)
        try:
            if not await self._foyer.booth.console.give_up(seat):
                return False
        except NotAMaintainer:
            return False
        await self._foyer.say(command.spot, seat.language, "telegram-cancelled")
        return True

    async def _open_trial(self, seat: Seat, started: float) -> None:
        """A trial that has just begun shows its progress in a message of its own."""
        foyer = self._foyer
        view = await foyer.booth.made_by(seat.actor, seat.trial)
        if view is None or view.job.message is not None:
            return
        foyer.chat.statuses.expect(view.job.id)
        card = foyer.booth.card(view)
        opening = Opening(Letter(card.words, of_card(card, None)), again=foyer.is_older(view.job, started))
        with foyer.chat.opening(view.job.id, opening):
            await foyer.booth.show(seat.actor, view.job.id)

    async def _fetched(self, seat: Seat, spot: Spot, paper: Paper) -> tuple[str, bytes] | None:
        """A maintainer's file and its name; None when it was answered already."""
        foyer = self._foyer
        await foyer.booth.office.crew.check(seat.actor)
        try:
            data = b"" if paper.size > MOST_FILE else await foyer.chat.fetch(PhotoRef(paper.file))
        except PhotoError as error:
            await foyer.say(spot, seat.language, error.key, **error.values)
            return None
        if paper.size > MOST_FILE or len(data) > MOST_FILE:
            await foyer.say(spot, seat.language, "set-too-large", limit_mib=MOST_FILE >> 20)
            return None
        return paper.name, data

    async def _note(self, job: JobId, message: MessageKey) -> None:
        """A guest's picture in this message comes down when its guest takes it back.

        Raises:
            UnknownJob: its guest has just done so.
        """
        where = Address(chat_key(parts_of(message)[0]), message)
        if not await self._foyer.booth.sharing.shown_to_crew(job, where, DEFAULT_LANGUAGE):
            raise UnknownJob

    async def _answering(self, command: Command) -> Seat:
        """The seat of a command, with the message that it answers."""
        seat = await self._seat(command.spot, command.sender, await self._replied_to(command))
        if command.replied is None:
            return seat
        return replace(seat, answered=message_key(command.spot.chat, command.replied))

    async def _replied_to(self, command: Command) -> GuestKey | None:
        """Who wrote the message that is answered, or whose picture it shows."""
        if command.writer is not None:
            return guest_key(command.writer)
        if command.replied is None:
            return None
        chat = command.spot.chat
        job = await self._foyer.booth.job_of_message(chat_key(chat), message_key(chat, command.replied))
        return None if job is None else job.guest

    async def _say_lost(self, spot: Spot, seat: Seat) -> None:
        await self._foyer.say(spot, seat.language, "telegram-maybe-lost", again="/maintain")

    async def _seat(self, spot: Spot, sender: Sender, replied_to: GuestKey | None = None) -> Seat:
        language = await self._foyer.language(sender)
        return Seat(
            actor=guest_key(sender.user),
            chat=chat_key(spot.chat),
            language=language,
            event=f"telegram:{spot.chat}:{spot.message}",
            private=spot.private,
            context=written(Where(0 if spot.private else spot.message, spot.thread, language)),
            replied_to=replied_to,
            feed=_feed(spot),
        )

    async def _seat_of(self, press: Press) -> Seat:
        spot, language = press.spot, await self._foyer.language(press.sender)
        return Seat(
            actor=guest_key(press.sender.user),
            chat=chat_key(spot.chat),
            language=language,
            event=f"telegram:press:{press.id}",
            private=spot.private,
            message=message_key(spot.chat, spot.message),
            context=written(Where(spot.message, spot.thread, language)),
            feed=_feed(spot),
        )


def _feed(spot: Spot) -> Place | None:
    """Where shared pictures would be posted: this group, or its topic."""
    return None if spot.private else Place(chat_key(spot.chat), written(Where(thread=spot.thread)))
