"""Names of keys, and the signature of the instance root (docs/envelope.md sections 1.1, 1.2 and 5)."""

import hashlib
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from youthsafe.crypto.binary_layout import u8
from youthsafe.crypto.encoding import EncodingError

ID_LENGTH = 16
PUBLIC_KEY_LENGTH = 1216
ROOT_LENGTH = 65
SIGNATURE_LENGTH = 64


class SignatureError(EncodingError):
    """A signature that the instance root did not make over these bytes."""


class Purpose(IntEnum):
    """What an HPKE ciphertext wraps, and for whom."""

    REPORT_TO_TEAM = 1
    FOLLOW_UP_TO_TEAM = 2
    ANSWER_TO_MAILBOX = 3
    ANSWER_TO_TEAM = 4
    GRANT = 5
    ROOT_GRANT = 6


def key_id(public_key: bytes) -> bytes:
    """The 16-byte name of an X-Wing public key of 1,216 bytes."""
    return hashlib.sha256(b"youthsafe/v1/key-id\x00" + public_key).digest()[:ID_LENGTH]


def fingerprint(root: bytes) -> bytes:
    """The 32-byte pin of a root public key of 65 bytes."""
    return hashlib.sha256(b"youthsafe/v1/root\x00" + root).digest()


def mailbox_verifier(token: bytes) -> bytes:
    """What a report's body says of its mailbox's token of 32 bytes, so that the body itself opens nothing."""
    return hashlib.sha256(b"youthsafe/v1/mailbox-verifier\x00" + token).digest()


def hpke_info(purpose: Purpose, id1: bytes, id2: bytes, recipient_key_id: bytes) -> bytes:
    """The HPKE `info` of one wrap; which ids are meant depends on the purpose (section 1.1)."""
    return b"youthsafe/v1/hpke\x00" + u8(1) + u8(purpose) + id1 + id2 + recipient_key_id


def signed_bytes(label: str, data: bytes) -> bytes:
    """The bytes that a root signature covers: `label`, a zero byte and `data`."""
    return label.encode("ascii") + b"\x00" + data


def verify_signature(root: bytes, label: str, data: bytes, signature: bytes) -> None:
    """Check a 64-byte r || s signature by the uncompressed P-256 point `root` over `label` and `data`.

    Raises SignatureError for a malformed root or signature, or one that does not verify.
    """
    if len(root) != ROOT_LENGTH or len(signature) != SIGNATURE_LENGTH:
        raise SignatureError("a root key or signature of another length")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        public_key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), root)
        public_key.verify(encode_dss_signature(r, s), signed_bytes(label, data), ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise SignatureError("not signed by this root") from error
