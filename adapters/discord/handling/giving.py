"""Keepsakes of a picture, and whether pictures get a frame: messages for their guest's own eyes.

A keepsake takes the place of the question which one it shall be: pressed twice, it is shown in one message.
"""

from dataclasses import replace

from discord import ButtonStyle

from adapters.discord.api.doors import message_key
from adapters.discord.buttons import Verb, Wish, packed
from adapters.discord.events import Command, Event, Press
from adapters.discord.handling.foyer import Foyer
from adapters.discord.layouts import NIGHT, PINK, Push, Row, Sheet, Shot
from adapters.discord.where import chat_key, guest_key
from bot.cards import Address
from bot.guests.keepsakes import Kind
from bot.nouns import Job, Picture

SUFFIXES = {"image/webp": ".webp", "image/jpeg": ".jpg"}


class Giving:
    """Gives keepsakes, and switches the frame."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def offer(self, press: Press, job: Job) -> None:
        """Ask which one it shall be.

        Raises:
            DeliveryError: it surely wasn't asked, and may be later.
        """
        words = self._foyer.words.say(job.language, "discord-keepsake-ask")
        await self._foyer.tell(press, Sheet(words, rows=(self._kinds(job, press.guest.user),), accent=NIGHT))

    async def give(self, press: Press, job: Job, kind: Kind) -> None:
        """Show one in place of the question, which is written down first: it goes with the picture.

        Raises:
            GuestError: with the sentence of what is wrong.
        """
        made = await self._foyer.booth.keepsakes.make(job.guest, job.id, kind, "webp")
        await self._foyer.booth.sharing.placed(job.guest, job.id, "keepsake", _address(press), job.language)
        words = self._foyer.words.say(job.language, f"keepsake-{kind}")
        rows = (self._kinds(job, press.guest.user),)
        sheet = Sheet(f"### {words}", (_shot(job, kind, made, words),), rows, accent=PINK)
        await self._foyer.turn(press, sheet)

    async def frame(self, command: Command, language: str) -> None:
        """Say how it is, with a button that changes it.

        Raises:
            DeliveryError: it surely wasn't said, and may be later.
        """
        await self._foyer.tell(command, await self._frame(command, language))

    async def switch(self, press: Press, value: str, language: str) -> None:
        """The button was pressed; ``value`` is ``on`` or ``off``."""
        await self._foyer.booth.keepsakes.set_frame(guest_key(press.guest.user), on=value == "on")
        await self._foyer.turn(press, await self._frame(press, language))

    async def _frame(self, event: Event, language: str) -> Sheet:
        say, owner = self._foyer.words.say, event.guest.user
        framed = await self._foyer.booth.keepsakes.frame_of(guest_key(owner))
        now, other = ("on", "off") if framed else ("off", "on")
        push = Push(say(language, f"discord-frame-set-{other}"), packed(Wish(Verb.FRAME, None, owner, other)))
        return Sheet(say(language, f"discord-frame-{now}"), rows=((push,),), accent=NIGHT)

    def _kinds(self, job: Job, owner: int) -> Row:
        return tuple(
            Push(
                self._foyer.words.say(job.language, f"keepsake-{kind}"),
                packed(Wish(Verb.TAKE, job.id, owner, kind)),
                ButtonStyle.secondary,
            )
            for kind in Kind
        )


def _address(press: Press) -> Address:
    """The message under the press, which only its guest sees: nothing but a token reaches it."""
    where = press.where
    context = replace(where, ephemeral=True).write()
    return Address(chat_key(where.channel), message_key(where.channel, press.message), context)


def _shot(job: Job, kind: Kind, made: Picture, words: str) -> Shot:
    return Shot(f"petaflop-{kind}-{job.id}{SUFFIXES[made.media_type]}", made.data, words)
