"""Invitations and passkeys' wraps, as docs/envelope.md sections 6.3 and 6.6 say. Tests only."""

import hmac as compare
import os

from tests.crypto.reference_keys import Wrapped
from tests.crypto.reference_primitives import OpenError, gcm_open, gcm_seal, hkdf, hmac
from youthsafe.crypto.binary_layout import Reader
from youthsafe.crypto.invitation import Offer, parse_offer
from youthsafe.crypto.wrap import build_passkey_wrap_head, parse_passkey_wrap

SECRET_LABEL = "youthsafe/v1/invitation-secret"
WRAP_LABEL = "youthsafe/v1/passkey-wrap"


def invitation_keys(secret: bytes) -> tuple[bytes, bytes]:
    """The token, which the server is told, and the key of the macs."""
    return hkdf(secret, "youthsafe/v1/invitation-token", 32), hkdf(secret, "youthsafe/v1/invitation-mac", 32)


def mac(mac_key: bytes, what: str, data: bytes) -> bytes:
    """The word for an offer or for an answer, and what the words are taken from."""
    return hmac(mac_key, f"youthsafe/v1/invitation-{what}".encode() + b"\x00" + data)


def accept_offer(mac_key: bytes, offer: bytes, offer_mac: bytes, member_id: bytes) -> Offer:
    """What an invited browser believes; raises a ValueError."""
    if not compare.compare_digest(mac(mac_key, "offer", offer), offer_mac):
        raise OpenError("not offered by who made the link")
    found = parse_offer(offer)
    if found.member_id != member_id:
        raise OpenError("for another member")
    return found


def check_answer(mac_key: bytes, offer: bytes, public_key: bytes, answer_mac: bytes) -> None:
    """Whether the invited browser made this key; raises OpenError."""
    if not compare.compare_digest(mac(mac_key, "answer", offer + public_key), answer_mac):
        raise OpenError("not the key that the invited browser made")


def check_words(mac_key: bytes, offer: bytes, public_key: bytes, words: list[str]) -> list[str]:
    """The three words that are said."""
    number = int.from_bytes(mac(mac_key, "words", offer + public_key), "big") >> (256 - 33)
    return [words[number >> (11 * place) & 2047] for place in (2, 1, 0)]


def seal_invitation(scalar: bytes, instance_id: bytes, member_id: bytes, secret: bytes) -> bytes:
    """A link's secret for whoever holds the root, 44 bytes."""
    nonce, aad = os.urandom(12), SECRET_LABEL.encode() + b"\x00" + instance_id + member_id
    return nonce + gcm_seal(hkdf(scalar, SECRET_LABEL, 32), nonce, aad, secret)


def open_invitation(scalar: bytes, instance_id: bytes, member_id: bytes, sealed: bytes) -> bytes:
    """A link's secret; raises a ValueError."""
    reader = Reader(sealed)
    nonce, ciphertext = reader.take(12), reader.take(32)
    reader.end()
    aad = SECRET_LABEL.encode() + b"\x00" + instance_id + member_id
    return gcm_open(hkdf(scalar, SECRET_LABEL, 32), nonce, aad, ciphertext)


def seal_passkey_wrap(prf: bytes, wrapped: Wrapped, member_id: bytes, credential: bytes, salt: bytes) -> bytes:
    """A member's seed and pin under what a passkey gave, 193 bytes."""
    head, nonce = build_passkey_wrap_head(member_id, credential, salt), os.urandom(12)
    plaintext = wrapped.seed + wrapped.instance_id + wrapped.fingerprint
    aad = WRAP_LABEL.encode() + b"\x00" + head
    return head + nonce + gcm_seal(hkdf(prf, WRAP_LABEL, 32), nonce, aad, plaintext)


def open_passkey_wrap(raw: bytes, member_id: bytes, credential: bytes, prf: bytes) -> Wrapped:
    """The member's seed and pin; raises a ValueError."""
    wrap = parse_passkey_wrap(raw)
    if (wrap.member_id, wrap.credential) != (member_id, credential):
        raise OpenError("for another member or passkey")
    if len(prf) != 32:
        raise OpenError("not what a passkey gives")
    aad = WRAP_LABEL.encode() + b"\x00" + build_passkey_wrap_head(wrap.member_id, wrap.credential, wrap.salt)
    inside = Reader(gcm_open(hkdf(prf, WRAP_LABEL, 32), wrap.nonce, aad, wrap.sealed))
    return Wrapped(inside.take(32), inside.take(16), inside.take(32))
