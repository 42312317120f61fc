"""What is decided before a booth is put together: by the owner, and by the composition root."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.bench import StyleBench
from bot.booth import Booth
from bot.nouns import GuestKey
from bot.office.closing_order import Orders
from bot.office.invitations import Inviting
from bot.office.mailbox import Mailbox
from bot.office.watch import Disk, UplinkReport
from bot.pixels.captions import Framing
from bot.pixels.children import Children
from bot.ports import Chat, Listener, Renderer
from bot.store.jobs import Limits
from bot.store.stores import Stores
from bot.styles.no_bench import NoBench
from bot.styles.shelf import Shelf
from bot.trail import OnStep, no_step
from bot.underway.keeper import Retention
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """What the owner decided about the core; sizes are bytes.

    Attributes:
        previews: Whether guests see their picture grow.
        sheet: Whether previews of graph styles are drawn while nobody waits.
        maintainers: Those whom only the owner removes.
    """

    limits: Limits
    retention: Retention
    framing: Framing
    max_upload_bytes: int
    previews: bool = True
    sheet: bool = True
    maintainers: Sequence[GuestKey] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What the composition root has chosen.

    Attributes:
        renderers: In the order in which their styles are shown.
        chats: One a platform.
        desk: Child processes for intake and frames.
        bench: Where maintainers' graph styles are looked at and drawn.
        portrait: Gives the JPEG that test renders and previews are made of.
        shelf: The shelf, where a rim needs it before the booth is open.
        mailbox: Where the command line leaves a maintainer's code; None where it writes into the store.
        orders: Where an order to close the event lies; None where the command line closes it.
        inviting: What invitations are made of.
        walls: The addresses of the wall on the local network.
        disk: How full the disk with database and pictures is.
        uplinks: How the platforms reach us.
        listeners: One a platform that sends us events, made once the booth is there; called before its staff
            works, so that no event is handled without a listener.
        on_step: Told of every step of every job.
    """

    stores: Stores
    renderers: Sequence[Renderer]
    chats: Sequence[Chat]
    desk: Children
    words: Words
    on_step: OnStep = no_step
    listeners: Callable[[Booth], Sequence[Listener]] = lambda _booth: ()
    bench: StyleBench = field(default_factory=NoBench)
    portrait: Callable[[], bytes] = bytes
    shelf: Shelf | None = None
    mailbox: Mailbox | None = None
    orders: Orders | None = None
    inviting: Inviting = field(default_factory=Inviting)
    walls: Callable[[], Sequence[str]] = tuple
    disk: Callable[[], Disk | None] = lambda: None
    uplinks: Callable[[], Awaitable[Sequence[UplinkReport]]] | None = None
