"""Who asks, where so much from one place is enough."""

from ipaddress import IPv6Address, ip_address


def get_network(address: str | None) -> str:
    """The address as it is counted: of IPv6, where one has many, the network.

    >>> get_network("10.1.2.3")
    '10.1.2.3'
    >>> get_network("2001:db8:1:2:3::4")
    '2001:0db8:0001:0002::/64'
    >>> get_network("nonsense"), get_network(None)
    ('unknown', 'unknown')
    """
    try:
        known = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        return ":".join(known.exploded.split(":")[:4]) + "::/64"
    return str(known)
