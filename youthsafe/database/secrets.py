"""What the server secret is used for: keyed hashes, and encryption of columns at rest."""

import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from youthsafe.config import settings

NONCE_BYTES = 12
_TAG_BYTES = 16


class AtRestError(Exception):
    """A column could not be decrypted: another server secret, or a damaged row."""


def keyed_hash(purpose: str, value: bytes) -> bytes:
    """Return HMAC-SHA256 (32 bytes) of a value under a key of its own for each purpose.

    A thief of the database without the server secret cannot test guesses against it.
    """
    return hmac.digest(derive_key(settings().server_secret, f"hash {purpose}"), value, "sha256")


def encrypt(purpose: str, plain: bytes) -> bytes:
    """Encrypt a column's value: 12-byte random nonce, then AES-256-GCM with the purpose as AAD."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(purpose).encrypt(nonce, plain, purpose.encode())


def decrypt(purpose: str, stored: bytes) -> bytes:
    """Undo `encrypt`; raises AtRestError, also for what is too short to be anything that was encrypted."""
    if len(stored) < NONCE_BYTES + _TAG_BYTES:
        raise AtRestError(f"{purpose} is damaged")
    try:
        return _cipher(purpose).decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], purpose.encode())
    except InvalidTag:
        raise AtRestError(f"{purpose} cannot be decrypted with this server secret") from None


@lru_cache(maxsize=16)
def stand_in(secret: bytes, purpose: str, length: int) -> bytes:
    """Return what stands for a column's value where there is none: so many zeros, encrypted once for each secret."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _column_cipher(secret, purpose).encrypt(nonce, bytes(length), purpose.encode())


def check_value(secret: bytes) -> bytes:
    """Return what is kept in the database to recognise the server secret by, 32 bytes that tell nothing of it."""
    return derive_key(secret, "secret check")


@lru_cache(maxsize=256)
def derive_key(secret: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), 32, None, f"youthsafe/at-rest {purpose}".encode()).derive(secret)


def _cipher(purpose: str) -> AESGCM:
    return _column_cipher(settings().server_secret, purpose)


@lru_cache(maxsize=64)
def _column_cipher(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(derive_key(secret, f"column {purpose}"))
