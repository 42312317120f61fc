"""How settings are written: durations, sizes, addresses and lists, each parsed by one small function.

A parser takes text without spaces around it and raises ``ValueError`` with the second half of a sentence,
e.g. "is not a port from 0 to 65535". It never repeats the text, which may be a secret.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import SplitResult, urlsplit

import sqlalchemy as sa

from bot.nouns import GuestKey

Network = IPv4Network | IPv6Network
LogFormat = Literal["text", "json"]
_T = TypeVar("_T")

_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(min|[smhdw])\s*")
_BYTES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_SIZE = re.compile(r"(\d{1,15}(?:\.\d+)?)\s*([a-z]*)")
_ON, _OFF = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
_HOST_NAME = re.compile(r"(?![\d.]+$)(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*\.?", re.IGNORECASE)
_MAINTAINER = re.compile(r"(?:telegram|discord):[1-9]\d{0,19}")
_DRIVERS = {
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
}


def duration(value: str) -> timedelta:
    """``90s``, ``45m``, ``1h30m``, ``2d``, ``1w``.

    A number always has its unit: a bare 24 could be meant as hours and taken as seconds.
    """
    parts = _DURATION.findall(value.lower())
    if not parts or _DURATION.sub("", value.lower()).strip():
        raise ValueError("is not a duration of seconds (s), minutes (m), hours (h), days (d) or weeks (w)")
    try:
        length = timedelta(seconds=sum(float(number) * _SECONDS[unit] for number, unit in parts))
    except OverflowError:
        raise ValueError("is longer than can be counted") from None
    if not length:
        raise ValueError("has to be longer than nothing")
    return length


def size(value: str) -> int:
    """Bytes: ``20 MiB`` (2²⁰ each), ``20MB`` (10⁶ each) or a plain number."""
    found = _SIZE.fullmatch(value.lower())
    if not found or found[2] not in _BYTES:
        raise ValueError("is not a size in bytes, kB, MB, GB, KiB, MiB or GiB")
    length = int(float(found[1]) * _BYTES[found[2]])
    if not length:
        raise ValueError("has to be at least one byte")
    return length


def directory(value: str) -> Path:
    """A path; ``~`` is the home directory."""
    return Path(value).expanduser()


def title(value: str) -> str:
    """One line of printable text, at most 80 characters."""
    if not value.isprintable() or len(value) > 80:
        raise ValueError("is not one line of at most 80 characters")
    return value


def count(value: str) -> int:
    """A whole number, 0 or more."""
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
        raise ValueError("is not a whole number, 0 or more")
    return int(value)


def switch(value: str) -> bool:
    """``1`` or ``0``; the usual words for them are understood too."""
    word = value.lower()
    if word not in _ON | _OFF:
        raise ValueError("is neither 1 (on) nor 0 (off)")
    return word in _ON


def port(value: str) -> int:
    """A TCP port; 0 is for the reader to explain."""
    if not re.fullmatch(r"\d{1,5}", value, re.ASCII) or int(value) > 65_535:
        raise ValueError("is not a port from 0 to 65535")
    return int(value)


def host(value: str) -> str:
    """An IP address (IPv6 with or without brackets) or a host name."""
    bare = value.removeprefix("[").removesuffix("]")
    if not (_is_address(bare) or _HOST_NAME.fullmatch(bare)):
        raise ValueError("is neither an IP address nor a host name (scheme and port don't belong here)")
    return bare


def web_url(value: str) -> str:
    """An http or https URL without a trailing slash."""
    return _url(value, ("http", "https")).geturl()


def socket_url(value: str) -> str:
    """A ws or wss URL without a trailing slash."""
    return _url(value, ("ws", "wss")).geturl()


def origin(value: str) -> str:
    """Scheme, host and port of a site that strangers' phones reach: https, or http on this machine only."""
    url = _url(value, ("http", "https"))
    if url.path:
        raise ValueError("has a path; only scheme, host and port belong here")
    if url.scheme == "http" and not is_loopback(url.hostname or ""):
        raise ValueError("has to begin with https:// (http:// is for this machine's own addresses only)")
    return url.geturl()


def is_loopback(name: str) -> bool:
    """Whether a host name or address means this machine itself."""
    if _is_address(name):
        return ip_address(name).is_loopback
    return name == "localhost" or name.endswith(".localhost")


def web_urls(value: str) -> tuple[str, ...]:
    """Comma-separated http or https URLs; a repeated one counts once."""
    return _listed(value, web_url)


def networks(value: str) -> tuple[Network, ...]:
    """Comma-separated networks as ``10.42.0.0/16``; an address alone is a network of one."""
    return _listed(value, _network)


def maintainers(value: str) -> tuple[GuestKey, ...]:
    """Comma-separated ``telegram:<id>`` or ``discord:<id>`` with numeric ids: these people's guest keys."""
    return _listed(value, _maintainer)


def node_types(value: str) -> tuple[str, ...]:
    """Names of ComfyUI's node types or packs, comma-separated; a star stands for anything."""
    return _listed(value, _node_type)


def discord_invite(value: str) -> str:
    """A server's invite, as Discord makes it: ``https://discord.gg/…`` or ``https://discord.com/invite/…``."""
    if not re.fullmatch(r"https://(?:discord\.gg|discord\.com/invite)/[A-Za-z0-9-]{2,64}", value):
        raise ValueError("is not an invite like https://discord.gg/… or https://discord.com/invite/…")
    return value


def colours(value: str) -> tuple[str, str, str]:
    """Three comma-separated colours, each as ``#rrggbb``."""
    found = [part.strip().lower() for part in value.split(",")]
    if len(found) != 3 or not all(re.fullmatch(r"#[0-9a-f]{6}", part) for part in found):
        raise ValueError("is not three colours like #11121e,#22d3ee,#ff3b7b")
    return found[0], found[1], found[2]


def token(value: str) -> str:
    """A bot's token: printable ASCII without spaces, as it goes into an HTTP header or path."""
    if not re.fullmatch(r"[!-~]+", value):
        raise ValueError("is not a token: it has spaces or other characters that no token has")
    return value


def log_format(value: str) -> LogFormat:
    """How log lines are written."""
    match value.lower():
        case "text":
            return "text"
        case "json":
            return "json"
        case _:
            raise ValueError("is neither text nor json")


def ed25519_key(value: str) -> str:
    """An Ed25519 public key in hexadecimal: 32 bytes."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
        raise ValueError("is not a public key of 64 hexadecimal digits")
    return value.lower()


def database(value: str) -> sa.URL:
    """A SQLite or PostgreSQL URL with the driver that we use, and libpq's ``sslmode`` in asyncpg's words."""
    try:
        url = sa.make_url(value)
    except (sa.exc.ArgumentError, ValueError):
        raise ValueError("is not a database URL") from None
    driver = _DRIVERS.get(url.drivername, url.drivername)
    if driver not in _DRIVERS.values():
        raise ValueError("is of neither postgresql:// nor sqlite://")
    if driver == _DRIVERS["sqlite"] and url.database in {None, "", ":memory:"}:
        raise ValueError("names no file: jobs have to outlive a restart")
    if "sslmode" in url.query:
        url = url.update_query_dict({"ssl": url.query["sslmode"]}).difference_update_query(["sslmode"])
    return url.set(drivername=driver)


def _url(value: str, schemes: tuple[str, ...]) -> SplitResult:
    wanted = " or ".join(f"{scheme}://" for scheme in schemes)
    url = _split(value)
    if not url or url.scheme not in schemes or not url.hostname:
        raise ValueError(f"is not a whole URL that begins with {wanted}")
    if "@" in url.netloc:
        raise ValueError("holds a user name or password; addresses are shown and logged, so leave them out")
    if url.query or url.fragment:
        raise ValueError("has a part after ? or #, which has no use here")
    return url._replace(path=url.path.rstrip("/"))


def _split(value: str) -> SplitResult | None:
    """A URL's parts; None when its port or address is no such thing, or it has spaces."""
    try:
        url = urlsplit(value)
        usable = url.port != 0 and not re.search(r"\s", value)
    except ValueError:
        return None
    return url if usable else None


def _network(entry: str) -> Network:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        raise ValueError("is not a network like 10.42.0.0/16") from None


def _maintainer(entry: str) -> GuestKey:
    if not _MAINTAINER.fullmatch(entry):
        raise ValueError("is not telegram:<id> or discord:<id> with a numeric id")
    return GuestKey(entry)


def _node_type(entry: str) -> str:
    if not entry.isprintable() or len(entry) > 128 or not entry.strip("*?"):
        raise ValueError("is not the name of a node type, like ImpactWildcardEncode, or of a pack")
    return entry


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _listed(value: str, parse: Callable[[str], _T]) -> tuple[_T, ...]:
    """Each entry parsed, in order, once; an error tells which entry it was."""
    return tuple(dict.fromkeys(_entries(value, parse)))


def _entries(value: str, parse: Callable[[str], _T]) -> Iterator[_T]:
    for number, entry in enumerate(filter(None, map(str.strip, value.split(","))), start=1):
        try:
            yield parse(entry)
        except ValueError as error:
            raise ValueError(f"has an entry (number {number}) that {error}") from None
