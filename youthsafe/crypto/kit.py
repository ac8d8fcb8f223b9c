"""What the server keeps of the recovery kit: the root's private number under it (docs/envelope.md section 6.4)."""

from dataclasses import dataclass

from youthsafe.crypto.binary_layout import Reader
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import ID_LENGTH

NONCE_LENGTH = 12
SEALED_LENGTH = 32 + 16  # the number, and the tag
KIT_WRAP_LENGTH = 96
TOKEN_LENGTH = 32


class KitError(EncodingError):
    """Bytes that are not a kit's wrap."""


@dataclass(frozen=True, slots=True)
class KitWrap:
    """A parsed wrap; only the kit's secret can tell whether it opens."""

    instance_id: bytes
    recovery_key_id: bytes
    nonce: bytes
    sealed: bytes


def parse_kit_wrap(data: bytes) -> KitWrap:
    """Read a kit's wrap to its last byte; KitError for anything else."""
    reader = Reader(data, KitError)
    reader.expect(b"YSP", "kind of object")
    reader.expect(b"\x01", "version")
    wrap = KitWrap(
        instance_id=reader.take(ID_LENGTH),
        recovery_key_id=reader.take(ID_LENGTH),
        nonce=reader.take(NONCE_LENGTH),
        sealed=reader.take(SEALED_LENGTH),
    )
    reader.end()
    return wrap


def build_kit_wrap_head(instance_id: bytes, recovery_key_id: bytes) -> bytes:
    """Write everything before the nonce, which the sealed number is bound to."""
    return b"YSP\x01" + instance_id + recovery_key_id
