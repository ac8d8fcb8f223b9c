"""Networks without addresses: a keyed hash whose key is random, never stored on disk, and new each day."""

import hashlib
import secrets
import socket
from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Protocol

KEY_BYTES = 32
_DAY_SECONDS = 25 * 3600
_NAT64 = ip_network("64:ff9b::/96")


class DailyKeys(Protocol):
    """Where the key of a day comes from."""

    def key(self, day: date) -> bytes:
        """Return the day's key, 32 bytes, the same for every process of the instance."""


class MemoryKeys:
    """The key of today in this process's memory; yesterday's is gone."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day: date | None = None
        self._key = b""

    def key(self, day: date) -> bytes:
        """Return the day's key, made when the day is first asked for."""
        with self._lock:
            if self._day != day:
                self._day, self._key = day, secrets.token_bytes(KEY_BYTES)
            return self._key


class RedisStore(Protocol):
    """The two Redis commands that RedisKeys needs."""

    def set(self, name: str, value: bytes, *, nx: bool, ex: int) -> object: ...

    def get(self, name: str) -> object: ...


class RedisKeys:
    """The key of the day in Redis, shared by several processes and expired by Redis itself."""

    def __init__(self, store: RedisStore, its_error: type[Exception]) -> None:
        self._store = store
        self._its_error = its_error

    def key(self, day: date) -> bytes:
        """Return the day's key; raises ConnectionError when Redis is gone."""
        name = f"youthsafe:network-key:{day.isoformat()}"
        try:
            self._store.set(name, secrets.token_bytes(KEY_BYTES), nx=True, ex=_DAY_SECONDS)
            found = self._store.get(name)
        except self._its_error:
            raise ConnectionError("the limit store cannot be reached") from None
        if not isinstance(found, bytes):
            raise ConnectionError("the limit store did not keep the key of the day")
        return found


def network_of(address: str | None) -> str:
    """Return the network that counts as one visitor: an IPv4 /32 or an IPv6 /64; `unknown` for no address."""
    if _is_ipv4(address or ""):
        return str(address)
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        if found in _NAT64:  # NAT64 puts many networks behind one prefix; the last 32 bits are the IPv4 address
            return str(IPv4Address(int(found) & 0xFFFF_FFFF))
        return str(ip_network((found, 64), strict=False))
    return str(found)


def _is_ipv4(address: str) -> bool:
    """Tell whether it is an IPv4 address, each of which is written in one way; asked of the system, which is quick."""
    try:
        return bool(socket.inet_pton(socket.AF_INET, address))
    except (OSError, ValueError):
        return False


def daily_hash(key: bytes, subject: str) -> str:
    """Return the pseudonym of a network or a known browser, 32 hexadecimal digits that change with the key."""
    return hashlib.blake2s(subject.encode(), key=key, digest_size=16).hexdigest()
