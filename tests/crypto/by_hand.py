"""X-Wing and HPKE written out as docs/envelope.md 1.1 gives them, without a library's HPKE. Tests only."""

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUITE = b"HPKE\x64\x7a\x00\x01\x00\x02"
LABEL = bytes.fromhex("5c2e2f2f5e5c")


def shared_secret(seed: bytes, enc: bytes) -> bytes:
    """X-Wing's decapsulation."""
    expanded = hashlib.shake_256(seed).digest(96)
    lattice, curve = (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
    of_lattice = lattice.decapsulate(enc[:1088])
    of_curve = curve.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    return hashlib.sha3_256(of_lattice + of_curve + enc[1088:] + curve.public_key().public_bytes_raw() + LABEL).digest()


def extract(salt: bytes, label: bytes, key: bytes) -> bytes:
    """LabeledExtract of RFC 9180."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE + label + key, "sha256")


def expand(key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """LabeledExpand of RFC 9180, at most 32 bytes."""
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + SUITE + label + info
    return hmac.digest(key, labelled + b"\x01", "sha256")[:length]


def key_and_nonce(shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    """The key schedule of base mode, and the nonce of sequence number 0."""
    context = b"\x00" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared, b"secret", b"")
    return expand(secret, b"key", context, 32), expand(secret, b"base_nonce", context, 12)


def hpke_open(seed: bytes, info: bytes, enc: bytes, ciphertext: bytes) -> bytes:
    """Base mode, single shot, an empty aad."""
    key, nonce = key_and_nonce(shared_secret(seed, enc), info)
    return AESGCM(key).decrypt(nonce, ciphertext, b"")


def hpke_seal_to_no_point(public_key: bytes, info: bytes, plaintext: bytes) -> tuple[bytes, bytes]:
    """What opens for whoever lets X25519 give 32 zero bytes: the ephemeral key is zeros, and all else is right."""
    of_lattice, ciphertext = MLKEM768PublicKey.from_public_bytes(public_key[:1184]).encapsulate()
    shared = hashlib.sha3_256(of_lattice + bytes(64) + public_key[1184:] + LABEL).digest()
    key, nonce = key_and_nonce(shared, info)
    return ciphertext + bytes(32), AESGCM(key).encrypt(nonce, plaintext, b"")
