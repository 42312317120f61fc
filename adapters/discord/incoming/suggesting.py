"""What fits an option of a maintainer's command while it is typed; whoever is none is offered nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from discord import app_commands

from adapters.discord.incoming.matching import MOST, Choice, best
from adapters.discord.incoming.reception import KEEP_S, Reception
from adapters.discord.incoming.translate import Interaction
from adapters.discord.where import guest_key
from bot.booth import Booth
from bot.console.moments import told
from bot.console.speech import shortened
from bot.console.which import found
from bot.errors import GuestError
from bot.nouns import GuestKey
from bot.office.wardrobe import StyleReport
from bot.store.trouble import STORE_TROUBLE
from bot.words import Words

Kind = Literal["style", "styles", "version", "graph", "crew", "banned"]
"""What an option is about."""

MOST_CHARACTERS = 100  # of what is shown of a choice, and of what it stands for
Suggestion = app_commands.Choice[str | int | float]
Offered = list[Suggestion]

log = logging.getLogger(__name__)


class Suggestions:
    """Looks up what could be meant, anew at every key: what is there changes, and so does the crew."""

    def __init__(self, booth: Callable[[], Booth | None], reception: Reception, words: Words) -> None:
        """Answer through this reception; without a booth there is nothing to offer."""
        self._booth = booth
        self._reception = reception
        self._words = words
        self._finders: Mapping[Kind, Callable[[Booth, Interaction, str], Awaitable[Offered]]] = (
            MappingProxyType(
                {
                    "style": self._style,
                    "styles": self._styles,
                    "version": self._version,
                    "graph": self._graph,
                    "crew": self._crew,
                    "banned": self._banned,
                }
            )
        )

    async def offer(self, interaction: Interaction, kind: Kind, typed: str) -> Offered:
        """Answer with what fits."""
        choices: Offered = []

        async def respond() -> None:
            choices.extend(await self._found(interaction, kind, typed))
            await interaction.response.autocomplete(choices)

        await self._reception.answer(interaction, respond)
        return choices

    async def _found(self, interaction: Interaction, kind: Kind, typed: str) -> Offered:
        booth = self._booth()
        if booth is None:
            return []
        try:
            async with asyncio.timeout(KEEP_S):
                await booth.office.crew.check(_actor(interaction))
                return (await self._finders[kind](booth, interaction, typed))[:MOST]
        except GuestError:
            return []
        except (*STORE_TROUBLE, TimeoutError) as error:
            log.info("nothing is suggested: %s", type(error).__name__)
            return []

    # -- one by one -------------------------------------------------------------------------------------

    async def _style(self, booth: Booth, interaction: Interaction, typed: str) -> Offered:
        choices = [_choice(report) for report in await self._reports(booth, interaction)]
        return [_offered(choice.label, choice.id) for choice in best(choices, typed)]

    async def _styles(self, booth: Booth, interaction: Interaction, typed: str) -> Offered:
        """One more behind those that are there already."""
        before, _, last = typed.rpartition(" ")
        there = {word.strip(",;") for word in before.split()}
        choices = [_choice(one) for one in await self._reports(booth, interaction) if one.style not in there]
        lines = [
            (f"{before} {choice.label}".strip(), f"{before} {choice.id}".strip())
            for choice in best(choices, last)
        ]
        return [_offered(label, value) for label, value in lines if len(value) <= MOST_CHARACTERS]

    async def _version(self, booth: Booth, interaction: Interaction, typed: str) -> Offered:
        """Of the style that stands in the option before."""
        report = found(await self._reports(booth, interaction), str(interaction.namespace.style or ""))
        versions = await booth.office.wardrobe.versions(_actor(interaction), report.style)
        return [
            app_commands.Choice(name=f"{one.number} · {told(one.created)}", value=one.number)
            for one in versions
            if str(one.number).startswith(typed)
        ]

    async def _graph(self, booth: Booth, interaction: Interaction, typed: str) -> Offered:
        graphs = await booth.office.atelier.graphs(_actor(interaction))
        return [
            _offered(f"{graph.title} ({graph.name})", graph.name)
            for graph in graphs
            if typed.casefold() in f"{graph.name} {graph.title}".casefold()
        ]

    async def _crew(self, booth: Booth, interaction: Interaction, typed: str) -> Offered:
        members = await booth.office.crew.members(_actor(interaction))
        return _people([one.guest for one in members if not one.by_owner], typed)

    async def _banned(self, booth: Booth, interaction: Interaction, typed: str) -> Offered:
        return _people(await booth.office.hand.banned(_actor(interaction)), typed)

    async def _reports(self, booth: Booth, interaction: Interaction) -> Sequence[StyleReport]:
        language = self._words.negotiate([interaction.locale.value])
        return await booth.office.wardrobe.styles(_actor(interaction), language)


def _actor(interaction: Interaction) -> GuestKey:
    return guest_key(interaction.user.id)


def _choice(report: StyleReport) -> Choice:
    return Choice(report.style, report.emoji, (report.name,))


def _people(guests: Sequence[GuestKey], typed: str) -> Offered:
    return [_offered(guest, guest) for guest in guests if typed in guest]


def _offered(label: str, value: str) -> Suggestion:
    return app_commands.Choice(name=shortened(label, MOST_CHARACTERS), value=value)
