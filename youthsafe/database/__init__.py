"""The database room: how the database is opened, written to, and kept unreadable to a thief.

Other rooms use the names below; nothing else here is theirs.
"""

from youthsafe.database.batching import batches, pause
from youthsafe.database.cleaning import clean
from youthsafe.database.columns import (
    DAMAGED,
    EncryptedBytes,
    UtcDateTime,
    as_stored,
    decrypt_alike,
    readable,
    readable_moment,
)
from youthsafe.database.prepared import Prepared, Writing, write
from youthsafe.database.secrets import keyed_hash
from youthsafe.database.transactions import fresh_value, transaction

__all__ = [
    "DAMAGED",
    "EncryptedBytes",
    "Prepared",
    "UtcDateTime",
    "Writing",
    "as_stored",
    "batches",
    "clean",
    "decrypt_alike",
    "fresh_value",
    "keyed_hash",
    "pause",
    "readable",
    "readable_moment",
    "transaction",
    "write",
]
