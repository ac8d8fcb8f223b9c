"""The root grant: the root's private number, sealed to one coordinator (docs/envelope.md section 6.5)."""

from dataclasses import dataclass

from youthsafe.crypto.binary_layout import Reader
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.envelope import ENC_LENGTH
from youthsafe.crypto.keys import ID_LENGTH

MAGIC = b"YSK"
CIPHERTEXT_LENGTH = 32 + 16  # the number and the tag
FINGERPRINT_LENGTH = 32


class RootGrantError(EncodingError):
    """Bytes that are not a root grant."""


@dataclass(frozen=True, slots=True)
class RootGrantHead:
    """To whom which root was granted: ids of 16 bytes, and the root's fingerprint."""

    instance_id: bytes
    recipient_id: bytes
    recipient_key_id: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class RootGrant:
    """A parsed root grant; only its recipient can tell whether the root's number is in it."""

    raw: bytes
    head: RootGrantHead
    enc: bytes
    ciphertext: bytes


def parse_root_grant(data: bytes) -> RootGrant:
    """Read a root grant to its last byte; RootGrantError for anything else."""
    reader = Reader(data, RootGrantError)
    reader.expect(MAGIC, "kind of object")
    reader.expect(b"\x01", "version")
    head = RootGrantHead(
        instance_id=reader.take(ID_LENGTH),
        recipient_id=reader.take(ID_LENGTH),
        recipient_key_id=reader.take(ID_LENGTH),
        fingerprint=reader.take(FINGERPRINT_LENGTH),
    )
    grant = RootGrant(data, head, reader.take(ENC_LENGTH), reader.take(CIPHERTEXT_LENGTH))
    reader.end()
    return grant


def build_root_grant_head(head: RootGrantHead) -> bytes:
    """Write the head of a root grant, which its HPKE info covers."""
    return MAGIC + b"\x01" + head.instance_id + head.recipient_id + head.recipient_key_id + head.fingerprint
