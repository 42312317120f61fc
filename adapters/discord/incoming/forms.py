"""The maintainers' forms. Discord takes one only as the first answer to an interaction, within three seconds.

So what leads to a form is answered at once, from the console: it is only a question and changes nothing, so
nothing has to be kept. The filled form is kept before it is acknowledged, as all that asks for something.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from adapters.discord.buttons import Deferral, Verb, Wish, unpacked
from adapters.discord.events import Filled
from adapters.discord.incoming import translate
from adapters.discord.incoming.reception import KEEP_S, Reception
from adapters.discord.incoming.translate import Interaction
from adapters.discord.layouts import drawn
from adapters.discord.showing.blanks import BELOW, answers_of, data_of, modal_of
from adapters.discord.showing.presenting import UNKNOWN, of_reply
from adapters.discord.showing.seats import seat_of
from bot.booth import Booth
from bot.cards import Action
from bot.console.data import opens_form
from bot.errors import GuestError, StoreAway
from bot.nouns import JobId
from bot.office.slips import NotAMaintainer
from bot.replies import Reply, Seat
from bot.store.trouble import STORE_TROUBLE
from bot.words import Words

"""What whoever is no maintainer is told, as of a command that isn't there."""

log = logging.getLogger(__name__)

Question = Callable[[Booth, Seat], Awaitable[Reply]]


class Forms:
    """Opens forms and takes them in.

    Attributes:
        booth: None until it is there; then everything waits.
    """

    def __init__(self, reception: Reception, words: Words) -> None:
        """Answer through this reception."""
        self._reception = reception
        self._words = words
        self.booth: Booth | None = None

    async def press(self, interaction: Interaction, custom_id: str) -> bool:
        """Take a press on a key of the console, or on a trial's card; False where it is a guest's button."""
        data, wish = data_of(custom_id), unpacked(custom_id)
        if data is not None and opens_form(data):
            await self.open(interaction, lambda booth, seat: booth.console.press(seat, data))
        elif data is not None:
            below = Deferral.MESSAGE if translate.is_private(interaction) else Deferral.EPHEMERAL
            how = below if custom_id.startswith(BELOW) else Deferral.UPDATE
            await self._reception.take(interaction, lambda: translate.press(interaction, custom_id, how))
        elif wish is not None and wish.verb is Verb.ADJUST:
            await self.open(interaction, lambda booth, seat: _adjusted(booth, seat, wish), mark=BELOW)
        else:
            return False
        return True

    async def open(self, interaction: Interaction, question: Question, mark: str = "") -> None:
        """Answer at once, with a form if the console has one."""
        await self._reception.answer(interaction, lambda: self._open(interaction, question, mark))

    async def take(self, interaction: Interaction) -> None:
        """Keep a filled form, then defer it."""
        data: Mapping[str, object] = dict(interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        if data_of(custom_id) is None:
            await self._reception.answer(interaction, interaction.response.defer)
        else:
            answers = answers_of(data)
            await self._reception.take(interaction, lambda: _filled(interaction, custom_id, answers))

    # -- inside -----------------------------------------------------------------------------------------

    async def _open(self, interaction: Interaction, question: Question, mark: str) -> None:
        language = self._words.negotiate([interaction.locale.value])
        reply = await self._asked(interaction, question, language)
        if reply.form is not None:
            mark = mark or _mark(interaction)
            await interaction.response.send_modal(modal_of(reply.form, mark))
            return
        sheet = of_reply(reply, "")
        await interaction.response.send_message(
            view=drawn(sheet), ephemeral=not translate.is_private(interaction)
        )

    async def _asked(self, interaction: Interaction, question: Question, language: str) -> Reply:
        event = translate.command(interaction, "", Deferral.EPHEMERAL)
        if self.booth is None:
            return Reply(self._words.say(language, StoreAway.key))
        try:
            async with asyncio.timeout(KEEP_S):
                return await question(self.booth, seat_of(event, language))
        except NotAMaintainer:
            return Reply(self._words.say(language, UNKNOWN))
        except GuestError as error:
            return Reply(self._words.say(language, error.key, **error.values))
        except (*STORE_TROUBLE, TimeoutError) as error:
            log.warning("a form is not opened: %s", type(error).__name__)
            return Reply(self._words.say(language, StoreAway.key))


async def _adjusted(booth: Booth, seat: Seat, wish: Wish) -> Reply:
    view = await booth.look(seat.actor, JobId(wish.job or ""))
    return await booth.console.on_card(seat, view.job, Action.ADJUST)


def _mark(interaction: Interaction) -> str:
    """Where the filled form is answered: in place of the message that has the key, as far as there is one."""
    data: Mapping[str, object] = dict(interaction.data or {})
    custom_id = str(data.get("custom_id", ""))
    return custom_id[: len(BELOW)] if data_of(custom_id) is not None else BELOW


def _filled(interaction: Interaction, custom_id: str, answers: Mapping[str, str]) -> Filled:
    below = custom_id.startswith(BELOW) or interaction.message is None
    message = 0 if interaction.message is None else interaction.message.id
    return translate.filled(interaction, custom_id, answers, 0 if below else message)
