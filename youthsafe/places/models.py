"""The tables of files that are being imported at the desk: their text, piece by piece, for a day at most."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.database import UtcDateTime
from youthsafe.extensions import Base


class HavenImport(Base):
    """A file that a member is importing."""

    __tablename__ = "haven_import"

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    member_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    geojson: Mapped[bool]


class HavenImportPiece(Base):
    """A piece of its text, numbered from 0."""

    __tablename__ = "haven_import_piece"

    import_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("haven_import.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
