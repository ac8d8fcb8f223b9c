"""Changing the server secret while the instance runs: every value is encrypted again under the new version.

Each step can be cut short, and the next run goes on where it ended: what is done is read from the database alone.
Rows are read and written in one short transaction, so nothing that somebody writes meanwhile is lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Table,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)

from youthsafe.database.columns import EncryptedBytes, IndexHash
from youthsafe.database.instance_check import SecretCheck
from youthsafe.database.secrets import AtRestError, check_value, decrypt, encrypt_under, hash_under
from youthsafe.database.transactions import transaction
from youthsafe.extensions import Base, db
from youthsafe.rooms import rooms

AT_ONCE: Final = 50  # rows in one transaction: whoever sends meanwhile waits for no more than that


@dataclass(frozen=True, slots=True)
class Encrypted:
    """A table with its encrypted columns, and those by whose hash its rows are found, by name."""

    table: Table
    columns: dict[str, EncryptedBytes]
    indexes: dict[str, IndexHash]

    @property
    def stored(self) -> list[ColumnElement[bytes]]:
        """The encrypted columns as they are stored."""
        return [type_coerce(self.table.c[name], LargeBinary()).label(name) for name in self.columns]

    def of_others(self, version: int) -> ColumnElement[bool]:
        """Whether a row has a value under another version."""
        own = literal(bytes([version]), LargeBinary())
        return or_(*(func.substr(each, 1, 1) != own for each in self.stored))


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction did: rows that are new now, rows whose values are damaged, and the key of the last one."""

    changed: int
    damaged: int
    last: tuple[Any, ...]


def encrypted_tables() -> list[Encrypted]:
    """Return every table with an encrypted column, by name."""
    found = [
        Encrypted(
            table,
            {each.name: each.type for each in table.columns if isinstance(each.type, EncryptedBytes)},
            {each.name: each.type for each in table.columns if isinstance(each.type, IndexHash)},
        )
        for _, table in sorted(Base.metadata.tables.items())
    ]
    return [each for each in found if each.columns]


def kept_versions() -> list[int]:
    """Return the versions that the database says its rows may have, the oldest first."""
    return sorted(db.session.scalars(select(SecretCheck.version)))


def begin(version: int) -> None:
    """Let everything be written with a version from now on, in a transaction; raises OtherSecretError."""
    secret = rooms().server_secret.require(version)
    if db.session.get(SecretCheck, version) is None:
        db.session.add(SecretCheck(version=version, value=check_value(secret)))


def count_of_others(encrypted: Encrypted, version: int) -> int:
    """Return how many rows of a table have a value under another version."""
    query = select(func.count()).select_from(encrypted.table).where(encrypted.of_others(version))
    return db.session.scalar(query) or 0


def batches(encrypted: Encrypted, version: int) -> Iterator[Batch]:
    """Encrypt a table's values again, a few rows at a time, each in a transaction of its own."""
    last: tuple[Any, ...] | None = ()
    while last is not None:
        with transaction():
            batch = _next(encrypted, version, last)
        last = None if batch is None else batch.last
        if batch is not None:
            yield batch


def end(version: int) -> None:
    """Let no row be of another version, in a transaction."""
    db.session.execute(delete(SecretCheck).where(SecretCheck.version != version))


def _next(encrypted: Encrypted, version: int, last: tuple[Any, ...]) -> Batch | None:
    """Encrypt the next rows again; rows that somebody else has locked are left to another round."""
    keys = list(encrypted.table.primary_key)
    query = select(*keys, *encrypted.stored).where(encrypted.of_others(version)).order_by(*keys).limit(AT_ONCE)
    if last:
        after = (literal(value, key.type) for value, key in zip(last, keys, strict=True))
        query = query.where(tuple_(*keys) > tuple_(*after))
    rows = db.session.execute(query.with_for_update(skip_locked=True)).mappings().all()
    changed = 0
    for row in rows:
        values = _again(encrypted, row, version)
        if values:
            same = [key == row[key] for key in keys]
            db.session.execute(update(encrypted.table).where(*same).values(values))
            changed += 1
    return Batch(changed, len(rows) - changed, tuple(rows[-1][key] for key in keys)) if rows else None


def _again(encrypted: Encrypted, row: Any, version: int) -> dict[str, Any]:
    """Return a row's values under the version, with the hashes that are made of them; nothing for damaged ones."""
    secret = rooms().server_secret.require(version)
    values: dict[str, Any] = {}
    for name, kind in encrypted.columns.items():
        stored = row[name]
        if stored is None or bytes(stored)[:1] == bytes([version]):
            continue
        try:
            plain = decrypt(kind.purpose, bytes(stored))
        except AtRestError:
            continue
        values[name] = literal(encrypt_under(version, secret, kind.purpose, plain), LargeBinary())
        hashes = {index: each for index, each in encrypted.indexes.items() if each.of == name}
        values |= {index: hash_under(secret, each.purpose, plain) for index, each in hashes.items()}
    return values
