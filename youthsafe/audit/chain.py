"""The arithmetic of a chain: one fixed layout, one hash.

```
hash = SHA256("youthsafe/v1/audit" || 0x00 || previous (32)
              || u64(sequence) || u64(at) || id(actor) || lp(action) || id(subject))
id(x) = u8(0), or u8(1) || x (16)
lp(x) = u16(length of x) || x
```

`sequence` counts through all chains, `at` is in Unix seconds, `action` is ASCII. `previous` is the hash of the entry
before in the same chain. For the first entry of one it is
SHA256("youthsafe/v1/audit-start" || 0x00 || instance id || chain id), so that none can be moved to another team or
instance.
"""

import hashlib

ID_BYTES = 16
_LABEL = b"youthsafe/v1/audit\x00"
_START = b"youthsafe/v1/audit-start\x00"


def start(instance_id: bytes, chain_id: bytes) -> bytes:
    """Return the 32 bytes that the first entry of a chain has in place of an earlier hash."""
    return hashlib.sha256(_START + instance_id + chain_id).digest()


def entry_hash(
    previous: bytes, sequence: int, at: int, *, actor: bytes | None, action: str, subject: bytes | None
) -> bytes:
    """Return an entry's hash, 32 bytes; raises ValueError for a value that the layout cannot hold."""
    if sequence < 1 or not 0 <= at < 2**64:
        raise ValueError("a sequence starts at 1, a time at 1970")
    name = action.encode("ascii")
    layout = (
        _LABEL,
        previous,
        sequence.to_bytes(8, "big"),
        at.to_bytes(8, "big"),
        _optional(actor),
        len(name).to_bytes(2, "big"),
        name,
        _optional(subject),
    )
    return hashlib.sha256(b"".join(layout)).digest()


def _optional(identifier: bytes | None) -> bytes:
    if identifier is None:
        return b"\x00"
    if len(identifier) != ID_BYTES:
        raise ValueError("an id has 16 bytes")
    return b"\x01" + identifier
