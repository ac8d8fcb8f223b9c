"""The recovery kit, as docs/envelope.md section 6.4 says. Tests only."""

import os
from dataclasses import dataclass

from tests.crypto.reference_keys import _from_words
from tests.crypto.reference_primitives import OpenError, gcm_open, gcm_seal, hkdf, public_key_of, sha256
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.keys import key_id
from youthsafe.crypto.kit import build_kit_wrap_head, parse_kit_wrap

LINE = "youthsafe-kit-1:"
LABEL = "youthsafe/v1/kit-wrap"


@dataclass(frozen=True)
class KitKeys:
    """What is made of a kit's secret."""

    seed: bytes
    token: bytes
    wrap_key: bytes


def checked(secret: bytes) -> bytes:
    """The secret with its check, 33 bytes."""
    if len(secret) != 32:
        raise OpenError("length")
    return secret + sha256(b"youthsafe/v1/kit\x00" + secret)[:1]


def kit_to_words(secret: bytes, words: list[str]) -> list[str]:
    """The 24 words of a kit."""
    number = int.from_bytes(checked(secret), "big")
    return [words[number >> (11 * (23 - place)) & 2047] for place in range(24)]


def read_kit(typed: str, words: list[str]) -> bytes:
    """The secret of a kit's words, or of the line in its code; raises a ValueError."""
    line = "".join(typed.split())
    read = unb64(line[len(LINE) :], 33) if line.startswith(LINE) else _from_words(typed, 24, words).to_bytes(33, "big")
    if checked(read[:32]) != read:
        raise OpenError("check")
    return read[:32]


def kit_keys(secret: bytes) -> KitKeys:
    """Everything that is made of a kit's secret."""
    return KitKeys(*(hkdf(secret, f"youthsafe/v1/kit-{name}", 32) for name in ("kem", "token", "wrap")))


def seal_kit_wrap(keys: KitKeys, instance_id: bytes, scalar: bytes) -> bytes:
    """The root's private number under the kit, 96 bytes."""
    head, nonce = build_kit_wrap_head(instance_id, key_id(public_key_of(keys.seed))), os.urandom(12)
    return head + nonce + gcm_seal(keys.wrap_key, nonce, LABEL.encode() + b"\x00" + head, scalar)


def open_kit_wrap(keys: KitKeys, raw: bytes) -> tuple[bytes, bytes]:
    """The instance and the root's private number; raises a ValueError."""
    wrap = parse_kit_wrap(raw)
    if wrap.recovery_key_id != key_id(public_key_of(keys.seed)):
        raise OpenError("for another kit")
    head = build_kit_wrap_head(wrap.instance_id, wrap.recovery_key_id)
    return wrap.instance_id, gcm_open(keys.wrap_key, wrap.nonce, LABEL.encode() + b"\x00" + head, wrap.sealed)
