"""The database room: how the database is opened, written to, and kept unreadable to a thief.

Other rooms use the names below; nothing else here is theirs.
"""

from youthsafe.database.append_only import append_only
from youthsafe.database.batching import batches, pause
from youthsafe.database.cleaning import clean
from youthsafe.database.columns import (
    DAMAGED,
    EncryptedBytes,
    FilledBytes,
    IndexHash,
    UtcDateTime,
    as_stored,
    decrypt_alike,
    readable,
    readable_moment,
)
from youthsafe.database.keyed_hashes import keyed_hash
from youthsafe.database.prepared import Prepared, Writing, write
from youthsafe.database.secrets import index_hash, index_hashes, signing_keys
from youthsafe.database.transactions import fenced, fresh_value, snapshot, transaction

__all__ = [
    "DAMAGED",
    "EncryptedBytes",
    "FilledBytes",
    "IndexHash",
    "Prepared",
    "UtcDateTime",
    "Writing",
    "append_only",
    "as_stored",
    "batches",
    "clean",
    "decrypt_alike",
    "fenced",
    "fresh_value",
    "index_hash",
    "index_hashes",
    "keyed_hash",
    "pause",
    "readable",
    "readable_moment",
    "signing_keys",
    "snapshot",
    "transaction",
    "write",
]
