"""A network is counted without its address being kept."""

from datetime import date

import pytest

from youthsafe.limits.networks import MemoryKeys, daily_hash, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("64:ff9b::cb00:7109", "203.0.113.9"),
        ("64:ff9b:1::cb00:7109", "64:ff9b:1::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("not an address", "unknown"),
        ("203.0.113.09", "unknown"),
        ("203.0.113", "unknown"),
        ("203.0.113.9\0", "unknown"),
    ],
)
def test_a_network_is_one_ipv4_address_or_one_ipv6_64(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_the_key_changes_with_the_day_so_that_yesterday_cannot_be_matched() -> None:
    keys = MemoryKeys()
    today = keys.key(date(2026, 11, 23))
    assert keys.key(date(2026, 11, 23)) == today
    assert keys.key(date(2026, 11, 24)) != today


def test_the_hash_holds_nothing_of_the_address() -> None:
    shown = daily_hash(MemoryKeys().key(date(2026, 11, 23)), "203.0.113.9")
    assert "203" not in bytes.fromhex(shown).decode("latin-1")
    assert shown != daily_hash(MemoryKeys().key(date(2026, 11, 23)), "203.0.113.9")
