"""Group moments: one style for all photos of the next minutes, and a collage of what a chat has made.

Results stay in their chat: a collage shows pictures that were made in it, in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Address
from bot.errors import Banned, ChildLost, CollageSoon, NoCollageNow, RenderCrashed, TooFewPictures
from bot.nouns import ChatKey, GuestKey, Job, JobId, Picture, StyleId
from bot.pixels.children import Children
from bot.pixels.collage import Headline, collage_jpeg
from bot.ports import Vault
from bot.store.bell import RECALLS, Bell
from bot.store.house import HouseStore
from bot.store.moments import MomentStore
from bot.store.postings import Placed, PostingStore
from bot.store.vaults import picture_name
from bot.styles.shelf import Shelf
from bot.words import Words

STYLE_MINUTES = 10
MOST_MINUTES = 60
COLLAGE_S = 3600.0  # the pictures of the hour
COLLAGE_PAUSE_S = 60.0  # between two of a chat: each is a second of a core, and a large message
LEAST_PICTURES, MOST_PICTURES = 2, 12


@dataclass(frozen=True, slots=True)
class Collage:
    """A chat's pictures on one sheet.

    Attributes:
        jobs: Whose pictures they are: the message with the collage comes down with the first of them.
    """

    picture: Picture
    jobs: Sequence[JobId]


@dataclass(frozen=True, slots=True)
class Props:
    """What moments are made with; ``event`` is the name on every collage."""

    store: MomentStore
    postings: PostingStore
    house: HouseStore
    vault: Vault
    shelf: Shelf
    children: Children
    words: Words
    bell: Bell
    event: str


class Moments:
    """What the guests of one chat do together."""

    def __init__(self, props: Props) -> None:
        """Work with these."""
        self._props = props

    # -- one style for all ------------------------------------------------------------------------------

    async def set_style(
        self, chat: ChatKey, guest: GuestKey, style: StyleId, minutes: int = STYLE_MINUTES
    ) -> None:
        """Photos in this chat that name no style take this one for the next minutes, at most an hour.

        Raises:
            UnknownStyle: nobody offers it there.
            Banned: a maintainer doesn't want this guest here.
        """
        found = self._props.shelf.find(style, chat)
        await self._check(guest)
        seconds = 60.0 * max(1, min(minutes, MOST_MINUTES))
        await self._props.store.set_style(chat, found.id, seconds)

    async def end(self, chat: ChatKey) -> bool:
        """From now on guests choose by themselves; False when they did so already."""
        return await self._props.store.end_style(chat)

    async def style_of(self, chat: ChatKey) -> StyleId | None:
        """The style that photos there take; None: there is none, its time is over, or it isn't offered."""
        style = await self._props.store.style_of(chat)
        offered = {offer.style.id for offer in self._props.shelf.offers(chat)}
        return style if style in offered else None

    # -- the collage ------------------------------------------------------------------------------------

    async def collage(self, guest: GuestKey, chat: ChatKey, language: str) -> Collage:
        """The pictures of the last hour that were made in this chat, the newest twelve.

        Show it like this, so that no picture is anywhere that nobody knows of: send a message without it,
        give its address to :meth:`placed`, and only when that says so put the collage into it.

        Raises:
            TooFewPictures: there are fewer than two.
            CollageSoon: there was one in this chat within the last minute.
            NoCollageNow: it could not be drawn.
            Banned: a maintainer doesn't want this guest here.
        """
        await self._check(guest)
        store = self._props.store
        if len(await self._pictures(chat)) < LEAST_PICTURES:
            raise TooFewPictures
        if wait_s := await store.take_turn(chat, COLLAGE_PAUSE_S):
            raise CollageSoon(wait_s)
        try:
            return await self._drawn(chat, language)
        except (TooFewPictures, NoCollageNow):
            await store.give_turn_back(chat)
            raise

    async def placed(self, collage: Collage, where: Address, language: str) -> bool:
        """Write down the message that is to show a collage: it comes down with the first of its pictures.

        Returns:
            Whether the collage may be put into it; False when one of its pictures was erased meanwhile: the
            message is taken back.
        """
        here = [Placed("collage", job, where, language) for job in collage.jobs]
        stays = await self._props.postings.place(here)
        if not stays:
            await self._props.bell.ring(RECALLS)
        return stays

    # -- inside -----------------------------------------------------------------------------------------

    async def _check(self, guest: GuestKey) -> None:
        _, banned = await self._props.house.for_guest(guest)
        if banned:
            raise Banned

    async def _pictures(self, chat: ChatKey) -> Sequence[Job]:
        return await self._props.store.pictures(chat, COLLAGE_S, MOST_PICTURES)

    async def _drawn(self, chat: ChatKey, language: str) -> Collage:
        found: dict[JobId, bytes] = {}
        for job in await self._pictures(chat):
            if (data := await self._props.vault.get(picture_name(job.id))) is not None:
                found[job.id] = data
        if len(found) < LEAST_PICTURES:
            raise TooFewPictures
        note = self._props.words.say(language, "collage-note", number=len(found))
        headline = Headline(self._props.event, note)
        try:
            jpeg = await self._props.children.run(collage_jpeg, list(found.values()), headline)
        except (ChildLost, RenderCrashed) as error:
            raise NoCollageNow from error
        return Collage(Picture(jpeg), list(found))
