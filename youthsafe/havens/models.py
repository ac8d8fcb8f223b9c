"""The tables of havens and of their approvals."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.extensions import Base


class Kind(StrEnum):
    """What a place is for."""

    SAFE_HAVEN = "safe-haven"
    HATE_CRIME_SITE = "hate-crime-site"


class Status(StrEnum):
    """Where a haven stands in its life; only an active one is shown."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class Method(StrEnum):
    """How somebody made sure of a place."""

    VISIT = "visit"
    PHONE = "phone"
    LETTER = "letter"


class Doubt(StrEnum):
    """Why somebody doubts a place; in a word, because no text about people is kept here."""

    CLOSED = "closed"
    MOVED = "moved"
    TURNED_AWAY = "turned-away"
    DETAILS = "details"
    OTHER = "other"


class Haven(Base):
    """One place. It names no member of staff.

    `lat` and `lon` are degrees (WGS 84). `hours` is what youthsafe.havens.hours reads, or None where nobody knows.
    `what_to_expect` maps a locale to a text and always has English. `languages` are tags. `verified_by_role` is a role,
    never a name; `method` says how it was verified, `source` where the entry came from. `doubt` is
    what was said when it was paused, until it is active again.
    """

    __tablename__ = "haven"

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    kind: Mapped[Kind] = mapped_column(String(16))
    status: Mapped[Status] = mapped_column(String(16))
    scheme: Mapped[str]
    operator: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    hours: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    what_to_expect: Mapped[dict[str, str]] = mapped_column(JSON)
    step_free: Mapped[bool | None]
    languages: Mapped[list[str]] = mapped_column(JSON)
    trained_on: Mapped[date | None]
    agreement_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by_role: Mapped[str | None]
    method: Mapped[str | None]
    source: Mapped[str]
    doubt: Mapped[Doubt | None] = mapped_column(String(16))
    demo: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("kind in ('safe-haven', 'hate-crime-site')", name="kind_known"),
        CheckConstraint("status in ('candidate', 'active', 'paused', 'withdrawn')", name="status_known"),
        CheckConstraint("lat between -90 and 90 and lon between -180 and 180", name="on_earth"),
        CheckConstraint("doubt in ('closed', 'moved', 'turned-away', 'details', 'other')", name="doubt_known"),
    )


class HavenApproval(Base):
    """One person's word for a place that is not active yet: a role with a mark (approvals.py), never a name."""

    __tablename__ = "haven_approval"

    haven_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("haven.id", ondelete="CASCADE"), primary_key=True
    )
    approver: Mapped[str] = mapped_column(String(40), primary_key=True)
    method: Mapped[Method] = mapped_column(String(8))
    done_on: Mapped[date]

    __table_args__ = (CheckConstraint("method in ('visit', 'phone', 'letter')", name="method_known"),)
