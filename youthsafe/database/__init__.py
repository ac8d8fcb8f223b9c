"""The database room: how the database is opened, written to, and kept unreadable to a thief.

Other rooms use the names below; nothing else here is theirs.
"""

from youthsafe.database.columns import EncryptedBytes, UtcDateTime
from youthsafe.database.secrets import keyed_hash
from youthsafe.database.transactions import transaction, writing

__all__ = ["EncryptedBytes", "UtcDateTime", "keyed_hash", "transaction", "writing"]
