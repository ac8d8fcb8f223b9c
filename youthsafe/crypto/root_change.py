"""The root change: a new root key, signed by the one before, so that pins follow (docs/envelope.md section 5.4)."""

from dataclasses import dataclass

from youthsafe.crypto.binary_layout import Reader, u64
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.keys import ID_LENGTH, ROOT_LENGTH, SIGNATURE_LENGTH, verify_signature

LABEL = "youthsafe/v1/root-change"
ROOT_CHANGE_LENGTH = 4 + ID_LENGTH + 2 * ROOT_LENGTH + 8 + SIGNATURE_LENGTH


class RootChangeError(EncodingError):
    """Bytes that are not a root change."""


@dataclass(frozen=True, slots=True)
class RootChange:
    """From which root to which, both uncompressed points of 65 bytes; `changed_at` in Unix seconds."""

    raw: bytes
    instance_id: bytes
    old_root: bytes
    new_root: bytes
    changed_at: int


def build_root_change(instance_id: bytes, old_root: bytes, new_root: bytes, changed_at: int) -> bytes:
    """Write what the old root signs; the whole object is this and the signature."""
    return b"YSN\x01" + instance_id + old_root + new_root + u64(changed_at)


def parse_root_change(data: bytes) -> RootChange:
    """Read a root change to its last byte and check the old root's signature.

    Raises RootChangeError, or SignatureError.
    """
    reader = Reader(data, RootChangeError)
    reader.expect(b"YSN", "kind of object")
    reader.expect(b"\x01", "version")
    change = RootChange(
        raw=data,
        instance_id=reader.take(ID_LENGTH),
        old_root=reader.take(ROOT_LENGTH),
        new_root=reader.take(ROOT_LENGTH),
        changed_at=reader.time(),
    )
    signature = reader.take(SIGNATURE_LENGTH)
    reader.end()
    if change.old_root == change.new_root:
        raise RootChangeError("the new root is the old one")
    verify_signature(change.old_root, LABEL, data[:-SIGNATURE_LENGTH], signature)
    return change
