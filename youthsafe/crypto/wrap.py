"""A member's seed and pin under six words, or under a passkey (docs/envelope.md section 6.3)."""

from dataclasses import dataclass

from youthsafe.crypto.binary_layout import Reader, u8, u32
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import ID_LENGTH

KIND_WORDS, KIND_PASSKEY = 1, 2
LEAST_MEMORY, MOST_MEMORY = 65_536, 262_144
LEAST_PASSES, MOST_PASSES = 3, 10
NONCE_LENGTH = 12
DIGEST_LENGTH = 32
SEALED_LENGTH = 32 + 16 + 32 + 16  # seed, instance id, root fingerprint, tag


class WrapError(EncodingError):
    """Bytes that are not a wrapped seed, or one with parameters that browsers refuse."""


@dataclass(frozen=True, slots=True)
class SeedWrap:
    """A wrapped seed: Argon2id memory in KiB and passes, a salt of 16 bytes."""

    kind: int
    member_id: bytes
    memory: int
    passes: int
    salt: bytes
    nonce: bytes
    sealed: bytes


def parse_wrap(data: bytes) -> SeedWrap:
    """Read a wrap to its last byte; WrapError for anything else, and for parameters too weak or too costly."""
    reader = Reader(data, WrapError)
    reader.expect(b"YSW", "kind of object")
    reader.expect(b"\x01", "version")
    reader.expect(bytes([KIND_WORDS]), "kind of wrap")
    member_id = reader.take(ID_LENGTH)
    memory, passes = reader.u32(), reader.u32()
    reader.expect(u32(1), "number of lanes")
    wrap = SeedWrap(
        kind=KIND_WORDS,
        member_id=member_id,
        memory=memory,
        passes=passes,
        salt=reader.take(ID_LENGTH),
        nonce=reader.take(NONCE_LENGTH),
        sealed=reader.take(SEALED_LENGTH),
    )
    reader.end()
    if not LEAST_MEMORY <= memory <= MOST_MEMORY or not LEAST_PASSES <= passes <= MOST_PASSES:
        raise WrapError("Argon2id parameters outside the accepted range")
    return wrap


def build_wrap_head(member_id: bytes, memory: int, passes: int, salt: bytes) -> bytes:
    """Write everything before the nonce, which the sealed seed is bound to."""
    return b"YSW\x01" + u8(KIND_WORDS) + member_id + u32(memory) + u32(passes) + u32(1) + salt


@dataclass(frozen=True, slots=True)
class PasskeyWrap:
    """A seed under what a passkey gives for `salt` of 32 bytes; `credential` is SHA-256 of the passkey's id."""

    member_id: bytes
    credential: bytes
    salt: bytes
    nonce: bytes
    sealed: bytes


def parse_passkey_wrap(data: bytes) -> PasskeyWrap:
    """Read a passkey's wrap to its last byte; WrapError for anything else."""
    reader = Reader(data, WrapError)
    reader.expect(b"YSW", "kind of object")
    reader.expect(b"\x01", "version")
    reader.expect(bytes([KIND_PASSKEY]), "kind of wrap")
    wrap = PasskeyWrap(
        member_id=reader.take(ID_LENGTH),
        credential=reader.take(DIGEST_LENGTH),
        salt=reader.take(DIGEST_LENGTH),
        nonce=reader.take(NONCE_LENGTH),
        sealed=reader.take(SEALED_LENGTH),
    )
    reader.end()
    return wrap


def build_passkey_wrap_head(member_id: bytes, credential: bytes, salt: bytes) -> bytes:
    """Write everything before the nonce, which the sealed seed is bound to."""
    return b"YSW\x01" + u8(KIND_PASSKEY) + member_id + credential + salt
