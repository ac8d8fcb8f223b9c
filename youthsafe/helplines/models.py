"""The table of what is known here of the content pack's helplines."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from youthsafe.extensions import Base


class LocalHelpline(Base):
    """What is known here of one helpline of the pack; what is None is as the pack has it.

    `changed_on` is the day since which something differs, `silent_since` that on which nobody answered any more.
    `checked_by` is a role, never a name, and `checked_how` the way that was tried.
    """

    __tablename__ = "local_helpline"

    service_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    phone: Mapped[str | None] = mapped_column(String(24))
    text_to: Mapped[str | None] = mapped_column(String(24))
    text_say: Mapped[str | None] = mapped_column(String(24))
    hours: Mapped[str | None] = mapped_column(String(8))
    hours_text: Mapped[str | None] = mapped_column(String(200))
    changed_on: Mapped[date | None]
    silent_since: Mapped[date | None]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str | None] = mapped_column(String(40))
    checked_how: Mapped[str | None] = mapped_column(String(8))

    __table_args__ = (
        CheckConstraint("hours in ('always', 'see', 'unknown')", name="hours_known"),
        CheckConstraint("checked_how in ('phone', 'text', 'chat', 'web')", name="checked_how_known"),
    )
