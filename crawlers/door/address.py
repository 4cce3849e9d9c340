"""Which addresses the door opens, judged after resolution and again on the connected socket."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Takes host name and port, returns numeric addresses; raises OSError when the name is unknown."""

# Beside what `ipaddress` calls private or reserved (IANA special-purpose registries, RFC 6890):
# shared address space of carriers, benchmarking, the cloud metadata services, and local NAT64 prefixes.
_REFUSED = tuple(
    ipaddress.ip_network(text)
    for text in ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "169.254.0.0/16",
                 "fc00::/7", "fec0::/10", "fe80::/10", "fd00:ec2::254/128", "64:ff9b:1::/48", "100::/64", "2001:db8::/32", "5f00::/16")
)  # fmt: skip
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_V4_COMPATIBLE = ipaddress.ip_network("::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


def embedded(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """IPv4 addresses that an IPv6 address carries (mapped, compatible, 6to4, Teredo, NAT64, ISATAP)."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    found: list[ipaddress.IPv4Address] = []
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    low = int(address) & 0xFFFFFFFF
    if address in _NAT64 or (address in _V4_COMPATIBLE and int(address) > 1) or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        found.append(ipaddress.IPv4Address(low))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPolicy:
    """What may be opened. The public Internet on web ports; loopback only where a demo or a test says so."""

    allow_loopback: bool = False
    loopback_ports: frozenset[int] | None = None
    """With `allow_loopback`: the only loopback ports that open; None opens them all."""
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    """Ports that open on the public Internet."""

    def refusal(self, address: str, port: int) -> str | None:
        """Why `address:port` is not opened, as a sentence; None when it is."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return f"{address!r} is not a numeric address"
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.scope_id is not None:
            return f"{address} has a zone"
        if parsed.is_loopback:
            return self._loopback_refusal(parsed, port)
        for candidate in (parsed, *embedded(parsed)):
            if not _is_public(candidate):
                return f"{address} is not a public address"
        if port not in self.ports:
            return f"port {port} is not a web port"
        return None

    def _loopback_refusal(self, address: Address, port: int) -> str | None:
        if not self.allow_loopback:
            return f"{address} is loopback"
        if self.loopback_ports is not None and port not in self.loopback_ports:
            return f"loopback port {port} is not allowed"
        return None


def _is_public(address: Address) -> bool:
    if address.is_multicast or address.is_unspecified or address.is_reserved or address.is_loopback or address.is_link_local:
        return _is_nat64(address)
    if any(address in network for network in _REFUSED if network.version == address.version):
        return False
    return address.is_global or bool(embedded(address))


def _is_nat64(address: Address) -> bool:
    """Python calls 64:ff9b::/96 reserved; it is judged by the IPv4 address inside."""
    return address in _NAT64


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Addresses of a name as the machine resolves them, in its order of preference; an address is its own."""
    if _is_numeric(host):
        return [host]
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
