"""Links: where an invite leads on each network. The networks' own addresses are handed in as ``Ways``.

Telegram and the page carry the payload directly: a redirect of ours would meet the warning that free
tunnels put before browsers. Discord carries nothing, so its code leads over our short link, which counts and
passes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.invites.payload import Invite, payload_of

PAGE_FIELD = "i"
"""The field of the page's address that holds the payload."""

SHORT_PATH = "/i/"
"""What stands before the payload in a short link."""

NETWORKS = ("telegram", "discord", "web")
"""In the order in which posters show them."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways into a booth; None where there is none, or it isn't known yet.

    Attributes:
        telegram: The bot's name there.
        discord: What adds the bot, or leads to the event's server: a whole address.
        page: The guest page's address, as guests' phones reach it.
        short: What our short links begin with: the address from outside, which a code may hang on for long.
    """

    telegram: str | None = None
    discord: str | None = None
    page: str | None = None
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One code's worth: the network, what is scanned, and what people can type; "" where nobody would."""

    network: str
    url: str
    label: str


def links(ways: Ways, invite: Invite, *, counted: bool = True, group: bool = False) -> Sequence[Link]:
    """One link a network that there is a way to, in the order of :data:`NETWORKS`.

    Args:
        ways: The ways into this booth.
        invite: What the codes say.
        counted: Whether Discord's leads over our short link, where there is one.
        group: Whether Telegram's adds the bot to a group instead of opening its private chat.

    Raises:
        InviteTooLong: no code can say it.
    """
    return tuple(_links(ways, payload_of(invite), counted=counted, start="startgroup" if group else "start"))


def telegram_link(bot: str, invite: Invite) -> str:
    """What opens the bot's private chat.

    Raises:
        InviteTooLong: no code can say it.
    """
    return _joined(f"https://t.me/{bot}", "start", payload_of(invite))


def discord_install(application: int | str) -> str:
    """What adds the application to a server or to one's own account, whichever its owner allows.

    Discord's own form of it (developer documentation, "Install Link"): scopes and permissions are those that
    stand in the portal.
    """
    return f"https://discord.com/oauth2/authorize?client_id={application}"


def _links(ways: Ways, payload: str, *, counted: bool, start: str) -> Iterator[Link]:
    if ways.telegram is not None:
        home = f"https://t.me/{ways.telegram}"
        yield Link("telegram", _joined(home, start, payload), _read(home))
    if ways.discord is not None:
        short = ways.short if counted and payload else None
        url = ways.discord if short is None else f"{short}{SHORT_PATH}{payload}"
        yield Link("discord", url, "" if "/oauth2/" in ways.discord else _read(ways.discord))
    if ways.page is not None:
        yield Link("web", _joined(f"{ways.page}/", PAGE_FIELD, payload), _read(ways.page))


def _joined(address: str, parameter: str, payload: str) -> str:
    return f"{address}?{parameter}={payload}" if payload else address


def _read(address: str) -> str:
    """An address as it stands on paper: without what browsers add, and without what nobody types."""
    return address.partition("://")[2].partition("?")[0].rstrip("/")
