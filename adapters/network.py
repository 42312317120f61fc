"""Where phones on the same network reach this machine, found out without sending a packet."""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from adapters.notation import is_loopback

Ip = IPv4Address | IPv6Address

# TEST-NET-1 (RFC 5737) and the documentation prefix (RFC 3849): routed like the internet, never reached.
_FAR_AWAY = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
_OWN = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 # what the owner may have chosen
_ANY = {"0.0.0.0": (socket.AF_INET,), "::": (socket.AF_INET, socket.AF_INET6)}  # noqa: S104 # what is asked


def http_url(host: str, port: int) -> str:
    """The URL of a host and port; an IPv6 address gets its brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_url(host: str, port: int) -> str:
    """The URL as this machine opens it: all addresses (``0.0.0.0``, ``::``) are none that a browser takes."""
    return http_url(_OWN.get(host, host), port)


def lan_urls(host: str, port: int) -> tuple[str, ...]:
    """URLs that a phone on the same network can open, the likeliest first.

    Args:
        host: Where the program listens; ``0.0.0.0`` and ``::`` stand for all addresses.
        port: The port it got.

    Returns:
        Nothing when it listens for this machine only, or has no network.
    """
    if is_loopback(host):
        return ()
    if host not in _ANY:
        return (http_url(host, port),)
    found = [address for family in _ANY[host] for address in _addresses(family)]
    return tuple(dict.fromkeys(http_url(str(address), port) for address in found))


def _addresses(family: socket.AddressFamily) -> Iterator[Ip]:
    """The address of the route outwards, else those of our host name."""
    outwards = _source_address(family)
    candidates = [outwards] if outwards else _own_names(family)
    return (address for address in candidates if not (address.is_loopback or address.is_link_local))


def _source_address(family: socket.AddressFamily) -> Ip | None:
    """The address that a packet to the internet would carry.

    Connecting a UDP socket only looks the route up; nothing is sent.
    """
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_FAR_AWAY[family], 9))
        except OSError:
            return None
        return ip_address(probe.getsockname()[0])


def _own_names(family: socket.AddressFamily) -> list[Ip]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, family, socket.SOCK_STREAM)
    except OSError:
        return []
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
