"""The core's ports: what it asks of chats, renderers and the place where pictures lie.

Each port has one suite of tests that runs on every implementation.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.cards import Address, Card, Shown
from bot.exhibits import Exhibit, TakenBack
from bot.nouns import ChatKey, GuestKey, JobId, Offer, Order, PhotoRef, Picture, Progress
from bot.replies import Key

Report = Callable[[Progress], None]
"""Called by a renderer, at any pace and without waiting; the core thins it out."""


class Chat(Protocol):
    """One platform. ``name`` is the part of a :data:`~bot.nouns.ChatKey` before its colon."""

    name: str

    async def show(self, address: Address, card: Card) -> Shown:
        """Show the card in place of the address's message, or as a new one.

        Showing the same card again is harmless: after an ambiguous answer the core repeats it.

        Raises:
            ChatGone: the guest has blocked us, or the chat is no more.
            DeliveryError: the platform can't be reached just now, or asks for a pause.
        """
        ...

    async def nudge(self, address: Address, words: str, key: str) -> None:
        """Let somebody's phone ring: a short message below the job's own.

        Args:
            address: The job's message.
            words: The message.
            key: Names the message, the same at every try: a platform that can makes one message of them.

        Raises:
            DeliveryError: it may not have arrived.
        """
        ...

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:
        """Send a short message to a guest's own chat, below nothing; on platforms without one, do nothing.

        ``key`` is that of :meth:`nudge`; ``keys`` are a row of the console's, for maintainers.

        Raises:
            ChatGone: the guest can't be written to.
            DeliveryError: it may not have arrived.
        """
        ...

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        """Show a shared picture in a feed: in place of the address's message, or as a new one.

        The core asks for a new message first without the picture, so that its id is known before a face is in
        it, and then for the picture in that message; to hang the same again is harmless. Where that message
        is no more, a new one is opened, without the picture either: the core asks again.

        Raises:
            ChatGone: the feed is no more, or isn't open to us any more.
            DeliveryError: the platform can't be reached just now, or asks for a pause.
        """
        ...

    async def take_back(self, address: Address, language: str) -> TakenBack:
        """Take back a message of ours that shows a picture: delete it, or else put a neutral picture into it.

        To take back the same again is harmless.

        Raises:
            DeliveryError: the platform can't be reached just now, or asks for a pause.
        """
        ...

    async def title(self, chat: ChatKey) -> str | None:
        """What people call a group or a channel; None for a private chat, and for what has no title.

        Raises:
            DeliveryError: it isn't known just now, or not to us.
        """
        ...

    async def fetch(self, ref: PhotoRef) -> bytes:
        """A photo that was sent on this platform.

        Raises:
            PhotoError: no try can succeed, e.g. :class:`~bot.errors.PhotoTooManyBytes`.
            DeliveryError: the platform can't be reached just now, or asks for a pause.
        """
        ...


class Listener(Protocol):
    """Understands what one platform sends; ``name`` is the platform's."""

    name: str

    async def handle(self, payload: str) -> None:
        """Do what an :class:`~bot.nouns.Inbound` asks for. It may be asked again after a restart.

        Raises:
            DeliveryError: the platform can't be reached just now: the same event comes again later.
        """
        ...


class Renderer(Protocol):
    """Turns a clean photo into a picture in a style.

    Attributes:
        name: Stands in every job's row; claims are made by it.
        slots: How many renders run at once; read at each claim, so it may change.
        leaves_traces: Whether something of a job may stay on servers until it is scrubbed.
    """

    name: str
    leaves_traces: bool

    @property
    def slots(self) -> int:
        """Renders at once, 0 while there is no server."""
        ...

    def offers(self) -> Sequence[Offer]:
        """The styles it can draw, in the order they are shown; cheap, asks nobody."""
        ...

    async def render(self, order: Order, report: Report) -> Picture:
        """Draw one picture. Cancelling the task stops the work and leaves nothing behind.

        Raises:
            RendererAway: nothing is lost, the job waits.
            RenderCrashed: this attempt failed.
            StyleBroken: no attempt can succeed.
        """
        ...

    async def scrub(self, jobs: Sequence[JobId]) -> int:
        """Remove what the jobs left on servers; return how many copies could not be reached yet."""
        ...

    def running(self) -> AbstractAsyncContextManager[None]:
        """Warm up, keep connections for as long as the context lasts, and end all that was started."""
        ...


class Vault(Protocol):
    """Photos and pictures, by name. Names are made by the core and hold no dots or slashes but one."""

    async def put(self, name: str, data: bytes) -> None:
        """Keep the bytes durably before returning; the same name is replaced.

        Raises:
            DiskFull: nothing was kept.
        """
        ...

    async def get(self, name: str) -> bytes | None:
        """The bytes, or None when there are none."""
        ...

    async def delete(self, names: Sequence[str]) -> int:
        """Erase; return how many were there."""
        ...

    def names(self) -> AsyncIterator[tuple[str, float]]:
        """Every name kept, with its age in seconds."""
        ...
