"""Keyed hashes of what nobody could guess: ids and tokens, kept so that no thief can tell whose they are."""

from youthsafe.database.instance_check import read_lasting_key
from youthsafe.database.secrets import hash_under
from youthsafe.extensions import db
from youthsafe.rooms import rooms


def keyed_hash(purpose: str, value: bytes) -> bytes:
    """Return HMAC-SHA256 (32 bytes) of a value under the database's lasting key, one of its own for each purpose.

    It stays the same when the server secret rotates. What somebody could guess is kept encrypted instead
    (`EncryptedBytes`, `index_hash`): a thief who had an older secret could test guesses against this for ever.
    """
    return hash_under(_lasting_key(), purpose, value)


def _lasting_key() -> bytes:
    """Return the key; where the database was away at the start it is read now, on a connection of its own."""
    key = rooms().server_secret.lasting_key
    if key is not None:
        return key
    with db.engine.connect() as connection:
        return read_lasting_key(connection, rooms().server_secret)
