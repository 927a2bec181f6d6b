"""The network that a request comes from, as far as it can be known.

Only what our own proxies wrote is believed: each puts the address it was asked from at the end of
``X-Forwarded-For``, so what stands before their entries is whatever the visitor liked to say.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Of a proxy on this machine or beside it, of a container: never of one visitor.
INSIDE = [
    ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("0.0.0.0/32", "::/128", "::1/128", "fc00::/7", "fe80::/10"),
    )
]
HOME = 64  # bits: what one subscriber is given of IPv6, and changes within at will


def network_of(request: HttpRequest) -> bytes | None:
    """The visitor's IPv4 address, or the /64 of their IPv6 address; None: not to be told.

    Not told is also an address from inside: a proxy that ``TRUSTED_PROXIES`` does not count would
    be taken for one visitor, and everybody stand behind it.
    """
    try:
        address = ip_address(_said(request).partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if any(address in network for network in INSIDE):
        return None
    if isinstance(address, IPv4Address):
        return address.packed
    return address.packed[: HOME // 8]


def _said(request: HttpRequest) -> str:
    """The address as the outermost of our own proxies saw it."""
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies:
        return request.META.get("REMOTE_ADDR", "")
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return seen[-proxies].strip() if len(seen) >= proxies else ""
