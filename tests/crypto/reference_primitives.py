"""The functions of docs/envelope.md section 1.1 in Python. Tests only: no server code can open anything."""

import hashlib
import hmac as hmac_module

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from youthsafe.crypto.envelope import ENC_LENGTH
from youthsafe.crypto.keys import signed_bytes

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class OpenError(ValueError):
    """Something that does not open, was not signed, or was not made by who it says."""


def sha256(data: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(data).digest()


def hkdf(secret: bytes, label: str, length: int, of: bytes | None = None) -> bytes:
    """HKDF-SHA256 with an empty salt; `of` is the id whose key it is, where a label has one for each."""
    info = label.encode() if of is None else label.encode() + b"\x00" + of
    return HKDF(SHA256(), length=length, salt=None, info=info).derive(secret)


def hmac(secret: bytes, data: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac_module.digest(secret, data, "sha256")


def argon(secret: bytes, salt: bytes, memory: int, passes: int) -> bytes:
    """Argon2id with one lane, memory in KiB, 32 bytes."""
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=1, memory_cost=memory).derive(secret)


def gcm_seal(key: bytes, nonce: bytes, aad: bytes, plaintext: bytes) -> bytes:
    """AES-256-GCM: ciphertext and tag."""
    return AESGCM(key).encrypt(nonce, plaintext, aad)


def gcm_open(key: bytes, nonce: bytes, aad: bytes, ciphertext: bytes) -> bytes:
    """Open what gcm_seal sealed; raises OpenError."""
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, aad)
    except InvalidTag as error:
        raise OpenError("does not open") from error


def private_key_of(seed: bytes) -> MLKEM768X25519PrivateKey:
    """The X-Wing private key of a seed of 32 bytes."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    return MLKEM768X25519PrivateKey(mlkem, X25519PrivateKey.from_private_bytes(expanded[64:]))


def public_key_of(seed: bytes) -> bytes:
    """The X-Wing public key, 1,216 bytes, of a seed of 32."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).public_key()
    x25519 = X25519PrivateKey.from_private_bytes(expanded[64:]).public_key()
    return mlkem.public_bytes_raw() + x25519.public_bytes_raw()


def hpke_seal(public_key: bytes, info: bytes, plaintext: bytes) -> tuple[bytes, bytes]:
    """`enc` of 1,120 bytes, and the ciphertext with its tag; raises OpenError for a key that is none."""
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(public_key[:1184])
        x25519 = X25519PublicKey.from_public_bytes(public_key[1184:])
        sealed = SUITE.encrypt(plaintext, MLKEM768X25519PublicKey(mlkem, x25519), info)
    except ValueError as error:
        raise OpenError("cannot be sealed to this key") from error
    return sealed[:ENC_LENGTH], sealed[ENC_LENGTH:]


def hpke_open(seed: bytes, info: bytes, enc: bytes, ciphertext: bytes) -> bytes:
    """Open what hpke_seal sealed; raises OpenError."""
    try:
        return SUITE.decrypt(enc + ciphertext, private_key_of(seed), info)
    except (InvalidTag, ValueError) as error:
        raise OpenError("does not open") from error


def public_point_of(number: bytes) -> bytes:
    """The uncompressed P-256 point, 65 bytes, of a private number of 32."""
    key = ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sign(root: ec.EllipticCurvePrivateKey, label: str, data: bytes) -> bytes:
    """A root's signature as 64 bytes r || s."""
    r, s = decode_dss_signature(root.sign(signed_bytes(label, data), ec.ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")
