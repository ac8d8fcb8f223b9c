"""What the server secret is used for: keyed hashes, and encryption of columns at rest (docs/envelope.md, section 8)."""

import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from youthsafe.rooms import rooms

NONCE_BYTES = 12
_TAG_BYTES = 16
_SHORTEST = 1 + NONCE_BYTES + _TAG_BYTES


class AtRestError(Exception):
    """A column could not be decrypted: another server secret, or a damaged row."""


def encrypt(purpose: str, plain: bytes) -> bytes:
    """Encrypt a column's value under the version of the server secret that is written with."""
    version, secret = rooms().server_secret.writing()
    return encrypt_under(version, secret, purpose, plain)


def encrypt_under(version: int, secret: bytes, purpose: str, plain: bytes) -> bytes:
    """Return the version's byte, a 12-byte random nonce, and AES-256-GCM with the version and the purpose as AAD."""
    nonce = os.urandom(NONCE_BYTES)
    head = bytes([version])
    return head + nonce + _column_cipher(secret, purpose).encrypt(nonce, plain, head + purpose.encode())


def decrypt(purpose: str, stored: bytes) -> bytes:
    """Undo `encrypt`; raises AtRestError, also for what is too short to be anything that was encrypted."""
    return decrypt_with(rooms().server_secret.of_version, purpose, stored)


def decrypt_with(of_version: Callable[[int], bytes | None], purpose: str, stored: bytes) -> bytes:
    """As `decrypt`, with what gives the server secret of a version."""
    if len(stored) < _SHORTEST:
        raise AtRestError(f"{purpose} is damaged")
    head, nonce, sealed = stored[:1], stored[1 : 1 + NONCE_BYTES], stored[1 + NONCE_BYTES :]
    secret = of_version(head[0])
    if secret is None:
        raise AtRestError(f"{purpose} is of a version of the server secret that is not here")
    try:
        return _column_cipher(secret, purpose).decrypt(nonce, sealed, head + purpose.encode())
    except InvalidTag:
        raise AtRestError(f"{purpose} cannot be decrypted with this server secret") from None


def index_hash(purpose: str, value: bytes) -> tuple[int, bytes]:
    """Return what a row is found by (32 bytes), for a value that another column keeps encrypted, with its version.

    It is HMAC-SHA256 under that version of the server secret, which is written with now; a rotation makes it anew.
    """
    version, secret = rooms().server_secret.writing()
    return version, hash_under(secret, purpose, value)


def index_hashes(purpose: str, value: bytes, *, besides: int | None = None) -> list[bytes]:
    """Return the hashes that a row may be found by: one for each version that the database is written with.

    `besides` is a version that is left out.
    """
    secrets = rooms().server_secret.reading()
    return [hash_under(secret, purpose, value) for version, secret in secrets.items() if version != besides]


def signing_keys(purpose: str) -> list[bytes]:
    """Return the keys of what is handed out for a while and not kept here; the first one signs, all of them check."""
    return [derive_key(secret, f"sign {purpose}") for secret in rooms().server_secret.reading().values()]


def hash_under(secret: bytes, purpose: str, value: bytes) -> bytes:
    """Return HMAC-SHA256 (32 bytes) of a value under a key of its own for each purpose."""
    found = _hmac(secret, purpose).copy()
    found.update(value)
    return found.digest()


@lru_cache(maxsize=16)
def stand_in(version: int, secret: bytes, purpose: str, length: int) -> bytes:
    """Return what stands for a column's value where there is none: so many zeros, encrypted once for each secret."""
    return encrypt_under(version, secret, purpose, bytes(length))


def check_value(secret: bytes) -> bytes:
    """Return what is kept in the database to recognise the server secret by, 32 bytes that tell nothing of it."""
    return derive_key(secret, "secret check")


@lru_cache(maxsize=256)
def derive_key(secret: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), 32, None, f"youthsafe/at-rest {purpose}".encode()).derive(secret)


@lru_cache(maxsize=64)
def _hmac(secret: bytes, purpose: str) -> hmac.HMAC:
    """Return an HMAC with its key in it and no value yet; to make one takes longer than to hash a few bytes."""
    return hmac.new(derive_key(secret, f"hash {purpose}"), digestmod="sha256")


@lru_cache(maxsize=64)
def _column_cipher(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(derive_key(secret, f"column {purpose}"))
