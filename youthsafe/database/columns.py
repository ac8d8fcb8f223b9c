"""Column types."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, LargeBinary, TypeCoerce, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from youthsafe.database.secrets import AtRestError, decrypt, encrypt, stand_in
from youthsafe.rooms import rooms


class EncryptedBytes(TypeDecorator[bytes]):
    """Bytes encrypted again under the server secret, for columns on which a thief could test guesses."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str = "") -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else encrypt(self.purpose, value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Decrypt on the way out; raises AtRestError."""
        return None if value is None else decrypt(self.purpose, bytes(value))


class IndexHash(LargeBinary):
    """What a row is found by: `index_hash` of what the column `of` of the same row keeps encrypted."""

    def __init__(self, purpose: str = "", of: str = "") -> None:
        super().__init__(32)
        self.purpose = purpose
        self.of = of


class _ReadableBytes(EncryptedBytes):
    """The same column, which reads a damaged value as None."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Decrypt on the way out; none for what does not decrypt."""
        try:
            return super().process_result_value(value, dialect)
        except AtRestError:
            return None


def readable(column: InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None]) -> TypeCoerce[bytes | None]:
    """Select an encrypted column so that one damaged value is none instead of failing every row beside it."""
    return type_coerce(column, _ReadableBytes(column.type.purpose))


def as_stored(column: InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None]) -> TypeCoerce[bytes | None]:
    """Select an encrypted column as it is stored, for `decrypt_alike`."""
    return type_coerce(column, LargeBinary())


def decrypt_alike(
    column: InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None], stored: bytes | None, length: int
) -> bytes:
    """Decrypt a stored value of so many bytes; for none, a stand-in, so that time does not tell which it was.

    Raises AtRestError.
    """
    purpose = column.type.purpose
    made_up = stand_in(*rooms().server_secret.writing(), purpose, length)
    return decrypt(purpose, made_up if stored is None else bytes(stored))


class FilledBytes(TypeDecorator[bytes]):
    """Bytes with so many zeros behind them in SQLite's file, where a row's length says how much of it is moved about.

    A row in SQLite keeps the rest of its length by whole pages beside those by which it is found. Where that rest fills
    a page nearly, little stands there, and a new row in no order moves few others; else each row fills a page of them.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, zeros: int = 0) -> None:
        super().__init__()
        self.zeros = zeros

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Fill up on the way in."""
        return value + bytes(self.zeros) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Take the zeros away on the way out."""
        return None if value is None else bytes(value[: -self.zeros] if dialect.name == "sqlite" else value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite has no time zones of its own."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn into UTC without a zone; raises ValueError for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment, aware, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


DAMAGED = datetime.fromtimestamp(0, UTC)  # stands for a moment that cannot be read


class _ReadableMoment(UtcDateTime):
    """The same column, which reads what is no moment as DAMAGED; SQLite keeps whatever somebody writes."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read what can be read."""
        read = super().result_processor(dialect, coltype)
        if read is None:
            return None

        def process(value: Any) -> Any:
            try:
                return read(value)
            except (ValueError, TypeError):
                return DAMAGED

        return process


def readable_moment(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
) -> TypeCoerce[datetime | None]:
    """Select a moment so that one damaged value is DAMAGED instead of failing every row beside it."""
    return type_coerce(column, _ReadableMoment())
