"""The few primitives a ceremony needs (docs/envelope.md 1.1): making keys, stretching words, sealing, signing."""

import hashlib
import secrets

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from youthsafe.crypto.keys import ID_LENGTH, signed_bytes

SEED_LENGTH = 32
Root = ec.EllipticCurvePrivateKey
_MLKEM_SEED = 64


def new_id() -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(ID_LENGTH)


def public_key_of(seed: bytes) -> bytes:
    """Return the X-Wing public key (1,216 bytes) of a 32-byte seed."""
    expanded = hashlib.shake_256(seed).digest(96)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED]).public_key().public_bytes_raw()
    curve = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:]).public_key().public_bytes_raw()
    return lattice + curve


def hkdf(key: bytes, label: str, length: int = 32) -> bytes:
    """HKDF-SHA256 with an empty salt and the label as info."""
    return HKDF(hashes.SHA256(), length, None, label.encode("ascii")).derive(key)


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    found = hmac.HMAC(key, hashes.SHA256())
    found.update(data)
    return found.finalize()


def stretch(secret: bytes, salt: bytes, memory: int, passes: int) -> bytes:
    """Argon2id with one lane, `memory` in KiB, 32 bytes of output."""
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=1, memory_cost=memory).derive(secret)


def new_root() -> ec.EllipticCurvePrivateKey:
    """Return a new P-256 key, the root of an instance."""
    return ec.generate_private_key(ec.SECP256R1())


def root_public(root: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the root's uncompressed public point, 65 bytes."""
    return root.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def root_private(root: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the root's private number, 32 bytes big-endian, for the recovery kit."""
    return root.private_numbers().private_value.to_bytes(32, "big")


def root_of(number: bytes) -> Root:
    """Return the root of its private number, 32 bytes big-endian."""
    return ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())


def sign(root: ec.EllipticCurvePrivateKey, label: str, data: bytes) -> bytes:
    """Return SIGN(label, data): 64 bytes r || s."""
    r, s = decode_dss_signature(root.sign(signed_bytes(label, data), ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")
