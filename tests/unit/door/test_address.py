"""Addresses that never open."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.door.address import AddressPolicy
from crawlers.door.connection import AddressRefused, check_peer

REFUSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:0a00:0001::1",
    "2002:7f00:0001::1",
    "2001:0:102:304::f5ff:fffe",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
    "::ffff:169.254.169.254",
    "2606:4700::5efe:10.0.0.1",
    "localhost",
    "1",
]
OPENED = [
    "1.1.1.1",
    "93.184.216.34",
    "8.8.8.8",
    "2606:4700::1111",
    "2a00:1450:4001:80b::200e",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", REFUSED)
def test_inner_addresses_are_refused(address):
    """Private, special and disguised addresses have a reason not to open."""
    assert AddressPolicy().refusal(address, 443)


@pytest.mark.parametrize("address", OPENED)
def test_public_addresses_open(address):
    """The public Internet opens on web ports only."""
    assert AddressPolicy().refusal(address, 443) is None
    assert AddressPolicy().refusal(address, 22)


def test_loopback_opens_only_where_it_is_allowed():
    """An allowed loopback opens no other inner address, and only the ports that are named."""
    policy = AddressPolicy(allow_loopback=True, loopback_ports=frozenset({8000}))

    assert policy.refusal("127.0.0.1", 8000) is None
    assert policy.refusal("::1", 8000) is None
    assert policy.refusal("127.0.0.1", 8001)
    assert policy.refusal("::ffff:127.0.0.1", 8000)
    assert policy.refusal("10.0.0.1", 8000)


@given(st.integers(0, 2**32 - 1))
def test_a_disguised_address_is_judged_as_itself(number):
    """IPv4 inside IPv6 is refused whenever the IPv4 is."""
    plain = ipaddress.IPv4Address(number)
    policy = AddressPolicy()
    if policy.refusal(str(plain), 443):
        for prefix in (0xFFFF << 32, 0x64FF9B << 96, 0):
            assert policy.refusal(str(ipaddress.IPv6Address(prefix | number)), 443)
        assert policy.refusal(str(ipaddress.IPv6Address(0x2002 << 112 | number << 80 | 1)), 443)


def test_the_connected_peer_must_be_the_checked_address():
    """A socket that ended elsewhere is refused before a byte is sent."""
    policy = AddressPolicy(allow_loopback=True)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        port = server.getsockname()[1]
        check_peer(client, "127.0.0.1", port, policy)
        with pytest.raises(AddressRefused):
            check_peer(client, "93.184.216.34", port, policy)
        with pytest.raises(AddressRefused):
            check_peer(client, "127.0.0.1", port, AddressPolicy())
